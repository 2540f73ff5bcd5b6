"""Whether a requirement is met in a score, and whether the master offers anything to judge it by."""

from coder.model.agreement import Agreement
from coder.model.statistic import (
    AC1,
    AC2,
    ACCURACY,
    ALPHA,
    BIAS,
    DURATION_RATIO,
    EVENT_KAPPA,
    F1,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    LATE_LAG,
    MEAN_DIFFERENCE,
    MEDIAN_LAG,
    OVERLAP,
    PRECISION,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
    WEIGHTED_KAPPA,
)
from coder.model.training import Requirement, Score
from coder.reliability.words import NOBODY, RATINGS

RATINGS_AT_LEAST = 5
"""An ICC is judged by where the master has so many ratings (statistics.md B15)."""

_AT_MOST = (BIAS, MEDIAN_LAG, LATE_LAG, MEAN_DIFFERENCE)
_TIMES = (BIAS, MEDIAN_LAG, LATE_LAG)
_OF_EVENTS = (F1, SENSITIVITY, PRECISION, SPECIFIC)
BY_CHANCE = (
    *(TIME_UNIT_KAPPA, TOLERANT_KAPPA_A, TOLERANT_KAPPA_B, EVENT_KAPPA, KAPPA, WEIGHTED_KAPPA),
    *(ACCURACY, ALPHA, AC1, AC2),
)
"""What tells nothing where the master has one code only."""

_CORRELATED = (ICC, ICC_ONE_WAY)
_OF_TIME = (DURATION_RATIO, OVERLAP)
_ROUNDING = 1e-9


def fitting(asked: Requirement, score: Score) -> Agreement | None:
    """The agreement that a requirement is about; None if the score has none, as its tier was not in play."""
    about = (asked.statistic, asked.tier, asked.code, asked.detail)
    for one in score.agreements:
        if (one.statistic, one.tier, one.code, one.detail) == about and _in_unit(one, asked.unit_us):
            return one
    return None


def _in_unit(one: Agreement, unit_us: int | None) -> bool:
    return unit_us is None or any(tally.unit_us == unit_us for tally in one.tallies)


def judged(asked: Requirement, score: Score) -> bool | None:
    """Whether a requirement is met; None where the master offers nothing to judge it by.

    What is undefined although the master offers something, as the trainee coded nothing or one code only, is not
    met. Nor is agreement on ratings of which the trainee left some out.
    """
    found = fitting(asked, score)
    if found is None or not offered(asked, found, score):
        return None
    value = found.estimate.value
    if value is None:
        return False
    if found.unit == RATINGS and found.estimate.n < _seen(asked, score):
        return False
    if asked.statistic in _AT_MOST:
        return abs(value) <= abs(asked.target) + _ROUNDING
    return value >= asked.target - _ROUNDING


def offered(asked: Requirement, found: Agreement, score: Score) -> bool:
    """True if the master has something there by which the requirement can be judged."""
    if found.detail and not found.counts.get("matched"):
        return found.counts.get("events_a", 0) > 0
    if asked.statistic in _TIMES:
        # the first of a row of states begins with the window, where nobody marked anything
        lasting = any(one.tier == asked.tier and one.statistic == EVENT_KAPPA for one in score.agreements)
        return _seen(asked, score) > lasting
    if asked.statistic in _OF_TIME:
        return found.counts.get("seconds_a", 0) > 0
    if found.unit == RATINGS:
        return _ratings_offered(asked, found, score)
    if found.confusion is None:
        return found.estimate.value is not None
    return _in_table(asked, found)


def _ratings_offered(asked: Requirement, found: Agreement, score: Score) -> bool:
    times = _seen(asked, score)
    if asked.statistic in _CORRELATED and times < RATINGS_AT_LEAST:
        return False
    if asked.statistic not in (*_CORRELATED, *BY_CHANCE):
        return times > 0
    given = {value for tally in found.tallies for value, _ in tally.values}
    # what the trainee left out altogether is no reason to ask for less
    return times > 0 and len(given) != 1


def _in_table(asked: Requirement, found: Agreement) -> bool:
    """By how often the master has each category: rows of the table."""
    assert found.confusion is not None
    pairs = zip(found.confusion.categories, found.confusion.table, strict=True)
    times = {name: sum(row) for name, row in pairs if name != NOBODY}
    _, _, option = found.detail.partition("=")
    one = asked.code if asked.code in times else option or None
    if asked.statistic in BY_CHANCE:
        others = sum(count for name, count in times.items() if name != one)
        return bool(times.get(one, 0) and others) if one else sum(map(bool, times.values())) > 1
    if asked.statistic in _OF_EVENTS and one:
        return times.get(one, 0) > 0
    return sum(times.values()) > 0


def _seen(asked: Requirement, score: Score) -> int:
    """How often the master has the code, or any code of the tier."""
    return sum(
        times for (tier, code), times in score.seen.items() if tier == asked.tier and asked.code in (None, code)
    )
