"""Dragging: which span a grip means at the mouse, snapped to neighbours and frames. Plain arithmetic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coder.annotate.view.layout import Part
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme, TierKind
from coder.model.time import Span

Snap = Callable[[int], int]
SNAP_PX = 6


@dataclass(frozen=True, slots=True)
class Grip:
    """An event held by the mouse. at_us: the time under the mouse when it was gripped."""

    event: Event
    part: Part
    at_us: int


def dragged(grip: Grip, at_us: int, window: Span, snap: Snap) -> Span:
    """The span that the gripped event would have with the mouse at `at_us`; inside `window`, never reversed.

    snap: the nearest time at which an edge may lie. A state that would become empty stays as it was.
    """
    span, by_us = grip.event.span, at_us - grip.at_us
    if grip.part is Part.ONSET:
        start = snap(max(span.start_us + by_us, window.start_us))
        return Span(start, span.end_us) if start < span.end_us else span
    if grip.part is Part.OFFSET:
        end = snap(min(span.end_us + by_us, window.end_us))
        return Span(span.start_us, end) if end > span.start_us else span
    start = min(max(snap(span.start_us + by_us), window.start_us), window.end_us - span.duration_us)
    return span.shifted(start - span.start_us)


def edges_near(coding: CodingPass, scheme: Scheme, grip: Grip, span: Span) -> list[int]:
    """Edges of other events that lie in `span`, and the ends of the window: what a dragged edge snaps to."""
    found = [coding.window.start_us, coding.window.end_us]
    for tier in scheme.tiers:
        if tier.kind in (TierKind.STATE, TierKind.POINT) and (tier.exclusive or tier.kind is TierKind.POINT):
            for event in coding.within(tier.id, span):
                if event.id != grip.event.id:
                    found += [event.onset_us, event.offset_us]
    return [edge for edge in found if span.start_us <= edge <= span.end_us]


def snapped(at_us: int, edges: Sequence[int], reach_us: float, frame: Snap) -> int:
    """The edge nearest to `at_us` within `reach_us`, else the onset of the nearest frame."""
    nearest = min(edges, key=lambda edge: abs(edge - at_us), default=None)
    if nearest is not None and abs(nearest - at_us) <= reach_us:
        return nearest
    return frame(at_us)
