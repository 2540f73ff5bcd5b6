"""Scott's pi: kappa of two coders whose base rates are taken to be the same."""

import numpy as np
from scipy.special import ndtri

from coder.model.agreement import Status
from coder.reliability.intervals import FLAT
from coder.reliability.kappa import KappaEstimate, Table, square


def scott_pi(table: Table) -> KappaEstimate:
    """Scott's pi (1955) of a (k, k) table of counts: chance from the mean of both margins; Fleiss' kappa for two.

    The interval is asymptotic, by the delta method, and holds for independent units only. Undefined where both
    coders used one and the same code. Raises ValueError if it is no table.
    """
    counts = square(table)
    n = float(counts.sum())
    if n == 0:
        return KappaEstimate(value=None, n=0, status=Status.NO_EVENTS)
    p = counts / n
    shares = (p.sum(0) + p.sum(1)) / 2
    po, pe = float(p.trace()), float(shares @ shares)
    if (shares > 0).sum() < 2:
        return KappaEstimate(value=None, n=int(n), status=Status.NO_VARIANCE, po=po, pe=pe)
    value = (po - pe) / (1 - pe)
    pull = np.eye(len(p)) - po - (1 - value) * (np.add.outer(shares, shares) - 2 * pe)
    se = float(np.sqrt((p * pull**2).sum() / n)) / (1 - pe)
    if se < 1e-12:
        return KappaEstimate(value=value, n=int(n), note=FLAT, po=po, pe=pe)
    half = float(ndtri(0.975)) * se
    method = "asymptotic, for independent units"
    return KappaEstimate(
        value=value, n=int(n), low=value - half, high=value + half, se=se, method=method, po=po, pe=pe
    )
