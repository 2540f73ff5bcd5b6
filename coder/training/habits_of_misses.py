"""Habits of missing and of adding: which events, and when.

A sound coder may miss one event in ten and add one in ten (`_SLIPS`): MISSED and EXTRA say that it was more, of
one code, or of a tier, or of all, whichever is the first to show it. SHORT_MISSED: more than one short state in
twenty is missed (`_LAPSES`), and short ones are missed more often than longer ones of their code. BUSY: what
begins within half a second of something on another tier is missed more often than the rest of its code. BUNCHED,
of one attempt: within 15 s more is missed than elsewhere, code by code (times the number of stretches that were
tried).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from coder.model.coding import Event
from coder.model.scheme import TierKind
from coder.model.time import MILLISECOND_US, SECOND_US, Span
from coder.reliability.yardsticks import tolerance_us
from coder.training.chance import Draws, at_least, drawn
from coder.training.habits import CHANCE, LEAST, SHORT_US, Habit, Pattern, Place
from coder.training.marks import Fate, Marks

_SLIPS = 0.1
_LAPSES = 0.05
_AT_ONCE_US = 500 * MILLISECOND_US
_MOST_CODES = 3
"""Of a tier of which more codes than these are missed, nobody wants to hear them one by one."""

_STRETCH_US = 15 * SECOND_US
_UNEXPECTED = 0.2
"""For BUSY and BUNCHED chance must be so much smaller: where misses lie is looked at after the fact."""

Pair = tuple[str, frozenset[str]]
"""A tier and two of its codes."""


class Case(NamedTuple):
    """An event of the master that was found or missed, or one of the trainee's that was right or extra."""

    place: Place
    tier: str
    code: str
    slipped: bool
    state: bool
    weight_us: int

    @property
    def short(self) -> bool:
        """True for a short state."""
        return self.state and self.place.span.duration_us < SHORT_US


def miss_habits(clips: Sequence[Sequence[Marks]], confused: Collection[Pair]) -> Iterator[Pattern]:
    """clips: the marks of each attempt. confused: codes that are mixed up, so that misses of them say nothing."""
    masters = list(_of_master(clips, confused))
    yield from _often(Habit.MISSED, masters)
    yield from _often(Habit.EXTRA, _of_trainee(clips))
    yield from _short(masters)
    yield from _busy(masters)
    yield from _bunched(masters)


def _of_master(clips: Sequence[Sequence[Marks]], confused: Collection[Pair]) -> Iterator[Case]:
    for number, clip in enumerate(clips):
        for one in clip:
            for mark in one.marks:
                pair = one.tier.id, frozenset((mark.event.code, mark.through or ""))
                if mark.fate is not Fate.OTHERWISE and not (mark.fate is Fate.MISSED and pair in confused):
                    yield _case(number, one, mark.event, slipped=mark.fate is Fate.MISSED)


def _of_trainee(clips: Sequence[Sequence[Marks]]) -> list[Case]:
    return [
        _case(number, one, event, slipped=slipped)
        for number, clip in enumerate(clips)
        for one in clip
        for slipped, events in (
            (True, one.extra),
            (False, {mark.own.id: mark.own for mark in one.of(Fate.FOUND) if mark.own is not None}.values()),
        )
        for event in events
    ]


def _case(number: int, one: Marks, event: Event, *, slipped: bool) -> Case:
    state = one.tier.kind is TierKind.STATE
    weight_us = event.span.duration_us if state else tolerance_us(one.tier)
    return Case(Place(number, event.span), one.tier.id, event.code, slipped, state, weight_us)


def _often(habit: Habit, cases: Sequence[Case]) -> Iterator[Pattern]:
    """Of each code, as many tries taken into account; of tiers with no such code, or many; of all if none has."""
    of_tier: defaultdict[str, defaultdict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for one in cases:
        of_tier[one.tier][one.code].append(one)
    whole = {tier: [one for row in of_code.values() for one in row] for tier, of_code in of_tier.items()}
    codes = sum(_slips(row) >= LEAST for of_code in of_tier.values() for row in of_code.values())
    tiers = sum(_slips(row) >= LEAST for row in whole.values())
    told = False
    for tier, of_code in of_tier.items():
        found = [made for code, those in of_code.items() for made in _too_many(habit, tier, code, those, codes)]
        if len(of_code) > 1 and not 0 < len(found) <= _MOST_CODES:
            found = [*_too_many(habit, tier, None, whole[tier], tiers)]
        yield from found
        told = told or bool(found)
    if len(of_tier) > 1 and not told:
        yield from _too_many(habit, "", None, cases, 1)


def _slips(cases: Sequence[Case]) -> int:
    return sum(one.slipped for one in cases)


def _too_many(habit: Habit, tier: str, code: str | None, cases: Sequence[Case], tries: int) -> Iterator[Pattern]:
    slips = [one for one in cases if one.slipped]
    chance = tries * at_least(len(slips), len(cases), _SLIPS)
    yield from _told(habit, tier, code, slips, len(cases), chance)


def _told(
    habit: Habit, tier: str, code: str | None, those: Sequence[Case], of: int, chance: float, by: float = 0.0
) -> Iterator[Pattern]:
    if len(those) < LEAST or chance >= CHANCE:
        return
    yield Pattern(
        habit=habit,
        tier=tier,
        code=code,
        count=len(those),
        of=of,
        chance=chance,
        by=by,
        weight_us=sum(one.weight_us for one in those),
        places=tuple(one.place for one in those),
    )


def _among(cases: Sequence[Case], where: Callable[[Case], bool]) -> tuple[list[Case], float]:
    """The misses among some of the cases, and how often chance has as many of them there.

    Chance draws the misses of a code in a clip from its events there: else a code that is easily missed would seem
    to be missed because of when it comes.
    """
    of_code: defaultdict[tuple[int, str, str], list[Case]] = defaultdict(list)
    for one in cases:
        of_code[one.place.clip, one.tier, one.code].append(one)
    strata = (Draws(_slips(row), sum(map(where, row)), len(row)) for row in of_code.values())
    those = [one for one in cases if one.slipped and where(one)]
    return those, drawn(len(those), strata)


def _short(cases: Sequence[Case]) -> Iterator[Pattern]:
    states = [one for one in cases if one.state]
    those, chance = _among(states, lambda one: one.short)
    lapses = at_least(len(those), sum(one.short for one in states), _LAPSES)
    tiers, codes = {one.tier for one in those}, {(one.tier, one.code) for one in those}
    tier = next(iter(tiers)) if len(tiers) == 1 else ""
    code = next(iter(codes))[1] if len(codes) == 1 else None
    yield from _told(Habit.SHORT_MISSED, tier, code, those, _slips(states), max(chance, lapses))


def _busy(cases: Sequence[Case]) -> Iterator[Pattern]:
    onsets = sorted((one.place.clip, one.place.span.start_us, one.tier) for one in cases)

    def at_once(one: Case) -> bool:
        clip, at_us = one.place.clip, one.place.span.start_us
        first = bisect_left(onsets, (clip, at_us - _AT_ONCE_US, ""))
        end = bisect_left(onsets, (clip, at_us + _AT_ONCE_US + 1, ""))
        return any(tier != one.tier for _, _, tier in onsets[first:end])

    those, chance = _among(cases, at_once)
    yield from _told(Habit.BUSY, "", None, those, _slips(cases), chance / _UNEXPECTED)


def _bunched(cases: Sequence[Case]) -> Iterator[Pattern]:
    misses = [one for one in cases if one.slipped]
    if len({one.place.clip for one in cases}) > 1:
        return
    best: tuple[float, list[Case]] = (1.0, [])
    for first in misses:
        within = _within(Span(first.place.span.start_us, first.place.span.start_us + _STRETCH_US))
        those, chance = _among(cases, within)
        best = min(best, (len(misses) * chance, those), key=lambda one: one[0])
    yield from _told(Habit.BUNCHED, "", None, best[1], len(misses), best[0] / _UNEXPECTED, _STRETCH_US / SECOND_US)


def _within(stretch: Span) -> Callable[[Case], bool]:
    return lambda one: stretch.contains(one.place.span.start_us)
