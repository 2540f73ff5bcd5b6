"""Copies of a film: a small one that is quick to look through, and one in a kind that every machine reads."""

from contextlib import suppress
from pathlib import Path

from coder.language import tr
from coder.media import FrameIndex, convert, make_proxy, open_index, require_same_frames
from coder.model.problem import CoderError, MediaError, Problem
from coder.model.progress import Progress
from coder.settings.folders import proxy_path
from coder.store import StudyStore
from coder.workflows.cameras.relinking import fingerprint_steps
from coder.workflows.films import not_the_film
from coder.workflows.outputs import require_ending
from coder.workflows.sessions import session_of
from coder.workflows.steps import Steps, sharing

# Frames between two words about how it goes.
_TELL_EVERY = 25


def convert_steps(film: Path, out: Path) -> Steps[Path]:
    """Write the film anew as MP4 (H.264, AAC): each frame with its own time, the original untouched.

    Stopped or failed, nothing is left. Raises MediaError if the film cannot be read, CoderError if `out` exists or
    does not end in .mp4.
    """
    require_ending(out, ".mp4")
    if out.exists():
        what = tr("There is a file of this name already, and it will not be replaced.")
        raise CoderError(Problem(what, str(out), tr("Choose another name.")))
    index = yield from sharing(lambda tell: open_index(film, progress=tell), tr("Reading {film}", film=film.name))
    for done in convert(index, out):
        if done % _TELL_EVERY == 0:
            yield Progress(done, index.frame_count, tr("Converting {film}", film=film.name))
    return out


def proxy_steps(store: StudyStore, media_id: str) -> Steps[Path]:
    """Make the small copy of a film, or find it made; frame i of it is frame i of the film (`ProxyReader`).

    Stopped, it keeps its finished parts and goes on behind them the next time. Raises MediaError if the film is
    missing or not the one that was coded.
    """
    media = store.media(media_id)
    film = store.media_path(media)
    found = yield from fingerprint_steps(film)
    if found != media.fingerprint:
        raise MediaError(not_the_film(session_of(store, media), film))
    return (yield from film_proxy_steps(film))


def film_proxy_steps(film: Path) -> Steps[Path]:
    """The small copy of a film that need not be in a study. Raises MediaError if the film cannot be read."""
    found = yield from fingerprint_steps(film)
    path = proxy_path(found.sha256)
    index = yield from sharing(lambda tell: open_index(film, progress=tell), tr("Reading {film}", film=film.name))
    if _made(index, path):
        return path
    with suppress(OSError):  # on Windows one that is looked through stays until it is replaced
        path.unlink(missing_ok=True)  # spoilt: it is made again
    try:
        for done in make_proxy(index, path):
            if done % _TELL_EVERY == 0:
                yield Progress(done, index.frame_count, tr("Making the small copy of {film}", film=film.name))
    except MediaError:
        if not _made(index, path):  # else another window has finished it, and cleared the parts away
            raise
    return path


def _made(film: FrameIndex, path: Path) -> bool:
    """True if the small copy at `path` is whole."""
    try:
        require_same_frames(film, open_index(path))
    except MediaError:
        return False
    return True
