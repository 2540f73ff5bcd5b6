"""Who is seen in the frames of a session, to be drawn over its films."""

from collections.abc import Callable, Sequence

from coder.model.persons import SeenPerson
from coder.model.study import Media, Session
from coder.store import StudyStore
from coder.workflows.measured import DYAD
from coder.workflows.persons import Persons, persons


def persons_of(store: StudyStore, session: Session) -> Callable[[Media, int], Sequence[SeenPerson]] | None:
    """Finds who is seen in a film at a file time; None if no film of the session was measured.

    A film is read when it is asked for first. Asks nobody who must stay blind.
    """
    if not any(record.provenance.extractor == DYAD for record in store.tracks(session.id)):
        return None
    read: dict[str, Persons | None] = {}

    def find(media: Media, file_us: int) -> Sequence[SeenPerson]:
        if media.id not in read:
            read[media.id] = persons(store, media.id)
        seen = read[media.id]
        return () if seen is None else seen.at(file_us)

    return find
