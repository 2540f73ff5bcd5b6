"""Kappa of several interchangeable raters, and of two with one set of base rates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats, ratio
from coder.reliability.resampling import over_variance
from coder.reliability.words import ALL_ALIKE

_ONCE = "Every unit was rated once, so nothing can be compared."


@dataclass(frozen=True, kw_only=True)
class FleissEstimate(Estimate):
    """Fleiss' kappa; n: units. each: kappa of each category against all others, None where it is undefined.

    se0, z: the standard error under the hypothesis of no agreement, and value / se0.
    """

    raters: int = 0
    po: float | None = None
    pe: float | None = None
    se0: float | None = None
    z: float | None = None
    each: tuple[float | None, ...] = ()


def fleiss_kappa(counts: Sequence[Sequence[float]] | Floats) -> FleissEstimate:
    """Fleiss' kappa (1971) of (units, categories) counts: how many raters gave each unit each category.

    Every unit needs the same number of raters, who may be different people; where ratings are missing use
    `krippendorff_alpha`. se0: Fleiss, Nee & Landis 1979. The interval: Gwet's variance over units (2014), t.
    Undefined if only one category was used. Raises ValueError for unequal numbers of raters.
    """
    try:
        table = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        table = np.empty(0)
    if table.size == 0 and len(counts) == 0:
        return FleissEstimate(value=None, n=0, status=Status.NO_EVENTS)
    if table.ndim != 2 or not (np.isfinite(table) & (table >= 0)).all():
        raise ValueError("counts are rows of units with one count of 0 or more for each category")
    units, each = len(table), table.sum(1)
    raters = float(each[0])
    if (each != raters).any():
        raise ValueError("every unit needs the same number of raters; with ratings missing use alpha instead")
    if raters < 2:
        note = _ONCE if raters else ""
        return FleissEstimate(value=None, n=0, status=Status.NO_EVENTS, note=note, raters=int(raters))
    agreed = ((table**2).sum(1) - raters) / (raters * (raters - 1))
    shares = table.mean(0) / raters
    po, pe = float(agreed.mean()), float((shares**2).sum())
    empty = FleissEstimate(value=None, n=units, raters=int(raters), po=po, pe=pe)
    if (shares > 0).sum() < 2:
        return replace(empty, status=Status.NO_VARIANCE, note=ALL_ALIKE)
    value = (po - pe) / (1 - pe)
    spread = shares * (1 - shares)
    apart = (table * (raters - table)).sum(0)
    single = 1 - ratio(apart, units * raters * (raters - 1) * spread)
    squares = spread.sum() ** 2 - (spread * (1 - 2 * shares)).sum()
    se0 = sqrt(2 / (units * raters * (raters - 1)) * max(float(squares), 0.0)) / float(spread.sum())
    pull = agreed - po - (1 - value) * 2 * (table @ shares / raters - pe)
    se = sqrt(float((pull**2).sum()) / (units * (units - 1))) / (1 - pe) if units > 1 else 0.0
    return replace(
        empty,
        value=value,
        se0=se0,
        z=value / se0 if se0 > 0 else None,
        each=tuple(float(one) if np.isfinite(one) else None for one in single),
        **vars(over_variance(value, se, units)),
    )
