"""Three and more coders: coefficients of counts that add up over sessions, as formulas over stacks of them."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Status
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats, kappa, ratio
from coder.reliability.intervals import SESSIONS_FOR_JACKKNIFE, over_sessions
from coder.reliability.units import NO_CODE
from coder.reliability.words import ALL_ALIKE

Codes = NDArray[np.int64]
"""(units, coders): the number of the code that each coder has in each unit, `NO_CODE` for none."""

_FEW_SESSIONS = "An interval takes three sessions or more."


def coincidences(codes: Codes, categories: int) -> Floats:
    """(k, k): pairs of codes within units, each unit's pairs weighing its number of coders together; for alpha."""
    counts = np.stack([(codes == category).sum(1) for category in range(categories)], 1).astype(np.float64)
    coders = counts.sum(1)
    counts, coders = counts[coders >= 2], coders[coders >= 2]
    weighed = counts / (coders - 1)[:, None]
    found: Floats = counts.T @ weighed - np.diag(weighed.sum(0))
    return found


def pair_tables(codes: Codes, categories: int, *, complete: bool) -> Floats:
    """(pairs, k, k): a table for each two coders. complete: only of units in which all coders have a code."""
    everyone = (codes != NO_CODE).all(1)
    tables = []
    for i, j in combinations(range(codes.shape[1]), 2):
        here = everyone if complete else (codes[:, i] != NO_CODE) & (codes[:, j] != NO_CODE)
        cells = codes[here, i] * categories + codes[here, j]
        tables.append(np.bincount(cells, minlength=categories**2).reshape(categories, categories))
    return np.array(tables, dtype=np.float64)


def alpha(counts: Floats) -> Floats:
    """Krippendorff's nominal alpha of coincidences (..., k, k)."""
    margins = counts.sum(-1)
    n = margins.sum(-1)
    apart = n - np.trace(counts, axis1=-2, axis2=-1)
    return 1 - ratio((n - 1) * apart, n * n - (margins**2).sum(-1))


def fleiss(tables: Floats) -> Floats:
    """Fleiss' kappa of pair tables (..., pairs, k, k) of complete units: chance from the margins of all coders."""
    whole = tables.sum(-3)
    n = whole.sum((-2, -1))
    shares = ratio(whole.sum(-1) + whole.sum(-2), 2 * n[..., None])
    agreed, by_chance = ratio(np.trace(whole, axis1=-2, axis2=-1), n), (shares**2).sum(-1)
    return ratio(agreed - by_chance, 1 - by_chance)


def conger(tables: Floats) -> Floats:
    """Conger's kappa of pair tables (..., pairs, k, k) of complete units: chance pair by pair."""
    n = tables.sum((-2, -1))
    agreed = ratio(np.trace(tables, axis1=-2, axis2=-1), n).mean(-1)
    by_chance = ratio((tables.sum(-1) * tables.sum(-2)).sum(-1), n * n).mean(-1)
    return ratio(agreed - by_chance, 1 - by_chance)


def light(tables: Floats) -> Floats:
    """The mean of the pairs' kappas that are defined, of pair tables (..., pairs, k, k)."""
    return mean_of_defined(kappa(tables))


def mean_f1(counts: Floats) -> Floats:
    """The mean F1 of (..., pairs, 2): matched events, and events of both coders."""
    return mean_of_defined(ratio(2 * counts[..., 0], counts[..., 1]))


def mean_of_defined(values: Floats) -> Floats:
    """The mean over the last axis of what is no NaN; NaN if all are."""
    known = np.isfinite(values)
    return ratio(np.where(known, values, 0.0).sum(-1), known.sum(-1).astype(np.float64))


def of_sessions(formula: Formula, counts: Sequence[Floats], n: int, empty: str = "") -> Estimate:
    """The coefficient of the sessions' counts added up, with a jackknife over sessions.

    n: what it rests on. empty: why there is nothing to compare, if nothing is.
    """
    told = np.array([one for one in counts if one.any()])
    if not len(told):
        return Estimate(value=None, n=0, status=Status.NO_EVENTS, note=empty)
    value = float(formula.of(told.sum(0)))
    if not np.isfinite(value):
        return Estimate(value=None, n=n, status=Status.NO_VARIANCE, note=ALL_ALIKE)
    if len(told) < SESSIONS_FOR_JACKKNIFE:
        return Estimate(value=value, n=n, note=_FEW_SESSIONS)
    found = over_sessions(formula, told)
    return Estimate(value=value, n=n, **vars(found))
