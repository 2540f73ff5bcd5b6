"""How accurate observers must be to agree as they do: a yardstick that one rule for kappa cannot give."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import accuracy, expected_kappa


def observer_accuracy(
    kappa: float, base_rates: Sequence[float], against: Literal["coder", "master"] = "coder"
) -> Estimate:
    """The share of right codes behind a kappa (Bakeman 2022; Bakeman, McArthur, Quera & Robinson 1997).

    base_rates: one per code of the scheme, used or not; the mean of both margins, or the master's own. Two coders
    are taken as equally accurate, errors as spread evenly over the other codes. n is 0: the estimate has no count
    of its own. Undefined for a kappa at or below chance. Raises ValueError if the base rates are no shares of two
    or more codes.
    """
    rates = np.asarray(base_rates, dtype=np.float64)
    if len(rates) < 2 or (rates < 0).any() or rates.sum() <= 0 or kappa > 1:
        raise ValueError("base rates are shares of two or more codes, and kappa is at most 1")
    value = float(accuracy(np.array(kappa), rates / rates.sum(), master=against == "master"))
    if not np.isfinite(value):
        return Estimate(value=None, n=0, status=Status.BELOW_CHANCE)
    return Estimate(value=value, n=0)


def kappa_at(accuracy: float, base_rates: Sequence[float], against: Literal["coder", "master"] = "coder") -> float:
    """The kappa to expect from observers of this accuracy: what a scheme's target means in kappa."""
    rates = np.asarray(base_rates, dtype=np.float64)
    return float(expected_kappa(np.array(accuracy), rates / rates.sum(), master=against == "master"))
