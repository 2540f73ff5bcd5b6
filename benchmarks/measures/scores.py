"""Scores of measured values against true ones. NaN is "not known" on either side and never counts as a value.

Every figure says on how many frames it rests; figures on fewer than `LEAST` frames are not shown as numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coder.reliability.formulas import specific

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEAST = 10
"""With fewer frames a figure says nothing."""


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
