"""Studies: make one, open one, see what is in it, check it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coder.language import tr
from coder.model.coding import PassHeader
from coder.model.problem import MediaError, Problem, StoreError
from coder.model.study import Coder, Media, Session, Study
from coder.model.track import Coverage
from coder.store import StudyStore
from coder.store.opening import STUDY_FILE
from coder.workflows.blinding import Blinding
from coder.workflows.concluding import catch_up
from coder.workflows.films import exchanged
from coder.workflows.measured import measured
from coder.workflows.names import one_line
from coder.workflows.origins import moved_from, origin_words
from coder.workflows.scheme_languages import in_language
from coder.workflows.scheme_versions import newer_versions
from coder.workflows.schemes import frozen_scheme


@dataclass(frozen=True, slots=True)
class PassRow:
    """One pass as a list shows it.

    events: how many it has; None while nobody may know, and `hidden` says why. newer: the newest version of its
    scheme in the study, if that is newer than the pass's own, else "". moved_from: the version that the pass was
    moved from; "" if it was not. origin: where it comes from, in English; "" for a pass that was simply coded.
    """

    header: PassHeader
    coder: Coder
    scheme_title: str
    events: int | None
    newer: str = ""
    moved_from: str = ""
    origin: str = ""
    hidden: Problem | None = None

    @property
    def version(self) -> str:
        """The version of the scheme that the pass was made with."""
        return self.header.scheme.version


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as a list shows it.

    film: where its first film should lie. lost: its films that are not there. measured: None until its pictures
    have been measured.
    """

    session: Session
    film: Path
    lost: tuple[Media, ...]
    passes: tuple[PassRow, ...]
    measured: Coverage | None

    @property
    def film_found(self) -> bool:
        """True if its first film is there."""
        return self.session.media[0] not in self.lost

    @property
    def any_film(self) -> bool:
        """True if at least one of its films is there, so that it can be coded and looked at."""
        return len(self.lost) < len(self.session.media)


@dataclass(frozen=True, slots=True)
class Overview:
    """A study at a glance."""

    study: Study
    sessions: tuple[SessionRow, ...]
    coders: tuple[Coder, ...]


def new_study(folder: Path, name: str) -> StudyStore:
    """Make a study in `folder` (which must not hold anything yet) and open it. Raises StoreError."""
    return StudyStore.create(folder, one_line(name) or one_line(folder.absolute().name))


def open_study(folder: Path, *, looking: bool = False) -> StudyStore:
    """Open the study in `folder`; the file inside it may be named too. Raises StoreError.

    looking: nothing will be changed, so the folder may also be one where nothing may be written.
    """
    if folder.name == STUDY_FILE:
        folder = folder.parent
    store = StudyStore.open(folder, readonly=looking and folder.is_dir() and not os.access(folder, os.W_OK))
    if not looking:
        catch_up(store)
    return store


def overview(store: StudyStore) -> Overview:
    """Everything the study page shows. Reads no events and no films, so it is quick."""
    coders = {coder.id: coder for coder in store.coders()}
    titles = {one: in_language(frozen_scheme(store, one)).title for one in store.schemes()}
    blind = Blinding.of(store)
    rows = []
    for session in store.sessions():
        film = store.media_path(session.media[0])
        lost = tuple(media for media in session.media if not store.media_path(media).is_file())
        passes = tuple(
            PassRow(
                header,
                coders[header.coder_id],
                titles[header.scheme],
                None if blind.hides(header) else store.event_count(header.id),
                _newer(store, header),
                moved_from(store, header) or "",
                origin_words(store, header),
                blind.problem(header) if blind.hides(header) else None,
            )
            for header in store.passes(session.id)
        )
        rows.append(SessionRow(session, film, lost, passes, _measured(store, session)))
    return Overview(store.study, tuple(rows), tuple(coders.values()))


def _newer(store: StudyStore, header: PassHeader) -> str:
    newer = newer_versions(store, header.scheme)
    return newer[-1].version if newer else ""


def _measured(store: StudyStore, session: Session) -> Coverage | None:
    """A lost track can be measured again, and must not keep anybody from the codes; `check_study` names it."""
    try:
        return measured(store, session)
    except StoreError:
        return None


def check_study(store: StudyStore) -> tuple[Problem, ...]:
    """Everything that is wrong with the study's own files and the films it refers to; empty if all is well."""
    films = ((session, media) for session in store.sessions() for media in session.media)
    return tuple(store.check()) + tuple(problem for film in films for problem in _film_problems(store, *film))


def _film_problems(store: StudyStore, session: Session, media: Media) -> Iterator[Problem]:
    """Every byte of the film is read: codes on another film than the one that was coded say nothing."""
    film = store.media_path(media)
    if not film.is_file():
        what = tr("The film of session “{session}” is not where it was.", session=session.name)
        yield Problem(what, str(film), tr("Put the file back there."))
        return
    try:
        problem = exchanged(session, media, film)
    except MediaError as error:
        yield from error.problems
        return
    if problem is not None:
        yield problem
