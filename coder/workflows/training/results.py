"""What came of an attempt, once it may be shown; the master of a guided step; nothing else opens a master."""

from dataclasses import dataclass
from pathlib import Path

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.study import Coder, Media, Session
from coder.model.training import Attempt, Exercise, Master, Score, Step, TakenCourse
from coder.store import StudyStore
from coder.training.differences import Difference
from coder.training.patterns import Pattern


@dataclass(frozen=True)
class Result:
    """An attempt beside the master.

    films: the session's, and where each lies. scheme: in the language that is spoken. master: the master's codes as
    pass A, its zones applied to this attempt. coding: the trainee's pass, B. key: the master as it was made, with
    its zones and origin. differences: in the order of time. patterns: what stands out, weightiest first. exercises:
    of the step.
    """

    attempt: Attempt
    step: Step
    taken: TakenCourse
    coder: Coder
    session: Session
    films: tuple[tuple[Media, Path], ...]
    scheme: Scheme
    master: CodingPass
    coding: CodingPass
    key: Master
    score: Score
    differences: tuple[Difference, ...]
    patterns: tuple[Pattern, ...]
    exercises: tuple[Exercise, ...] = ()


@dataclass(frozen=True)
class Watched:
    """What a guided step shows. coding: the master's codes as a pass. exercises: as the course lists them, or made
    from the master where it lists none."""

    taken: TakenCourse
    step: Step
    coding: CodingPass
    master: Master
    scheme: Scheme
    session: Session
    films: tuple[tuple[Media, Path], ...]
    exercises: tuple[Exercise, ...] = ()


def result(store: StudyStore, attempt_id: str) -> Result:
    """What came of a submitted attempt. Raises CodingError, one sentence, while nothing of it may be shown."""
    raise NotImplementedError


def scores(store: StudyStore, taken: TakenCourse, coder_id: str) -> tuple[Score, ...]:
    """The scores of all attempts at practice and test steps that may be shown, in the order of their submission."""
    raise NotImplementedError


def results(store: StudyStore, taken: TakenCourse, coder_id: str) -> tuple[Result, ...]:
    """`result` of all attempts that may be shown, in the order of their submission."""
    raise NotImplementedError


def master_to_watch(store: StudyStore, taken: TakenCourse, step_id: str) -> Watched:
    """The master of a guided step. Raises CodingError for any other step: its master is sealed."""
    raise NotImplementedError
