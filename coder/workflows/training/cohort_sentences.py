"""Who is stuck on what, who drifts, and of whom nothing can be told, in words."""

from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS
from coder.model.training import Requirement
from coder.training.cohort import SIGNIFICANT, Alert, Stuck
from coder.workflows.training.cohort import Damaged
from coder.workflows.training.rule_sentences import digits_apart, requirement_name, value_words


def stuck_words(stuck: Stuck, scheme: Scheme) -> str:
    """`“Parent’s face”: F1 is 0.62 over the last three attempts; needed is 0.75.`"""
    curve = stuck.curve
    asked = Requirement(
        curve.statistic, curve.tier, curve.criterion or 0.0, curve.code, curve.detail, curve.unit_us
    )
    said = {
        "name": requirement_name(asked, scheme),
        "mean": value_words(asked, stuck.mean, digits_apart(stuck.mean, asked.target)),
        "needed": value_words(asked, asked.target),
    }
    if stuck.rising:
        return tr("{name}: {mean} over the last three attempts and rising; needed is {needed}.", **said)
    return tr("{name}: {mean} over the last three attempts; needed is {needed}.", **said)


def alert_words(alert: Alert, scheme: Scheme) -> str:
    """What is wrong with the sessions that a certified coder and another have both coded."""
    drift = alert.drift
    tier = scheme.tier(drift.tier).label
    if drift.statistic == BIAS:
        return " ".join(_timing(alert, tier))
    asked = Requirement(drift.statistic, drift.tier, drift.low or 0.0)
    return tr(
        "{name} with {other}: {mean} over the last three double-coded sessions; the floor is {floor}.",
        name=requirement_name(asked, scheme),
        other=alert.other,
        mean=value_words(asked, alert.rolling or 0.0, digits_apart(alert.rolling or 0.0, asked.target)),
        floor=value_words(asked, asked.target),
    )


def _timing(alert: Alert, tier: str) -> list[str]:
    said = []
    if alert.below and alert.rolling is not None:
        # lags are B - A: those of this coder against the other
        lag = alert.rolling if alert.drift.coder_a == alert.other else -alert.rolling
        seconds = f"{abs(lag):.2f}"
        words = {"tier": tier, "seconds": seconds, "other": alert.other}
        said.append(
            tr("{tier}: {seconds} s later than {other} over the last three double-coded sessions.", **words)
            if lag > 0
            else tr("{tier}: {seconds} s earlier than {other} over the last three double-coded sessions.", **words)
        )
    if alert.p is not None and alert.p < SIGNIFICANT:
        said.append(
            tr(
                "{tier}: later than {other} in {later} of {sessions} double-coded sessions (sign test, p = {p}).",
                tier=tier,
                other=alert.other,
                later=alert.later,
                sessions=alert.signed,
                p=f"{alert.p:.2g}",
            )
        )
    return said


def damaged_words(damaged: Damaged) -> str:
    """Why nothing else is said of somebody in a course."""
    said = {"coder": damaged.coder.name, "course": damaged.title}
    if damaged.course is None:
        return tr("A training record of {coder} is damaged, so nothing of it is counted.", **said)
    return tr("Something of {coder} in “{course}” is damaged, so nothing of it is counted.", **said)
