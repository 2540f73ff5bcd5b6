"""A second, third and fourth film of a session, and what each camera is called."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from coder.language import tr
from coder.media import probe
from coder.model.problem import CoderError, Problem
from coder.model.study import Fingerprint, Media, Session
from coder.settings.seen_films import remember
from coder.store import StudyStore
from coder.workflows.names import one_line
from coder.workflows.sessions import path_in, session_of
from coder.workflows.steps import Steps, sharing

MOST_CAMERAS = 4


def add_camera_steps(store: StudyStore, session_id: str, film: Path, role: str = "") -> Steps[Media]:
    """Add a film to a session, behind those it has; it begins with the session until its timing is set.

    role: what people call it; if empty, "camera 2" … in the language that is spoken. Raises MediaError for a film
    that cannot be read, CoderError for a fifth one, one that the session has already, or a name that is taken.
    """
    session = store.session(session_id)
    role = _role(session, role)
    facts = yield from sharing(lambda tell: probe(film, progress=tell), tr("Reading {film}", film=film.name))
    _require_new(store.session(session_id), facts.fingerprint, film)
    media = Media(
        id=str(uuid4()),
        path=path_in(store.folder, film),
        fingerprint=facts.fingerprint,
        role=role,
        duration_us=facts.duration_us,
        frame_count=facts.frame_count,
    )
    store.add_media(session_id, media)
    remember(film, facts.fingerprint)
    return media


def rename_camera(store: StudyStore, media_id: str, role: str) -> Media:
    """Call a camera by another name. Raises CoderError if another camera of the session has it."""
    media, role = store.media(media_id), one_line(role)
    if role != media.role:
        _require_free(session_of(store, media), role)
        store.update_media(replace(media, role=role))
    return store.media(media_id)


def find_camera(session: Session, name: str) -> Media:
    """The session's camera of that name, id or number, 1 for the first. Raises CoderError that lists the names."""
    wanted = one_line(name)
    for number, media in enumerate(session.media, 1):
        if wanted in (media.role, media.id, str(number)):
            return media
    what = tr("Session “{session}” has no camera “{name}”.", session=session.name, name=name)
    raise CoderError(
        Problem(what, hint=tr("Cameras: {names}.", names=", ".join(media.role for media in session.media)))
    )


def _role(session: Session, role: str) -> str:
    """The name of the new camera. Raises CoderError where there is no room for one."""
    if len(session.media) >= MOST_CAMERAS:
        what = tr(
            "Session “{name}” has {count} films, and cannot have more.", name=session.name, count=MOST_CAMERAS
        )
        raise CoderError(Problem(what, hint=tr("Begin a second session for further cameras.")))
    taken = {media.role for media in session.media}
    role = one_line(role) or next(
        name for number in range(len(taken) + 1, 99) if (name := tr("camera {number}", number=number)) not in taken
    )
    _require_free(session, role)
    return role


def _require_free(session: Session, role: str) -> None:
    if role in {media.role for media in session.media}:
        what = tr("Session “{name}” already has a camera “{role}”.", name=session.name, role=role)
        raise CoderError(Problem(what, hint=tr("Give this one another name.")))


def _require_new(session: Session, fingerprint: Fingerprint, film: Path) -> None:
    for media in session.media:
        if media.fingerprint == fingerprint:
            what = tr("Session “{name}” has this film already, as “{role}”.", name=session.name, role=media.role)
            raise CoderError(Problem(what, str(film), tr("Choose the film of another camera.")))
    if len(session.media) >= MOST_CAMERAS:  # another was added while this one was read
        _role(session, "")
