"""The passport of a film in a study: what it is, whether it is the one that was coded, how quick it is to read."""

from dataclasses import dataclass
from pathlib import Path

from coder.language import tr
from coder.media import MediaFacts, film_facts, open_index, wants_proxy
from coder.model.problem import MediaError, Problem
from coder.model.study import Media
from coder.settings.folders import proxy_path
from coder.store import StudyStore
from coder.workflows.cameras.relinking import fingerprint_steps
from coder.workflows.films import not_the_film
from coder.workflows.sessions import session_of
from coder.workflows.steps import Steps, sharing


@dataclass(frozen=True, slots=True)
class Passport:
    """A film of a session.

    path: where it should lie. facts: None if it cannot be read. problem: missing, exchanged or unreadable. proxy:
    its small copy, if there is a finished one. wants_proxy: jumping about in it is slow enough to make one.
    """

    media: Media
    path: Path
    facts: MediaFacts | None
    problem: Problem | None
    proxy: Path | None
    wants_proxy: bool


def passport_steps(store: StudyStore, media_id: str) -> Steps[Passport]:
    """Read the file and say what it is; one that is missing or cannot be read is no error but a `problem`.

    Its content is not read a second time where that was done before and the file has not changed.
    Raises StoreError if the study has no such film.
    """
    media = store.media(media_id)
    path = store.media_path(media)
    proxy = proxy_of(media)
    try:
        film = yield from sharing(
            lambda tell: open_index(path, progress=tell), tr("Reading {film}", film=path.name)
        )
        facts = film_facts(film, (yield from fingerprint_steps(path)))
    except MediaError as error:
        return Passport(media, path, None, error.problems[0], proxy, wants_proxy=False)
    problem = None if facts.fingerprint == media.fingerprint else not_the_film(session_of(store, media), path)
    return Passport(media, path, facts, problem, proxy, wants_proxy=wants_proxy(film))


def proxy_of(media: Media) -> Path | None:
    """The finished small copy of a film, None if there is none."""
    path = proxy_path(media.fingerprint.sha256)
    return path if path.is_file() else None
