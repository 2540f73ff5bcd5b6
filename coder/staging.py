"""Files that appear whole or not at all: written aside, forced to the disk, then renamed into place.

The one way in which this program writes a file that somebody may already have.
"""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from coder.language import tr
from coder.model.problem import CoderError, Problem


@contextmanager
def staged(path: Path, error: type[CoderError] = CoderError) -> Iterator[Path]:
    """Write to the path given; it becomes `path` when the block ends well, and vanishes when it does not.

    Raises `error` in place of OSError (disk full, no permission, folder gone); an old file at `path` is untouched.
    """
    aside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        yield aside
        _flush(aside)
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as reason:
        what = tr("“{path}” cannot be written: {strerror}.", path=path.name, strerror=reason.strerror or reason)
        raise error(Problem(what, str(path.parent), tr("Choose another folder, or make room."))) from reason
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes, error: type[CoderError] = CoderError) -> None:
    """Put `data` at `path`, read back and compared before it takes its place; see `staged`."""
    with staged(path, error) as aside:
        aside.write_bytes(data)
        if aside.read_bytes() != data:
            raise OSError("the disk gave back something else than was written")


def _flush(path: Path) -> None:
    """Force a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Force a rename to the disk, where the system knows how to (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
