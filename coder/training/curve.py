"""Learning curves: a statistic attempt by attempt, with its limits, beside what is asked. Nothing is fitted.

Limits are those of the attempt's own agreement (Wilson of shares, blocks of time of one clip, see
`reliability.intervals`); an F1 of a clip that is too short for blocks has Wilson's of the events, taken as
independent.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.model.agreement import Agreement, Estimate
from coder.model.statistic import (
    ACCURACY,
    AGREEMENT,
    BIAS,
    EXACT,
    F1,
    ICC,
    MEAN_DIFFERENCE,
    PRECISION,
    SENSITIVITY,
    TIME_UNIT_KAPPA,
    WITHIN_ONE,
)
from coder.model.training import Requirement, Rule, Score
from coder.reliability.matched import f1_estimate
from coder.reliability.words import NOBODY

ROLLING = 3
ROUNDING = 1e-9

_OF_TIERS = (ACCURACY, TIME_UNIT_KAPPA, AGREEMENT, F1, ICC, EXACT, WITHIN_ONE, MEAN_DIFFERENCE, BIAS)
_OF_CODES = (F1, SENSITIVITY, PRECISION, MEAN_DIFFERENCE)


@dataclass(frozen=True, slots=True)
class LearningPoint:
    """One attempt.

    at: when it was submitted, ISO 8601. rolling: the mean of this and the two attempts before it that have a
    value; None before the third, and where this one has none.
    """

    at: str
    clip: str
    step_id: str
    number: int
    first_view: bool
    estimate: Estimate
    rolling: float | None


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """A statistic of a tier, or of one code or detail of it, attempt by attempt.

    unit, unit_us: of time, where the statistic is there in several; else "" and None. criterion: what the rule
    asks, or else the scheme's target; None if neither asks anything. For timing bias and mean difference it is the
    greatest distance from 0.
    """

    tier: str
    statistic: str
    points: tuple[LearningPoint, ...]
    code: str | None = None
    detail: str = ""
    unit: str = ""
    criterion: float | None = None
    unit_us: int | None = None

    @property
    def reached(self) -> bool | None:
        """Whether the newest running mean is as asked; None before there is one, and where nothing is asked."""
        mean = next((one.rolling for one in reversed(self.points) if one.rolling is not None), None)
        if mean is None or self.criterion is None:
            return None
        return self.short_of(mean) <= ROUNDING

    def short_of(self, value: float) -> float:
        """How far a value is from the criterion, in the statistic's own unit; 0 or less if it meets it.

        Raises ValueError if nothing is asked.
        """
        if self.criterion is None:
            raise ValueError("nothing is asked here")
        if self.statistic in (BIAS, MEAN_DIFFERENCE):
            return abs(value) - abs(self.criterion)
        return self.criterion - value


def learning_curves(scores: Sequence[Score], rule: Rule) -> tuple[LearningCurve, ...]:
    """The curves of one trainee in one course, in the order of the scheme.

    Per tier its agreement in time, F1 or ratings, and timing bias; per code F1, sensitivity and precision, of an
    item the mean difference; and whatever else the rule asks for. An attempt at which a tier was not in play has
    no point in its curves. A curve without any value is left out.
    """
    lines: dict[_Key, _Line] = {}
    for score in sorted(scores, key=lambda one: one.done_at):
        for one in score.agreements:
            if is_told(one, rule):
                about = one.tier, one.statistic, one.code, one.detail, one.unit
                lines.setdefault(about, []).append((score, one))
    curves = (_curve(key, line, rule, lines) for key, line in lines.items())
    return tuple(one for one in curves if any(point.estimate.value is not None for point in one.points))


def is_told(one: Agreement, rule: Rule) -> bool:
    """True for an agreement that has a learning curve."""
    if not one.detail and one.statistic in (_OF_TIERS if one.code is None else _OF_CODES):
        return True
    return any(asked.tier == one.tier and _about(asked, one) for asked in rule.requirements)


def _about(asked: Requirement, one: Agreement) -> bool:
    return (asked.statistic, asked.code, asked.detail) == (one.statistic, one.code, one.detail)


_Key = tuple[str, str, str | None, str, str]
_Line = list[tuple[Score, Agreement]]


def _curve(key: _Key, line: _Line, rule: Rule, lines: Iterable[_Key]) -> LearningCurve:
    tier, statistic, code, detail, unit = key
    several = sum(other[:-1] == key[:-1] for other in lines) > 1
    newest = line[-1][1]
    found = LearningCurve(tier, statistic, tuple(_points(line)), code, detail, criterion=_criterion(newest, rule))
    return replace(found, unit=unit, unit_us=newest.tallies[0].unit_us) if several else found


def _points(line: _Line) -> Iterator[LearningPoint]:
    values: list[float] = []
    for score, one in line:
        found, rolling = _with_limits(one), None
        if found.value is not None:
            values.append(found.value)
            rolling = sum(values[-ROLLING:]) / ROLLING if len(values) >= ROLLING else None
        yield LearningPoint(
            score.done_at, score.clip, score.step_id, score.number, score.first_view, found, rolling
        )


def _with_limits(one: Agreement) -> Estimate:
    """The estimate; of an F1 without limits, with those of its events."""
    found = one.estimate
    if one.statistic != F1 or found.value is None or found.low is not None or one.confusion is None:
        return found
    names, table = one.confusion.categories, one.confusion.table
    places = [at for at, name in enumerate(names) if name != NOBODY and one.code in (None, name)]
    matched, n_a = sum(table[at][at] for at in places), sum(sum(table[at]) for at in places)
    n_b = sum(row[at] for row in table for at in places)
    limits = f1_estimate(round(matched), round(n_a), round(n_b))
    return replace(found, low=limits.low, high=limits.high, method=limits.method)


def _criterion(one: Agreement, rule: Rule) -> float | None:
    units = {tally.unit_us for tally in one.tallies}
    for asked in rule.requirements:
        if asked.tier == one.tier and _about(asked, one) and asked.unit_us in (None, *units):
            return asked.target
    if one.statistic == SENSITIVITY and (one.tier, one.code) in rule.codes:
        return rule.min_sensitivity
    return one.target
