"""What lies under the mouse on the timeline, and what a rubber band catches: plain arithmetic, without Qt."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.annotate.families import InPlay
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Lane, Row
from coder.annotate.view.scale import Scale
from coder.model.coding import Event
from coder.model.scheme import Tier, TierKind
from coder.model.time import Span

GRIP_PX = 5
_NEAR_PX = 8


class Part(StrEnum):
    """What part of an event the mouse is on."""

    ONSET = "onset"
    OFFSET = "offset"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Hit:
    """An event under the mouse."""

    event: Event
    part: Part


@dataclass(frozen=True, slots=True)
class Band:
    """A rubber band between two corners, in pixels of the widget."""

    x_px: float
    y_px: float
    to_x_px: float
    to_y_px: float


@dataclass(frozen=True, slots=True)
class Sight:
    """What the timeline shows; points are in pixels of the widget. offset_px: how far it is scrolled down."""

    layout: Sequence[Row]
    scale: Scale
    offset_px: int
    in_play: InPlay

    def us(self, x_px: float) -> int:
        """The time at a point."""
        return self.scale.us(x_px - LABELS_PX)

    def row_at(self, y_px: float) -> Row | None:
        """The row at a height."""
        y_px += self.offset_px - RULER_PX
        return next((row for row in self.layout if row.top_px <= y_px < row.bottom_px), None)

    def hit(self, lanes: Lanes, x_px: float, y_px: float) -> Hit | None:
        """The event of a tier in play at a point, if any. Edges can be gripped from inside and outside."""
        row = self.row_at(y_px) if x_px >= LABELS_PX and y_px >= RULER_PX else None
        if row is None or row.tier is None or row.tier.id not in self.in_play or row.tier.kind is TierKind.RATING:
            return None
        y_px += self.offset_px - RULER_PX
        lane = next((one for one in row.lanes if one.top_px <= y_px < one.top_px + one.height_px + 2), None)
        return None if lane is None else self._hit(lanes, row.tier, lane, x_px - LABELS_PX)

    def caught(self, lanes: Lanes, band: Band) -> tuple[Event, ...]:
        """The events of tiers in play that a rubber band touches."""
        left, right = sorted((band.x_px - LABELS_PX, band.to_x_px - LABELS_PX))
        top, bottom = sorted(y + self.offset_px - RULER_PX for y in (band.y_px, band.to_y_px))
        span = Span(self.scale.us(left), self.scale.us(right))
        found: list[Event] = []
        for row in self.layout:
            tier = row.tier
            if tier is None or tier.id not in self.in_play or tier.kind is TierKind.RATING:
                continue
            for lane in row.lanes:
                if lane.top_px <= bottom and top <= lane.top_px + lane.height_px:
                    found += near(lanes.row(tier, lane.code), span)
        return tuple(found)

    def _hit(self, lanes: Lanes, tier: Tier, lane: Lane, x_px: float) -> Hit | None:
        scale = self.scale
        around = Span(scale.us(x_px - _NEAR_PX), scale.us(x_px + _NEAR_PX))
        found = list(near(lanes.row(tier, lane.code), around))
        if tier.kind is TierKind.POINT:
            nearest = min(found, key=lambda event: abs(scale.x(event.onset_us) - x_px), default=None)
            return Hit(nearest, Part.BODY) if nearest else None
        for event in found:
            left, right = scale.x(event.onset_us), scale.x(event.offset_us)
            grip = min(GRIP_PX, (right - left) / 3) if tier.kind is TierKind.STATE else 0.0
            if left <= x_px < right:
                inner = Part.ONSET if x_px < left + grip else Part.OFFSET if x_px >= right - grip else Part.BODY
                return Hit(event, inner)
        for event in found if tier.kind is TierKind.STATE else ():
            left, right = scale.x(event.onset_us), scale.x(event.offset_us)
            if left - GRIP_PX <= x_px < left or right <= x_px < right + GRIP_PX:
                return Hit(event, Part.ONSET if x_px < left else Part.OFFSET)
        return None


def near(row: Sequence[Event], span: Span) -> Iterator[Event]:
    """The events of a row (sorted, without overlap) that touch a stretch of time."""
    at = bisect_left(row, span.start_us, key=lambda event: event.offset_us)
    while at < len(row) and row[at].onset_us <= span.end_us:
        yield row[at]
        at += 1
