"""Where the program keeps what it makes unasked: the demo study, copies of films, notes of its own faults."""

import os
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_cache_path, user_data_path


def data_folder() -> Path:
    """This person's folder for the program's data. The environment variable CODER_DATA_DIR moves it."""
    folder = os.environ.get("CODER_DATA_DIR")
    return Path(folder) if folder else user_data_path("coder-workstation", appauthor=False)


def cache_folder() -> Path:
    """This person's folder for what can be made again. The environment variable CODER_CACHE_DIR moves it."""
    folder = os.environ.get("CODER_CACHE_DIR")
    return Path(folder) if folder else user_cache_path("coder-workstation", appauthor=False)


def own_schemes_folder() -> Path:
    """Where this person's own schemes lie; it may not be there yet."""
    return data_folder() / "schemes"


def proxy_path(sha256: str) -> Path:
    """Where the small copy of the film with this content lies, made or not."""
    return cache_folder() / "proxies" / f"{sha256}.mp4"


def keep_fault(details: str) -> Path | None:
    """Write down what the program did wrong, for its makers; where it was written, None if it cannot be written.

    It stays on this machine.
    """
    folder = data_folder() / "faults"
    file = folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(details, encoding="utf-8")
    except OSError:
        return None
    return file
