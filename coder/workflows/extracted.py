"""What became of measuring, film by film and session by session."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coder.language import plural, tr
from coder.model.problem import FeatureError, Problem

_MINUTE_S, _HOUR_S = 60, 3600
_ROUGHLY = 10  # minutes are told in tens where there are hours


class Became(StrEnum):
    """What became of a film. NOTHING: there is nothing in it to be measured (no sound, no pictures)."""

    FAILED = "failed"
    CANCELLED = "cancelled"
    MEASURED = "measured"
    THERE = "there already"
    NOTHING = "nothing to measure"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one film and one extractor. problems: why it failed, or what it has not."""

    session_id: str
    session: str
    media_id: str
    extractor: str
    became: Became
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of everything that was asked for, in the order in which it was settled."""

    outcomes: tuple[Outcome, ...]

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The films that could not be measured."""
        return tuple(outcome for outcome in self.outcomes if outcome.became == Became.FAILED)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that went wrong, once each, with the name of its session."""
        return tuple(
            dict.fromkeys(
                Problem(
                    tr("{session}: {what}", session=outcome.session, what=problem.what),
                    problem.where,
                    problem.hint,
                )
                for outcome in self.failed
                for problem in outcome.problems
            )
        )

    def require(self) -> None:
        """Raise FeatureError with everything that went wrong, if anything did."""
        if self.failed:
            raise FeatureError(*self.problems())


def of_session(outcomes: Sequence[Outcome], session_id: str) -> Became | None:
    """What became of a session: the worst of what became of its films; None if nothing is known of it."""
    own = {outcome.became for outcome in outcomes if outcome.session_id == session_id}
    return next((became for became in Became if became in own), None)


def left_text(left_s: float | None) -> str:
    """`about 4 minutes left`; "" while that is not known."""
    if left_s is None:
        return ""
    if left_s < _MINUTE_S:
        return tr("less than a minute left")
    minutes = round(left_s / _MINUTE_S)
    if left_s < _HOUR_S:
        return plural("about {count} minute left", "about {count} minutes left", minutes)
    hours, rest = divmod(round(minutes / _ROUGHLY) * _ROUGHLY, 60)
    return tr("about {hours} h {minutes:02} min left", hours=hours, minutes=rest)
