"""Habits of timing: marks that come late or early on the whole, or now so and now so.

The scheme's target for timing bias, or 0.3 s, is how far marks may lie apart (`timing_us`). LATE and EARLY: more
than half of all marks lie off, in one direction, by more than half of that (sign test: were the middle mark of a
coder no further off than that, half of the marks would lie beyond at most). UNSTEADY: of ten marks more than one
lies further from the coder's own middle, tier by tier, than marks may lie apart: who is late on one tier only does
not scatter.
"""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from coder.model.time import SECOND_US, Span
from coder.training.chance import at_least
from coder.training.differences import timing_us
from coder.training.habits import CHANCE, LEAST, Habit, Pattern, Place
from coder.training.marks import Marks

_STRAYS = 0.1


class Lag(NamedTuple):
    """One mark that both have: where, how much later the trainee has it, how far off it may lie, on which tier."""

    place: Place
    lag_us: int
    limit_us: int
    tier: str


def timing_habits(clips: Sequence[Sequence[Marks]]) -> Iterator[Pattern]:
    """Of all tiers together; of a tier only where they show nothing, and with as many tries taken into account.

    clips: the marks of each attempt.
    """
    whole = [*_habits("", lags(clips))]
    yield from whole
    tiers = list(dict.fromkeys(one.tier.id for clip in clips for one in clip))
    if whole or len(tiers) < 2:
        return
    for tier in tiers:
        of_tier = lags([[one for one in clip if one.tier.id == tier] for clip in clips])
        yield from _habits(tier, of_tier, tries=len(tiers))


def lags(clips: Sequence[Sequence[Marks]]) -> list[Lag]:
    """All marks that both have, in order."""
    return [
        Lag(
            Place(number, _between(mark.event.onset_us, mark.own.onset_us)),
            mark.lag_us,
            timing_us(one.tier),
            one.tier.id,
        )
        for number, clip in enumerate(clips)
        for one in clip
        for mark in one.marks
        if mark.lag_us is not None and mark.own is not None
    ]


def _between(one_us: int, other_us: int) -> Span:
    return Span(min(one_us, other_us), max(one_us, other_us))


def _habits(tier: str, found: Sequence[Lag], tries: int = 1) -> Iterator[Pattern]:
    if not found:
        return
    middle_us = median(one.lag_us for one in found)
    late = [one for one in found if 2 * one.lag_us > one.limit_us]
    early = [one for one in found if -2 * one.lag_us > one.limit_us]
    own_us = {
        tier: median(one.lag_us for one in found if one.tier == tier) for tier in {one.tier for one in found}
    }
    stray = [one for one in found if abs(one.lag_us - own_us[one.tier]) > one.limit_us]
    for habit, those, share in (
        (Habit.LATE, late, 0.5),
        (Habit.EARLY, early, 0.5),
        (Habit.UNSTEADY, stray, _STRAYS),
    ):
        chance = tries * at_least(len(those), len(found), share)
        if len(those) >= LEAST and chance < CHANCE:
            yield Pattern(
                habit=habit,
                tier=tier,
                count=len(those),
                of=len(found),
                chance=chance,
                by=middle_us / SECOND_US,
                weight_us=sum(abs(one.lag_us) for one in those),
                places=tuple(one.place for one in those),
            )
