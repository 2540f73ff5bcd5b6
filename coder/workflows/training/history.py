"""What trainees have gone at, as the study keeps it: read by everything that decides what may be shown."""

from dataclasses import dataclass

from coder.model.training import Attempt, Step, TakenCourse
from coder.store import StudyStore


@dataclass(frozen=True, slots=True)
class Gone:
    """An attempt and what became of it.

    submitted_at: ISO 8601, UTC, "" while it is open; of a guided step when it was finished. sealed: nothing of it
    may be shown yet, though it is submitted: it belongs to a test that is not done. right, asked: of the exercises
    of a guided step.
    """

    attempt: Attempt
    submitted_at: str = ""
    sealed: bool = False
    right: int = 0
    asked: int = 0

    @property
    def done(self) -> bool:
        """True once it was submitted, or finished."""
        return bool(self.submitted_at)


def attempts(
    store: StudyStore, taken: TakenCourse | None = None, coder_id: str | None = None
) -> tuple[Attempt, ...]:
    """The attempts of the study, at one course, of one coder, in the order in which they were begun."""
    raise NotImplementedError


def gone(store: StudyStore, taken: TakenCourse, coder_id: str) -> tuple[Gone, ...]:
    """What a trainee has gone at in a course, in the order in which it was begun."""
    raise NotImplementedError


def attempt_of(store: StudyStore, pass_id: str) -> Attempt | None:
    """The attempt that a pass is, if it is one."""
    raise NotImplementedError


def set_done(store: StudyStore, taken: TakenCourse, coder_id: str, test_set: int) -> bool:
    """True once the last clip of a test was submitted: only then may anything of it be shown."""
    raise NotImplementedError


def step_of(taken: TakenCourse, attempt: Attempt) -> Step:
    """The step that an attempt was at."""
    raise NotImplementedError
