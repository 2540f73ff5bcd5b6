"""Kappa of three or more coders who all coded the same units: as the mean of pairs (Light), and exact (Conger)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats, kappa, po
from coder.reliability.given import Ratings, numbered, units_of
from coder.reliability.intervals import Interval
from coder.reliability.resampling import over_units
from coder.reliability.words import ALL_ALIKE, NO_COMPLETE

Numbers = NDArray[np.int64]

_ONE_CODER = "Only one coder coded, so nothing can be compared."
_SOME_PAIRS = "Undefined for {} of {} pairs of coders, which the mean leaves out."


@dataclass(frozen=True, kw_only=True)
class SeveralKappa(Estimate):
    """Kappa of several coders; n: units that all of them coded.

    pairs: kappa of each two coders in the order (0, 1), (0, 2) … (1, 2) …, None where undefined. po, pe: of
    Conger's kappa. left_out: units that someone did not code.
    """

    coders: int = 0
    pairs: tuple[float | None, ...] = ()
    po: float | None = None
    pe: float | None = None
    left_out: int = 0


def light_kappa(values: Ratings, *, limits: bool = True) -> SeveralKappa:
    """The mean of Cohen's kappa over all pairs of coders (Light 1971), of units × coders.

    A pair without variance has no kappa and is left out of the mean, which the note then says. The interval: a
    jackknife over units. Units that someone did not code (None) are left out.
    """
    return _estimate(values, _light, limits)


def conger_kappa(values: Ratings, *, limits: bool = True) -> SeveralKappa:
    """Conger's exact kappa (1980) of units × coders: chance from each coder's own base rates, pair by pair.

    With two coders it is Cohen's kappa. Interval and missing codes as in `light_kappa`.
    """
    return _estimate(values, _conger, limits)


def _estimate(values: Ratings, of: Callable[[Floats], float], limits: bool) -> SeveralKappa:
    numbers = numbered(units_of(values))
    complete = numbers[~np.isnan(numbers).any(1)].astype(np.int64)
    (n, coders), left_out = complete.shape, len(numbers) - len(complete)
    empty = SeveralKappa(value=None, n=n, coders=coders, left_out=left_out)
    if n == 0 or coders < 2:
        note = "" if not len(numbers) else _ONE_CODER if coders < 2 else NO_COMPLETE
        return replace(empty, status=Status.NO_EVENTS, note=note)
    size = int(complete.max()) + 1

    def coefficient(units: Numbers) -> float:
        return of(_tables(units, size))

    tables = _tables(complete, size)
    each = tuple(float(one) if np.isfinite(one) else None for one in kappa(tables))
    observed, expected = _chance(tables)
    value = of(tables)
    empty = replace(empty, pairs=each, po=observed, pe=expected)
    if not np.isfinite(value):
        return replace(empty, status=Status.NO_VARIANCE, note=ALL_ALIKE)
    found = over_units(coefficient, complete) if limits else Interval()
    undefined = each.count(None)
    some = _SOME_PAIRS.format(undefined, len(each)) if undefined and of is _light else ""
    return replace(
        empty,
        value=value,
        low=found.low,
        high=None if found.high is None else min(found.high, 1.0),
        se=found.se,
        method=found.method,
        note=" ".join(flag for flag in (some, found.note) if flag),
    )


def _tables(units: Numbers, size: int) -> Floats:
    """(pairs of coders, size, size): the confusion table of each two coders."""
    rows = [
        np.bincount(units[:, i] * size + units[:, j], minlength=size * size)
        for i, j in combinations(range(units.shape[1]), 2)
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, size, size)


def _light(tables: Floats) -> float:
    each = kappa(tables)
    each = each[np.isfinite(each)]
    return float(each.mean()) if len(each) else float("nan")


def _conger(tables: Floats) -> float:
    observed, expected = _chance(tables)
    return (observed - expected) / (1 - expected) if 1 - expected > 1e-12 else float("nan")


def _chance(tables: Floats) -> tuple[float, float]:
    """Observed and expected agreement, as means over the pairs of coders."""
    n = tables.sum((1, 2))
    expected = (tables.sum(2) * tables.sum(1)).sum(1) / n**2
    return float(po(tables).mean()), float(expected.mean())
