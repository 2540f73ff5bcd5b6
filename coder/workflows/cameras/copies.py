"""Copies of a film: a small one that is quick to look through, and one in a kind that every machine reads."""

from pathlib import Path

from coder.store import StudyStore
from coder.workflows.steps import Steps


def convert_steps(film: Path, out: Path) -> Steps[Path]:
    """Write the film anew as MP4 (H.264, AAC): each frame with its own time, the original untouched.

    Stopped or failed, nothing is left. Raises MediaError if the film cannot be read, CoderError if `out` exists or
    does not end in .mp4.
    """
    raise NotImplementedError
    yield


def proxy_steps(store: StudyStore, media_id: str) -> Steps[Path]:
    """Make the small copy of a film, or find it made; frame i of it is frame i of the film (`ProxyReader`).

    Stopped, it keeps its finished parts and goes on behind them the next time. Raises MediaError if the film is
    missing or not the one that was coded.
    """
    raise NotImplementedError
    yield
