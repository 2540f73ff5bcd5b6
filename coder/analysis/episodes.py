"""Episodes: the stretches in which a measured 0/1 signal was on."""

import numpy as np

from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack

SHORTEST_US = 200_000
"""What is shorter is noise of the measurement more often than behaviour."""

BRIDGED_US = 500_000
"""A gap without a valid value that is no longer is taken as on, where it lies between two frames that are on."""


def episodes(
    track: FeatureTrack, window: Span, *, shortest_us: int = SHORTEST_US, bridged_us: int = BRIDGED_US
) -> tuple[Episode, ...]:
    """Where a 0/1 track is on (above 0.5), cut to `window`, in order.

    Each frame stands for the time to the next, at most for twice the usual distance of frames. What is off, valid,
    always ends an episode; what could not be seen ends it only if it lasts longer than `bridged_us`.
    """
    known = np.flatnonzero(track.valid)
    if not known.size:
        return ()
    times_us, on = track.times_us[known], track.values[known] > 0.5
    usual_us = int(np.median(np.diff(track.times_us))) if track.times_us.size > 1 else 0
    following_us = np.append(track.times_us[1:], track.times_us[-1] + usual_us)
    ends_us = np.minimum(following_us, track.times_us + 2 * usual_us)[known]
    found = []
    start = None
    for i in range(len(known)):
        if on[i] and start is None:
            start = i
        last = i + 1 == len(known) or not on[i + 1] or times_us[i + 1] - ends_us[i] > bridged_us
        if start is not None and last:
            seen_us = int((ends_us[start : i + 1] - times_us[start : i + 1]).sum())
            found.append((int(times_us[start]), int(ends_us[i]), seen_us))
            start = None
    return tuple(
        Episode(track.signal, span, min(1.0, seen_us / (end_us - start_us)))
        for start_us, end_us, seen_us in found
        if (span := _cut(start_us, end_us, window)) is not None and end_us - start_us >= shortest_us
    )


def _cut(start_us: int, end_us: int, window: Span) -> Span | None:
    start_us, end_us = max(start_us, window.start_us), min(end_us, window.end_us)
    return Span(start_us, end_us) if start_us < end_us else None
