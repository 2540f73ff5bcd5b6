"""Bland & Altman's limits of agreement: how far two coders' numbers for one thing lie apart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.special import ndtri, stdtrit

from coder.model.agreement import Estimate, Status
from coder.reliability.given import numbers_in

PAIRS_AT_LEAST = 5
_FLAT = "All differences are the same, so there is no interval."
_NO_PAIR = "No pair has a number from both coders."
Z = float(ndtri(0.975))


@dataclass(frozen=True, kw_only=True)
class BlandAltman(Estimate):
    """The mean difference A - B with its interval (value, low, high, se), and the limits of agreement.

    n: pairs. sd: of the differences. limits: mean ∓ multiplier · sd, between which 95 % of differences are
    expected. limits_low, limits_high: the 95 % interval of either limit. limit_se: the standard error of a limit,
    √(3 sd² / n) as in 1986; limit_se_exact: with the multiplier instead of 2. left_out: pairs with one missing.
    """

    sd: float | None = None
    limits: tuple[float, float] | None = None
    limits_low: tuple[float, float] | None = None
    limits_high: tuple[float, float] | None = None
    limit_se: float | None = None
    limit_se_exact: float | None = None
    multiplier: float = Z
    left_out: int = 0

    @property
    def mean(self) -> float | None:
        """The mean difference, which is the value."""
        return self.value


def bland_altman(a: Iterable[object], b: Iterable[object], multiplier: float = Z) -> BlandAltman:
    """Limits of agreement of paired numbers (Bland & Altman 1986; 1999 for the exact error of a limit).

    multiplier: 1.96 (as 1.959964), or the 2 of 1986. A pair with None on one side is left out. With fewer than 5
    pairs the status says so beside the value. Raises ValueError for rows of unequal length or without numbers.
    """
    mine, theirs = numbers_in(a), numbers_in(b)
    if len(mine) != len(theirs):
        raise ValueError(f"pairs need as many numbers from A as from B, not {len(mine)} and {len(theirs)}")
    if not multiplier > 0:
        raise ValueError("the multiplier of the standard deviation is above 0")
    apart = mine - theirs
    apart = apart[~np.isnan(apart)]
    n, left_out = len(apart), len(mine) - len(apart)
    if n == 0:
        return BlandAltman(
            value=None, n=0, status=Status.NO_EVENTS, note=_NO_PAIR, multiplier=multiplier, left_out=left_out
        )
    mean = float(apart.mean())
    status = Status.OK if n >= PAIRS_AT_LEAST else Status.TOO_FEW
    note = "" if n >= PAIRS_AT_LEAST else f"Fewer than {PAIRS_AT_LEAST} pairs."
    if n > 1 and np.ptp(apart) == 0:
        note = f"{note} {_FLAT}".strip()
    empty = BlandAltman(value=mean, n=n, status=status, note=note, multiplier=multiplier, left_out=left_out)
    if n < 2:
        return empty
    sd = float(apart.std(ddof=1))
    t, se, limit_se = float(stdtrit(n - 1, 0.975)), sd / sqrt(n), sd * sqrt(3 / n)
    low, high = mean - multiplier * sd, mean + multiplier * sd
    if sd == 0:
        return replace(empty, sd=0.0, limits=(mean, mean))
    return replace(
        empty,
        low=mean - t * se,
        high=mean + t * se,
        se=se,
        method=f"t; limits of agreement are mean ∓ {multiplier:.4g} SD",
        sd=sd,
        limits=(low, high),
        limits_low=(low - t * limit_se, low + t * limit_se),
        limits_high=(high - t * limit_se, high + t * limit_se),
        limit_se=limit_se,
        limit_se_exact=sd * sqrt(1 / n + multiplier**2 / (2 * (n - 1))),
    )
