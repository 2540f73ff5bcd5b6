"""Text files in."""

from pathlib import Path

from coder.language import tr
from coder.model.problem import CoderError, Problem


def read_text(path: Path, most_bytes: int, error: type[CoderError]) -> str:
    """The exact text of a UTF-8 file, line ends included, without a byte order mark.

    Raises `error` if there is no such file, if it cannot be read, is no UTF-8 text, or has more than `most_bytes`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise error(
            Problem(tr("There is no such file."), str(path), tr("Check the name and the folder."))
        ) from None
    except (OSError, ValueError) as reason:
        what = tr("The file cannot be read: {reason}.", reason=getattr(reason, "strerror", None) or reason)
        raise error(Problem(what, str(path), tr("Check that it is a file that you may read."))) from None
    if len(data) > most_bytes:
        what = tr(
            "The file is larger than {most:,} kB, too large for what it should be.",
            most=most_bytes // 1000,
        )
        raise error(Problem(what, str(path), tr("Check that it is the right file.")))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = data.count(b"\n", 0, reason.start) + 1
        what = tr("The file is not UTF-8 text.")
        raise error(Problem(what, f"{path.name}:{line}", tr("Save it as UTF-8 and try again."))) from None
