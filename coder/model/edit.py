"""An edit: an invertible difference between two versions of a pass.

The same value is what a key press makes, what is written to the journal, what undo turns round, and what the
views are told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from coder.model.coding import Event


class EditKind(StrEnum):
    """How an edit came about; undo and redo are edits of their own in the journal."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class Change:
    """One event before and after. Before None: it is new. After None: it is deleted."""

    before: Event | None
    after: Event | None

    def __post_init__(self) -> None:
        if self.before is None and self.after is None:
            raise ValueError("a change needs a before or an after")
        if self.before is not None and self.after is not None and self.before.id != self.after.id:
            raise ValueError("a change keeps the event's id")

    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that are made, saved and undone together.

    label: what undo calls it, e.g. "Code “Not engaged”". target: for undo and redo, the id of the edit of kind
    "do" that is taken back or made again.
    """

    id: str
    label: str
    changes: tuple[Change, ...]
    kind: EditKind = EditKind.DO
    target: str | None = None

    @classmethod
    def of(cls, label: str, *changes: Change) -> "Edit":
        """A new edit with an id of its own."""
        return cls(str(uuid4()), label, changes)

    @classmethod
    def adding(cls, label: str, events: Iterable[Event]) -> "Edit":
        """A new edit that puts all these events in."""
        return cls.of(label, *(Change(None, event) for event in events))

    def reversed(self) -> "Edit":
        """The edit that takes this one back: an undo of a "do" or "redo", a redo of an "undo"."""
        kind = EditKind.REDO if self.kind is EditKind.UNDO else EditKind.UNDO
        turned = tuple(change.reversed() for change in reversed(self.changes))
        return Edit(str(uuid4()), self.label, turned, kind, self.target or self.id)
