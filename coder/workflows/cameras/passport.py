"""The passport of a film in a study: what it is, whether it is the one that was coded, how quick it is to read."""

from dataclasses import dataclass
from pathlib import Path

from coder.media import MediaFacts
from coder.model.problem import Problem
from coder.model.study import Media, Session
from coder.store import StudyStore
from coder.workflows.steps import Steps


@dataclass(frozen=True, slots=True)
class Passport:
    """A film of a session.

    path: where it should lie. facts: None if it cannot be read. problem: missing, exchanged or unreadable. proxy:
    its small copy, if there is a finished one. wants_proxy: jumping about in it is slow enough to make one.
    """

    session: Session
    media: Media
    path: Path
    facts: MediaFacts | None
    problem: Problem | None
    proxy: Path | None
    wants_proxy: bool


def passport_steps(store: StudyStore, media_id: str) -> Steps[Passport]:
    """Read the whole file and say what it is; one that is missing or cannot be read is no error but a `problem`.

    Raises StoreError if the study has no such film.
    """
    raise NotImplementedError
    yield
