"""Films that were moved: told where they are, or looked for in a folder."""

from pathlib import Path

from coder.model.study import Media
from coder.store import StudyStore
from coder.workflows.steps import Steps


def relink_steps(store: StudyStore, media_id: str, film: Path) -> Steps[Media]:
    """Say where a film lies now. Its content must be the one that was added; its name may be another.

    Raises MediaError with what differs if it is not, or if the file cannot be read.
    """
    raise NotImplementedError
    yield


def find_moved_steps(store: StudyStore, folder: Path) -> Steps[tuple[Media, ...]]:
    """Look in a folder and those inside it for all films of the study that are missing, and link what is found.

    Files are told by their size, then by their content. Returns the films that were linked.
    """
    raise NotImplementedError
    yield
