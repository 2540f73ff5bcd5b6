"""Is this the file that was coded? The sha256 of its whole content and its size."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from coder.language import tr
from coder.media.edge import readable, trouble
from coder.model.study import Fingerprint

_BLOCK_BYTES = 8 * 1024 * 1024


def fingerprint(path: str | Path, progress: Callable[[float], None] | None = None) -> Fingerprint:
    """sha256 (hex) and size in bytes of the whole file, read as a stream.

    progress: told the share that is read, 0.0 … 1.0; what it raises ends the reading. Raises MediaError if the
    file is missing, empty, a folder or cannot be read to its end.
    """
    path = readable(path)
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            whole = path.stat().st_size
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
                size += len(block)
                if progress:
                    progress(min(size / whole, 1.0))
    except OSError as error:
        what = tr("The file cannot be read to its end: {reason}.", reason=error.strerror or error)
        raise trouble(path, what) from error
    return Fingerprint(digest.hexdigest(), size)
