"""What a person writes in the scheme editor is kept as it is written: nothing is lost before it is saved."""

import contextlib
from hashlib import sha256
from pathlib import Path

from coder.formats import scheme_text
from coder.model.problem import SchemeError
from coder.settings.folders import data_folder
from coder.staging import write_whole

_FOLDER = "scheme-drafts"


def kept_draft(file: Path) -> str | None:
    """What was written of the scheme in this file and not saved; None if nothing was, or if it cannot be read."""
    try:
        return scheme_text(_place(file))
    except SchemeError:
        return None


def keep_draft(file: Path, text: str) -> None:
    """Keep what is being written of the scheme in this file. Raises SchemeError if it cannot be kept."""
    place = _place(file)
    with contextlib.suppress(OSError):  # writing says why better
        place.parent.mkdir(parents=True, exist_ok=True)
    write_whole(place, text.encode(), SchemeError)


def drop_draft(file: Path) -> None:
    """What was written is saved, or not wanted any more."""
    with contextlib.suppress(OSError):  # what stays there is offered again, and can be dropped then
        _place(file).unlink(missing_ok=True)


def _place(file: Path) -> Path:
    """One place for each file of a scheme, wherever it lies."""
    known = sha256(str(file.resolve()).encode()).hexdigest()[:12]
    return data_folder() / _FOLDER / f"{file.stem[:60]}.{known}.draft.toml"
