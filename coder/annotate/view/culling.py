"""Which events are worth drawing: only those in sight, and those too narrow to be told apart as one.

The work grows with the width of the strip in pixels, not with the number of events.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from coder.annotate.view.scale import Scale
from coder.model.coding import Event

_NEAR = 64


@dataclass(frozen=True, slots=True)
class Box:
    """`count` events from `event` on, drawn from left_px to right_px. A moment has left_px = right_px."""

    left_px: float
    right_px: float
    event: Event
    count: int


def boxes(row: Sequence[Event], scale: Scale, narrow_px: float = 2.0) -> Iterator[Box]:
    """What to draw of a row of events that do not overlap, sorted by onset.

    Events that begin within `narrow_px` of each other and end there, too, become one box; such boxes that touch
    are joined.
    """
    crowd: tuple[int, int] | None = None
    for at, stop in _runs(row, scale, narrow_px):
        if crowd is not None:
            if stop - at > 1 and row[at].span.start_us - row[crowd[1] - 1].span.end_us < scale.us_per_px:
                crowd = (crowd[0], stop)
                continue
            yield _box(row, scale, *crowd)
        crowd = (at, stop) if stop - at > 1 else None
        if crowd is None:
            yield _box(row, scale, at, stop)
    if crowd is not None:
        yield _box(row, scale, *crowd)


def _box(row: Sequence[Event], scale: Scale, at: int, stop: int) -> Box:
    return Box(scale.x(row[at].span.start_us), scale.x(row[stop - 1].span.end_us), row[at], stop - at)


def _runs(row: Sequence[Event], scale: Scale, narrow_px: float) -> Iterator[tuple[int, int]]:
    """The events in sight as stretches row[at:stop], each one event or several too narrow to tell apart."""
    narrow_us = narrow_px * scale.us_per_px
    seen_from_us, seen_to_us = scale.start_us - narrow_us, scale.end_us
    at = max(bisect_right(row, scale.start_us, key=_onset) - 1, 0)
    while at < len(row) and row[at].span.start_us <= seen_to_us:
        span = row[at].span
        stop = at + 1
        if span.end_us - span.start_us < narrow_us:
            stop = _first_from(row, span.start_us + narrow_us, stop)
            if stop - at > 1 and row[stop - 1].span.end_us - span.start_us >= 2 * narrow_us:
                stop -= 1  # the last one reaches far beyond: it gets a box of its own
        if row[stop - 1].span.end_us >= seen_from_us:
            yield at, stop
        at = stop


def _first_from(row: Sequence[Event], at_us: float, low: int) -> int:
    """Where the first event from row[low] on lies that begins at or after a time; looked for nearby first."""
    near = min(low + _NEAR, len(row))
    far = near < len(row) and row[near].span.start_us < at_us
    return bisect_left(row, at_us, near if far else low, len(row) if far else near, key=_onset)


_onset = attrgetter("span.start_us")
