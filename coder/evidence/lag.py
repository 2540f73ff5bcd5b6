"""How late a code begins after the signal changes: a coder's delay, over all onsets that could be seen."""

import numpy as np

from coder.evidence.held import Floats
from coder.evidence.reading import Reading
from coder.evidence.subjects import Subject
from coder.model.evidence import Silence
from coder.model.time import SECOND_US

FARTHEST_US = 2 * SECOND_US
STEP_US = 50_000
BESIDE_US = SECOND_US
"""What is compared before and after a change, where the rule does not say how long."""

ONSETS = 5
SEEN = 0.5
_STANDS_OUT = 3.0  # standard errors: the best of 81 lags is above 2 by chance in a third of the cases or more


def best_lag(subject: Subject, reading: Reading) -> tuple[int | None, Silence]:
    """(lag in µs, why there is none): where the signal's change, averaged over onsets, is the greatest.

    Positive: the code comes after the change. Only onsets count that have enough valid time at every lag, so that
    the same onsets are compared; the one at the start of the window is none. A lag at either end, or one whose
    mean change is not three standard errors above 0, is no peak.
    """
    if reading.flat:
        return None, Silence.FLAT
    onsets = subject.onsets_us
    onsets = onsets[onsets > subject.window.start_us]
    lags = np.arange(-FARTHEST_US, FARTHEST_US + 1, STEP_US)
    changes = _changes(reading, onsets[:, None] - lags[None, :])
    changes = changes[np.isfinite(changes).all(1)]
    if len(changes) < ONSETS:
        return None, Silence.FEW
    means = changes.mean(0)
    best = _middle_of_best(means)
    error = changes[:, best].std(ddof=1) / np.sqrt(len(changes))
    if best in (0, len(lags) - 1) or means[best] <= max(_STANDS_OUT * error, 1e-9):
        return None, Silence.NO_PEAK
    return int(lags[best]), Silence.SPEAKS


def _changes(reading: Reading, moments: Floats) -> Floats:
    """How much more of what the rule expects there is after each moment than before; NaN where unseen."""
    beside = reading.rule.around_us or BESIDE_US
    weights = reading.expected if reading.changes else reading.passing.astype(np.float64)
    before = reading.mean(weights, moments - beside, moments)
    after = reading.mean(weights, moments, moments + beside)
    seen = np.minimum(before.coverage, after.coverage) >= SEEN
    return np.where(seen, after.values - before.values, np.nan)


def _middle_of_best(means: Floats) -> int:
    """The best place; the middle one of several that are equally good."""
    best = np.flatnonzero(means >= means.max() - 1e-9)
    return int(best[len(best) // 2])
