"""What changes from attempt to attempt: marks that come later and later, a code that is seen less and less.

LATER: the middle lags of the attempts rise (Mann and Kendall's test, exact), by half of how far marks may lie
apart or more in all. It takes four attempts at least to be told from chance. BLINDER: the share of a code's
events that is missed grows (Cochran and Armitage's test, times the number of codes that are tried), by a tenth
or more in all.
"""

from collections import Counter
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
    fates = [
        (Place(number, mark.event.span), one.tier.id, mark.event.code, mark.fate is Fate.MISSED)
        for number, clip in enumerate(clips)
        for one in clip
        for mark in one.marks
    ]
    times = Counter((tier, code) for _, tier, code, missed in fates if missed)
    asked = [key for key, count in times.items() if count >= LEAST]
    for key in asked:
        of = Counter(place.clip for place, tier, code, _ in fates if (tier, code) == key)
        places = [place for place, tier, code, missed in fates if missed and (tier, code) == key]
        missed = Counter(place.clip for place in places)
        numbers = sorted(of)
        shares = [missed[number] / of[number] for number in numbers]
        chance = growing([missed[number] for number in numbers], [of[number] for number in numbers])
        chance *= len(asked)  # as many codes were tried
        if len(numbers) >= LEAST and chance < CHANCE and shares[-1] - shares[0] >= _GREW:
            yield Pattern(
                habit=Habit.BLINDER,
                tier=key[0],
                code=key[1],
                count=len(places),
                of=of.total(),
                chance=chance,
                by=shares[0],
                until=shares[-1],
                weight_us=sum(place.span.duration_us for place in places),
                places=tuple(places),
            )
