"""How often ratings are the same, or no more than so far apart: what everyone understands."""

from math import sqrt

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.given import Ratings, numbered, numbers_of, units_of
from coder.reliability.intervals import wilson


def percent_agreement(values: Ratings, within: float = 0) -> Estimate:
    """The share (0 to 1) of units whose ratings are all the same, or lie no more than `within` apart.

    values: units × raters, None where missing; a unit with fewer than two ratings is left out. With `within` the
    ratings are numbers. n: the units compared. The interval: Wilson. Raises ValueError for a negative `within`.
    """
    if not within >= 0:
        raise ValueError(f"ratings cannot lie {within} apart")
    numbers = numbers_of(values) if within else numbered(units_of(values))
    numbers = numbers[(~np.isnan(numbers)).sum(1) >= 2]
    n = len(numbers)
    if n == 0:
        return share(0, 0)
    apart = np.nanmax(numbers, axis=1) - np.nanmin(numbers, axis=1)
    # ratings such as 0.1 and 0.4 lie 0.3 apart, whatever their binary digits say
    agreed = int((apart <= within + 1e-9).sum())
    return share(agreed, n)


def share(part: int, n: int) -> Estimate:
    """A share (0 to 1) with Wilson's interval (1927), such as sensitivity or precision; undefined of nothing.

    se: of the plain share, None where it is 0 or 1 and the formula has nothing to say. Raises ValueError unless
    0 <= part <= n.
    """
    if n == 0 == part:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    low, high = map(float, wilson(part, n))
    value, n = float(part / n), int(n)
    return Estimate(
        value=value, n=n, low=low, high=high, se=sqrt(value * (1 - value) / n) or None, method="Wilson"
    )
