"""Who is seen in the films of a session: to be drawn over them, and to be put right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder.language import tr
from coder.model.persons import IdentityMark, SeenPerson
from coder.model.problem import FeatureError, Problem
from coder.model.study import Media, Session
from coder.model.track import FeatureTrack
from coder.store import StudyStore
from coder.workflows.concluding import CONCLUDED
from coder.workflows.measured import witnesses
from coder.workflows.persons import Persons, persons


@dataclass(frozen=True, slots=True, eq=False)
class WhoIsWho:
    """Who is seen in one film. film: where it lies. tracks: on the session clock, by id: `child_found`,
    `parent_found`, `identity_confidence`. marks: what people have said and not taken back, oldest first.
    """

    session: Session
    media: Media
    film: Path
    persons: Persons
    tracks: Mapping[str, FeatureTrack]
    marks: tuple[IdentityMark, ...]


def film_persons(store: StudyStore, session_id: str, media_id: str) -> WhoIsWho:
    """Who is seen in a film of a session; raises FeatureError if it was not measured, StoreError if damaged."""
    session = store.session(session_id)
    media = next(media for media in session.media if media.id == media_id)
    seen = persons(store, media_id)
    if seen is None:
        what = tr("The film “{film}” is not measured yet.", film=media.role or media.path)
        raise FeatureError(Problem(what, hint=tr("Measure the session first.")))
    heard = {one.media.id: one.tracks for one in witnesses(store, session, _TOLD)}
    marks = store.identity_marks(media_id)
    return WhoIsWho(session, media, store.media_path(media), seen, heard.get(media_id, {}), marks)


_TOLD = ("child_found", "parent_found", "identity_confidence")


def measured_films(store: StudyStore, session: Session) -> tuple[Media, ...]:
    """The films of a session in which somebody was looked for, in the session's order."""
    known = {record.media_id for record in store.tracks(session.id) if record.provenance.extractor == CONCLUDED}
    return tuple(media for media in session.media if media.id in known)


def persons_of(store: StudyStore, session: Session) -> Callable[[Media, int], Sequence[SeenPerson]] | None:
    """Finds who is seen in a film at a file time; None if no film of the session was measured.

    A film is read when it is asked for first. Asks nobody who must stay blind.
    """
    if not measured_films(store, session):
        return None
    read: dict[str, Persons | None] = {}

    def find(media: Media, file_us: int) -> Sequence[SeenPerson]:
        if media.id not in read:
            read[media.id] = persons(store, media.id)
        seen = read[media.id]
        return () if seen is None else seen.at(file_us)

    return find
