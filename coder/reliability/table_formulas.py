"""More coefficients of stacks of confusion tables (..., k, k): see `formulas` for how they are written.

Sources: Bennett, Alpert & Goldstein 1954 (PABAK); Byrt, Bishop & Carlin 1993 (indices of prevalence and bias);
Cicchetti & Feinstein 1990 (positive and negative agreement); Gwet 2008, 2014 (AC1, AC2); Krippendorff 2011.
"""

import numpy as np

from coder.reliability.formulas import Floats, kappa, po, ratio
from coder.reliability.weights import agreement_weights


def collapsed(tables: Floats, code: int) -> Floats:
    """(..., 2, 2): one code against all the others; the code comes first."""
    found: Floats = np.empty((*tables.shape[:-2], 2, 2))
    found[..., 0, 0] = both = tables[..., code, code]
    found[..., 0, 1] = tables[..., code, :].sum(-1) - both
    found[..., 1, 0] = tables[..., :, code].sum(-1) - both
    found[..., 1, 1] = tables.sum((-2, -1)) - found[..., 0, :].sum(-1) - found[..., 1, 0]
    return found


def negative(tables: Floats) -> Floats:
    """Negative agreement of (..., 2, 2), 2d / (2d + b + c): on the absence of a code."""
    return ratio(2 * tables[..., 1, 1], tables[..., 1, :].sum(-1) + tables[..., :, 1].sum(-1))


def prevalence(tables: Floats) -> Floats:
    """Prevalence index of (..., 2, 2), (a - d) / n: how much more often both have the code than neither."""
    return ratio(tables[..., 0, 0] - tables[..., 1, 1], tables.sum((-2, -1)))


def bias_index(tables: Floats) -> Floats:
    """Bias index of (..., 2, 2), (b - c) / n: positive if A gives the code more often."""
    return ratio(tables[..., 0, 1] - tables[..., 1, 0], tables.sum((-2, -1)))


def kappa_max(tables: Floats) -> Floats:
    """The greatest kappa that these margins allow."""
    n, rows, columns = tables.sum((-2, -1)), tables.sum(-1), tables.sum(-2)
    by_chance = (rows * columns).sum(-1)
    return ratio(n * np.minimum(rows, columns).sum(-1) - by_chance, n * n - by_chance)


def pabak(tables: Floats) -> Floats:
    """(k po - 1) / (k - 1): kappa as if all k codes were equally frequent for both."""
    k = tables.shape[-1]
    return (k * po(tables) - 1) / (k - 1) if k > 1 else np.full(tables.shape[:-2], np.nan)


def gwet(tables: Floats, weights: Floats | None = None) -> Floats:
    """AC1, or AC2 with agreement weights: chance from the mean margins, for k declared categories."""
    k = tables.shape[-1]
    if k < 2:
        return np.full(tables.shape[:-2], np.nan)
    w = np.eye(k) if weights is None else weights
    agreed = ratio((w * tables).sum((-2, -1)), tables.sum((-2, -1)))
    margins = tables.sum(-1) + tables.sum(-2)
    shares = ratio(margins, margins.sum(-1, keepdims=True))
    chance = w.sum() / (k * (k - 1)) * (shares * (1 - shares)).sum(-1)
    return ratio(agreed - chance, 1 - chance)


def alpha(tables: Floats) -> Floats:
    """Krippendorff's alpha for nominal categories and two coders who both coded every unit."""
    margins = tables.sum(-1) + tables.sum(-2)
    n = margins.sum(-1)
    apart = 2 * (tables.sum((-2, -1)) - np.trace(tables, axis1=-2, axis2=-1))
    return 1 - ratio((n - 1) * apart, n * n - (margins**2).sum(-1))


def ordinal_alpha(tables: Floats) -> Floats:
    """Krippendorff's alpha for ordered categories: apart by the ratings between the middles of two categories."""
    margins = tables.sum(-1) + tables.sum(-2)
    middles = np.cumsum(margins, axis=-1) - margins / 2
    apart = (middles[..., :, None] - middles[..., None, :]) ** 2
    observed = 2 * (tables * apart).sum((-2, -1))
    expected = (margins[..., :, None] * margins[..., None, :] * apart).sum((-2, -1))
    return 1 - ratio((margins.sum(-1) - 1) * observed, expected)


def weighted_kappa(tables: Floats) -> Floats:
    """Kappa with quadratic weights (Cohen 1968)."""
    return kappa(tables, agreement_weights("quadratic", tables.shape[-1]))


def ac2(tables: Floats) -> Floats:
    """AC2 with quadratic weights, so that it can stand beside the weighted kappa."""
    return gwet(tables, agreement_weights("quadratic", tables.shape[-1]))


def sensitivity(tables: Floats) -> Floats:
    """Matched events as a share of A's; the last row and column count the events without a partner."""
    return ratio(np.trace(tables, axis1=-2, axis2=-1), tables[..., :-1, :].sum((-2, -1)))


def precision(tables: Floats) -> Floats:
    """Matched events as a share of B's."""
    return ratio(np.trace(tables, axis1=-2, axis2=-1), tables[..., :, :-1].sum((-2, -1)))
