"""Two films of a session, read so that a person can lay one beside the other: frames, sound and a proposal."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.language import tr
from coder.media import FrameIndex, has_sound, open_index, peaks
from coder.model.problem import MediaError
from coder.model.study import Media, Session
from coder.model.time import SECOND_US
from coder.store import StudyStore
from coder.workflows.cameras import Proposal, sound_proposal_steps
from coder.workflows.steps import Steps, sharing, telling

OUTLINE_HZ = 500


@dataclass(frozen=True)
class Film:
    """A film that was read. outline: of its sound, OUTLINE_HZ rows a second as `peaks` gives them, or no rows."""

    media: Media
    index: FrameIndex
    outline: NDArray[np.int16]


@dataclass(frozen=True)
class SideBySide:
    """A session's first film, which is its clock, and another. proposal: None where the sound gives none.

    remark: why there is none, "" if there is one.
    """

    session: Session
    first: Film
    other: Film
    proposal: Proposal | None
    remark: str


def side_by_side_steps(store: StudyStore, session_id: str, media_id: str) -> Steps[SideBySide]:
    """Read both films and compare their sound; changes nothing.

    Films without sound, or whose sound cannot be compared, are laid side by side all the same.
    Raises MediaError if one of them cannot be read.
    """
    session = store.session(session_id)
    clock, media = session.media[0], next(media for media in session.media if media.id == media_id)
    first = yield from _film(store.media_path(clock), clock)
    other = yield from _film(store.media_path(media), media)
    proposal, remark = None, ""
    try:
        proposal = yield from sound_proposal_steps(store, media_id)
    except MediaError as error:
        remark = error.problems[0].what
    return SideBySide(session, first, other, proposal, remark)


def _film(path: Path, media: Media) -> Steps[Film]:
    reading = tr("Reading {film}", film=path.name)
    index = yield from sharing(lambda tell: open_index(path, progress=tell), reading)
    if not has_sound(path):
        return Film(media, index, np.zeros((0, 2), np.int16))
    seconds = index.duration_us // SECOND_US
    listening = tr("Listening to {film}", film=path.name)
    outline = yield from telling(lambda tell: peaks(index, OUTLINE_HZ, tell), seconds, listening)
    return Film(media, index, outline)
