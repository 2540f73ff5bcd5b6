"""Files that commands write."""

from pathlib import Path

from coder.language import tr
from coder.model.problem import CoderError, Problem


def require_ending(out: Path, *endings: str) -> None:
    """Raises CoderError unless `out` ends in one of `endings`: a slip must not put a picture in a film's place."""
    if out.suffix.lower() not in endings:
        hint = tr("Give it a name that ends in {endings}.", endings=" or ".join(endings))
        raise CoderError(Problem(tr("This file will not be written under such a name."), str(out), hint))
