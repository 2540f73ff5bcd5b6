"""Going at a step: beginning an attempt, and finishing a guided one. A pass of an attempt is submitted like any."""

from dataclasses import dataclass

from coder.model.training import Attempt, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.history import Gone, attempt_of, attempts, gone

__all__ = [
    "Again",
    "Gone",
    "attempt_of",
    "attempts",
    "begin_attempt",
    "begin_guided",
    "finish_guided",
    "gone",
]


@dataclass(frozen=True, slots=True)
class Again:
    """Try again from a place: the own codes of an attempt before `at_us` (session clock) are kept."""

    attempt_id: str
    at_us: int


def begin_attempt(
    store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str, again: Again | None = None
) -> Attempt:
    """An attempt at a practice or test step, with an open pass of its own; the one that is open already, if any.

    again: only of practice; a state that holds there is cut. Raises CodingError, one sentence, for a step that is
    locked, or a clip of a test that was coded.
    """
    raise NotImplementedError


def begin_guided(store: StudyStore, taken: TakenCourse, step_id: str, coder_id: str) -> Attempt:
    """An attempt at a guided step; the one that is open already, if any. Raises CodingError for one that is locked."""
    raise NotImplementedError


def finish_guided(store: StudyStore, attempt_id: str, right: int, asked: int) -> None:
    """Write down that a guided step was watched through, and how many exercises were right; again: does nothing."""
    raise NotImplementedError
