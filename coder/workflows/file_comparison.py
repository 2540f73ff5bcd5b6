"""Two files of events compared, without any study."""

from dataclasses import dataclass
from pathlib import Path

from coder.model.agreement import Agreement
from coder.model.disagreement import Disagreement
from coder.model.scheme import Scheme
from coder.model.time import Span


@dataclass(frozen=True)
class FileComparison:
    """What two files say. A is the first of them. remarks: what was taken for granted, in English."""

    scheme: Scheme
    window: Span
    agreements: tuple[Agreement, ...]
    differences: tuple[Disagreement, ...]
    remarks: tuple[str, ...]


def compare_files(a: Path, b: Path, scheme: str = "", window: Span | None = None) -> FileComparison:
    """Compare the events in two files, A and B.

    scheme: a name or a file; without one the installed scheme that has all tiers and codes of both files, else one
    that is inferred from them. window: the stretch that was coded; without one from 0 to the last offset of
    either. Raises CoderError with every problem of the files.
    """
    raise NotImplementedError
