"""What is half measured or failed: a note beside the parts of a track, until the track is finished.

It lies on the disk, so that what went wrong in the night can still be read in the morning.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from coder.model.problem import Problem, StoreError
from coder.staging import write_whole
from coder.store import StudyStore

_NOTE = "measuring.json"


@dataclass(frozen=True, slots=True)
class UnderWay:
    """One film, not finished with one extractor. done, count: frames. problems: why it failed, if it did.

    nothing: there is nothing in the film to be measured.
    """

    media_id: str
    extractor: str
    settings: Mapping[str, str]
    done: int
    count: int
    problems: tuple[Problem, ...] = ()
    nothing: bool = False


def note(folder: Path, under_way: UnderWay) -> None:
    """Leave the note in the folder of a track's parts. Raises StoreError if the disk refuses."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(Problem(str(error.strerror), str(folder))) from error
    text = json.dumps({**asdict(under_way), "settings": dict(under_way.settings)}, ensure_ascii=False, indent=1)
    write_whole(folder / _NOTE, text.encode(), StoreError)


def under_way(store: StudyStore) -> tuple[UnderWay, ...]:
    """Every note in the study, oldest first; one that cannot be read is left out."""
    paths = sorted(store.folder.glob(f"tracks/*/*.parts/{_NOTE}"), key=_written)
    return tuple(found for path in paths if (found := _read(path)) is not None)


def forget(folder: Path, media_id: str, extractor: str) -> None:
    """Remove what was half measured of a film, with whatever settings, now that it is measured.

    folder: of the session's tracks.
    """
    for path in folder.glob(f"*.parts/{_NOTE}"):
        found = _read(path)
        if found is not None and (found.media_id, found.extractor) == (media_id, extractor):
            shutil.rmtree(path.parent, ignore_errors=True)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> UnderWay | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        problems = tuple(Problem(**problem) for problem in values.pop("problems"))
        return UnderWay(problems=problems, **values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
