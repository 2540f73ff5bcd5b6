"""Is this the file that was coded? The sha256 of its whole content and its size."""

import hashlib
from pathlib import Path

from coder.media.edge import readable, trouble
from coder.model.study import Fingerprint


def fingerprint(path: str | Path) -> Fingerprint:
    """sha256 (hex) and size in bytes of the whole file, read as a stream.

    Raises MediaError if the file is missing, empty, a folder or cannot be read to its end.
    """
    path = readable(path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
            return Fingerprint(digest.hexdigest(), file.tell())
    except OSError as error:
        raise trouble(path, f"The file cannot be read to its end: {error.strerror or error}.") from error
