"""Why a measured value is missing, in a person's words, and the stretches in which it is. Free of Qt."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

import numpy as np

from coder.language import later, tr
from coder.model.time import Span
from coder.model.track import FeatureTrack, Why

WHY_WORDS = {
    Why.NO_FACE: later("no face found"),
    Why.TOO_SMALL: later("too small"),
    Why.TURNED_AWAY: later("turned away"),
    Why.IDENTITY: later("not sure who is who"),
    Why.DARK: later("too dark"),
    Why.BLURRED: later("out of focus"),
    Why.OTHER_UNSEEN: later("the other person is not seen"),
    Why.NO_BODY: later("no body found"),
    Why.EYES_HIDDEN: later("eyes hidden"),
    Why.CAMERA_MOVED: later("the camera moved"),
    Why.LIGHT_CHANGED: later("the light changed"),
    Why.NOTHING_BEFORE: later("no frame before it"),
    Why.NO_SOUND: later("no sound"),
    Why.NOT_SAID: later("no reason given"),
}

_LOST = 2.5  # as in `curve`: a step this many times longer than usual was not measured


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without a valid value, and the reason of most of its frames; None: nobody looked there."""

    span: Span
    why: Why | None


class Gaps:
    """The stretches of a track that say nothing, made ready once."""

    def __init__(self, track: FeatureTrack) -> None:
        self._all = _gaps(track)
        self._starts = [gap.span.start_us for gap in self._all]
        self._ends = [gap.span.end_us for gap in self._all]

    def within(self, span: Span) -> tuple[Gap, ...]:
        """Those that share time with a stretch, in order."""
        first = bisect_right(self._ends, span.start_us)
        return self._all[first : bisect_left(self._starts, span.end_us)]

    def at(self, at_us: int) -> Gap | None:
        """The one at a moment."""
        return next(iter(self.within(Span(at_us, at_us + 1))), None)


def why_text(why: Why | None) -> str:
    """`not measured: turned away`, or only that it was not measured, where nobody looked or said why."""
    if why not in WHY_WORDS or why is Why.NOT_SAID:
        return tr("not measured")
    return tr("not measured: {reason}", reason=tr(WHY_WORDS[why]))


def why_at(track: FeatureTrack, at: int) -> Why | None:
    """The reason that stands with a frame, by its place in the track; None where none was given."""
    if track.why is None:
        return None
    said = int(track.why[at])
    return Why(said) if said in set(Why) else Why.NOT_SAID


def _gaps(track: FeatureTrack) -> tuple[Gap, ...]:
    """Runs of frames without a valid value, each up to the next frame, and steps over which nobody looked."""
    times_us = track.times_us
    if not len(times_us):
        return ()
    steps_us = np.diff(times_us)
    usual_us = int(np.median(steps_us)) if len(steps_us) else 1
    ends_us = np.append(times_us[1:], times_us[-1] + usual_us)
    long = np.append(steps_us > _LOST * usual_us, False)
    ends_us = np.where(long, times_us + usual_us, ends_us)
    reason = np.zeros(len(times_us), np.uint8) if track.why is None else track.why
    missing = ~track.valid
    new = missing & np.concatenate(([True], ~missing[:-1] | (reason[1:] != reason[:-1]) | long[:-1]))
    last = missing & np.concatenate((~missing[1:] | (reason[1:] != reason[:-1]) | long[:-1], [True]))
    found = [
        Gap(Span(int(times_us[start]), int(ends_us[end])), why_at(track, int(start)))
        for start, end in zip(np.flatnonzero(new), np.flatnonzero(last), strict=True)
    ]
    found += [Gap(Span(int(ends_us[at]), int(times_us[at + 1])), None) for at in np.flatnonzero(long[:-1])]
    return tuple(sorted(found, key=lambda gap: gap.span))
