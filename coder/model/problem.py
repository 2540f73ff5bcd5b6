"""What can be wrong: `Problem`, a value for a person's mistake, and the small family of exceptions.

A problem says in one sentence what is wrong, where, and how to mend it. Whoever catches a `CoderError` shows its
problems; nobody shows a traceback to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    what: one sentence, for a person. where: file, line, row or field, as precise as known ("" if it has no place).
    hint: how to mend it ("" if there is nothing to do).
    """

    what: str
    where: str = ""
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f" {self.hint}" if self.hint else "")


class CoderError(Exception):
    """Something a person can understand and mend went wrong; nothing has been changed."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems: Sequence[Problem] = problems


class MediaError(CoderError):
    """A video or sound file is missing, damaged or of a kind that cannot be read."""


class SchemeError(CoderError):
    """A scheme file is wrong; all its problems are listed."""


class FormatError(CoderError):
    """A file to import is wrong; all its problems are listed."""


class StoreError(CoderError):
    """A study could not be opened, read or written."""


class StudyLockedError(StoreError):
    """The study is open elsewhere."""


class CodingError(CoderError):
    """An edit of a coding pass breaks a rule; the pass is as it was."""


class FeatureError(CoderError):
    """Measuring the pictures failed; what was finished stays."""
