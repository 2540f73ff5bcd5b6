"""How sure it is who is who, film by film, and what people said about it: for a list to be read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.who import Identified
from coder.model.persons import IdentityMark, Role
from coder.model.study import Media, Session
from coder.model.time import SECOND_US, Span
from coder.store import StudyStore
from coder.workflows.cameras.adding import find_camera
from coder.workflows.concluding import SEEN, last_settings, newest, who_is_who

_LONG_US = SECOND_US  # shorter doubts are not worth a look


@dataclass(frozen=True, slots=True)
class FilmIdentity:
    """One measured film. parent, child, unsure: share (0 … 1) of its looks in which parent or child is surely
    known, or somebody is seen who may be either. others: share with somebody else. doubts: stretches of a second
    or more in which somebody is not known, on the session clock. marks: that hold, oldest first.
    """

    session: str
    film: str
    camera: str
    looks: int
    parent: float
    child: float
    unsure: float
    others: float
    doubts: tuple[Span, ...]
    marks: tuple[IdentityMark, ...]


def identities(store: StudyStore, session: Session) -> tuple[FilmIdentity, ...]:
    """The measured films of a session. Raises StoreError if a track is damaged."""
    found = []
    for media in session.media:
        seen = newest(store, media.id, SEEN)
        if seen is None:
            continue
        looks, who = who_is_who(store, seen, ConcludingSettings.of(last_settings(store, media.id)))
        times_us = np.array([look.at_us for look in looks], np.int64)
        unsure = who.doubted()
        found.append(
            FilmIdentity(
                session=session.name,
                film=media.path,
                camera=media.role,
                looks=len(looks),
                parent=_share(who.index(Role.PARENT) >= 0),
                child=_share(who.index(Role.CHILD) >= 0),
                unsure=_share(unsure),
                others=_share(_has_other(who)),
                doubts=_stretches(media, times_us, unsure),
                marks=store.identity_marks(media.id),
            )
        )
    return tuple(found)


def film_of(session: Session, camera: str) -> Media:
    """The film of that camera, "" where there is but one. Raises CoderError that lists the names."""
    if camera or len(session.media) != 1:
        return find_camera(session, camera)
    return session.media[0]


def _share(mask: NDArray[np.bool_]) -> float:
    return float(mask.mean()) if mask.size else 0.0


def _has_other(who: Identified) -> NDArray[np.bool_]:
    return np.array([Role.OTHER in roles for roles in who.roles], np.bool_)


def _stretches(media: Media, times_us: NDArray[np.int64], mask: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Where the mask holds for long enough, on the session clock; each look lasts to the next."""
    edges = np.append(times_us, media.duration_us)
    steps = np.diff(np.concatenate(([False], mask, [False])).astype(np.int8))
    spans = [
        Span(media.to_session_us(int(edges[a])), media.to_session_us(max(int(edges[b]), int(edges[a]))))
        for a, b in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)
    ]
    return tuple(span for span in spans if span.duration_us >= _LONG_US)
