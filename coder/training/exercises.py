"""Exercises of a guided step: questions about a master's events, and what is right about an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from coder.model.coding import Event
from coder.model.scheme import Scheme
from coder.model.time import Span
from coder.model.training import Exercise, Master

MOST = 8
"""So many exercises a clip at most, unless the course lists its own."""


class Grade(StrEnum):
    """What an answer is worth. NEAR: an onset within the tier's tolerance, but further off than marks should lie."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an answer. event: the master's, whose note is the reason. codes: all that are right, the
    master's own first. off_us: how much later than the master (or than its zone) an onset was put; 0 inside the
    zone. right: where an onset is right, its end included.
    """

    exercise: Exercise
    grade: Grade
    event: Event
    codes: tuple[str, ...]
    off_us: int = 0
    right: Span | None = None


def exercises(
    master: Master, scheme: Scheme, tiers: Collection[str] = (), most: int = MOST
) -> tuple[Exercise, ...]:
    """Questions about the master's events in the order of time: every code of the tiers in play once before any a
    second time, the first of each as a code, the next as an onset. None about uncodable time, about what may as
    well be left unmarked, or about a state that holds when the window begins."""
    raise NotImplementedError


def judged(exercise: Exercise, answer: str | int, master: Master, scheme: Scheme) -> Judged:
    """What an answer is worth. answer: a code's id, or for ONSET where it begins (µs, clock of the session).

    Raises KeyError if the master has no such event, TypeError for an answer of the wrong kind.
    """
    raise NotImplementedError
