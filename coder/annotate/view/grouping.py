"""What keys, menu and mouse do with all selected events: each is one edit, through the one door."""

from collections.abc import Callable

from coder.annotate import amend, group
from coder.annotate.keymap import Do
from coder.annotate.view.content import BenchContent
from coder.annotate.view.editing import Editing, nothing_selected
from coder.annotate.view.layout import timeline_tiers
from coder.annotate.view.selection import Selection
from coder.language import plural, tr
from coder.model.coding import CodingPass, Event
from coder.model.edit import Edit
from coder.model.problem import CoderError, CodingError, Problem

Events = tuple[Event, ...]


class Grouping:
    """beside, nearest: onsets of frames, as for `Editing`. say, refused: tell what was copied, or why not."""

    def __init__(
        self,
        content: BenchContent,
        selection: Selection,
        editing: Editing,
        say: Callable[[str], None],
        refused: Callable[[CoderError], None],
        *,
        beside: Callable[[int, int], int],
        nearest: Callable[[int], int],
    ) -> None:
        self._desk = content.desk
        self._scheme = content.scheme
        self._selection = selection
        self._editing = editing
        self._say = say
        self._refused = refused
        self._beside = beside
        self._nearest = nearest
        self._copied: Events = ()

    def commands(self) -> dict[Do, Callable[[], None]]:
        """What the keys do."""
        return {
            Do.MOVE_EARLIER: lambda: self._with_all(lambda _, events: self._by_frames(events, -1)),
            Do.MOVE_LATER: lambda: self._with_all(lambda _, events: self._by_frames(events, +1)),
            Do.TO_TIER_ABOVE: lambda: self._with_all(lambda _, events: self._beyond(events, -1)),
            Do.TO_TIER_BELOW: lambda: self._with_all(lambda _, events: self._beyond(events, +1)),
            Do.COPY: self.copy,
            Do.PASTE: self.paste,
            Do.SPLIT: lambda: self._with_all(self._split),
            Do.MERGE: lambda: self._with_all(lambda coding, events: group.merge(coding, self._scheme, events)),
            Do.DELETE: lambda: self._with_all(lambda _, events: group.delete(self._scheme, events)),
            Do.DELETE_FILL: lambda: self._with_all(self._delete_filling),
        }

    def move(self, by_us: int) -> None:
        """Move all that are selected."""
        self._with_all(lambda coding, events: group.move(coding, self._scheme, events, by_us, self._nearest))

    def recode(self, code_id: str) -> None:
        """Give all that are selected another code of their tier."""
        self._with_all(lambda coding, events: self._recode(coding, events, code_id))

    def copy_to(self, tier_id: str, code_id: str) -> None:
        """Put copies of all that are selected into another tier, under one code."""

        def make(coding: CodingPass, events: Events) -> Edit:
            return group.to_tier(coding, self._scheme, events, tier_id, code=code_id, copy=True)

        self._with_all(make, new=True)

    def copy(self) -> None:
        """Keep all that are selected for `paste`."""
        if not self._selection.events:
            self._refused(nothing_selected())
            return
        self._copied = self._selection.events
        self._say(plural("{count} event copied", "{count} events copied", len(self._copied)))

    def paste(self) -> None:
        """Put what was copied at the frame on the screen."""

        def make() -> Edit:
            if not self._copied:
                what = tr("Nothing is copied yet.")
                raise CodingError(Problem(what, hint=tr("Select events and copy them first.")))
            edit = group.paste(self._desk.coding, self._scheme, self._copied, self._editing.at_us(), self._nearest)
            self._remember_last(edit, len(self._copied))
            return edit

        self._editing.attempt(make)

    def _with_all(self, make: Callable[[CodingPass, Events], Edit], *, new: bool = False) -> None:
        """One edit of all that are selected, which stay selected; new: what it adds is selected instead."""

        def edit_of() -> Edit:
            events = self._selection.events
            if not events:
                raise nothing_selected()
            edit = make(self._desk.coding, events)
            if new:
                self._remember_last(edit, len(events))
            elif len(events) > 1:
                self._selection.remember(edit, frozenset(event.id for event in events))
            return edit

        self._editing.attempt(edit_of)

    def _remember_last(self, edit: Edit, count: int) -> None:
        made = (change.after for change in edit.changes[-count:])
        self._selection.remember(edit, frozenset(event.id for event in made if event is not None))

    def _by_frames(self, events: Events, frames: int) -> Edit:
        """By the step from the first onset to the frame beside it."""
        onset_us = events[0].onset_us
        by_us = self._beside(onset_us, frames) - onset_us
        return group.move(self._desk.coding, self._scheme, events, by_us, self._nearest)

    def _beyond(self, events: Events, step: int) -> Edit:
        """To the next tier above or below that has events of the same kind."""
        tiers = timeline_tiers(self._scheme)
        source = self._scheme.tier(events[0].tier)
        if any(event.tier != source.id for event in events):
            what = tr("The selected events are in several tiers.")
            raise CodingError(Problem(what, hint=tr("Select events of one tier to move them to another.")))
        at = next((n for n, tier in enumerate(tiers) if tier.id == source.id), -1)
        found = tiers[at + 1 :] if step > 0 else tiers[:at][::-1] if at >= 0 else ()
        target = next((tier for tier in found if tier.kind is source.kind), None)
        if target is None:
            below, above = tr("No tier below has such events."), tr("No tier above has such events.")
            raise CodingError(Problem(below if step > 0 else above))
        return group.to_tier(self._desk.coding, self._scheme, events, target.id)

    def _split(self, coding: CodingPass, events: Events) -> Edit:
        at_us = self._editing.at_us()
        held = [event for event in events if event.onset_us < at_us < event.offset_us]
        if len(held) < 2:
            return amend.split(self._scheme, held[0] if held else events[-1], at_us)
        label = plural("Split {count} state", "Split {count} states", len(held))
        return group.each(coding, held, lambda _, event: amend.split(self._scheme, event, at_us), label)

    def _delete_filling(self, coding: CodingPass, events: Events) -> Edit:
        if len(events) == 1:
            return amend.delete_filling(coding, self._scheme, events[0])
        label = plural(
            "Delete {count} event and fill the gap", "Delete {count} events and fill the gaps", len(events)
        )
        return group.each(coding, events, lambda now, event: amend.delete_filling(now, self._scheme, event), label)

    def _recode(self, coding: CodingPass, events: Events, code_id: str) -> Edit:
        tier = self._scheme.tier(events[0].tier)
        if any(event.tier != tier.id for event in events):
            what = tr("The selected events are in several tiers.")
            raise CodingError(Problem(what, hint=tr("Select events of one tier to change their code.")))
        changed = [event for event in events if event.code != code_id]
        if len(changed) < 2:
            return amend.recode(self._scheme, changed[0] if changed else events[0], code_id)
        code, many = self._scheme.name_of(tier.id, code_id), len(changed)
        label = plural("Change {count} event to “{code}”", "Change {count} events to “{code}”", many, code=code)
        return group.each(coding, changed, lambda _, event: amend.recode(self._scheme, event, code_id), label)
