"""Who is stuck on what, and whether certified coders still code as they were certified (statistics.md B15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Drift
from coder.model.statistic import BIAS
from coder.reliability import CodedSession, drifts, sign_test
from coder.training.curve import ROUNDING, LearningCurve

SIGNIFICANT = 0.05
"""A sign test that is less likely by chance calls for action."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Stuck:
    """A curve whose newest running mean misses its criterion.

    mean: the newest running mean. before: the one an attempt earlier, None if there is none. attempts: how many
    have a value. short: how far the mean is from the criterion, in the statistic's own unit.
    """

    curve: LearningCurve
    mean: float
    before: float | None
    attempts: int
    short: float

    @property
    def rising(self) -> bool:
        """True if the newest running mean is nearer to the criterion than the one before."""
        return self.before is not None and self.short < self.curve.short_of(self.before)


def stuck(curves: Iterable[LearningCurve]) -> tuple[Stuck, ...]:
    """The curves with a criterion that their newest running mean misses, the farthest from it first.

    Before the third attempt with a value nobody is stuck: there is no running mean.
    """
    found = []
    for curve in curves:
        means = [point.rolling for point in curve.points if point.rolling is not None]
        if curve.criterion is None or not means:
            continue
        short = curve.short_of(means[-1])
        if short > ROUNDING:
            attempts = sum(point.estimate.value is not None for point in curve.points)
            found.append(Stuck(curve, means[-1], means[-2] if len(means) > 1 else None, attempts, short))
    return tuple(sorted(found, key=lambda one: -one.short))


@dataclass(frozen=True, slots=True)
class Alert:
    """What is wrong with a certified coder's double-coded sessions.

    drift: with one other coder, of the sessions since the certificate. other: that coder's name. rolling: of the
    newest three sessions, None if there are fewer. below: the rolling mean is below the floor (of timing bias:
    beyond the band). later, signed, p: only of timing bias: in how many of `signed` sessions the coder was the
    later of the two, and how likely that is in any tier with anybody if each is as often the later one (two-sided
    sign test, times the number of tiers and others that were tried).
    """

    drift: Drift
    other: str
    rolling: float | None
    below: bool
    later: int = 0
    signed: int = 0
    p: float | None = None


def alerts(sessions: Sequence[CodedSession], coder: str, since: str) -> tuple[Alert, ...]:
    """What calls for action in a coder's double-coded sessions since a certificate.

    sessions: of any coders, of one scheme; counted are those of this coder whose later pass was submitted after
    `since` (ISO 8601, UTC). One alert for each line of `drifts` that is below its floor by the mean of the newest
    three sessions, or whose timing bias lies to one side more often than chance has it.
    """
    mine = [one for one in sessions if coder in (one.coder_a, one.coder_b) and one.at > since]
    found = [_alert(drift, coder) for drift in drifts(mine)]
    tries = sum(one.p is not None for one in found)
    found = [one if one.p is None else replace(one, p=min(tries * one.p, 1.0)) for one in found]
    return tuple(one for one in found if one.below or (one.p is not None and one.p < SIGNIFICANT))


def _alert(drift: Drift, coder: str) -> Alert:
    is_b = drift.coder_b == coder
    other = drift.coder_a if is_b else drift.coder_b
    rolling = drift.points[-1].rolling
    low, high = drift.low, drift.high
    below = rolling is not None and (
        (low is not None and rolling < low - _ROUNDING) or (high is not None and rolling > high + _ROUNDING)
    )
    if drift.statistic != BIAS:
        return Alert(drift, other, rolling, below)
    b_later, signed, p = sign_test(point.estimate.value for point in drift.points)
    return Alert(drift, other, rolling, below, b_later if is_b else signed - b_later, signed, p)
