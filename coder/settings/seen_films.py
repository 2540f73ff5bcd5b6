"""Films that were read whole on this machine, so that one that has not changed is not read again.

A file counts as unchanged while its path, its size and both its times are: when it was last written, and when
anything about it last changed (on Windows: when it was made). A copy that keeps the time of writing changes the
second. Whoever must be certain reads the file, as checking a study does.
"""

import contextlib
import json
import os
import time
from pathlib import Path

from coder.model.problem import CoderError
from coder.model.study import Fingerprint
from coder.settings.folders import cache_folder
from coder.staging import write_whole

# A file that changed so shortly ago may change again without a new time of change.
_STILL_WARM_S = 2

_MOST = 5000


def seen(film: Path) -> Fingerprint | None:
    """The fingerprint that this file had when it was last read whole; None if it was not, or has changed since."""
    try:
        *as_it_was, sha256 = _all()[_name(film)]
        now = _state(film.stat())
    except (OSError, KeyError):
        return None
    return Fingerprint(sha256, now[0]) if tuple(as_it_was) == now else None


def remember(film: Path, fingerprint: Fingerprint) -> None:
    """Keep what was read. What cannot be kept is read again the next time."""
    with contextlib.suppress(OSError, CoderError):
        state = film.stat()
        if state.st_size != fingerprint.size or time.time() - state.st_mtime < _STILL_WARM_S:
            return
        kept = {**_all(), _name(film): (*_state(state), fingerprint.sha256)}
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(dict(list(kept.items())[-_MOST:])).encode())


def _file() -> Path:
    return cache_folder() / "films.json"


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _name(film: Path) -> str:
    return ascii(str(film.resolve()))


def _all() -> dict[str, tuple[int, int, int, str]]:
    """What is kept; nothing where the file is missing or not as it should be."""
    try:
        kept = json.loads(_file().read_bytes())
        return {
            name: (int(size), int(written_ns), int(changed_ns), str(sha256))
            for name, (size, written_ns, changed_ns, sha256) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
