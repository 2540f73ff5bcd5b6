"""Numbers of reliability as a person reads them, and how an estimate stands against its target."""

from enum import Enum

from coder.desktop.reliability_words import said, statistic_name
from coder.language import grouped, later, plural, tr
from coder.model.agreement import Agreement, Estimate, Status
from coder.model.statistic import (
    AGREEMENT,
    BIAS,
    EXACT,
    LATE_LAG,
    MEAN_DIFFERENCE,
    MEDIAN_LAG,
    WITHIN_ONE,
)

IN_SECONDS = (BIAS, MEDIAN_LAG, LATE_LAG)
SMALL_IS_GOOD = (*IN_SECONDS, MEAN_DIFFERENCE)
"""Statistics whose target is the most that they may be, either way from 0."""
SHARES = (AGREEMENT, EXACT, WITHIN_ONE)
DASH = "–"
_GAP = "\N{NARROW NO-BREAK SPACE}"


class Standing(Enum):
    """How an estimate stands against the scheme's own target and floor."""

    REACHED = "reached"
    BELOW = "below"
    UNDER_FLOOR = "under_floor"
    NO_TARGET = "no_target"
    TOO_FEW = "too_few"
    UNDEFINED = "undefined"
    NOT_COMPARABLE = "not_comparable"


STANDING_WORDS = {
    Standing.REACHED: later("on target"),
    Standing.BELOW: later("below target"),
    Standing.UNDER_FLOOR: later("below floor"),
    Standing.NO_TARGET: later("no target"),
    Standing.TOO_FEW: later("too few"),
    Standing.UNDEFINED: later("undefined"),
    Standing.NOT_COMPARABLE: later("not comparable"),
}
STANDING_TONES = {
    Standing.REACHED: "good",
    Standing.BELOW: "warning",
    Standing.UNDER_FLOOR: "error",
    Standing.NO_TARGET: "",
    Standing.TOO_FEW: "muted",
    Standing.UNDEFINED: "muted",
    Standing.NOT_COMPARABLE: "muted",
}
_WITHOUT = {Status.TOO_FEW: Standing.TOO_FEW, Status.NOT_COMPARABLE: Standing.NOT_COMPARABLE}
WORST_FIRST = (
    Standing.UNDER_FLOOR,
    Standing.BELOW,
    Standing.REACHED,
    Standing.TOO_FEW,
    Standing.NOT_COMPARABLE,
    Standing.UNDEFINED,
    Standing.NO_TARGET,
)


def standing(one: Agreement) -> Standing:
    """How an agreement stands; a number that rests on too little stands nowhere."""
    found = one.estimate
    if found.status is not Status.OK or found.value is None:
        return _WITHOUT.get(found.status, Standing.UNDEFINED)
    if one.target is None:
        return Standing.NO_TARGET
    if _reaches(one.statistic, found.value, one.target):
        return Standing.REACHED
    under = one.floor is not None and not _reaches(one.statistic, found.value, one.floor)
    return Standing.UNDER_FLOOR if under else Standing.BELOW


def unsure(one: Agreement) -> bool:
    """True if the target is reached, but the interval goes on beyond it."""
    found = one.estimate
    if standing(one) is not Standing.REACHED or one.target is None:
        return False
    return any(end is not None and not _reaches(one.statistic, end, one.target) for end in (found.low, found.high))


def number_text(statistic: str, value: float | None) -> str:
    """`0.87`, `92 %`, `+0.38 s`; a dash where it is not defined."""
    if value is None:
        return DASH
    if statistic in SHARES:
        return f"{100 * value:.0f}{_GAP}%"
    if statistic in IN_SECONDS:
        return _signed(f"{value:{'+' if statistic == BIAS else ''}z.2f}{_GAP}s")
    if statistic == MEAN_DIFFERENCE:
        return _signed(f"{value:+z.2f}")
    return _signed(f"{value:z.2f}")


def interval_text(statistic: str, found: Estimate) -> str:
    """`0.81 to 0.93`; "" without an interval."""
    if found.low is None or found.high is None:
        return ""
    low, high = (number_text(statistic, end) for end in (found.low, found.high))
    return tr("{low} to {high}", low=low, high=high)


def sentence(one: Agreement) -> str:
    """All that is to be known of an agreement, in one or a few sentences."""
    found, name = one.estimate, statistic_name(one.statistic)
    if found.value is None:
        return tr("{statistic} is not defined. {why}", statistic=name, why=said(found.sentence))
    parts = [f"{name}: {number_text(one.statistic, found.value)}"]
    if found.low is not None:
        parts[0] += ", " + tr(
            "95 % interval {interval} ({method})",
            interval=interval_text(one.statistic, found),
            method=said(found.method),
        )
    parts[0] += "."
    parts.append(_rests_on(one))
    parts += [said(found.sentence)] if found.sentence else []
    parts += [_against_target(one)] if one.target is not None else []
    return " ".join(parts)


def _rests_on(one: Agreement) -> str:
    n, unit = grouped(one.estimate.n), said(one.unit)
    if "sessions" not in one.counts:
        return tr("It rests on {n} ({unit}).", n=n, unit=unit)
    sessions = round(one.counts["sessions"])
    if one.statistic in IN_SECONDS:
        return plural(
            "It rests on {n} matched events of {count} session.",
            "It rests on {n} matched events of {count} sessions.",
            sessions,
            n=n,
        )
    return plural(
        "It rests on {n} ({unit}) of {count} session.",
        "It rests on {n} ({unit}) of {count} sessions.",
        sessions,
        n=n,
        unit=unit,
    )


def _against_target(one: Agreement) -> str:
    target = number_text(one.statistic, one.target)
    where = standing(one)
    if where is Standing.REACHED and unsure(one):
        return tr(
            "The scheme’s target of {target} is reached, but the interval goes on beyond it: more double-coded "
            "sessions would tell.",
            target=target,
        )
    if where is Standing.REACHED:
        return tr("The scheme’s target of {target} is reached.", target=target)
    if where is Standing.BELOW:
        return tr("The scheme’s target of {target} is not reached.", target=target)
    if where is Standing.UNDER_FLOOR:
        floor = number_text(one.statistic, one.floor)
        return tr(
            "It misses the scheme’s target of {target} and its floor of {floor}.", target=target, floor=floor
        )
    return tr("The scheme’s target is {target}.", target=target)


def _reaches(statistic: str, value: float, goal: float) -> bool:
    return abs(value) <= goal if statistic in SMALL_IS_GOOD else value >= goal


def _signed(text: str) -> str:
    return text.replace("-", "−")
