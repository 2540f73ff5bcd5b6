"""A second, third and fourth film of a session."""

from pathlib import Path

from coder.model.study import Media
from coder.store import StudyStore
from coder.workflows.steps import Steps

MOST_CAMERAS = 4


def add_camera_steps(store: StudyStore, session_id: str, film: Path, role: str = "") -> Steps[Media]:
    """Add a film to a session, behind those it has; it begins with the session until its timing is set.

    role: what people call it, "camera 2" … if empty. Raises MediaError for a film that cannot be read, CoderError
    for a fifth one or one that the session has already.
    """
    raise NotImplementedError
    yield
