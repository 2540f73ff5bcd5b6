"""Where the program keeps what it makes unasked: the demo study, and notes of its own faults."""

import os
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """This person's folder for the program's data. The environment variable CODER_DATA_DIR moves it."""
    folder = os.environ.get("CODER_DATA_DIR")
    return Path(folder) if folder else user_data_path("coder-workstation", appauthor=False)


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
