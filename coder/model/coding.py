"""A coding pass: what one coder saw in one session with one scheme."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

from coder.model.scheme import SchemeId
from coder.model.study import Purpose
from coder.model.time import Span

if TYPE_CHECKING:
    from coder.model.edit import Edit

Modifiers = tuple[tuple[str, str], ...]
NOTHING = ""
"""Among `Event.either`: it is as right to mark nothing here."""


class Certainty(StrEnum):
    """How sure a coder is of an event; nothing said means certain."""

    CERTAIN = ""
    LIKELY = "likely"
    GUESS = "guess"


class PassStatus(StrEnum):
    """An open pass can be edited; a submitted one is locked."""

    OPEN = "open"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Event:
    """One coded behaviour. A point event has an empty span, a state is never half open.

    id: a UUID as text, the same for the event's whole life. modifiers: (modifier id, value) pairs sorted by id;
    several values of a "multi" modifier are joined by commas, sorted. reaction_us: how much earlier than the frame
    on the screen the onset was put, to make up for the coder's reaction time; 0 if it was not. answer: the id of
    the event that answers this one (see `Link`); "" if none does. moments: stretches of the session that justify
    a rating, in order. either: in a consensus or a master, codes that are as right here as `code`, sorted;
    `NOTHING` among them if it is as right to mark nothing.
    """

    id: str
    tier: str
    code: str
    span: Span
    modifiers: Modifiers = ()
    note: str = ""
    certainty: Certainty = Certainty.CERTAIN
    reaction_us: int = 0
    answer: str = ""
    moments: tuple[Span, ...] = ()
    either: tuple[str, ...] = ()

    @property
    def onset_us(self) -> int:
        """Where the event begins on the session clock."""
        return self.span.start_us

    @property
    def offset_us(self) -> int:
        """Where the event ends (not included); equal to the onset for a point event."""
        return self.span.end_us

    def modifier(self, modifier_id: str) -> str | None:
        """The value of a modifier, or None if it was not given."""
        return dict(self.modifiers).get(modifier_id)


def order(event: Event) -> tuple[int, int, str]:
    """Events of a tier are kept in this order: onset, offset, id."""
    return event.span.start_us, event.span.end_us, event.id


@dataclass(frozen=True, slots=True)
class Viewing:
    """A stretch of the session that a coder has watched from its start to its end. finished_at: ISO 8601, UTC."""

    span: Span
    finished_at: str


@dataclass(frozen=True, slots=True)
class PassHeader:
    """Everything about a pass but its events.

    window: the coded stretch of the session. made_from: ids of the passes it was made from, if it was.
    """

    id: str
    session_id: str
    scheme: SchemeId
    coder_id: str
    purpose: Purpose
    window: Span
    status: PassStatus = PassStatus.OPEN
    made_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodingPass:
    """A pass with its events by tier, each tier in `order`. Editing makes a new value; see `applied`.

    The tiers that an edit does not touch are shared between the old value and the new, and within a touched tier
    only a row of references is copied: a stroke costs the same at 20,000 events as at 20.
    """

    header: PassHeader
    tiers: Mapping[str, tuple[Event, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, header: PassHeader, events: Iterable[Event]) -> Self:
        """A pass of these events, given in any order."""
        tiers: dict[str, list[Event]] = {}
        for event in events:
            tiers.setdefault(event.tier, []).append(event)
        return cls(header, MappingProxyType({tier: tuple(sorted(row, key=order)) for tier, row in tiers.items()}))

    @property
    def window(self) -> Span:
        """The coded stretch of the session."""
        return self.header.window

    def __len__(self) -> int:
        return sum(len(row) for row in self.tiers.values())

    def __iter__(self) -> Iterator[Event]:
        """All events, tier by tier in the order of their names."""
        for tier in sorted(self.tiers):
            yield from self.tiers[tier]

    def row(self, tier: str) -> tuple[Event, ...]:
        """All events of a tier, in `order`."""
        return self.tiers.get(tier, ())

    def state_at(self, tier: str, at_us: int) -> Event | None:
        """In an exclusive tier: the state that holds at `at_us`, if any."""
        row = self.row(tier)
        at = bisect_right(row, at_us, key=lambda event: event.span.start_us) - 1
        while at >= 0 and row[at].span.is_moment:
            at -= 1
        return row[at] if at >= 0 and row[at].span.contains(at_us) else None

    def following(self, tier: str, at_us: int) -> Event | None:
        """The first event of a tier that begins after `at_us`, if any."""
        row = self.row(tier)
        at = bisect_right(row, at_us, key=lambda event: event.span.start_us)
        return row[at] if at < len(row) else None

    def within(self, tier: str, span: Span) -> Iterator[Event]:
        """The events of an exclusive or point tier that share time with `span`, in order."""
        row = self.row(tier)
        at = max(bisect_left(row, span.start_us, key=lambda event: event.span.start_us) - 1, 0)
        while at < len(row) and row[at].span.start_us <= span.end_us:
            if row[at].span.overlaps(span):
                yield row[at]
            at += 1

    def holds(self, event: Event) -> bool:
        """True if exactly this event, in this version, is in the pass."""
        row = self.row(event.tier)
        at = bisect_left(row, order(event), key=order)
        return at < len(row) and row[at] == event

    def applied(self, edit: "Edit") -> Self:
        """The pass after an edit.

        Raises ValueError if an event that the edit takes away is not there exactly as the edit says: the edit was
        made for another version of the pass.
        """
        removed: dict[str, list[Event]] = {}
        added: dict[str, list[Event]] = {}
        for change in edit.changes:
            if change.before is not None:
                removed.setdefault(change.before.tier, []).append(change.before)
            if change.after is not None:
                added.setdefault(change.after.tier, []).append(change.after)
        tiers = dict(self.tiers)
        for tier in removed.keys() | added.keys():
            tiers[tier] = _spliced(self.row(tier), removed.get(tier, []), added.get(tier, []))
        # a tier that lost its last event is a tier without events, as in a pass that was just loaded
        return replace(self, tiers=MappingProxyType({tier: row for tier, row in tiers.items() if row}))


def _spliced(row: tuple[Event, ...], removed: list[Event], added: list[Event]) -> tuple[Event, ...]:
    """The row without some events and with others. Only the stretch that they span is sorted anew."""
    taken = set()
    for event in removed:
        at = bisect_left(row, order(event), key=order)
        if at >= len(row) or row[at] != event:
            raise ValueError(f"event {event.id} is not as the edit expects it")
        taken.add(at)
    places = [bisect_left(row, order(event), key=order) for event in added]
    first, last = min(*taken, *places, len(row)), max(*(at + 1 for at in taken), *places, 0)
    stretch = [row[at] for at in range(first, last) if at not in taken]
    return row[:first] + tuple(sorted((*stretch, *added), key=order)) + row[last:]
