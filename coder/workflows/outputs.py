"""Files that commands write."""

from pathlib import Path

from coder.model.problem import CoderError, Problem


def require_ending(out: Path, *endings: str) -> None:
    """Raises CoderError unless `out` ends in one of `endings`: a slip must not put a picture in a film's place."""
    if out.suffix.lower() not in endings:
        hint = f"Give it a name that ends in {' or '.join(endings)}."
        raise CoderError(Problem("This file will not be written under such a name.", str(out), hint))
