"""What was written in the scheme editor, one draft after the other: undo and redo go along them."""

from time import monotonic

from coder.formats.scheme_draft import SchemeDraft
from coder.formats.toml_places import Path

_ONE_GO_S = 1.5


class History:
    """Drafts with the place that each changed. What is typed into one field in one go is one step."""

    def __init__(self, first: SchemeDraft) -> None:
        self._steps: list[tuple[SchemeDraft, Path]] = [(first, ())]
        self._at = 0
        self._typed: tuple[Path, float] | None = None
        self.saved = first

    @property
    def draft(self) -> SchemeDraft:
        """The draft as it is now."""
        return self._steps[self._at][0]

    @property
    def is_saved(self) -> bool:
        """True if nothing has changed since it was saved."""
        return self.draft == self.saved

    @property
    def can_undo(self) -> bool:
        """True if there is a draft before."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """True if there is a draft after."""
        return self._at + 1 < len(self._steps)

    def add(self, draft: SchemeDraft, place: Path, *, typed: bool = False) -> None:
        """The draft after an edit at a place; what could be redone is gone. typed: it may be part of one go."""
        if draft == self.draft:
            return
        now = monotonic()
        goes_on = typed and self._typed is not None and self._typed[0] == place and not self.can_redo
        if goes_on and self._typed is not None and now - self._typed[1] < _ONE_GO_S:
            self._steps[self._at] = (draft, place)
        else:
            self._steps[self._at + 1 :] = [(draft, place)]
            self._at += 1
        self._typed = (place, now) if typed else None

    def undo(self) -> Path:
        """Go back by one draft; the place that is as it was before."""
        place = self._steps[self._at][1]
        self._at = max(self._at - 1, 0)
        self._typed = None
        return place

    def redo(self) -> Path:
        """Go on by one draft; the place that is changed again."""
        self._at = min(self._at + 1, len(self._steps) - 1)
        self._typed = None
        return self._steps[self._at][1]

    def mark_saved(self, saved: SchemeDraft) -> None:
        """This draft is what is saved."""
        self.saved = saved
        self._typed = None
