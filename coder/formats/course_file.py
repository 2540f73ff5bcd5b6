"""Course files: read, checked with all mistakes listed at once, and turned into the model's `Course`; and written.

Films and masters are named by paths relative to the course's file. They may begin with one `../`, so that several
courses share the films of a folder; further up, absolute paths and drives are refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coder.formats.master_file import MasterFile
from coder.model.scheme import Scheme
from coder.model.training import Course

MAX_BYTES = 500_000
SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A course with all that it needs but its films. text, scheme_text: exact. masters: by the step's id."""

    path: Path
    text: str
    course: Course
    scheme: Scheme
    scheme_text: str
    masters: Mapping[str, MasterFile]

    def film(self, step_id: str) -> Path:
        """Where a step's film lies; it is there when a course is read."""
        return self.path.parent / self.course.step(step_id).clip.film


def read_course(path: Path, schemes: Path) -> CourseFile:
    """The course in a file, with its masters. schemes: the folder of the schemes that came with the program.

    Raises FormatError with all mistakes at once, each with its place.
    """
    raise NotImplementedError


def course_text(course: Course, scheme_file: str = "") -> str:
    """A course as the text of its file. scheme_file: the scheme's, beside it; "" for one of the program's own.

    `read_course` gives back the same course, but for the hash in its id, which is of the text and its masters.
    """
    raise NotImplementedError


def course_files(folder: Path) -> tuple[Path, ...]:
    """The course files of a folder, by name."""
    return tuple(sorted(folder.glob(f"*{SUFFIX}")))
