"""Coefficients of pairs of numbers (ratings, totals) as formulas over sums that add up over sessions.

A session's moments are (n, Σa, Σb, Σa², Σb², Σab, pairs that are equal, pairs no more than 1 apart). As with
tables, stacks (..., 8) cost the same few calls as one; NaN stands for what is not defined and never leaves the
package.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from coder.model.statistic import EXACT, ICC, ICC_ONE_WAY, MEAN_DIFFERENCE, WITHIN_ONE
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats, ratio

_ROUNDING = 1e-12


def moments_of(sessions: Sequence[Sequence[tuple[float, float]]]) -> Floats:
    """(sessions, 8): the moments of each session's pairs, from the middle of all numbers, for exactness."""
    rows = [np.array(values, dtype=np.float64).reshape(-1, 2) for values in sessions]
    every = np.concatenate([*rows, np.empty((0, 2))])
    middle = every.mean() if len(every) else 0.0
    found = np.zeros((len(rows), 8))
    for place, row in enumerate(rows):
        a, b = (row - middle).T
        apart = np.abs(a - b)
        sums = (a.sum(), b.sum(), a @ a, b @ b, a @ b)
        # ratings such as 0.1 and 1.1 lie 1 apart, whatever their binary digits say
        found[place] = (len(row), *sums, (apart < 1e-9).sum(), (apart < 1 + 1e-9).sum())
    return found


class _Squares(NamedTuple):
    n: Floats
    between: Floats
    within: Floats
    coders: Floats
    error: Floats


def _squares(moments: Floats) -> _Squares:
    """Mean squares of two coders' numbers; what is only rounding is 0."""
    n, a, b, aa, bb, ab = np.moveaxis(moments[..., :6], -1, 0)
    mean_square = ratio((a + b) ** 2, 2 * n)
    between = (aa + bb + 2 * ab) / 2 - mean_square
    within = (aa + bb - 2 * ab) / 2
    coders = ratio((a - b) ** 2, 2 * n)
    least = _ROUNDING * (aa + bb)
    between, within, coders, error = (
        np.where(np.abs(square) <= least, 0.0, square) for square in (between, within, coders, within - coders)
    )
    return _Squares(n, ratio(between, n - 1), ratio(within, n), coders, ratio(error, n - 1))


def icc_agreement(moments: Floats) -> Floats:
    """ICC(A,1) of two coders who rated every target: two-way, absolute agreement, single rater."""
    n, between, _, coders, error = _squares(moments)
    return ratio(between - error, between + error + ratio(2 * (coders - error), n))


def icc_one_way(moments: Floats) -> Floats:
    """ICC(1): one-way, single rater, for coders who differ from session to session."""
    _, between, within, _, _ = _squares(moments)
    return ratio(between - within, between + within)


def mean_difference(moments: Floats) -> Floats:
    """The mean of B - A."""
    return ratio(moments[..., 2] - moments[..., 1], moments[..., 0])


VALUE_FORMULAS = {
    ICC: Formula(icc_agreement, low=-1.0),
    ICC_ONE_WAY: Formula(icc_one_way, low=-1.0),
    EXACT: Formula(lambda moments: ratio(moments[..., 6], moments[..., 0])),
    WITHIN_ONE: Formula(lambda moments: ratio(moments[..., 7], moments[..., 0])),
    MEAN_DIFFERENCE: Formula(mean_difference, low=-np.inf, high=np.inf),
}
