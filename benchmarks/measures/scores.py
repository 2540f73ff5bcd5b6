"""Scores of measured values against true ones. NaN is "not known" on either side and never counts as a value.

Every figure says on how many frames it rests; figures on fewer than `LEAST` frames are not shown as numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coder.reliability.formulas import specific

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST = 10
"""With fewer frames a figure says nothing."""

ONSET_US = 500_000
"""An onset that is farther off is another one."""


@dataclass(frozen=True)
class Figure:
    """A number and the frames it rests on; None where it is not defined."""

    value: float | None
    n: int

    @property
    def shown(self) -> float | None:
        """The value, if enough frames stand behind it."""
        return self.value if self.n >= LEAST else None


@dataclass(frozen=True)
class Sorted:
    """A yes-or-no answer beside the truth.

    accuracy: share of right answers. f1: of the answer yes, 2 TP / (2 TP + FP + FN). guess: the accuracy of always
    giving the commoner answer, which is what an accuracy must beat. yes: how often the truth is yes.
    """

    accuracy: Figure
    f1: Figure
    guess: Figure
    yes: Figure


@dataclass(frozen=True)
class Kinds:
    """One of several kinds beside the truth. macro_f1: mean F1 of the kinds that the truth has."""

    accuracy: Figure
    macro_f1: Figure
    guess: Figure


@dataclass(frozen=True)
class Errors:
    """Measured minus true: median and 90th percentile of the size, mean size, and bias, the mean with its sign."""

    median: Figure
    p90: Figure
    mean: Figure
    bias: Figure


def share(hits: Values) -> Figure:
    """How many of the known values (0 or 1) are 1."""
    known = hits[np.isfinite(hits)]
    return Figure(float(known.mean()) if known.size else None, known.size)


def sorted_out(said: Values, true: Values) -> Sorted:
    """said, true: (n,) 0, 1 or NaN. F1 is not defined where neither ever says yes."""
    both = _both(said, true)
    yes, truly = said[both] == 1, true[both] == 1
    n = int(both.sum())
    if not n:
        nothing = Figure(None, 0)
        return Sorted(nothing, nothing, nothing, nothing)
    table = np.array([[(yes & truly).sum(), (~yes & truly).sum()], [(yes & ~truly).sum(), (~yes & ~truly).sum()]])
    f1 = float(specific(table.astype(np.float64), 0))
    base = float(truly.mean())
    return Sorted(
        accuracy=Figure(float(table.trace()) / n, n),
        f1=Figure(f1 if np.isfinite(f1) else None, n),
        guess=Figure(max(base, 1 - base), n),
        yes=Figure(base, n),
    )


def kinds(said: Values, true: Values, count: int) -> Kinds:
    """said, true: (n,) numbers of kinds from 0 on, or NaN."""
    both = _both(said, true)
    mine, theirs = said[both].astype(int), true[both].astype(int)
    n = int(both.sum())
    if not n:
        nothing = Figure(None, 0)
        return Kinds(nothing, nothing, nothing)
    there = [kind for kind in range(count) if (theirs == kind).any()]
    f1 = [2 * ((mine == k) & (theirs == k)).sum() / ((mine == k).sum() + (theirs == k).sum()) for k in there]
    commonest = np.bincount(theirs, minlength=count).max() / n
    return Kinds(
        Figure(float((mine == theirs).mean()), n), Figure(float(np.mean(f1)), n), Figure(float(commonest), n)
    )


def switches(right: Values) -> int:
    """How often a series of 0, 1 or NaN changes between the two."""
    known = right[np.isfinite(right)]
    return int(np.abs(np.diff(known)).sum())


def matched(measured_us: Sequence[int], true_us: Sequence[int]) -> list[int]:
    """Errors in µs: each true onset takes the nearest free measured one within `ONSET_US`; nearest pairs first."""
    pairs = sorted((abs(a - b), i, j) for i, a in enumerate(measured_us) for j, b in enumerate(true_us))
    left, right, errors_us = set[int](), set[int](), list[int]()
    for off_us, i, j in pairs:
        if off_us <= ONSET_US and i not in left and j not in right:
            left.add(i)
            right.add(j)
            errors_us.append(off_us)
    return errors_us


def errors(measured: Values, true: Values) -> Errors:
    """measured, true: (n,) in one unit."""
    off = (measured - true)[_both(measured, true)]
    if not off.size:
        nothing = Figure(None, 0)
        return Errors(nothing, nothing, nothing, nothing)
    size = np.abs(off)
    median, p90 = np.percentile(size, (50, 90))
    return Errors(*(Figure(float(value), off.size) for value in (median, p90, size.mean(), off.mean())))


def rank_correlation(measured: Values, true: Values) -> Figure:
    """Spearman's rho; not defined where one side does not vary."""
    both = _both(measured, true)
    a, b = measured[both], true[both]
    if a.size < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return Figure(None, a.size)
    return Figure(float(spearmanr(a, b).statistic), a.size)


def _both(a: Values, b: Values) -> Flags:
    return np.asarray(np.isfinite(a) & np.isfinite(b), dtype=np.bool_)
