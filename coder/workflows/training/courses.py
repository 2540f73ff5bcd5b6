"""Courses: the files that there are, the study that training lies in, and what a study has taken."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from coder.formats.course_file import course_files, read_course
from coder.language import tr
from coder.model.problem import CoderError, Problem
from coder.model.scheme import Scheme
from coder.model.training import Course
from coder.settings.folders import data_folder
from coder.settings.shipped import shipped
from coder.store import StudyStore
from coder.store.opening import STUDY_FILE
from coder.workflows.scheme_languages import in_language
from coder.workflows.studies import new_study, open_study
from coder.workflows.training.taken import scheme_of, taken_course, taken_courses
from coder.workflows.training.taking import take_course, take_course_steps

__all__ = [
    "CourseEntry",
    "course_entry",
    "scheme_of",
    "shipped_courses",
    "take_course",
    "take_course_steps",
    "taken_course",
    "taken_courses",
    "training_folder",
    "training_study",
]


@dataclass(frozen=True)
class CourseEntry:
    """A course file. course: None where it cannot be read; `problems` say why. scheme: in the language spoken."""

    path: Path
    course: Course | None = None
    scheme: Scheme | None = None
    problems: tuple[Problem, ...] = ()


def shipped_courses() -> tuple[CourseEntry, ...]:
    """The courses that came with this install, by name of their files."""
    return tuple(course_entry(path) for path in course_files(shipped("sample_media") / "courses"))


def course_entry(path: Path) -> CourseEntry:
    """What is in one course file; never raises for what is wrong with it."""
    try:
        file = read_course(path, shipped("schemes"))
    except CoderError as error:
        return CourseEntry(path, problems=tuple(error.problems))
    return CourseEntry(path, file.course, in_language(file.scheme))


def training_folder() -> Path:
    """Where the training study lies unless a person says otherwise."""
    return data_folder() / "training-study"


def training_study() -> StudyStore:
    """The training study of this computer, opened; made the first time. Raises StoreError.

    Films of built-in courses are found again where the program has moved since.
    """
    folder = training_folder()
    if not (folder / STUDY_FILE).exists():
        return new_study(folder, tr("Training"))
    store = open_study(folder)
    _find_films(store)
    return store


def _find_films(store: StudyStore) -> None:
    films = [store.media_path(media) for session in store.sessions() for media in session.media]
    if all(film.is_file() for film in films):
        return
    taken = {one.course.id for one in taken_courses(store)}
    for entry in shipped_courses():
        if entry.course is not None and entry.course.id in taken:
            with suppress(CoderError):  # whoever opens the course is told that a film is missing
                take_course(store, entry.path)
