"""What a scheme's rules make of a tier of states: short interruptions absorbed, gaps filled, short states listed.

The rules, in this order:

1. *Absorb.* A state that stops and comes back (same code, same modifiers) in less than its code's `absorb_us`
   never stopped: the two become one, and what lay between (a gap, or states of other codes) is gone. Read from the
   start of the row: where two states take turns quickly, the one that was there first goes on. In a tier whose
   states may overlap, only gaps interrupt.
2. *Fill.* Each gap of an exhaustive tier with a default becomes a state of the default code. One that touches a
   state of that code without details makes that state longer, and no second one beside it.
3. *Absorb* what interrupts the default code, now that it is there.
4. *List* the states that are still shorter than their code's `min_us`; they are not changed. A state that touches
   the edge of the window is not listed: nobody knows how long it lasts outside.

Uncodable time is missing data and is not turned into behaviour: a state of an uncodable code is absorbed only if
it is shorter than its own `min_us` as well, which is too short to count as uncodable (a blink). An uncodable code
without `min_us` is never absorbed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from coder.model.codable import gaps
from coder.model.coding import Certainty, Event, Modifiers, order
from coder.model.scheme import Code, Tier, TierKind
from coder.model.time import Span

_Activity = tuple[str, Modifiers, tuple[str, ...]]
"""Code, details, and what is as right: what must be the same for a state to come back."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A state that came back so soon that it never stopped.

    before: the state so far, with what it has absorbed already. inside: the states between, () for a gap. after:
    the part with which it came back.
    """

    before: Event
    inside: tuple[Event, ...]
    after: Event

    @property
    def span(self) -> Span:
        """The time that the state is given."""
        return Span(self.before.offset_us, self.after.onset_us)


@dataclass(frozen=True, slots=True)
class Settled:
    """A tier's events after the rules.

    row: the events, in `order`; one that has become longer keeps the id of its first part. absorbed: what was
    absorbed. filled: the gaps that the default code took. too_short: events of `row` shorter than their `min_us`.
    """

    row: tuple[Event, ...]
    absorbed: tuple[Interruption, ...] = ()
    filled: tuple[Span, ...] = ()
    too_short: tuple[Event, ...] = ()


def settled(row: Sequence[Event], tier: Tier, window: Span) -> Settled:
    """The events of a tier (in `order`) as the scheme's rules have them; of tiers of other kinds, as they are.

    Settling what is settled changes nothing. Parts that are joined keep all their notes, in order, and those of
    what was absorbed; the state is as certain as its least certain part.
    """
    if tier.kind is not TierKind.STATE:
        return Settled(tuple(row))
    joined, absorbed = _absorbed(row, tier)
    filled = gaps((event.span for event in joined), window) if tier.default is not None else ()
    if tier.default is not None and filled:
        joined, more = _absorbed(_filled(joined, tier, tier.default, filled), tier)
        absorbed = sorted((*absorbed, *more), key=lambda one: one.span)
    return Settled(tuple(joined), tuple(absorbed), filled, tuple(_too_short(joined, tier, window)))


def _absorbed(row: Sequence[Event], tier: Tier) -> tuple[list[Event], list[Interruption]]:
    if tier.exclusive:
        return _scanned(row, tier)
    alike: dict[_Activity, list[Event]] = {}
    for event in row:
        alike.setdefault(_activity(event), []).append(event)
    parts = [_scanned(events, tier) for events in alike.values()]
    return (
        sorted((event for events, _ in parts for event in events), key=order),
        sorted((one for _, found in parts for one in found), key=lambda one: one.span),
    )


def _scanned(row: Sequence[Event], tier: Tier) -> tuple[list[Event], list[Interruption]]:
    codes = {code.id: code for code in tier.codes}
    kept: list[Event] = []
    absorbed: list[Interruption] = []
    at = 0
    while at < len(row):
        state, at = row[at], at + 1
        while (back := _comes_back(row, at, state, codes)) is not None:
            interruption = Interruption(state, tuple(row[at:back]), row[back])
            absorbed.append(interruption)
            state, at = _continued(interruption), back + 1
        kept.append(state)
    return kept, absorbed


def _comes_back(row: Sequence[Event], first: int, state: Event, codes: dict[str, Code]) -> int | None:
    """The number of the event, from `first` on, with which `state` comes back in time, if it does."""
    until_us = state.offset_us + codes[state.code].absorb_us
    end_us = state.offset_us
    for number in range(first, len(row)):
        event = row[number]
        if not end_us <= event.onset_us < until_us:  # too late, or an overlap, which is a mistake of its own
            return None
        if _activity(event) == _activity(state):
            return number if event.onset_us > state.offset_us else None
        if codes[event.code].uncodable and event.span.duration_us >= codes[event.code].min_us:
            return None
        end_us = event.offset_us
    return None


def _activity(event: Event) -> _Activity:
    return event.code, event.modifiers, event.either


def _continued(interruption: Interruption) -> Event:
    first, last = interruption.before, interruption.after
    notes = (event.note for event in (first, *interruption.inside, last))
    return replace(
        first,
        span=Span(first.onset_us, last.offset_us),
        note=" · ".join(note for note in notes if note),
        certainty=max(first.certainty, last.certainty, key=list(Certainty).index),
    )


def _filled(row: Sequence[Event], tier: Tier, default: str, empty: Sequence[Span]) -> list[Event]:
    """The row with its gaps filled; a gap beside a state of the default code is given to that state."""
    new = [Event(str(uuid4()), tier.id, default, gap) for gap in empty]
    made, ends_us = {event.id for event in new}, {gap.end_us for gap in empty}
    full: list[Event] = []
    for event in sorted((*row, *new), key=order):
        before = full[-1] if full else None
        at_gap = event.id in made or event.onset_us in ends_us
        if (
            at_gap
            and before is not None
            and before.offset_us == event.onset_us
            and _activity(before) == _activity(event) == (default, (), ())
        ):
            longer = _continued(Interruption(before, (), event))
            full[-1] = replace(longer, id=event.id) if before.id in made else longer
        else:
            full.append(event)
    return full


def _too_short(row: Sequence[Event], tier: Tier, window: Span) -> Iterator[Event]:
    least_us = {code.id: code.min_us for code in tier.codes}
    for event in row:
        inside = window.start_us < event.onset_us and event.offset_us < window.end_us
        if inside and event.span.duration_us < least_us[event.code]:
            yield event
