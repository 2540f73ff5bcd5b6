"""Habits of rating: too high, too low, toward the middle of the scale, or with the scale turned round.

HIGHER, LOWER, MIDDLE: more than half of the ratings are off in that direction, by half a point on average or
more (sign test, all ratings counted: those that are exact speak against it). Of MIDDLE only ratings count that
the master has off the middle, and they must have come down as well as up; then nothing is said of higher or
lower. TURNED: a rating lies on the other side of the middle, about where it lies with the scale turned round,
and half the scale away from the master's; a sound coder may do so once in twenty (`_ACROSS`).
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from coder.model.scheme import RATING, Scale, Scheme, TierKind
from coder.reliability.tier_ratings import rated_pairs
from coder.training.chance import at_least
from coder.training.habits import CHANCE, LEAST, Beside, Habit, Pattern, Place

_ACROSS = 0.05
_POINTS = 0.5


class Rated(NamedTuple):
    """One rating of both. item: the code's id."""

    place: Place
    item: str
    master: int
    own: int

    @property
    def apart(self) -> int:
        """By how many points the trainee rates higher."""
        return self.own - self.master


def rating_habits(clips: Sequence[Beside], scheme: Scheme, tiers: Collection[str]) -> Iterator[Pattern]:
    """Of each tier of ratings that is in play."""
    for tier in scheme.tiers:
        if tier.kind is not TierKind.RATING or tier.scale is None or (tiers and tier.id not in tiers):
            continue
        found = [*_rated(clips, scheme, tier.id)]
        turned = [*_turned(tier.id, found, tier.scale)]
        yield from turned
        about = {one.code for one in turned}
        rest = [one for one in found if one.item not in about]
        middle = [*_middle(tier.id, rest, tier.scale)]
        yield from middle or _direction(tier.id, rest)


def is_turned(master: int, own: int, scale: Scale) -> bool:
    """True if a rating is about what the master's would be on the scale turned round, and far from it."""
    far = 2 * abs(own - master) >= scale.high - scale.low
    return far and abs(scale.low + scale.high - master - own) <= 1


def _rated(clips: Sequence[Beside], scheme: Scheme, tier: str) -> Iterator[Rated]:
    for number, (master, attempt) in enumerate(clips):
        window = master.window.intersection(attempt.window)
        if window is None:
            continue
        for a, b in rated_pairs(master, attempt, scheme.tier(tier), window):
            if a is None or b is None:
                continue
            values = [one.modifier(RATING) or "" for one in (a, b)]
            if all(value.lstrip("-").isdecimal() for value in values):
                yield Rated(Place(number, a.span), a.code, *(int(value) for value in values))


def _turned(tier: str, found: Sequence[Rated], scale: Scale) -> Iterator[Pattern]:
    for item in dict.fromkeys(one.item for one in found):
        of = [one for one in found if one.item == item]
        those = [one for one in of if is_turned(one.master, one.own, scale)]
        yield from _told(Habit.TURNED, tier, those, len(of), at_least(len(those), len(of), _ACROSS), item)


def _middle(tier: str, found: Sequence[Rated], scale: Scale) -> Iterator[Pattern]:
    twice = scale.low + scale.high
    off = [one for one in found if 2 * one.master != twice]
    those = [one for one in off if abs(2 * one.own - twice) < abs(2 * one.master - twice)]
    both_ways = {one.apart > 0 for one in those} == {True, False}
    if both_ways and sum(abs(one.apart) for one in those) >= _POINTS * len(off):
        yield from _told(Habit.MIDDLE, tier, those, len(off), at_least(len(those), len(off), 0.5))


def _direction(tier: str, found: Sequence[Rated]) -> Iterator[Pattern]:
    mean = sum(one.apart for one in found) / len(found) if found else 0.0
    if abs(mean) < _POINTS:
        return
    habit = Habit.HIGHER if mean > 0 else Habit.LOWER
    those = [one for one in found if one.apart * mean > 0]
    yield from _told(habit, tier, those, len(found), at_least(len(those), len(found), 0.5))


def _told(
    habit: Habit, tier: str, those: Sequence[Rated], of: int, chance: float, item: str | None = None
) -> Iterator[Pattern]:
    if len(those) >= LEAST and chance < CHANCE:
        yield Pattern(
            habit=habit,
            tier=tier,
            code=item,
            count=len(those),
            of=of,
            chance=chance,
            by=sum(abs(one.apart) for one in those) / len(those),
            weight_us=sum(one.place.span.duration_us for one in those),
            places=tuple(one.place for one in those),
        )
