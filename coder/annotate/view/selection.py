"""Which events are selected: one in the first place, and any number as well."""

from collections.abc import Iterable

from coder.annotate.strokes import subject
from coder.annotate.view.watched import Watched
from coder.model.coding import Event, order
from coder.model.edit import Edit


class Selection:
    """`primary` is what the inspector shows and what keys for one event mean; `also` are the others.

    Whoever sets `primary` selects one event alone: `also` is emptied.
    """

    def __init__(self) -> None:
        self.primary: Watched[Event | None] = Watched(None)
        self.also: Watched[tuple[Event, ...]] = Watched(())
        self.primary.listen(lambda _: self.also.set(()))

    @property
    def events(self) -> tuple[Event, ...]:
        """All that are selected, in order of time."""
        first = self.primary.value
        return tuple(sorted((*self.also.value, *([first] if first is not None else [])), key=order))

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all that are selected."""
        return frozenset(event.id for event in self.events)

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

    def after(self, edit: Edit) -> None:
        """Select what an edit was about: several events that came or stayed, else the one it names."""
        found = subjects(edit, self.ids)
        self.choose(found[-1] if found else None, found)


def subjects(edit: Edit, chosen: frozenset[str]) -> tuple[Event, ...]:
    """The events that an edit was about, as they are afterwards; chosen: the ids that were selected before it."""
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
