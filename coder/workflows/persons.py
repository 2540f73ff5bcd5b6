"""Who is who in a film, for people to see, confirm, swap and say; on the disk before anything follows."""

from coder.model.persons import IdentityMark, Role, SeenPerson
from coder.model.time import Span
from coder.store import StudyStore


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
