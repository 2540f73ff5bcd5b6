"""Where the rows of the timeline lie, and what lies under the mouse: plain arithmetic, without Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.annotate.view.scale import Scale
from coder.language import later, tr
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme, Stream, Tier, TierKind
from coder.model.time import Span
from coder.model.track import FeatureTrack

RULER_PX = 24
LABELS_PX = 160
GRIP_PX = 5

_GAP_PX, _WAVE_PX = 3, 32
_TEXT_PX = 16  # the line height of body text, unless told otherwise

STREAM_NAMES = {
    Stream.CHILD: later("Child"),
    Stream.PARENT: later("Parent"),
    Stream.DYAD: later("Child and parent"),
    Stream.SESSION: later("Session"),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """A strip of a tier's row. code: the only code it shows (tiers whose states may overlap); None for all."""

    top_px: int
    height_px: int
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline. Neither tier nor track: a heading, or the waveform if `is_wave`."""

    top_px: int
    height_px: int
    label: str
    tier: Tier | None = None
    track: FeatureTrack | None = None
    lanes: tuple[Lane, ...] = ()
    is_wave: bool = False


def timeline_tiers(scheme: Scheme) -> tuple[Tier, ...]:
    """The tiers that are coded on the timeline, by stream, else in the order of the scheme."""
    coded = [tier for tier in scheme.tiers if tier.kind is not TierKind.RATING]
    return tuple(tier for stream in Stream for tier in coded if tier.stream is stream)


def rated_tiers(scheme: Scheme) -> tuple[Tier, ...]:
    """The tiers whose items are rated for whole segments, and so have no place on the timeline."""
    return tuple(tier for tier in scheme.tiers if tier.kind is TierKind.RATING)


def rows(
    scheme: Scheme, tracks: Sequence[FeatureTrack], *, wave: bool, text_px: int = _TEXT_PX
) -> tuple[Row, ...]:
    """All rows from the top (0) downwards: tiers by stream, then the sound, then the measured curves.

    text_px: height of a line of text, which the rows must hold.
    """
    made: list[Row] = []

    def top() -> int:
        return made[-1].top_px + made[-1].height_px + _GAP_PX if made else 0

    stream = None
    for tier in timeline_tiers(scheme):
        if tier.stream is not stream:
            stream = tier.stream
            made.append(Row(top(), text_px + 2, tr(STREAM_NAMES[stream])))
        made.append(_tier_row(tier, top(), text_px))
    if wave or tracks:
        made.append(Row(top(), text_px + 2, "Measured"))
    if wave:
        made.append(Row(top(), _WAVE_PX, "Sound", is_wave=True))
    made.extend(_curve_rows(tracks, top(), 2 * text_px + 12))
    return tuple(made)


def _curve_rows(tracks: Sequence[FeatureTrack], top: int, height: int) -> Iterator[Row]:
    for n, track in enumerate(tracks):
        yield Row(top + n * (height + _GAP_PX), height, track.signal.label, track=track)


def _tier_row(tier: Tier, top: int, text_px: int) -> Row:
    if tier.kind is not TierKind.POINT and not tier.exclusive:
        each = text_px + 2
        lanes = tuple(Lane(top + n * each, each - 2, code.id) for n, code in enumerate(tier.codes))
        return Row(top, len(tier.codes) * each, tier.label, tier, lanes=lanes)
    height = text_px + 10
    return Row(top, height, tier.label, tier, lanes=(Lane(top, height),))


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


def row_at(layout: Sequence[Row], y_px: float) -> Row | None:
    """The row at a height, counted from the top of the first row."""
    return next((row for row in layout if row.top_px <= y_px < row.top_px + row.height_px), None)


def hit(layout: Sequence[Row], coding: CodingPass, scale: Scale, x_px: float, y_px: float) -> Hit | None:
    """The event at a point of the rows, if any. Edges can be gripped from a few pixels inside or outside."""
    row = row_at(layout, y_px)
    if row is None or row.tier is None:
        return None
    lane = next((one for one in row.lanes if one.top_px <= y_px < one.top_px + one.height_px + 2), None)
    if lane is None:
        return None
    near = Span(scale.us(x_px - 8), scale.us(x_px + 8))
    found = list(_near(coding, row.tier, lane, near))
    if row.tier.kind is TierKind.POINT:
        nearest = min(found, key=lambda event: abs(scale.x(event.onset_us) - x_px), default=None)
        return Hit(nearest, Part.BODY) if nearest else None
    for event in found:
        left, right = scale.x(event.onset_us), scale.x(event.offset_us)
        grip = min(GRIP_PX, (right - left) / 3)
        if left <= x_px < right:
            inner = Part.ONSET if x_px < left + grip else Part.OFFSET if x_px >= right - grip else Part.BODY
            return Hit(event, inner)
    for event in found:
        left, right = scale.x(event.onset_us), scale.x(event.offset_us)
        if left - GRIP_PX <= x_px < left or right <= x_px < right + GRIP_PX:
            return Hit(event, Part.ONSET if x_px < left else Part.OFFSET)
    return None


def _near(coding: CodingPass, tier: Tier, lane: Lane, span: Span) -> Iterator[Event]:
    if lane.code is None:
        yield from coding.within(tier.id, span)
    else:
        yield from (
            event for event in coding.row(tier.id) if event.code == lane.code and event.span.overlaps(span)
        )
