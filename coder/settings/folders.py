"""Where the program keeps what it makes for a person unasked, such as the demo study."""

import os
from pathlib import Path

from platformdirs import user_data_path


def data_folder() -> Path:
    """This person's folder for the program's data. The environment variable CODER_DATA_DIR moves it."""
    folder = os.environ.get("CODER_DATA_DIR")
    return Path(folder) if folder else user_data_path("coder-workstation", appauthor=False)
