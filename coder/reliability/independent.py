"""95 % intervals for units that do not lean on their neighbours: ratings, details of matched events, totals.

They hold for units taken as independent, and their labels say so. Where several sessions gave several such units
each, `intervals` leaves out one session at a time instead.
"""

from collections.abc import Sequence
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from coder.model.agreement import Estimate
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    EXACT,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    MEAN_DIFFERENCE,
    WEIGHTED_KAPPA,
    WITHIN_ONE,
)
from coder.reliability.accuracy import observer_accuracy
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats
from coder.reliability.intervals import FLAT, Interval, wilson
from coder.reliability.intraclass import icc
from coder.reliability.kappa import cohen_kappa
from coder.reliability.limits_of_agreement import bland_altman

_FEW = "Two units or more are needed for an interval."


def interval_of_table(statistic: str, formula: Formula, table: Floats, what: str) -> Interval:
    """Of a coefficient of a (k, k) table of independent units. what: the units' name, for the label."""
    taken = f"{what} taken as independent"
    if statistic == AGREEMENT:
        return _share(int(np.trace(table)), int(table.sum()), taken)
    if statistic in (KAPPA, WEIGHTED_KAPPA):
        weights = "quadratic" if statistic == WEIGHTED_KAPPA else None
        return _clipped(cohen_kappa(table, weights), formula, f"asymptotic, {taken}")
    if statistic == ACCURACY:
        return _of_accuracy(table, taken)
    return _leaving_one_out(formula, table, f"jackknife, {taken}")


def interval_of_values(
    statistic: str, formula: Formula, values: Sequence[tuple[float, float]], what: str
) -> Interval:
    """Of a coefficient of pairs of numbers."""
    taken = f"{what} taken as independent"
    if statistic in (ICC, ICC_ONE_WAY):
        found = icc(values)[statistic]
        return _clipped(found, formula, f"{found.method}, {taken}")
    if statistic == MEAN_DIFFERENCE:
        return _clipped(bland_altman([b for _, b in values], [a for a, _ in values]), formula, f"t, {taken}")
    apart = np.abs(np.subtract(*np.array(values, dtype=np.float64).T))
    most = {EXACT: 0, WITHIN_ONE: 1}[statistic]
    return _share(int((apart < most + 1e-9).sum()), len(values), taken)


def _share(part: int, whole: int, taken: str) -> Interval:
    low, high = wilson(part, whole)
    # the error of the plain share says nothing where it is 0 or 1
    return Interval(low, high, sqrt(part * (whole - part) / whole**3) or None, f"Wilson, {taken}")


def _clipped(found: Estimate, formula: Formula, method: str) -> Interval:
    if found.low is None or found.high is None or not found.high - found.low > 1e-12:
        return Interval(note=_FEW if found.n < 2 else FLAT)
    return Interval(max(found.low, formula.low), min(found.high, formula.high), found.se, method)


def _of_accuracy(table: Floats, taken: str) -> Interval:
    """The limits of kappa, said as accuracies; a limit at or below chance is the accuracy of guessing."""
    kappa = cohen_kappa(table)
    if kappa.low is None or kappa.high is None or not kappa.high - kappa.low > 1e-12:
        return Interval(note=FLAT)
    rates = table.sum(0) + table.sum(1)
    low, high = (observer_accuracy(min(limit, 1.0), rates.tolist()).value for limit in (kappa.low, kappa.high))
    if high is None:
        return Interval(note="The limits of kappa lie below chance, so the accuracy has no interval.")
    guessing = 1 / len(table)
    return Interval(guessing if low is None else low, high, None, f"from the limits of kappa, {taken}")


def _leaving_one_out(formula: Formula, table: Floats, method: str) -> Interval:
    """Jackknife with Student's t (Tukey 1958); units of one cell are alike, so each cell is computed once."""
    n, k = int(table.sum()), len(table)
    if n < 2:
        return Interval(note=_FEW)
    cells = np.flatnonzero(table)
    without = np.repeat(table.reshape(1, -1), len(cells), axis=0)
    without[np.arange(len(cells)), cells] -= 1
    left = formula.of(without.reshape(-1, k, k))
    if not np.isfinite(left).all():
        return Interval(note="Without one of the units the coefficient is undefined, so no interval is given.")
    times, whole = table.ravel()[cells], float(formula.of(table))
    pseudo = n * whole - (n - 1) * left
    middle = float(times @ pseudo) / n
    se = sqrt(float(times @ (pseudo - middle) ** 2) / (n * (n - 1)))
    if se < 1e-12:
        return Interval(note=FLAT)
    half = float(stdtrit(n - 1, 0.975)) * se
    return Interval(max(whole - half, formula.low), min(whole + half, formula.high), se, method)
