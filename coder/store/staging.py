"""Files that appear whole or not at all: written aside, forced to the disk, then renamed into place."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coder.model.problem import Problem, StoreError


@contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Write to the path given; it becomes `path` when the block ends well, and vanishes when it does not.

    Raises StoreError in place of OSError: disk full, no permission, folder gone.
    """
    aside = path.with_name(f".{path.name}.tmp")
    try:
        aside.unlink(missing_ok=True)
        yield aside
        flush(aside)
        aside.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        raise StoreError(
            Problem(f"“{path.name}” could not be written: {error.strerror}.", str(path.parent))
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Force a file's content to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Force a rename to the disk, where the system knows how to (Windows does it by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
