"""Which events are selected: one in the first place, and any number as well."""

from collections.abc import Iterable

from coder.annotate.strokes import subject
from coder.annotate.view.watched import Watched
from coder.model.coding import Event, order
from coder.model.edit import Edit


class Selection:
    """`primary` is what the inspector shows and what keys for one event mean; `also` are the others.

    Whoever sets `primary` selects one event alone: `also` is emptied. `events`: all of them, in order of time;
    `ids`: theirs.
    """

    def __init__(self) -> None:
        self.primary: Watched[Event | None] = Watched(None)
        self.also: Watched[tuple[Event, ...]] = Watched(())
        self.events: tuple[Event, ...] = ()
        self.ids: frozenset[str] = frozenset()
        self._about: dict[str, frozenset[str]] = {}
        self.primary.listen(self._on_primary)
        self.also.listen(lambda _: self._gather())

    def choose(self, primary: Event | None, others: Iterable[Event] = ()) -> None:
        """Select these and no others; `primary` may be among the others."""
        also = tuple(event for event in others if primary is None or event.id != primary.id)
        if primary is None and also:
            primary, also = also[-1], also[:-1]
        self.primary.set(primary)
        self.also.set(also)

    def toggle(self, event: Event) -> None:
        """Select an event as well, in the first place, or let go of it."""
        kept = [one for one in self.events if one.id != event.id]
        if len(kept) == len(self.events):
            self.choose(event, kept)
        else:
            self.choose(None, kept)

    def remember(self, edit: Edit, ids: frozenset[str]) -> None:
        """Which events an edit is about: they are selected when it is made, undone or made again."""
        self._about[edit.id] = ids

    def after(self, edit: Edit) -> None:
        """Select what an edit was about; see `remember`, else what can be told from the edit itself."""
        about = self._about.get(edit.target or edit.id, frozenset())
        found = tuple(
            change.after for change in edit.changes if change.after is not None and change.after.id in about
        )
        found = found or subjects(edit, self.ids)
        self.choose(found[-1] if found else None, found)

    def _on_primary(self, _: Event | None) -> None:
        self._gather()
        self.also.set(())

    def _gather(self) -> None:
        first = self.primary.value
        self.events = tuple(sorted((*self.also.value, *([first] if first is not None else [])), key=order))
        self.ids = frozenset(event.id for event in self.events)


def subjects(edit: Edit, chosen: frozenset[str]) -> tuple[Event, ...]:
    """The events that an edit was about, as they are afterwards; chosen: the ids that were selected before it.

    Several that came, or several of the selected ones that stayed; else the one that the edit names.
    """
    made = [change.after for change in edit.changes if change.after is not None and change.before is None]
    kept = [
        change.after
        for change in edit.changes
        if change.after is not None and change.before is not None and change.after.id in chosen
    ]
    if len(made) > 1:
        return tuple(made)
    if len(kept) > 1 and not made:
        return tuple(kept)
    last = subject(edit)
    return (last,) if last is not None else ()
