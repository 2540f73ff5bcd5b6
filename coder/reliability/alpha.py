"""Krippendorff's alpha: agreement of any number of raters, at any level of measurement, with ratings missing."""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats, ratio
from coder.reliability.given import Ratings, numbered, numbers_of, units_of
from coder.reliability.intervals import Interval
from coder.reliability.resampling import over_units
from coder.reliability.words import ALL_ALIKE

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
_FEW = 1e-12


@dataclass(frozen=True, kw_only=True)
class AlphaEstimate(Estimate):
    """Alpha = 1 - observed / expected, the mean disagreements of two ratings of one unit and of any two ratings.

    n: the units with two ratings or more. ratings: those they have. left_out: units with fewer, which say nothing.
    """

    level: str
    observed: float | None = None
    expected: float | None = None
    ratings: int = 0
    left_out: int = 0


def krippendorff_alpha(values: Ratings, level: Level = "nominal", *, limits: bool = True) -> AlphaEstimate:
    """Krippendorff's alpha (2011) of units × raters, None where a rating is missing.

    level: nominal takes anything, ordinal numbers in their order, interval numbers whose differences count, ratio
    numbers from 0 on whose proportions count. limits: whether to compute the interval, a jackknife over units.
    Undefined if no two ratings differ. Raises ValueError for values that are not of that level.
    """
    if level not in LEVELS:
        raise ValueError(f"the level is nominal, ordinal, interval or ratio, not “{level}”")
    numbers = numbered(units_of(values)) if level == "nominal" else numbers_of(values)
    if level == "ratio" and (numbers < 0).any():
        raise ValueError("at the ratio level no rating is below 0")
    rated = (~np.isnan(numbers)).sum(1)
    left_out = int((rated < 2).sum())
    numbers = numbers[rated >= 2]
    if not len(numbers):
        note = "No unit was rated twice, so nothing can be compared." if left_out else ""
        return AlphaEstimate(value=None, n=0, status=Status.NO_EVENTS, note=note, level=level, left_out=left_out)
    observed, expected = disagreements(numbers, level)
    empty = AlphaEstimate(
        value=None,
        n=len(numbers),
        level=level,
        observed=observed,
        expected=expected,
        ratings=int((~np.isnan(numbers)).sum()),
        left_out=left_out,
    )
    if expected <= _FEW * (1 + observed):
        return replace(empty, status=Status.NO_VARIANCE, note=ALL_ALIKE)
    found = over_units(lambda units: _alpha(units, level), numbers) if limits else Interval()
    return replace(
        empty,
        value=1 - observed / expected,
        low=found.low,
        high=None if found.high is None else min(found.high, 1.0),
        se=found.se,
        method=found.method,
        note=found.note,
    )


def _alpha(numbers: Floats, level: Level) -> float:
    observed, expected = disagreements(numbers, level)
    return 1 - observed / expected if expected > _FEW * (1 + observed) else float("nan")


def disagreements(numbers: Floats, level: Level) -> tuple[float, float]:
    """Observed and expected: the mean δ² of two ratings of one unit, and of any two ratings.

    numbers: (units, raters), each unit with two or more, NaN where missing. δ is 0 or 1 (nominal), the difference
    (interval), the difference over the sum (ratio), or the number of ratings from the middle of one category to
    that of the other (ordinal), which is the difference of their mean ranks.
    """
    if level == "ordinal":
        numbers = _mean_ranks(numbers)
    known = ~np.isnan(numbers)
    each = known.sum(1)
    n = int(each.sum())
    within = 0.0
    for i, j in combinations(range(numbers.shape[1]), 2):
        both = known[:, i] & known[:, j]
        apart = _squared(numbers[both, i], numbers[both, j], level)
        within += 2 * float((apart / (each[both] - 1)).sum())
    return within / n, _between(numbers[known], level) / (n * (n - 1))


def _squared(one: Floats, other: Floats, level: Level) -> Floats:
    apart: Floats = one - other
    if level == "nominal":
        return np.where(apart != 0, 1.0, 0.0)
    # two ratings of 0 do not differ
    squared: Floats = (np.nan_to_num(ratio(apart, one + other)) if level == "ratio" else apart) ** 2
    return squared


def _between(values: Floats, level: Level) -> float:
    """δ² summed over all ordered pairs of ratings, never holding the pairs."""
    n = len(values)
    if level in ("interval", "ordinal"):
        return 2 * n * float(((values - values.mean()) ** 2).sum())
    kinds, counts = np.unique(values, return_counts=True)
    if level == "nominal":
        return float(n) ** 2 - float((counts.astype(np.float64) ** 2).sum())
    return sum(
        float(count * _squared(kind, kinds, level) @ counts) for kind, count in zip(kinds, counts, strict=True)
    )


def _mean_ranks(numbers: Floats) -> Floats:
    known = ~np.isnan(numbers)
    _, places, counts = np.unique(numbers[known], return_inverse=True, return_counts=True)
    ranks: Floats = np.full(numbers.shape, np.nan)
    ranks[known] = (np.cumsum(counts) - counts / 2)[places]
    return ranks
