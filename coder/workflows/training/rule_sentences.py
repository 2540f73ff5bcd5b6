"""The rule of certification in words: what it asks, what came of each thing, and the decision."""

from collections.abc import Callable

from coder.language import later, plural, tr
from coder.model import statistic as names
from coder.model.agreement import Estimate
from coder.model.scheme import Scheme, TierKind
from coder.model.time import SECOND_US
from coder.model.training import Criterion, Decision, Matter, Requirement, Rule
from coder.workflows.training.habit_sentences import detail_name

_STATISTICS = {
    names.F1: later("F1 (found, and nothing extra)"),
    names.SENSITIVITY: later("share of the master’s events found"),
    names.PRECISION: later("share of your events that are right"),
    names.BIAS: later("timing bias"),
    names.ACCURACY: later("estimated accuracy"),
    names.TIME_UNIT_KAPPA: later("kappa of time units"),
    names.EVENT_KAPPA: later("kappa of events"),
    names.KAPPA: later("kappa"),
    names.WEIGHTED_KAPPA: later("weighted kappa"),
    names.AGREEMENT: later("share of the time alike"),
    names.SPECIFIC: later("specific agreement"),
    names.ICC: later("ICC of the ratings"),
    names.EXACT: later("share of ratings exactly alike"),
    names.WITHIN_ONE: later("share of ratings within one point"),
    names.MEAN_DIFFERENCE: later("mean difference of the ratings"),
}
_DISTANCES = (names.BIAS, names.MEAN_DIFFERENCE)
"""Statistics whose target is the greatest distance from 0."""

_MOST_DIGITS = 6
_SHARES = (names.AGREEMENT, names.EXACT, names.WITHIN_ONE, names.SENSITIVITY, names.PRECISION)


def requirement_name(requirement: Requirement, scheme: Scheme) -> str:
    """`Child’s gaze: estimated accuracy (units of 0.5 s)`: what is measured, without its target."""
    known = _STATISTICS.get(requirement.statistic, requirement.statistic)
    statistic = tr(known)
    tier = scheme.tier(requirement.tier)
    if requirement.detail:
        about = tr("{tier}, {detail}", tier=tier.label, detail=_detail(requirement, scheme))
    elif requirement.code is not None:
        about = tr("“{code}”", code=scheme.name_of(requirement.tier, requirement.code))
    else:
        about = tier.label
    if requirement.unit_us is not None and tier.kind is not TierKind.INTERVAL:
        unit = f"{requirement.unit_us / SECOND_US:g}"
        return tr("{about}: {statistic} (units of {unit} s)", about=about, statistic=statistic, unit=unit)
    return tr("{about}: {statistic}", about=about, statistic=statistic)


def _detail(requirement: Requirement, scheme: Scheme) -> str:
    detail, _, _ = requirement.detail.partition("=")
    return detail_name(scheme, requirement.tier, detail)


def requirement_words(requirement: Requirement, scheme: Scheme) -> str:
    """`Child’s gaze: estimated accuracy (units of 0.5 s) at least 0.85`."""
    name, target = requirement_name(requirement, scheme), value_words(requirement, requirement.target)
    if requirement.statistic in _DISTANCES:
        return tr("{name} at most {target} either way", name=name, target=target)
    return tr("{name} at least {target}", name=name, target=target)


def value_words(requirement: Requirement, value: float, digits: int | None = None) -> str:
    """A value of what is required, with its unit. digits: decimals; as many as it has if left out."""
    if requirement.statistic in _SHARES:
        return _share(value, digits)
    number = f"{value:z.{max(2, _decimals(value)) if digits is None else digits}f}".replace("-", "−")
    if requirement.statistic == names.BIAS:
        return tr("{number} s", number=number)
    if requirement.statistic == names.MEAN_DIFFERENCE:
        return tr("{number} points", number=number)
    return number


def _share(value: float, digits: int | None = None) -> str:
    """Of a share `digits` counts its own decimals: two of them are whole percent."""
    decimals = max(0, (_decimals(value) if digits is None else digits) - 2)
    return f"{100 * value:.{decimals}f}\u202f%"


def _decimals(value: float) -> int:
    """How many decimals a target is written with."""
    text = f"{value:.{_MOST_DIGITS}f}".rstrip("0")
    return len(text) - text.index(".") - 1


def digits_apart(value: float, target: float) -> int:
    """So many decimals that what missed a target by a hair does not look as if it had reached it."""
    digits = 2
    while digits < _MOST_DIGITS and value != target and f"{value:.{digits}f}" == f"{target:.{digits}f}":
        digits += 1
    return digits


def rule_words(rule: Rule, scheme: Scheme) -> tuple[str, ...]:
    """What you need to pass, a sentence each; shown before the test."""
    said = [
        plural(
            "All of this must be reached on {count} clip that you code for the first time:",
            "All of this must be reached on each of {count} different clips in a row, coded for the first time:",
            rule.clips,
        ),
        *(tr("• {requirement}", requirement=requirement_words(one, scheme)) for one in rule.requirements),
    ]
    if rule.codes:
        said.append(
            tr(
                "These clips together show each of the following codes at least {count} times, and you find at "
                "least {share} of each: {codes}.",
                count=rule.min_events,
                share=_share(rule.min_sensitivity),
                codes=", ".join(tr("“{code}”", code=scheme.name_of(*one)) for one in rule.codes),
            )
        )
    said.append(tr("Only your first attempt at a clip counts."))
    said.append(
        plural("A certificate holds for {count} day.", "A certificate holds for {count} days.", rule.valid_days)
    )
    said.append(
        plural(
            "Who has not coded with the scheme for more than {count} day takes a test again.",
            "Who has not coded with the scheme for more than {count} days takes a test again.",
            rule.absence_days,
        )
    )
    return tuple(said)


def criterion_words(criterion: Criterion, scheme: Scheme) -> str:
    """One thing that the rule asks, and what came of it, with its limits. The clip is not named."""
    if criterion.requirement is not None:
        return _metric(criterion, criterion.requirement, scheme)
    got = 0.0 if criterion.got is None or criterion.got.value is None else criterion.got.value
    if criterion.code is not None:
        code = scheme.name_of(*criterion.code)
        if criterion.matter is Matter.SENSITIVITY:
            return _found(criterion, code)
        return tr(
            "“{code}”: the clips show it {got} times; it takes {needed}.",
            code=code,
            got=f"{got:.0f}",
            needed=f"{criterion.needed:.0f}",
        )
    return tr(
        "Different clips in a row, coded for the first time: {got}; it takes {needed}.",
        got=f"{got:.0f}",
        needed=f"{criterion.needed:.0f}",
    )


def _metric(criterion: Criterion, requirement: Requirement, scheme: Scheme) -> str:
    asked = requirement_words(requirement, scheme)
    got = criterion.got
    if got is not None and got.value is not None:
        reached = _with_limits(
            got, requirement.target, lambda value, digits: value_words(requirement, value, digits)
        )
        if criterion.met is None and criterion.clip:
            return tr("{asked}. Too little here to judge by: {reached}.", asked=asked, reached=reached)
        return tr("{asked}. Reached: {reached}.", asked=asked, reached=reached)
    if criterion.met is None:
        return tr("{asked}. There is nothing here to judge it by.", asked=asked)
    return tr("{asked}. What you coded gives no number, as with no code, or one, throughout.", asked=asked)


def _found(criterion: Criterion, code: str) -> str:
    needed, got = _share(criterion.needed), criterion.got
    if got is None or got.value is None:
        return tr("“{code}”: you find at least {needed}. The clips do not show it.", code=code, needed=needed)
    reached = _with_limits(got, criterion.needed, _share)
    return tr(
        "“{code}”: you find at least {needed}. Reached: {reached}.", code=code, needed=needed, reached=reached
    )


def _with_limits(got: Estimate, target: float, said: Callable[[float, int], str]) -> str:
    value = "" if got.value is None else said(got.value, digits_apart(got.value, target))
    if got.low is None or got.high is None:
        return value
    low, high = said(got.low, 2), said(got.high, 2)
    return tr("{value} (95 % limits {low} to {high})", value=value, low=low, high=high)


def decision_words(decision: Decision, scheme: Scheme) -> tuple[str, ...]:
    """Passed or not, in a sentence; then what was missing, a sentence each."""
    clips = ", ".join(decision.clips)
    if decision.passed:
        return (tr("You have passed: everything that the rule asks was reached ({clips}).", clips=clips),)
    said = [
        plural(
            "You have not passed: {count} thing that the rule asks was not reached.",
            "You have not passed: {count} things that the rule asks were not reached.",
            len(decision.unmet),
        )
    ]
    for one in decision.unmet:
        words, clip = criterion_words(one, scheme), one.clip
        if one.matter is Matter.METRIC:
            clip = clip or tr("All clips together")
        said.append(tr("{clip}: {words}", clip=clip, words=words) if clip else words)
    return tuple(said)
