"""Cohen's kappa of a table of independent units, with its asymptotic standard error and what belongs beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats, kappa, specific

Weights = Literal["linear", "quadratic"] | ArrayLike | None


@dataclass(frozen=True, kw_only=True)
class KappaEstimate(Estimate):
    """Kappa with observed and expected agreement, its ceiling for these margins, and agreement on each code.

    se0: the standard error under the hypothesis of no agreement. pabak: with chance set to 1/k. specific: 2a /
    (2a + b + c) per code, None for a code that neither used. All but kappa_max, pabak and specific are weighted.
    """

    po: float | None = None
    pe: float | None = None
    kappa_max: float | None = None
    se0: float | None = None
    pabak: float | None = None
    specific: tuple[float | None, ...] = ()


def cohen_kappa(table: Sequence[Sequence[float]] | Floats, weights: Weights = None) -> KappaEstimate:
    """Cohen's kappa (1960; weighted 1968) with the standard errors of Fleiss, Cohen & Everitt (1969).

    table: (k, k) counts, rows coder A, columns coder B; k is what the scheme declares, used or not. weights: None,
    "linear", "quadratic" or a (k, k) matrix of agreement weights with 1 on the diagonal. The interval is
    asymptotic and holds for independent units only: for time units use `time_unit_kappa`. Raises ValueError if the
    table or the weights are not what they should be.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not (np.isfinite(counts) & (counts >= 0)).all():
        raise ValueError("a confusion table is square and holds counts of 0 or more")
    w = _agreement_weights(weights, len(counts))
    n = float(counts.sum())
    if n == 0:
        return KappaEstimate(value=None, n=0, status=Status.NO_EVENTS)
    p = counts / n
    rows, columns = p.sum(1), p.sum(0)
    po, pe = float((w * p).sum()), float((w * np.outer(rows, columns)).sum())
    plain_po, plain_pe = float(p.trace()), float(rows @ columns)
    pabak = (len(p) * plain_po - 1) / (len(p) - 1) if len(p) > 1 else None
    shares = [float(specific(counts, code)) for code in range(len(p))]
    each = tuple(share if np.isfinite(share) else None for share in shares)
    value = float(kappa(counts, w))
    if not np.isfinite(value) or 1 - pe < 1e-12:
        status = Status.NO_VARIANCE
        return KappaEstimate(value=None, n=int(n), status=status, po=po, pe=pe, pabak=pabak, specific=each)
    se, se0 = _standard_errors(p, w, po, pe, n)
    half = float(ndtri(0.975)) * se
    return KappaEstimate(
        value=value,
        n=int(n),
        low=value - half,
        high=value + half,
        se=se,
        method="asymptotic, for independent units",
        po=po,
        pe=pe,
        kappa_max=(float(np.minimum(rows, columns).sum()) - plain_pe) / (1 - plain_pe),
        se0=se0,
        pabak=pabak,
        specific=each,
    )


def _agreement_weights(weights: Weights, k: int) -> Floats:
    if weights is None:
        return np.eye(k)
    apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    if isinstance(weights, str):
        named = {"linear": 1 - apart, "quadratic": 1 - apart**2}
        if weights not in named:
            raise ValueError(f"weights are “linear”, “quadratic” or a matrix, not “{weights}”")
        return named[weights]
    w = np.asarray(weights, dtype=np.float64)
    if w.shape != (k, k) or not ((w >= 0) & (w <= 1)).all() or not (np.diag(w) == 1).all():
        raise ValueError("a matrix of weights has the table's shape, 1 on the diagonal and 0 to 1 elsewhere")
    return w


def _standard_errors(p: Floats, w: Floats, po: float, pe: float, n: float) -> tuple[float, float]:
    rows, columns = p.sum(1), p.sum(0)
    sums = np.add.outer(w @ columns, rows @ w)
    spread = (p * (w * (1 - pe) - sums * (1 - po)) ** 2).sum() - (po * pe - 2 * pe + po) ** 2
    spread0 = (np.outer(rows, columns) * (w - sums) ** 2).sum() - pe**2
    below = np.sqrt(n) * (1 - pe)
    return float(np.sqrt(max(spread, 0)) / (below * (1 - pe))), float(np.sqrt(max(spread0, 0)) / below)
