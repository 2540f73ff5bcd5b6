"""Viewings: which segments a coder has watched from start to end, as often as the scheme asks for.

A segment has been watched when the film has run forwards over all of it, at no more than double speed, without
leaving anything out. Playing a part again is part of the same viewing; what lies beyond a part that was skipped
counts only when that part has been watched, too. Then the next viewing begins, at the segment's start. What was
watched of a viewing that is not finished is forgotten when the bench is closed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coder.annotate.findings import Finding
from coder.annotate.intervals import intervals_of
from coder.annotate.ratings import in_segment
from coder.language import plural, tr
from coder.model.coding import CodingPass, Viewing
from coder.model.problem import Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.time import SECOND_US, Span, clock

FASTEST = 2.0
"""Seconds of film per second: who plays it faster does not watch it."""

MOST_LEFT_OUT_US = SECOND_US // 2
"""So much film may pass between two frames that are shown one after the other; a busy machine leaves some out."""


def watched_segments(coding: CodingPass, scheme: Scheme) -> tuple[Span, ...]:
    """The segments of which the scheme says how often they are to be watched, in order and each once."""
    tiers = [tier for tier in scheme.tiers if tier.kind is TierKind.RATING and tier.viewings]
    return tuple(sorted({segment for tier in tiers for segment in intervals_of(tier, coding.window)}))


class Watch:
    """How far each segment has been watched."""

    def __init__(self, segments: Sequence[Span]) -> None:
        self._reached_us = {segment: segment.start_us for segment in segments}

    def saw(self, stretch: Span, film: Span) -> tuple[Span, ...]:
        """The film has run over a stretch. Returns the segments that have now been watched to their end.

        film: what there is to see; a segment that reaches beyond it cannot be watched further.
        """
        done = []
        for segment, reached_us in self._reached_us.items():
            last_us = min(segment.end_us, film.end_us)
            first_us = max(segment.start_us, film.start_us)
            if not stretch.start_us <= max(reached_us, first_us) < stretch.end_us or first_us >= last_us:
                continue
            finished = stretch.end_us >= last_us
            self._reached_us[segment] = segment.start_us if finished else stretch.end_us
            if finished:
                done.append(segment)
        return tuple(done)


def viewings_of(viewings: Sequence[Viewing]) -> Mapping[Span, int]:
    """How often each stretch has been watched."""
    return Counter(viewing.span for viewing in viewings)


def rated_too_soon(coding: CodingPass, scheme: Scheme, viewings: Sequence[Viewing]) -> Iterator[Finding]:
    """Segments with ratings that were watched less often than the scheme asks for: doubts, none hinders."""
    times = viewings_of(viewings)
    for tier in scheme.tiers:
        if tier.kind is not TierKind.RATING or not tier.viewings:
            continue
        for segment in intervals_of(tier, coding.window):
            if times[segment] < tier.viewings and in_segment(coding, tier, segment):
                what = plural(
                    "The segment was rated after {count} viewing, and “{tier}” asks for {wanted}.",
                    "The segment was rated after {count} viewings, and “{tier}” asks for {wanted}.",
                    times[segment],
                    tier=tier.label,
                    wanted=tier.viewings,
                )
                hint = tr("Watch it from its start to its end, and look at the ratings again.")
                yield Finding(Problem(what, clock(segment.start_us), hint), tier.id, segment)
