"""The coefficients as formulas over stacks of confusion tables.

Every formula takes tables of shape (..., k, k), rows coder A, columns coder B, and returns shape (...), with NaN
where the coefficient is not defined. One table or two thousand resampled ones cost the same few calls, so that an
interval uses the very formula the estimate came from. NaN never leaves the package: see `estimates`.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ratio(above: Floats, below: Floats) -> Floats:
    """above / below, NaN where below is 0."""
    below = np.asarray(below, dtype=np.float64)
    shape = below.shape if np.shape(above) == below.shape else np.broadcast_shapes(np.shape(above), below.shape)
    shares: Floats = np.divide(above, below, out=np.full(shape, np.nan), where=below != 0)
    return shares


def known(value: Floats) -> float | None:
    """One coefficient as a plain number, None for the NaN of an undefined one."""
    return float(value) if np.isfinite(value) else None


def po(tables: Floats) -> Floats:
    """Observed agreement: the share of the counts on the diagonal."""
    return ratio(np.trace(tables, axis1=-2, axis2=-1), tables.sum((-2, -1)))


def kappa(tables: Floats, weights: Floats | None = None) -> Floats:
    """Cohen's kappa, Σ w p_ij against Σ w p_i. p_.j (Cohen 1960; weighted: Cohen 1968).

    Written with counts rather than shares, so that whole counts give exactly 0 where one coder never varies.
    """
    w = np.eye(tables.shape[-1]) if weights is None else weights
    n = tables.sum((-2, -1))
    agreed = n * (w * tables).sum((-2, -1))
    by_chance = (w * tables.sum(-1)[..., :, None] * tables.sum(-2)[..., None, :]).sum((-2, -1))
    return ratio(agreed - by_chance, n * n - by_chance)


def specific(tables: Floats, code: int) -> Floats:
    """Specific (positive) agreement on one code, 2a / (2a + b + c); for matched events this is the code's F1."""
    return ratio(2 * tables[..., code, code], tables[..., code, :].sum(-1) + tables[..., :, code].sum(-1))


def f1(tables: Floats) -> Floats:
    """2 TP / (n_A + n_B) of matched events; the last row and column count the events without a partner."""
    matched = np.trace(tables, axis1=-2, axis2=-1)
    return ratio(2 * matched, tables[..., :-1, :].sum((-2, -1)) + tables[..., :, :-1].sum((-2, -1)))


def event_kappa(tables: Floats) -> Floats:
    """Kappa of linked events, the last row and column counting those without a link (Holle & Rein 2015).

    0/0 in the expected counts is 0 and kappa is not floored at 0; the published program does otherwise in both.
    """
    expected = event_chance(tables)
    return ratio(po(tables) - expected, 1 - expected)


def event_chance(tables: Floats) -> Floats:
    """Expected agreement of linked events.

    "Neither coder" cannot be counted: expected counts have the margins of the table and 0 in that one cell. They
    need no iteration: among the codes they are r_i c_j, scaled to the events that have a link.
    """
    rows, columns = tables[..., :-1, :].sum(-1), tables[..., :, :-1].sum(-2)
    linked = tables[..., :-1, :-1].sum((-2, -1))
    scale = np.nan_to_num(ratio(linked, rows.sum(-1) * columns.sum(-1)))
    return ratio((rows * columns).sum(-1) * scale, tables.sum((-2, -1)))


def event_kappa_max(tables: Floats) -> Floats:
    """The greatest kappa of linked events that these margins allow."""
    expected = event_chance(tables)
    alike = ratio(np.minimum(tables.sum(-1), tables.sum(-2)).sum(-1), tables.sum((-2, -1)))
    return ratio(alike - expected, 1 - expected)


def expected_kappa(accuracy: Floats, base_rates: Floats, *, master: bool) -> Floats:
    """The kappa that coders of this accuracy reach on average (Bakeman 2022; Bakeman et al. 1997).

    accuracy: (...), the probability of naming the true code, errors spread evenly over the others. base_rates:
    (..., k). master: the second coder is never wrong.

    A coder who knows the code in a share d of the cases and guesses evenly in the rest is right in a share of
    1/k + d (1 - 1/k). Two such coders agree beyond guessing where both know, d²; with a master where one knows, d.
    """
    known = (accuracy - 1 / base_rates.shape[-1]) / _guessed(base_rates)
    both = known if master else known**2
    above, beyond = _room(base_rates)
    return ratio(both * above, _guessed(base_rates) - both * beyond)


def accuracy(kappas: Floats, base_rates: Floats, *, master: bool = False) -> Floats:
    """The accuracy whose expected kappa is `kappas` (...); NaN where kappa is not above chance.

    `expected_kappa` solved for the accuracy.
    """
    if base_rates.shape[-1] < 2:
        return np.full(np.shape(kappas), np.nan)
    above, beyond = _room(base_rates)
    solvable = (kappas > 0) & (kappas <= 1)
    both = ratio(np.where(solvable, kappas, np.nan) * _guessed(base_rates), above + kappas * beyond)
    known = both if master else np.sqrt(both)
    right: Floats = np.minimum(1 / base_rates.shape[-1] + known * _guessed(base_rates), 1.0)
    return right


def _guessed(base_rates: Floats) -> float:
    """How much of guessing among k codes is wrong."""
    return 1 - 1 / float(base_rates.shape[-1])


def _room(base_rates: Floats) -> tuple[Floats, Floats]:
    """How often two true codes differ, and how much more often they are alike than k equally frequent codes."""
    alike = (base_rates**2).sum(-1)
    return 1 - alike, alike - 1 / base_rates.shape[-1]


def pair_accuracy(tables: Floats) -> Floats:
    """The accuracy of two equally good coders, with the mean of both margins as base rates."""
    margins = tables.sum(-1) + tables.sum(-2)
    return accuracy(kappa(tables), np.nan_to_num(ratio(margins, margins.sum(-1, keepdims=True))))
