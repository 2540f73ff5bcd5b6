"""Texts for people: names of roles and purposes, lengths, shares, dates."""

from datetime import date, datetime

from coder.language import later, plural, tr
from coder.model.study import Purpose, Role
from coder.model.time import SECOND_US

ROLE_NAMES = {
    Role.CLINICIAN: later("Clinician"),
    Role.SUPERVISOR: later("Supervisor"),
    Role.TRAINEE: later("Trainee"),
}
PURPOSE_NAMES = {
    Purpose.MAIN: later("Main coding"),
    Purpose.RELIABILITY: later("Reliability (coded a second time, blind)"),
    Purpose.TRAINING: later("Training"),
    Purpose.CONSENSUS: later("Consensus"),
}
PURPOSE_WORDS = {
    Purpose.MAIN: later("Main"),
    Purpose.RELIABILITY: later("Reliability"),
    Purpose.TRAINING: later("Training"),
    Purpose.CONSENSUS: later("Consensus"),
}


def breakable(place: str) -> str:
    """A path that can be wrapped: a zero-width space behind every separator."""
    return place.replace("/", "/\u200b").replace("\\", "\\\u200b")


def length_text(duration_us: int) -> str:
    """`3:07` or `1:02:07`: how long a film is, for people."""
    seconds = round(duration_us / SECOND_US)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def share_text(share: float | None) -> str:
    """`92 %`, or a dash where there is no number."""
    return "–" if share is None else f"{share:.0%}".replace("%", "\u202f%")


def when_text(moment: str, today: date) -> str:
    """`today`, `yesterday`, `3 days ago`, else the date, from an ISO 8601 text; "" if it is none."""
    try:
        then = datetime.fromisoformat(moment).astimezone().date()
    except ValueError:
        return ""
    days = (today - then).days
    if days == 0:
        return tr("today")
    if days == 1:
        return tr("yesterday")
    return plural("{count} day ago", "{count} days ago", days) if 1 < days < 7 else then.isoformat()
