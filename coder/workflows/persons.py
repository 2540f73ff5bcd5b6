"""Who is who in a film, for people to see, confirm, swap and say; on the disk before anything follows."""

from dataclasses import dataclass

from coder.model.persons import IdentityMark, Role
from coder.model.time import Span
from coder.store import StudyStore


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """One person at one moment. left, top, right, bottom: of the face, or the head if only a body was found, as
    shares (0 … 1) of the picture. ray: where the gaze goes, from x, y to x, y in shares; None if unknown.
    role: None where nobody can say. said: a person said so.
    """

    left: float
    top: float
    right: float
    bottom: float
    role: Role | None
    confidence: float
    said: bool
    followed: bool
    ray: tuple[float, float, float, float] | None = None


class Persons:
    """The persons of a film, ready to be drawn."""

    def at(self, file_us: int) -> tuple[SeenPerson, ...]:
        """Those of the look nearest to a file time; () if none is near."""
        raise NotImplementedError


def persons(store: StudyStore, media_id: str) -> Persons | None:
    """The persons of a film by its newest measurement; None if it was not measured."""
    raise NotImplementedError


def swap(store: StudyStore, media_id: str, span: Span, *, actor: str) -> IdentityMark:
    """Parent and child are each other in this stretch (file time)."""
    raise NotImplementedError


def confirm(store: StudyStore, media_id: str, span: Span, *, actor: str) -> IdentityMark:
    """They are who they are shown to be in this stretch (file time)."""
    raise NotImplementedError


def say(
    store: StudyStore, media_id: str, at_us: int, x: float, y: float, role: Role, span: Span, *, actor: str
) -> IdentityMark:
    """Whoever is at x, y (shares of the picture) at this file time is `role`, in this stretch."""
    raise NotImplementedError


def withdraw_mark(store: StudyStore, mark_id: str, *, actor: str) -> None:
    """A mark holds no longer."""
    raise NotImplementedError
