"""Which events are worth drawing: only those in sight, and those too narrow to be told apart as one.

The work grows with the width of the strip in pixels, not with the number of events.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder.annotate.view.scale import Scale
from coder.model.coding import Event


@dataclass(frozen=True, slots=True)
class Box:
    """`count` events from `event` on, drawn from left_px to right_px. A moment has left_px = right_px."""

    left_px: float
    right_px: float
    event: Event
    count: int


def boxes(row: Sequence[Event], scale: Scale, narrow_px: float = 2.0) -> Iterator[Box]:
    """What to draw of a row of events that do not overlap, sorted by onset.

    Events that begin within `narrow_px` of each other and end there, too, become one box.
    """
    at = max(bisect_right(row, scale.start_us, key=_onset) - 1, 0)
    while at < len(row) and row[at].onset_us <= scale.end_us:
        event = row[at]
        left, right = scale.x(event.onset_us), scale.x(event.offset_us)
        if right - left >= narrow_px:
            if right >= 0:
                yield Box(left, right, event, 1)
            at += 1
            continue
        stop = bisect_left(row, event.onset_us + narrow_px * scale.us_per_px, at + 1, key=_onset)
        if stop - at > 1 and scale.x(row[stop - 1].offset_us) - left >= 2 * narrow_px:
            stop -= 1  # the last one reaches far beyond: it gets a box of its own
        last = row[stop - 1]
        if scale.x(last.offset_us) >= -narrow_px:
            yield Box(left, scale.x(last.offset_us), event, stop - at)
        at = stop


def _onset(event: Event) -> int:
    return event.onset_us
