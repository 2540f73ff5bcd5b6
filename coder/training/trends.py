"""What changes from attempt to attempt: marks that come later and later, a code that is seen less and less.

LATER: the middle lags of the attempts rise (Mann and Kendall's test, exact), by half of how far marks may lie apart
or more in all. It takes four attempts at least to be told from chance. BLINDER: the share of a code's events that
is missed grows (Cochran and Armitage's test), by a tenth or more in all.
"""

from collections.abc import Collection, Iterator, Sequence
from statistics import median

from coder.model.scheme import Scheme
from coder.model.time import SECOND_US
from coder.training.chance import growing, rising
from coder.training.habits import CHANCE, LEAST, Beside, Habit, Pattern, Place
from coder.training.habits_of_timing import lags
from coder.training.marks import Fate, Marks, marks

_LAGS_AT_LEAST = 5
_GREW = 0.1


def trends(attempts: Sequence[Beside], scheme: Scheme, tiers: Collection[str] = ()) -> tuple[Pattern, ...]:
    """Habits LATER and BLINDER over attempts in the order in which they were coded; () if there are none."""
    met = [marks(*one, scheme, tiers) for one in attempts]
    return (*_later(met), *_blinder(met))


def _later(clips: Sequence[Sequence[Marks]]) -> Iterator[Pattern]:
    found = lags(clips)
    by_clip = [[one for one in found if one.place.clip == number] for number in range(len(clips))]
    by_clip = [those for those in by_clip if len(those) >= _LAGS_AT_LEAST]
    middles = [median(one.lag_us for one in those) for those in by_clip]
    chance = rising(middles) if len(middles) >= LEAST else 1.0
    if chance < CHANCE and 2 * (middles[-1] - middles[0]) >= max(one.limit_us for one in found):
        yield Pattern(
            habit=Habit.LATER,
            tier="",
            count=len(middles),
            of=len(middles),
            chance=chance,
            by=middles[0] / SECOND_US,
            until=middles[-1] / SECOND_US,
            weight_us=sum(abs(one.lag_us) for one in by_clip[-1]),
            places=tuple(one.place for one in by_clip[-1] if 2 * one.lag_us > one.limit_us),
        )


def _blinder(clips: Sequence[Sequence[Marks]]) -> Iterator[Pattern]:
    codes = dict.fromkeys((one.tier.id, mark.event.code) for clip in clips for one in clip for mark in one.marks)
    for tier, code in codes:
        of, missed, places = list[int](), list[int](), list[Place]()
        for number, clip in enumerate(clips):
            here = [mark for one in clip if one.tier.id == tier for mark in one.marks if mark.event.code == code]
            lost = [mark for mark in here if mark.fate is Fate.MISSED]
            places += [Place(number, mark.event.span) for mark in lost]
            if here:
                of.append(len(here))
                missed.append(len(lost))
        if len(of) < LEAST or sum(missed) < LEAST:
            continue
        chance, first, last = growing(missed, of), missed[0] / of[0], missed[-1] / of[-1]
        if chance < CHANCE and last - first >= _GREW:
            yield Pattern(
                habit=Habit.BLINDER,
                tier=tier,
                code=code,
                count=sum(missed),
                of=sum(of),
                chance=chance,
                by=first,
                until=last,
                weight_us=sum(place.span.duration_us for place in places),
                places=tuple(places),
            )
