"""Exercises of a guided step: questions about a master's events, and what is right about an answer."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coder.model.coding import NOTHING, Event, order
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.model.training import Ask, Edge, Exercise, Master
from coder.reliability.yardsticks import tolerance_us
from coder.training.differences import timing_us

MOST = 8
"""So many exercises a clip at most, unless the course lists its own."""

_TIMED = (TierKind.STATE, TierKind.POINT)


class Grade(StrEnum):
    """What an answer is worth. NEAR: an onset further off than marks should be, within the tier's tolerance."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an answer.

    event: the master's, whose note is the reason. codes: all that are right, the master's own first. off_us: how
    much later than the master, or than the nearer end of its zone, an onset was put; 0 inside the zone. right:
    where an onset is right, its end included.
    """

    exercise: Exercise
    grade: Grade
    event: Event
    codes: tuple[str, ...]
    off_us: int = 0
    right: Span | None = None


def exercises(
    master: Master, scheme: Scheme, tiers: Collection[str] = (), most: int = MOST
) -> tuple[Exercise, ...]:
    """Questions about the master's events in the order of time, codes and onsets by turns.

    Every code of the tiers in play is asked for once before any a second time; of a segment that is rated there is
    one question, about its first item. None is about uncodable time, a tier's default code, what may as well be
    left unmarked, or what holds when the window begins (ratings apart).
    """
    times: Counter[tuple[str, str]] = Counter()
    ranked: list[tuple[int, tuple[int, int, str], Event]] = []
    for event in sorted(_worth_asking(master, scheme, tiers), key=order):
        ranked.append((times[event.tier, event.code], order(event), event))
        times[event.tier, event.code] += 1
    asked = sorted((event for *_, event in sorted(ranked)[:most]), key=order)
    made: list[Exercise] = []
    for event in asked:
        before = made[-1].ask if made else Ask.ONSET
        timed = scheme.tier(event.tier).kind in _TIMED
        ask = Ask.ONSET if timed and before is Ask.CODE else Ask.CODE
        made.append(Exercise(ask, event.tier, event.onset_us))
    return tuple(made)


def _worth_asking(master: Master, scheme: Scheme, tiers: Collection[str]) -> Iterator[Event]:
    segments: set[tuple[str, Span]] = set()
    asked: set[tuple[str, int]] = set()
    for event in sorted(master.events, key=order):
        tier = scheme.tier(event.tier)
        if (tiers and tier.id not in tiers) or (tier.id, event.onset_us) in asked:
            continue
        if tier.kind is TierKind.RATING:
            if (tier.id, event.span) in segments:
                continue
            segments.add((tier.id, event.span))
        elif event.onset_us <= master.window.start_us:
            continue
        if event.code != tier.default and NOTHING not in event.either and not tier.code(event.code).uncodable:
            asked.add((tier.id, event.onset_us))
            yield event


def judged(exercise: Exercise, answer: str | int, master: Master, scheme: Scheme) -> Judged:
    """What an answer is worth. answer: a code's id, or for ONSET where it begins (µs, clock of the session).

    A code is right if any of the master's events that begin there has it, or allows it. An onset is right inside
    the master's zone, and as near to the master's as marks should lie (`timing_us`). Of ratings only the item is
    judged, not its number. Raises KeyError if the master has no such event, TypeError for an answer of the wrong
    kind.
    """
    here = [one for one in master.events if (one.tier, one.onset_us) == (exercise.tier, exercise.at_us)]
    if not here:
        raise KeyError(f"the master has no event in {exercise.tier} at {exercise.at_us} µs")
    event, tier = here[0], scheme.tier(exercise.tier)
    codes = tuple(dict.fromkeys(code for one in here for code in (one.code, *one.either) if code != NOTHING))
    if exercise.ask is Ask.CODE:
        if not isinstance(answer, str):
            raise TypeError("the answer to this exercise is a code")
        meant = next((one for one in here if answer in (one.code, *one.either)), event)
        return Judged(exercise, Grade.RIGHT if answer in codes else Grade.WRONG, meant, codes)
    if not isinstance(answer, int):
        raise TypeError("the answer to this exercise is a time")
    zone = _zone(event, tier, master)
    off_us = max(answer - zone.end_us, 0) + min(answer - zone.start_us, 0)
    near_us = timing_us(tier)
    right = Span(min(zone.start_us, event.onset_us - near_us), max(zone.end_us, event.onset_us + near_us))
    if right.start_us <= answer <= right.end_us:
        grade = Grade.RIGHT
    else:
        grade = Grade.NEAR if abs(off_us) <= tolerance_us(tier) else Grade.WRONG
    return Judged(exercise, grade, event, codes, off_us, right)


def _zone(event: Event, tier: Tier, master: Master) -> Span:
    """Where the onset of an event may lie; one moment if it has no zone of its own or of the state before it."""
    spans = [zone.span for zone in master.zones if (zone.event, zone.edge) == (event.id, Edge.ONSET)]
    if tier.exclusive and tier.kind is TierKind.STATE:
        before = {one.id for one in master.events if one.tier == tier.id and one.offset_us == event.onset_us}
        spans += [zone.span for zone in master.zones if zone.event in before and zone.edge is Edge.OFFSET]
    inside = [span for span in spans if span.start_us <= event.onset_us <= span.end_us]
    at_us = event.onset_us
    return Span(min([at_us, *(span.start_us for span in inside)]), max([at_us, *(span.end_us for span in inside)]))
