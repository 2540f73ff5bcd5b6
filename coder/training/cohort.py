"""Who is stuck on what, and whether certified coders still code as they were certified."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.model.agreement import Drift
from coder.reliability import CodedSession
from coder.training.curve import LearningCurve


@dataclass(frozen=True, slots=True)
class Stuck:
    """A curve whose newest running mean misses its criterion.

    mean: the newest running mean. before: the running mean one attempt earlier, None if there is none. attempts:
    how many have a value.
    """

    curve: LearningCurve
    mean: float
    before: float | None
    attempts: int

    @property
    def rising(self) -> bool:
        """True if the newest running mean is nearer to the criterion than the one before."""
        raise NotImplementedError


def stuck(curves: Iterable[LearningCurve]) -> tuple[Stuck, ...]:
    """The curves with a criterion that their newest running mean misses, the farthest from it first."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Alert:
    """What is wrong with a certified coder's double-coded sessions.

    drift: with one other coder, sessions since the certificate only. below: the rolling mean of the last three is
    below the floor. later, signed, p: sign test of timing bias: in how many of `signed` sessions the coder was the
    later of the two, and the two-sided p of that.
    """

    drift: Drift
    other: str
    rolling: float | None
    below: bool
    later: int = 0
    signed: int = 0
    p: float | None = None


def alerts(sessions: Sequence[CodedSession], coder: str, since: str) -> tuple[Alert, ...]:
    """What calls for action in a coder's double-coded sessions since a certificate. since: ISO 8601, UTC."""
    raise NotImplementedError
