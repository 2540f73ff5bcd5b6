"""The courses that a trainee can choose from: those that came with the program and those that the study has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coder.desktop.tables import Column
from coder.language import later, plural, tr
from coder.model.problem import CoderError, Problem
from coder.model.training import Course, Standing, StepKind, TakenCourse
from coder.model.version import version_order
from coder.store import StudyStore
from coder.workflows.training.courses import CourseEntry
from coder.workflows.training.progress import CourseProgress, StepState, progress
from coder.workflows.training.taken import scheme_of, taken_courses
from coder.workflows.training.words import standing_words


@dataclass(frozen=True)
class CourseRow:
    """A course. path: its file, None if only the study has it. progress: None before the study has taken it.

    scheme: its title. problems: what keeps the course, or what was done in it, from being read.
    """

    path: Path | None
    course: Course | None
    scheme: str = ""
    progress: CourseProgress | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def taken(self) -> TakenCourse | None:
        """As the study has it."""
        return self.progress.taken if self.progress is not None else None

    @property
    def title(self) -> str:
        """Its title; the name of its file where that cannot be read."""
        return self.course.title if self.course is not None else self.path.name if self.path is not None else ""

    @property
    def newer(self) -> bool:
        """True if the file has a newer version than the study."""
        taken = self.taken
        if taken is None or self.course is None:
            return False
        return version_order(self.course.id.version) > version_order(taken.course.id.version)

    @property
    def begun(self) -> bool:
        """True once the trainee has begun a step of it."""
        return bool(self.last_at)

    @property
    def last_at(self) -> str:
        """When the trainee last began a step of it (ISO 8601, UTC); "" if never."""
        steps = self.progress.steps if self.progress is not None else ()
        return max((gone.attempt.began_at for step in steps for gone in step.attempts), default="")


def course_rows(store: StudyStore, coder_id: str, shipped: Sequence[CourseEntry]) -> tuple[CourseRow, ...]:
    """All courses: the shipped ones, then what else the study has taken. Raises CoderError."""
    taken = {one.course.id.name: one for one in taken_courses(store)}
    rows = []
    for entry in shipped:
        known = taken.pop(entry.course.id.name, None) if entry.course is not None else None
        scheme = entry.scheme.title if entry.scheme is not None else ""
        row = CourseRow(entry.path, entry.course, scheme, problems=entry.problems)
        rows.append(row if known is None else _begun(row, store, known, coder_id))
    rows += [_begun(CourseRow(None, one.course), store, one, coder_id) for one in taken.values()]
    return tuple(rows)


def _begun(row: CourseRow, store: StudyStore, taken: TakenCourse, coder_id: str) -> CourseRow:
    """A course that the study has; damage to one of them leaves the others to be learnt."""
    try:
        scheme = row.scheme or scheme_of(store, taken).title
        return replace(row, scheme=scheme, progress=progress(store, taken, coder_id))
    except CoderError as error:
        return replace(row, problems=tuple(error.problems))


def _state(row: CourseRow) -> str:
    if row.problems:
        return tr("cannot be read")
    if row.progress is None or not row.begun:
        return tr("not begun")
    done = sum(step.state is StepState.DONE for step in row.progress.steps)
    where = row.progress.where
    if where.standing is Standing.IN_TRAINING:
        return tr("{done} of {all} steps", done=done, all=len(row.progress.steps))
    return standing_words(where.standing)


def _tone(row: CourseRow) -> str:
    if row.problems:
        return "error"
    if row.progress is None or not row.begun:
        return "muted"
    return STANDING_TONES[row.progress.where.standing]


STANDING_TONES = {
    Standing.IN_TRAINING: "muted",
    Standing.FAILED: "warning",
    Standing.CERTIFIED: "good",
    Standing.DUE_SOON: "warning",
    Standing.EXPIRED: "warning",
    Standing.ABSENT: "warning",
}

COURSE_COLUMNS: tuple[Column[CourseRow], ...] = (
    Column(later("Course"), lambda row: row.title, tip=lambda row: row.title, wide=True),
    Column(later("Where you are"), _state, tone=_tone, width_px=200, least_px=140),
)


def steps_text(course: Course) -> str:
    """`3 to watch, 4 to practise, 3 in the test`."""
    kinds = [step.kind for step in course.steps]
    watch, practise = kinds.count(StepKind.GUIDED), kinds.count(StepKind.PRACTICE)
    sets = [len(course.tests(number)) for number in course.test_sets]
    parts = [
        plural("{count} clip to watch", "{count} clips to watch", watch) if watch else "",
        plural("{count} to practise", "{count} to practise", practise) if practise else "",
        plural("{count} in the test", "{count} in the test", sets[0]) if sets else "",
    ]
    return ", ".join(filter(None, parts))
