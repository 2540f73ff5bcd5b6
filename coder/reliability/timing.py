"""When two coders mark the same event or the same change of state, how far apart they mark it.

Lags are B - A: positive if B is later.
"""

from collections.abc import Sequence

import numpy as np

from coder.model.agreement import Estimate, Status, Tally
from coder.model.statistic import BIAS, LATE_LAG, MEDIAN_LAG
from coder.model.time import SECOND_US
from coder.reliability.intervals import mean_interval

TIMING = (BIAS, MEDIAN_LAG, LATE_LAG)

_NONE_MATCHED = "No event of one coder was matched with one of the other."


def timing(statistic: str, tallies: Sequence[Tally], *, limits: bool = True) -> Estimate:
    """One of `TIMING` in seconds: the mean lag, or the median or 90th percentile of |lag|. n: matched events."""
    sessions = [np.array(tally.lags_us, dtype=np.float64) / SECOND_US for tally in tallies]
    lags = np.concatenate([*sessions, np.empty(0)])
    if not len(lags):
        return Estimate(value=None, n=0, status=Status.NO_EVENTS, note=_NONE_MATCHED)
    if statistic != BIAS:
        share = 50 if statistic == MEDIAN_LAG else 90
        return Estimate(value=float(np.percentile(np.abs(lags), share)), n=len(lags))
    bias = float(lags.mean())
    if not limits:
        return Estimate(value=bias, n=len(lags))
    sums, counts = np.array([row.sum() for row in sessions]), np.array([float(len(row)) for row in sessions])
    found = mean_interval(sums, counts, bias, lags)
    return Estimate(value=bias, n=len(lags), **vars(found))
