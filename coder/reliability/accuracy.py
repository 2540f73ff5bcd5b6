"""How accurate observers must be to agree as they do: a yardstick that one rule for kappa cannot give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from coder.model.agreement import Estimate, Status
from coder.reliability.formulas import Floats, accuracy, expected_kappa
from coder.reliability.given import plain_number

Against = Literal["coder", "master"]
_ONE_CODE = "One code has all of the base rate, so no kappa says how accurate observers are."
_NO_KAPPA = "Kappa is undefined here, so no accuracy can be estimated."
_LOW_AT_CHANCE = "The lower limit of kappa is not above chance, so accuracy has none."


@dataclass(frozen=True, kw_only=True)
class AccuracyEstimate(Estimate):
    """The share of right codes; n is 0: it rests on a kappa and has no count of its own.

    kappa: what it was solved from. codes: how many could be given. against: whom the observer is compared with.
    """

    kappa: float | None
    codes: int
    against: str


def observer_accuracy(
    kappa: float | None,
    base_rates: ArrayLike,
    against: Against = "coder",
    *,
    limits: tuple[float | None, float | None] = (None, None),
) -> AccuracyEstimate:
    """The share of right codes behind a kappa (Bakeman 2022; Bakeman, McArthur, Quera & Robinson 1997).

    base_rates: one per code of the scheme, used or not; the mean of both margins, or the master's own. Two coders
    are taken as equally accurate, errors as spread evenly over the other codes. limits: of the kappa, if known;
    each is solved in the same way, one beyond 1 as 1, and one at or below chance has no accuracy. Undefined for a
    kappa that is undefined (None), or at or below chance, and where one code is all there is. Raises ValueError if
    the base rates are no shares of two or more codes.
    """
    rates, master = _rates(base_rates), _is_master(against)
    value = _solved(kappa, rates, master)
    # an asymptotic interval may reach beyond what kappa can be
    low, high = (_solved(None if one is None else max(-1.0, min(one, 1.0)), rates, master) for one in limits)
    empty = AccuracyEstimate(value=None, n=0, kappa=kappa, codes=len(rates), against=against)
    if kappa is None:
        return replace(empty, status=Status.NO_VARIANCE, note=_NO_KAPPA)
    if (rates > 0).sum() < 2:
        return replace(empty, status=Status.NO_VARIANCE, note=_ONE_CODE)
    if value is None:
        return replace(empty, status=Status.BELOW_CHANCE)
    if limits == (None, None):
        return replace(empty, value=value)
    note = _LOW_AT_CHANCE if low is None else ""
    method = "" if low is high is None else "limits of kappa, solved alike"
    return replace(empty, value=value, low=low, high=high, method=method, note=note)


def kappa_at(accuracy: float, base_rates: Sequence[float], against: Against = "coder") -> float:
    """The kappa to expect from observers of this accuracy: what a scheme's target means in kappa.

    accuracy: from 1 / k, which is guessing, to 1; ValueError beyond. The rest as for `observer_accuracy`.
    """
    rates, master = _rates(base_rates), _is_master(against)
    if not 1 / len(rates) <= accuracy <= 1:
        raise ValueError(
            f"with {len(rates)} codes an accuracy lies between {1 / len(rates):g} and 1, not at {accuracy}"
        )
    return float(expected_kappa(np.array(accuracy), rates, master=master))


def _is_master(against: Against) -> bool:
    if against not in ("coder", "master"):
        raise ValueError(f"an observer is compared with a “coder” or a “master”, not with “{against}”")
    return against == "master"


def _rates(base_rates: ArrayLike) -> Floats:
    """(k,): shares that add up to 1."""
    try:
        rates = np.asarray(base_rates, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        rates = np.empty(0)
    if rates.ndim != 1 or len(rates) < 2 or not (np.isfinite(rates) & (rates >= 0)).all() or rates.sum() <= 0:
        raise ValueError("base rates are shares of two or more codes, each 0 or more")
    shares: Floats = rates / rates.sum()
    return shares


def _solved(kappa: float | None, rates: Floats, master: bool) -> float | None:
    if kappa is None:
        return None
    if not -1 <= plain_number(kappa) <= 1:
        raise ValueError(f"kappa lies between -1 and 1, not at {kappa}")
    found = float(accuracy(np.array(kappa, dtype=np.float64), rates, master=master))
    return found if np.isfinite(found) else None
