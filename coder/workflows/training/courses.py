"""Courses: the files that there are, and taking one into a study, with its clips as sessions and its masters sealed."""

from dataclasses import dataclass
from pathlib import Path

from coder.model.problem import Problem
from coder.model.scheme import Scheme
from coder.model.training import Course, Master, TakenCourse
from coder.store import StudyStore
from coder.workflows.steps import Steps


@dataclass(frozen=True)
class CourseEntry:
    """A course file. course: None where it cannot be read; `problems` say why. scheme: in the language spoken."""

    path: Path
    course: Course | None = None
    scheme: Scheme | None = None
    problems: tuple[Problem, ...] = ()


def shipped_courses() -> tuple[CourseEntry, ...]:
    """The courses that came with this install, by name of their files."""
    raise NotImplementedError


def course_entry(path: Path) -> CourseEntry:
    """What is in one course file; never raises for what is wrong with it."""
    raise NotImplementedError


def training_folder() -> Path:
    """Where the training study lies unless a person says otherwise."""
    raise NotImplementedError


def training_study() -> StudyStore:
    """The training study of this computer, opened; made the first time. Raises StoreError."""
    raise NotImplementedError


def take_course(store: StudyStore, path: Path) -> TakenCourse:
    """`take_course_steps`, run to its end."""
    raise NotImplementedError


def take_course_steps(store: StudyStore, path: Path) -> Steps[TakenCourse]:
    """Take a course into a study: its scheme, each clip as a session, all masters sealed.

    The same file again changes nothing (films that have moved are found again). A newer version of a course that the
    study has keeps sessions and attempts of the steps that it still has. Raises FormatError for a file that is no
    course, CoderError if the study holds the answers, if the same version has other content, if a film is not the
    one that the master was coded on, or while somebody is in the middle of one of its tests.
    """
    raise NotImplementedError


def taken_courses(store: StudyStore) -> tuple[TakenCourse, ...]:
    """The courses that the study has, each in its newest version, in the order in which they were taken first."""
    raise NotImplementedError


def taken_course(store: StudyStore, course_id: str) -> TakenCourse:
    """The one of that id, or of that name. Raises CoderError that lists the names there are."""
    raise NotImplementedError


def scheme_of(store: StudyStore, taken: TakenCourse) -> Scheme:
    """The course's scheme, in the language that is spoken."""
    raise NotImplementedError


def master_of(store: StudyStore, master_id: str) -> Master:
    """One version of a master, opened. Only for what may be shown, and for deciding."""
    raise NotImplementedError
