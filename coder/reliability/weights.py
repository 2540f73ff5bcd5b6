"""How much a disagreement still counts as agreement: 1 on the diagonal of the table, less away from it."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from coder.reliability.formulas import Floats

Weights = Literal["linear", "quadratic", "ordinal"] | ArrayLike | None


def agreement_weights(weights: Weights, k: int) -> Floats:
    """(k, k) weights for k categories in their declared order.

    None: only the same category agrees. "linear": 1 - |i-j| / (k-1). "quadratic": 1 - (i-j)² / (k-1)² (Cohen
    1968). "ordinal": 1 - M / max M with M = C(|i-j|+1, 2) (Gwet 2014). A matrix of agreement has 1 on its diagonal
    and 0 to 1 elsewhere; a matrix of disagreement v has 0 on its diagonal and is taken as 1 - v / max v. Raises
    ValueError for anything else.
    """
    if weights is None:
        return np.eye(k)
    if isinstance(weights, str):
        apart = np.abs(np.subtract.outer(np.arange(k), np.arange(k)))
        named = {"linear": apart, "quadratic": apart**2, "ordinal": apart * (apart + 1) / 2}
        if weights not in named:
            raise ValueError(f"weights are “linear”, “quadratic”, “ordinal” or a matrix, not “{weights}”")
        return _from_disagreement(named[weights].astype(np.float64))
    try:
        w = np.asarray(weights, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        w = np.empty(0)
    if w.shape == (k, k) and np.isfinite(w).all() and (w >= 0).all():
        if (np.diag(w) == 1).all() and (w <= 1).all():
            return w
        if not np.diag(w).any():
            return _from_disagreement(w)
    raise ValueError(
        "a matrix of weights has the table's shape, with 1 on the diagonal and 0 to 1 elsewhere; or, for "
        "disagreement, 0 on the diagonal and 0 or more elsewhere"
    )


def _from_disagreement(v: Floats) -> Floats:
    most = float(v.max(initial=0))
    return 1 - v / most if most else np.ones(v.shape)
