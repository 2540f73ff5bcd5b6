"""Dragging: which span a grip means at the mouse, snapped to neighbours and frames. Plain arithmetic."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coder.annotate.group import carried
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.sight import Part
from coder.model.coding import Event
from coder.model.scheme import Scheme, TierKind
from coder.model.time import Span

SNAP_PX = 6


@dataclass(frozen=True, slots=True)
class Grip:
    """An event held by the mouse. at_us: the time under the mouse when it was gripped."""

    event: Event
    part: Part
    at_us: int


@dataclass(frozen=True, slots=True)
class Snap:
    """Where an edge may lie. edges: what it snaps to within reach of a time; frame: the nearest frame's onset."""

    edges: Callable[[int], Iterable[int]]
    frame: Callable[[int], int]

    def edge(self, at_us: int) -> int | None:
        """The nearest edge within reach."""
        return min(self.edges(at_us), key=lambda edge: abs(edge - at_us), default=None)

    def __call__(self, at_us: int) -> int:
        """The nearest edge within reach, else the nearest frame."""
        edge = self.edge(at_us)
        return self.frame(at_us) if edge is None else edge


def dragged(grip: Grip, at_us: int, window: Span, snap: Snap) -> Span:
    """The span that the gripped event would have with the mouse at `at_us`; inside `window`, never reversed.

    A state that would become empty stays as it was. One that is moved whole snaps with either of its edges.
    """
    span, by_us = grip.event.span, at_us - grip.at_us
    if grip.part is Part.ONSET:
        start = snap(max(span.start_us + by_us, window.start_us))
        return Span(start, span.end_us) if start < span.end_us else span
    if grip.part is Part.OFFSET:
        end = snap(min(span.end_us + by_us, window.end_us))
        return Span(span.start_us, end) if end > span.start_us else span
    start = snap(span.start_us + by_us)
    if snap.edge(span.start_us + by_us) is None and (end_edge := snap.edge(span.end_us + by_us)) is not None:
        start = carried(span, end_edge - span.end_us, window, snap.frame).start_us
        if start >= window.start_us:
            return Span(start, end_edge)
    inside = min(max(start, window.start_us), window.end_us - span.duration_us)
    moved = carried(span, inside - span.start_us, window, snap.frame)
    return moved if inside != start else Span(start, max(moved.end_us, start))


def edges_near(
    scheme: Scheme, lanes: Lanes, moving: frozenset[str], others: Iterable[int], at_us: int, reach_us: int
) -> Iterator[int]:
    """The edges within reach of a time: of all events but the moving ones, and `others` (playhead, loop …)."""
    yield from (edge for edge in others if abs(edge - at_us) <= reach_us)
    for tier in scheme.tiers:
        if tier.kind is TierKind.RATING:
            continue
        for row in lanes.rows(tier):
            at = bisect_left(row, at_us - reach_us, key=lambda event: event.offset_us)
            while at < len(row) and row[at].onset_us <= at_us + reach_us:
                if row[at].id not in moving:
                    edges = (row[at].onset_us, row[at].offset_us)
                    yield from (edge for edge in edges if abs(edge - at_us) <= reach_us)
                at += 1
