"""Studies: make one, open one, see what is in it, check it."""

from dataclasses import dataclass
from pathlib import Path

from coder.model.coding import PassHeader
from coder.model.problem import Problem
from coder.model.study import Coder, Session, Study
from coder.model.track import Coverage
from coder.store import StudyStore
from coder.workflows.measured import measured
from coder.workflows.schemes import frozen_scheme


@dataclass(frozen=True, slots=True)
class PassRow:
    """One pass as a list shows it."""

    header: PassHeader
    coder: Coder
    scheme_title: str
    events: int


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as a list shows it. measured: None until its pictures have been measured."""

    session: Session
    film: Path
    film_found: bool
    passes: tuple[PassRow, ...]
    measured: Coverage | None


@dataclass(frozen=True, slots=True)
class Overview:
    """A study at a glance."""

    study: Study
    sessions: tuple[SessionRow, ...]
    coders: tuple[Coder, ...]


def new_study(folder: Path, name: str) -> StudyStore:
    """Make a study in `folder` (which must not hold anything yet) and open it. Raises StoreError."""
    return StudyStore.create(folder, name.strip() or folder.name)


def open_study(folder: Path) -> StudyStore:
    """Open the study in `folder`; the file inside it may be named too. Raises StoreError."""
    return StudyStore.open(folder.parent if folder.is_file() else folder)


def overview(store: StudyStore) -> Overview:
    """Everything the study page shows. Reads no events and no films, so it is quick."""
    coders = {coder.id: coder for coder in store.coders()}
    rows = []
    for session in store.sessions():
        film = store.media_path(session.media[0])
        passes = tuple(
            PassRow(
                header,
                coders[header.coder_id],
                frozen_scheme(store, header.scheme).title,
                store.event_count(header.id),
            )
            for header in store.passes(session.id)
        )
        rows.append(SessionRow(session, film, film.is_file(), passes, measured(store, session)))
    return Overview(store.study, tuple(rows), tuple(coders.values()))


def check_study(store: StudyStore) -> tuple[Problem, ...]:
    """Everything that is wrong with the study's own files and the films it refers to; empty if all is well."""
    missing = tuple(
        Problem(
            f"The film of session “{session.name}” is not where it was.",
            str(store.media_path(media)),
            "Put the file back there.",
        )
        for session in store.sessions()
        for media in session.media
        if not store.media_path(media).is_file()
    )
    return tuple(store.check()) + missing
