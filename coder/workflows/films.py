"""Films: what a file holds, and one exact frame of it."""

from dataclasses import dataclass
from pathlib import Path

from coder.language import tr
from coder.media import FrameIndex, FrameSource, fingerprint, open_index, write_png
from coder.model.problem import MediaError, Problem
from coder.model.study import Media, Session
from coder.model.time import clock
from coder.workflows.outputs import require_ending


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """Which frame was written. at_us counts from the film's first frame; pts in ticks of the stream."""

    index: int
    pts: int
    at_us: int
    out: Path


def save_frame(film: Path, out: Path, *, index: int | None = None, at_us: int | None = None) -> FrameFacts:
    """Write one frame as PNG: the frame of that number, or the last one that begins at or before `at_us`.

    Raises MediaError if the film has no such frame, CoderError if `out` does not end in .png; a file there is
    replaced only by a whole picture.
    """
    require_ending(out, ".png")
    frames = open_index(film)
    with FrameSource(frames) as source:
        frame = source.frame(_index_at(frames, at_us or 0) if index is None else index)
        write_png(frame, out)
    return FrameFacts(frame.index, frame.pts, frame.at_us, out)


def _index_at(film: FrameIndex, at_us: int) -> int:
    if not 0 <= at_us < film.duration_us:
        last = tr("It runs from {start} to {end}.", start=clock(0), end=clock(film.duration_us))
        raise MediaError(Problem(tr("The film does not reach {time}.", time=clock(at_us)), str(film.path), last))
    return film.index_at(at_us)


def exchanged(session: Session, media: Media, film: Path) -> Problem | None:
    """What is wrong if `film` is not the file that was added to the study; reads all of it. Raises MediaError."""
    return None if fingerprint(film) == media.fingerprint else not_the_film(session, film)


def not_the_film(session: Session, film: Path) -> Problem:
    """Says that `film` is another file than the one that was added to the study."""
    what = tr("The film of session “{session}” is not the file that was added to the study.", session=session.name)
    return Problem(what, str(film), tr("Put the original file back, or add this one as a session of its own."))
