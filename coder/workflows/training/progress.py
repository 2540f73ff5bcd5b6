"""How far a trainee is in a course: what is done, what is open, what comes next, and why something is locked."""

from dataclasses import dataclass
from enum import StrEnum

from coder.model.study import Coder
from coder.model.training import Attempt, Certificate, Step, TakenCourse
from coder.store import StudyStore
from coder.workflows.training.certifying import Where
from coder.workflows.training.history import Gone


class StepState(StrEnum):
    """Where a step stands. A practice step that was submitted once is DONE, however often it is tried again."""

    LOCKED = "locked"
    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"


@dataclass(frozen=True)
class StepProgress:
    """One step. why: a sentence that says why it is locked, "" if it is not."""

    step: Step
    state: StepState
    why: str = ""
    attempts: tuple[Gone, ...] = ()

    @property
    def begun(self) -> Attempt | None:
        """The attempt that is open: to go on with; None if there is none."""
        raise NotImplementedError

    @property
    def last(self) -> Gone | None:
        """The newest attempt that was submitted or finished; None if there is none."""
        raise NotImplementedError

    @property
    def may_try(self) -> bool:
        """True if the trainee may begin it, go on, or (guided and practice) do it again."""
        raise NotImplementedError


@dataclass(frozen=True)
class SetState:
    """One test. done: how many of its `clips` were submitted. passed: None until the last one was. why: as of a
    step."""

    test_set: int
    state: StepState
    why: str
    done: int
    clips: int
    passed: bool | None = None


@dataclass(frozen=True)
class CourseProgress:
    """A trainee in a course.

    next: what to do now, None if there is nothing to do (certified) or nothing left (failed, no further test).
    certificate: the newest one. where: where the trainee stands today.
    """

    taken: TakenCourse
    coder: Coder
    steps: tuple[StepProgress, ...]
    next: Step | None
    tests: tuple[SetState, ...]
    certificate: Certificate | None
    where: Where

    def of(self, step_id: str) -> StepProgress:
        """The step of that id. Raises KeyError."""
        raise NotImplementedError


def progress(store: StudyStore, taken: TakenCourse, coder_id: str) -> CourseProgress:
    """How far a trainee is. A certificate that a crash kept from being issued is issued now."""
    raise NotImplementedError
