"""Cohen's kappa of a table of independent units, with its asymptotic standard error and what belongs beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from coder.model.agreement import Estimate, Status
from coder.reliability import table_formulas as of
from coder.reliability.by_code import CodeAgreement, by_code
from coder.reliability.formulas import Floats, kappa, known
from coder.reliability.weights import Weights, agreement_weights

Table = Sequence[Sequence[float]] | Floats

_ONE_SIDED = "Coder {} used one code only, so agreement cannot exceed chance."
_FLAT = "The coders agree as far as they can, so there is no interval."
_CERTAIN = 1e-12


@dataclass(frozen=True, kw_only=True)
class KappaEstimate(Estimate):
    """Kappa with observed and expected agreement, its ceiling for these margins, and agreement on each code.

    po, pe: weighted where kappa is. se0: the standard error under the hypothesis of no agreement. kappa_max, pabak
    (chance set to 1/k): of the plain table. prevalence: (a - d) / n, bias: (b - c) / n, ppos, pneg: agreement on
    the first and on the second code; of two codes only. each: every code against all others. specific: 2a / (2a +
    b + c) per code, None for a code that neither used.
    """

    po: float | None = None
    pe: float | None = None
    kappa_max: float | None = None
    se0: float | None = None
    pabak: float | None = None
    prevalence: float | None = None
    bias: float | None = None
    ppos: float | None = None
    pneg: float | None = None
    each: tuple[CodeAgreement, ...] = ()

    @property
    def specific(self) -> tuple[float | None, ...]:
        """Positive agreement on each code."""
        return tuple(code.ppos for code in self.each)


def cohen_kappa(table: Table, weights: Weights = None) -> KappaEstimate:
    """Cohen's kappa (1960; weighted 1968) with the standard errors of Fleiss, Cohen & Everitt (1969).

    table: (k, k) counts, rows coder A, columns coder B; k is what the scheme declares, used or not. weights: None,
    "linear", "quadratic" or a (k, k) matrix, see `agreement_weights`. The interval, kappa ∓ 1.959964 se, is
    asymptotic and holds for independent units only: for time units use `time_unit_kappa`. Where one coder used one
    code only kappa is exactly 0, where both used the same it is undefined. Raises ValueError if the table or the
    weights are not what they should be.
    """
    counts = square(table)
    w = agreement_weights(weights, len(counts))
    n = float(counts.sum())
    if n == 0:
        return KappaEstimate(value=None, n=0, status=Status.NO_EVENTS)
    p = counts / n
    rows, columns = p.sum(1), p.sum(0)
    po, pe = float((w * p).sum()), float(rows @ w @ columns)
    made = _beside(counts, po, pe)
    value = float(kappa(counts, w))
    if not np.isfinite(value) or 1 - pe < _CERTAIN:
        return replace(made, status=Status.NO_VARIANCE)
    one_sided = [who for who, margin in (("A", rows), ("B", columns)) if (margin > 0).sum() == 1]
    note = " ".join(_ONE_SIDED.format(who) for who in one_sided)
    se, se0 = _standard_errors(p, w, po, pe, n)
    made = replace(made, value=0.0 if one_sided else value, se0=se0)
    if se < _CERTAIN:
        return replace(made, note=note or _FLAT)
    half = float(ndtri(0.975)) * se
    method = "asymptotic, for independent units"
    return replace(made, low=value - half, high=value + half, se=se, method=method, note=note)


def square(table: Table) -> Floats:
    """(k, k): the counts of a confusion table; raises ValueError if it is none."""
    try:
        counts = np.asarray(table, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        counts = np.empty(0)
    if counts.ndim != 2 or not len(counts) or counts.shape[0] != counts.shape[1]:
        raise ValueError("a confusion table is square, with a row and a column for every code")
    if not (np.isfinite(counts) & (counts >= 0)).all():
        raise ValueError("a confusion table is square and holds counts of 0 or more")
    return counts


def _beside(counts: Floats, po: float, pe: float) -> KappaEstimate:
    """What belongs beside kappa and does not need it."""
    each = by_code(counts)
    two = each[0] if len(counts) == 2 else None
    return KappaEstimate(
        value=None,
        n=round(float(counts.sum())),
        po=po,
        pe=pe,
        kappa_max=known(of.kappa_max(counts)),
        pabak=known(of.pabak(counts)),
        prevalence=two.prevalence if two else None,
        bias=two.bias if two else None,
        ppos=two.ppos if two else None,
        pneg=two.pneg if two else None,
        each=each,
    )


def _standard_errors(p: Floats, w: Floats, po: float, pe: float, n: float) -> tuple[float, float]:
    rows, columns = p.sum(1), p.sum(0)
    sums = np.add.outer(w @ columns, rows @ w)
    spread = (p * (w * (1 - pe) - sums * (1 - po)) ** 2).sum() - (po * pe - 2 * pe + po) ** 2
    spread0 = (np.outer(rows, columns) * (w - sums) ** 2).sum() - pe**2
    below = np.sqrt(n) * (1 - pe)
    return float(np.sqrt(max(spread, 0)) / (below * (1 - pe))), float(np.sqrt(max(spread0, 0)) / below)
