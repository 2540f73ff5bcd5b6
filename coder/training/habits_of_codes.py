"""Habits of naming: codes that are mixed up, codes used too much or too little, details chosen otherwise, gaps.

CONFUSED: of all events of two codes a sound coder may call one in twenty by the other's name (`_MIXED_UP`).
Counted are events for which the trainee marked the other code, and states of a second and more under which the
trainee went on with it, for which nobody can tell a miss from a confusion: they count only if there are no more
of them than of the first kind. DETAIL: one in ten (`_CHOSEN`). OVERUSED, UNDERUSED: the trainee's events of a
code and the master's are a tenth apart in number, and what was lost and gained is one-sided (sign test); said
where nothing else about the code explains it. GAPS: a second or more without a code where the scheme asks for
one at all times; a count, no test.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from coder.model.codable import gaps
from coder.model.disagreement import DisagreementKind
from coder.model.scheme import Scheme, TierKind
from coder.model.time import SECOND_US
from coder.reliability.yardsticks import tolerance_us
from coder.training.chance import at_least
from coder.training.differences import Difference
from coder.training.habits import CHANCE, LEAST, SHORT_US, Beside, Habit, Pattern, Place
from coder.training.marks import Fate, Mark, Marks

_MIXED_UP = 0.05
_CHOSEN = 0.1
_APART = 0.1

_Case = tuple[Place, str, int]
"""Where it was, what the master has there, and the time in dispute."""


def confusions(clips: Sequence[Sequence[Marks]]) -> Iterator[Pattern]:
    """Codes that are mixed up, either way. clips: the marks of each attempt."""
    times: defaultdict[tuple[str, str], int] = defaultdict(int)
    called: defaultdict[tuple[str, frozenset[str]], list[_Case]] = defaultdict(list)
    through: defaultdict[tuple[str, frozenset[str]], list[_Case]] = defaultdict(list)
    for number, clip in enumerate(clips):
        for one in clip:
            for mark in one.marks:
                code, place = mark.event.code, Place(number, mark.event.span)
                times[one.tier.id, code] += 1
                case = place, code, _weight_us(one, mark)
                if mark.fate is Fate.OTHERWISE and mark.own is not None:
                    called[one.tier.id, frozenset((code, mark.own.code))].append(case)
                elif mark.through is not None and mark.event.span.duration_us >= SHORT_US:
                    through[one.tier.id, frozenset((code, mark.through))].append(case)
    counted = {key: [*those, *_unclear(those, through[key])] for key, those in called.items() if len(key[1]) > 1}
    asked = {key: sorted(cases) for key, cases in counted.items() if len(cases) >= LEAST}
    for (tier, pair), cases in asked.items():
        of = sum(times[tier, code] for code in pair)
        chance = len(asked) * at_least(len(cases), of, _MIXED_UP)  # as many pairs were tried
        if chance < CHANCE:
            code, other = _commoner_first(pair, cases)
            yield replace(_mixed(Habit.CONFUSED, tier, cases, of, chance), code=code, other=other)


def _commoner_first(two: frozenset[str], cases: Sequence[_Case]) -> tuple[str, str]:
    """Two things that are mixed up; first what the master has more often in these cases."""
    masters = [one for _, one, _ in cases]
    first = max(sorted(two), key=masters.count)
    return first, next(iter(two - {first}))


def _mixed(habit: Habit, tier: str, cases: Sequence[_Case], of: int, chance: float) -> Pattern:
    """That one thing is taken for another, wherever it happened."""
    return Pattern(
        habit=habit,
        tier=tier,
        count=len(cases),
        of=of,
        chance=chance,
        weight_us=sum(weight_us for *_, weight_us in cases),
        places=tuple(place for place, *_ in cases),
    )


def _unclear(those: Sequence[_Case], through: Sequence[_Case]) -> Sequence[_Case]:
    return through if len(through) <= len(those) else ()


def _weight_us(one: Marks, mark: Mark) -> int:
    return mark.event.span.duration_us or tolerance_us(one.tier)


def usage(clips: Sequence[Sequence[Marks]], explained: Collection[tuple[str, str]]) -> Iterator[Pattern]:
    """Codes of which there is more or less than in the master. explained: those spoken of before."""
    lost: defaultdict[tuple[str, str], list[tuple[Place, int]]] = defaultdict(list)
    gained: defaultdict[tuple[str, str], list[tuple[Place, int]]] = defaultdict(list)
    found: defaultdict[tuple[str, str], int] = defaultdict(int)
    for number, clip in enumerate(clips):
        for one in clip:
            for mark in one.marks:
                if mark.fate is Fate.FOUND:
                    found[one.tier.id, mark.event.code] += 1
                    continue
                case = Place(number, mark.event.span), _weight_us(one, mark)
                lost[one.tier.id, mark.event.code].append(case)
                if mark.own is not None:
                    gained[one.tier.id, mark.own.code].append(case)
            for event in one.extra:
                weight_us = event.span.duration_us or tolerance_us(one.tier)
                gained[one.tier.id, event.code].append((Place(number, event.span), weight_us))
    for tier, code in sorted((lost.keys() | gained.keys()) - set(explained)):
        less, more = lost[tier, code], gained[tier, code]
        masters, own = found[tier, code] + len(less), found[tier, code] + len(more)
        habit, those = (Habit.UNDERUSED, less) if len(less) > len(more) else (Habit.OVERUSED, more)
        chance = at_least(len(those), len(less) + len(more), 0.5)
        if len(those) < LEAST or chance >= CHANCE or abs(own - masters) < _APART * masters:
            continue
        yield Pattern(
            habit=habit,
            tier=tier,
            code=code,
            count=own,
            of=masters,
            chance=chance,
            weight_us=sum(weight_us for _, weight_us in those),
            places=tuple(place for place, _ in those),
        )


def detail_habits(
    clips: Sequence[Sequence[Marks]], differing: Sequence[Sequence[Difference]]
) -> Iterator[Pattern]:
    """Details that are chosen otherwise, either way. differing: the differences of each attempt."""
    mixed: defaultdict[tuple[str, str, frozenset[str]], list[_Case]] = defaultdict(list)
    for number, those in enumerate(differing):
        for one in those:
            if one.kind is DisagreementKind.MODIFIER:
                about = one.about
                key = one.tier, about.detail, frozenset((about.value_a, about.value_b))
                mixed[key].append((Place(number, one.span), about.value_a, about.weight_us))
    asked = {key: sorted(cases) for key, cases in mixed.items() if len(cases) >= LEAST}
    for (tier, detail, values), cases in asked.items():
        marked = (mark for clip in clips for one in clip if one.tier.id == tier for mark in one.marks)
        of = max(sum(_has(mark, detail, values) for mark in marked), len(cases))
        chance = len(asked) * at_least(len(cases), of, _CHOSEN)  # as many choices were tried
        if chance < CHANCE:
            value, other = _commoner_first(values, cases)
            mixed_up = _mixed(Habit.DETAIL, tier, cases, of, chance)
            yield replace(mixed_up, detail=detail, value=value, other_value=other)


def _has(mark: Mark, detail: str, values: Collection[str]) -> bool:
    """True if both marked the event and the master chose one of these values."""
    return mark.fate is Fate.FOUND and (mark.event.modifier(detail) or "") in values


def gap_habits(clips: Sequence[Beside], scheme: Scheme, tiers: Collection[str]) -> Iterator[Pattern]:
    """Time without a code in tiers of states that must have one, and have no default."""
    for tier in scheme.tiers:
        if (
            tier.kind is not TierKind.STATE
            or not tier.exhaustive
            or tier.default
            or (tiers and tier.id not in tiers)
        ):
            continue
        found = [
            Place(number, gap)
            for number, one in enumerate(clips)
            for gap in gaps((event.span for event in one.attempt.row(tier.id)), one.attempt.window)
            if gap.duration_us >= SECOND_US
        ]
        if found:
            sum_us = sum(place.span.duration_us for place in found)
            yield Pattern(
                habit=Habit.GAPS,
                tier=tier.id,
                count=len(found),
                of=0,
                chance=0.0,
                by=sum_us / SECOND_US,
                weight_us=sum_us,
                places=tuple(found),
            )
