"""Gwet's AC1 and AC2: agreement whose chance does not rise with the prevalence of one category."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats
from coder.reliability.given import Ratings, counted, numbered, units_of
from coder.reliability.resampling import over_variance
from coder.reliability.weights import Weights, agreement_weights

_NO_PAIR = "No unit was rated twice, so nothing can be compared."
_ONE_CATEGORY = "With a single category there is nothing to disagree about."


@dataclass(frozen=True, kw_only=True)
class GwetEstimate(Estimate):
    """AC1 (no weights) or AC2. n: units with a rating. compared: those with two or more, on which po rests.

    pe: chance, from the shares of the categories over all rated units.
    """

    po: float | None = None
    pe: float | None = None
    compared: int = 0
    left_out: int = 0


def gwet_ac(values: Ratings, categories: Iterable[Hashable], weights: Weights = None) -> GwetEstimate:
    """AC1, or AC2 with weights, of units × raters with None where a rating is missing (Gwet 2008, 2014).

    categories: what the scheme declares, in its order, used or not: chance depends on how many there are. weights:
    None, "linear", "quadratic", "ordinal" or a matrix, see `agreement_weights`. The interval: Gwet's variance over
    units (2014) with Student's t, no higher than 1. Raises ValueError for a rating that is no category.
    """
    declared = tuple(categories) if isinstance(categories, Iterable) else ()
    if not declared or len(set(declared)) < len(declared):
        raise ValueError("categories are all that can be given, each named once")
    w = agreement_weights(weights, len(declared))
    table = counted(numbered(units_of(values), declared), len(declared))
    each = table.sum(1)
    left_out, table, each = int((each == 0).sum()), table[each > 0], each[each > 0]
    pairs = each >= 2
    if not pairs.any():
        note = _NO_PAIR if len(table) else ""
        return GwetEstimate(value=None, n=len(table), status=Status.NO_EVENTS, note=note, left_out=left_out)
    n, q = len(table), len(declared)
    agreed = np.zeros(n)
    near = table @ w.T
    agreed[pairs] = (table * (near - 1)).sum(1)[pairs] / (each * (each - 1))[pairs]
    shares = table / each[:, None]
    pi = shares.mean(0)
    po = float(agreed[pairs].mean())
    empty = GwetEstimate(value=None, n=n, po=po, compared=int(pairs.sum()), left_out=left_out)
    if q < 2:
        return replace(empty, status=Status.NO_VARIANCE, note=_ONE_CATEGORY)
    spread = float(w.sum()) / (q * (q - 1))
    pe = spread * float((pi * (1 - pi)).sum())
    if 1 - pe < 1e-12:
        return replace(empty, status=Status.NO_VARIANCE, pe=pe)
    value = (po - pe) / (1 - pe)
    se = _standard_error(agreed, pairs, spread * (shares @ (1 - pi)), value, pe)
    return replace(empty, value=value, pe=pe, **vars(over_variance(value, se, n)))


def _standard_error(agreed: Floats, pairs: Floats, chance: Floats, value: float, pe: float) -> float:
    """Of AC, by what each unit adds to agreement and to chance."""
    n = len(agreed)
    if n < 2:
        return 0.0
    own = n / pairs.sum() * (agreed - pe * pairs) / (1 - pe)
    own -= 2 * (1 - value) * (chance - pe) / (1 - pe)
    return sqrt(float(((own - value) ** 2).sum()) / (n * (n - 1)))
