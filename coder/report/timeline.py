"""Where everything stands in the picture of two passes: arithmetic only, drawn by the template.

A session is cut into strips of equal length, so that ten minutes stay readable on paper. In every strip each tier
has a lane for coder A, a row of marks where the passes differ, and a lane for coder B. Lengths are in the units of
the SVG's own grid, `WIDTH` across.
"""

from dataclasses import dataclass
from math import ceil

from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import SECOND_US, Span, clock
from coder.report.data import SessionPart

WIDTH = 760.0
LABELS = 66.0
LANE = 13.0
MARKS = 7.0
LABEL = 19.0
TOP = 18.0
STRIP_US = 300 * SECOND_US
COLOURS = 8
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300)


@dataclass(frozen=True)
class Block:
    """One drawn event. colour: 0 … COLOURS - 1, or None for uncodable time. again: its colour is used twice."""

    x: float
    width: float
    colour: int | None
    again: bool
    title: str


@dataclass(frozen=True)
class Mark:
    """One place where the passes differ. pale: both saw the same change, at different moments."""

    x: float
    width: float
    pale: bool
    title: str


@dataclass(frozen=True)
class Lane:
    """One tier of a strip. y: the top of coder A's lane."""

    label: str
    y: float
    a: tuple[Block, ...]
    b: tuple[Block, ...]
    marks: tuple[Mark, ...]

    @property
    def y_marks(self) -> float:
        """The top of the row of marks."""
        return self.y + LANE

    @property
    def y_b(self) -> float:
        """The top of coder B's lane."""
        return self.y + LANE + MARKS


@dataclass(frozen=True)
class Tick:
    """One mark of the time axis."""

    x: float
    text: str


@dataclass(frozen=True)
class Strip:
    """One drawn stretch of a session."""

    span: Span
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Key:
    """What a colour means."""

    tier: str
    codes: tuple[tuple[int | None, bool, str], ...]


def strips(part: SessionPart, scheme: Scheme) -> tuple[Strip, ...]:
    """The picture of a session's two passes, cut into strips; none if the scheme has ratings only."""
    if not _drawn(scheme):
        return ()
    start = min(part.a.coding.window.start_us, part.b.coding.window.start_us)
    end = max(part.a.coding.window.end_us, part.b.coding.window.end_us)
    return tuple(_strip(part, scheme, span) for span in cut(Span(start, end)))


def cut(window: Span) -> tuple[Span, ...]:
    """Equal stretches of at most STRIP_US."""
    number = max(ceil(window.duration_us / STRIP_US), 1)
    edges = [window.start_us + window.duration_us * place // number for place in range(number + 1)]
    return tuple(Span(edges[place], edges[place + 1]) for place in range(number))


def keys(scheme: Scheme) -> tuple[Key, ...]:
    """What the colours mean, tier by tier."""
    return tuple(
        Key(tier.label, tuple((*_colour(tier, code.id), code.label) for code in tier.codes))
        for tier in _drawn(scheme)
    )


def across(at_us: int, span: Span) -> float:
    """The x of a time in a strip."""
    return LABELS + (WIDTH - LABELS) * (at_us - span.start_us) / max(span.duration_us, 1)


def ticks(span: Span) -> tuple[Tick, ...]:
    """At most about ten round times of a strip."""
    step_s = next((step for step in _STEPS_S if span.duration_us / SECOND_US / step <= 10), _STEPS_S[-1])
    first = -(-span.start_us // (step_s * SECOND_US)) * step_s
    times = range(first, span.end_us // SECOND_US + 1, step_s)
    return tuple(Tick(across(at * SECOND_US, span), f"{at // 60}:{at % 60:02}") for at in times)


def _drawn(scheme: Scheme) -> list[Tier]:
    return [tier for tier in scheme.tiers if tier.kind is not TierKind.RATING]


def _strip(part: SessionPart, scheme: Scheme, span: Span) -> Strip:
    lanes = []
    y = TOP + LABEL
    for tier in _drawn(scheme):
        marks = [_mark(one, scheme, part, span) for one in part.disagreements if one.tier == tier.id]
        lanes.append(
            Lane(
                tier.label,
                y,
                _blocks(part.a.coding, part.a.coder, tier, span),
                _blocks(part.b.coding, part.b.coder, tier, span),
                tuple(mark for mark in marks if mark is not None),
            )
        )
        y += 2 * LANE + MARKS + LABEL
    return Strip(span, y - LABEL + 4, tuple(lanes), ticks(span))


def _blocks(coding: CodingPass, coder: str, tier: Tier, span: Span) -> tuple[Block, ...]:
    return tuple(
        _block(event, coder, tier, span)
        for event in coding.row(tier.id)
        if span.contains(event.onset_us) or event.span.intersection(span)
    )


def _block(event: Event, coder: str, tier: Tier, span: Span) -> Block:
    label = tier.code(event.code).label
    if event.span.is_moment:
        x, width, when = across(event.onset_us, span) - 1.5, 3.0, clock(event.onset_us)
    else:
        left, right = max(event.onset_us, span.start_us), min(event.offset_us, span.end_us)
        x, width = across(left, span), across(right, span) - across(left, span)
        when = f"{clock(event.onset_us)} – {clock(event.offset_us)}"
    colour, again = _colour(tier, event.code)
    return Block(x, max(width, 0.6), colour, again, f"{coder}: {label}, {when}")


def _colour(tier: Tier, code_id: str) -> tuple[int | None, bool]:
    codable = [code.id for code in tier.codes if not code.uncodable]
    if code_id not in codable:
        return None, False
    again, colour = divmod(codable.index(code_id), COLOURS)
    return colour, again > 0


def _mark(one: Disagreement, scheme: Scheme, part: SessionPart, span: Span) -> Mark | None:
    if not (span.contains(one.span.start_us) or one.span.intersection(span)):
        return None
    left, right = max(one.span.start_us, span.start_us), min(one.span.end_us, span.end_us)
    x, width = across(left, span), across(right, span) - across(left, span)
    names = [scheme.code(one.tier, code).label if code else "nothing" for code in (one.code_a, one.code_b)]
    title = f"Different at {clock(one.span.start_us)}: {part.a.coder} {names[0]}, {part.b.coder} {names[1]}"
    pale = one.kind in (DisagreementKind.EARLY, DisagreementKind.LATE)
    return Mark(x - (1.0 if one.span.is_moment else 0), max(width, 2.0), pale, title)
