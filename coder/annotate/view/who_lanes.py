"""Where a film shows whom, as stretches: plain arithmetic, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coder.model.time import Span
from coder.model.track import FeatureTrack, Why


class Sight(StrEnum):
    """How somebody is seen. UNSURE: there are faces, and nobody can say whose."""

    SEEN = "seen"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of frames that show somebody in one way."""

    span: Span
    sight: Sight


def stretches(found: FeatureTrack) -> tuple[Stretch, ...]:
    """Where a person's face is seen or left unsure, by the track `…_found`; what lies between is not seen."""
    if not found.times_us.size:
        return ()
    kinds = np.zeros(found.times_us.size, np.int8)
    kinds[found.valid & (found.values > 0.5)] = 1
    if found.why is not None:
        kinds[~found.valid & (found.why == Why.IDENTITY)] = 2
    usual_us = int(np.median(np.diff(found.times_us))) if found.times_us.size > 1 else 0
    ends_us = np.append(found.times_us[1:], found.times_us[-1] + usual_us)
    edges = np.flatnonzero(np.diff(kinds)) + 1
    made = []
    for first, after in zip([0, *edges], [*edges, kinds.size], strict=True):
        if kinds[first]:
            span = Span(int(found.times_us[first]), int(ends_us[after - 1]))
            made.append(Stretch(span, Sight.SEEN if kinds[first] == 1 else Sight.UNSURE))
    return tuple(made)


GAP_US = 500_000
"""A face that is away for longer may come back as another's."""


def stretch_at(at_us: int, bounds: Span, lanes: Sequence[Sequence[Stretch]], marked: Sequence[Span]) -> Span:
    """What a person's word about a moment is likely to hold for: up to where the picture may have changed hands.

    That is where nobody was seen for longer than half a second, where it became sure or unsure who is who, and
    where something that was said begins or ends.
    """
    edges = {bounds.start_us, bounds.end_us}
    for span in marked:
        edges |= {span.start_us, span.end_us}
    unsure = [stretch.span for lane in lanes for stretch in lane if stretch.sight is Sight.UNSURE]
    seen = [stretch.span for lane in lanes for stretch in lane]
    for spans in (_joined(unsure), _joined(seen)):
        for span in spans:
            edges |= {span.start_us, span.end_us}
    before = max((edge for edge in edges if edge <= at_us), default=bounds.start_us)
    after = min((edge for edge in edges if edge > at_us), default=bounds.end_us)
    start_us = max(before, bounds.start_us)
    return Span(start_us, max(min(after, bounds.end_us), start_us))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans with the short gaps between them closed."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start_us):
        if joined and span.start_us - joined[-1].end_us <= GAP_US:
            joined[-1] = Span(joined[-1].start_us, max(joined[-1].end_us, span.end_us))
        else:
            joined.append(span)
    return joined
