"""Sessions: a recorded meeting enters the study with its film, its clock and its coded window."""

from pathlib import Path
from uuid import uuid4

from coder.language import tr
from coder.media import probe
from coder.model.problem import CoderError, Problem
from coder.model.progress import Progress
from coder.model.study import Media, Participant, Session
from coder.model.time import Span, clock
from coder.store import StudyStore
from coder.workflows.names import one_line
from coder.workflows.steps import Steps, finish


def add_session(store: StudyStore, film: Path, name: str = "", *, window: Span | None = None) -> Session:
    """`add_session_steps`, run to its end."""
    return finish(add_session_steps(store, film, name, window=window))


def add_session_steps(
    store: StudyStore, film: Path, name: str = "", *, window: Span | None = None
) -> Steps[Session]:
    """Take a film into the study as a session of its own; the film itself stays where it is.

    name: the file's name without its ending if empty. window: the coded stretch, the whole film if None. What is
    lost of a damaged film becomes the session's note.
    Raises MediaError for a film that cannot be read, CoderError for a name or window that will not do.
    """
    name = one_line(name) or one_line(film.stem)
    if any(session.name == name for session in store.sessions()):
        raise CoderError(
            Problem(
                tr("The study already has a session “{name}”.", name=name), hint=tr("Give this one another name.")
            )
        )
    yield Progress(0, 2, tr("Reading {film}", film=film.name))
    facts = probe(film)
    whole = Span(0, facts.duration_us)
    if window is not None and whole.intersection(window) != window:
        raise CoderError(
            Problem(
                tr(
                    "The coded window {start} to {end} leaves the film.",
                    start=clock(window.start_us),
                    end=clock(window.end_us),
                ),
                hint=tr(
                    "The film runs from {start} to {end}.",
                    start=clock(0),
                    end=clock(facts.duration_us),
                ),
            )
        )
    yield Progress(1, 2, tr("Adding the session"))
    media = Media(
        id=str(uuid4()),
        path=path_in(store.folder, film),
        fingerprint=facts.fingerprint,
        role=tr("camera {number}", number=1),
        duration_us=facts.duration_us,
        frame_count=facts.frame_count,
    )
    people = (
        Participant(str(uuid4()), "child", "child"),
        Participant(str(uuid4()), "parent", "parent"),
    )
    session = Session(str(uuid4()), name, window or whole, (media,), people, note=facts.damage)
    store.add_session(session)
    yield Progress(2, 2, tr("Session “{name}” added", name=name))
    return session


def find_session(store: StudyStore, name_or_id: str) -> Session:
    """The session of that name or id. Raises CoderError that lists the names there are."""
    wanted = one_line(name_or_id)
    for session in store.sessions():
        if wanted in (session.name, session.id):
            return session
    names = ", ".join(session.name for session in store.sessions())
    raise CoderError(
        Problem(
            tr("The study has no session “{name_or_id}”.", name_or_id=name_or_id),
            hint=tr("Sessions: {names}.", names=names) if names else tr("It has no session yet."),
        )
    )


def session_of(store: StudyStore, media: Media) -> Session:
    """The session that a film of the study belongs to."""
    return next(session for session in store.sessions() if media in session.media)


def path_in(folder: Path, film: Path) -> str:
    """Relative where the film lies inside the study's folder, so that the folder can be moved as a whole."""
    absolute = film.resolve()
    try:
        str(absolute).encode()
    except UnicodeEncodeError:
        what = tr(
            "The path {absolute!a} holds letters that this computer cannot read itself.", absolute=str(absolute)
        )
        raise CoderError(Problem(what, hint=tr("Rename the film, or the folder that is named so."))) from None
    root = folder.resolve()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else str(absolute)
