"""Which act answers which cue, kept up to date edit by edit; and what an edit must bring along for that.

linked = Linked(coding, scheme)
linked.cue_of(act.id)           the cue that the act answers
linked.next_open(cue)           the next cue without an outcome
linked.completed(coding, edit)  the edit, together with the judgements that it would leave without their act
linked.follow(edit)             the edit was made
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coder.annotate.answering import act_of, in_window, is_open, unjudged
from coder.language import plural, tr
from coder.model.coding import CodingPass, Event, order
from coder.model.edit import Change, Edit, EditKind
from coder.model.scheme import Scheme
from coder.model.time import clock

_Place = tuple[int, tuple[int, int, str]]


class Linked:
    """Reads the cues of a pass once; from then on an edit costs what it changes, not what there is."""

    def __init__(self, coding: CodingPass, scheme: Scheme) -> None:
        self._scheme = scheme
        self._acts = {link.acts for link in scheme.links}
        self._number = {link.cues: n for n, link in enumerate(scheme.links)}
        self._cues: dict[str, Event] = {}
        self._answered: dict[str, tuple[Event, ...]] = {}  # several of one tier only where a file said so
        self._open: list[_Place] = []
        for tier in self._number:
            self._learn(coding.row(tier))

    @property
    def cues(self) -> int:
        """How many cues there are."""
        return len(self._cues)

    @property
    def open(self) -> int:
        """How many of them have no outcome yet."""
        return len(self._open)

    def cue(self, cue_id: str) -> Event | None:
        """The cue of that id, as it is now."""
        return self._cues.get(cue_id)

    def next_open(self, after: Event | None = None) -> Event | None:
        """The next cue without an outcome after this one, link by link and counted round; None if all have one."""
        if not self._open:
            return None
        at = bisect_right(self._open, self._place(after)) if after is not None else 0
        _, (_, _, cue_id) = self._open[at % len(self._open)]
        return self._cues[cue_id]

    def cue_of(self, act_id: str, tier: str = "") -> Event | None:
        """The cue that an act answers, if it answers one. tier: of the cue; "" for any."""
        return next((cue for cue in self._answered.get(act_id, ()) if tier in ("", cue.tier)), None)

    def rival(self, act_id: str, cue: Event) -> Event | None:
        """Another cue of the same tier that an act answers."""
        others = self._answered.get(act_id, ())
        return next((one for one in others if one.tier == cue.tier and one.id != cue.id), None)

    def torn(self, edit: Edit) -> Iterator[Event]:
        """Cues that an edit gives to an act that answers another cue of their tier after it, too."""
        given = [
            one.after
            for one in edit.changes
            if one.after is not None
            and one.after.answer
            and (one.before is None or one.before.answer != one.after.answer)
        ]
        if not given:
            return
        changed = {event.id for one in edit.changes for event in (one.before, one.after) if event is not None}
        made: dict[tuple[str, str], set[str]] = {}
        for event in (one.after for one in edit.changes):
            if event is not None and event.answer:
                made.setdefault((event.tier, event.answer), set()).add(event.id)
        for cue in given:
            held = (one for one in self._answered.get(cue.answer, ()) if one.tier == cue.tier)
            if made[cue.tier, cue.answer] != {cue.id} or any(one.id not in changed for one in held):
                yield cue

    def completed(self, coding: CodingPass, edit: Edit) -> Edit:
        """The edit of this pass with all that it means for answers; its label says so.

        An act that goes, or becomes something else than an act, takes the judgement of the cue along that it
        answered. A cue that leaves its tier leaves its judgement behind.
        """
        if not self._scheme.links:
            return edit
        changes = [self._released(change) for change in edit.changes]
        bereft = [cue for change in changes for cue in self._bereft(change)]
        at = {change.before.id: n for n, change in enumerate(changes) if change.before is not None}
        first, opened = [], []
        for cue in bereft:
            held = changes[at[cue.id]] if cue.id in at else Change(cue, cue)
            if held.after is None or held.after.answer != cue.answer:
                continue
            opened.append(cue)
            without = Change(cue, unjudged(self._scheme, held.after))
            if cue.id in at:
                changes[at[cue.id]] = without
            else:
                first.append(without)
        made = replace(edit, changes=(*first, *changes))  # what the edit is about stays the last
        if edit.kind is not EditKind.DO:
            return made
        return replace(made, label=self._label(edit.label, opened, list(self._parted(coding, made))))

    def follow(self, edit: Edit) -> None:
        """Take over what an edit changed."""
        if not self._scheme.links:
            return
        for change in edit.changes:
            if change.before is not None and change.before.tier in self._number:
                self._forget(change.before)
        self._learn(change.after for change in edit.changes if change.after is not None)

    def _learn(self, events: Iterable[Event]) -> None:
        for cue in events:
            if cue.tier not in self._number:
                continue
            self._cues[cue.id] = cue
            if cue.answer:
                self._answered[cue.answer] = (*self._answered.get(cue.answer, ()), cue)
            if is_open(self._scheme, cue):
                insort(self._open, self._place(cue))

    def _forget(self, cue: Event) -> None:
        del self._cues[cue.id]
        if is_open(self._scheme, cue):
            del self._open[bisect_left(self._open, self._place(cue))]
        if others := tuple(one for one in self._answered.pop(cue.answer, ()) if one.id != cue.id):
            self._answered[cue.answer] = others

    def _place(self, cue: Event) -> _Place:
        """Cues come link by link, in order of time."""
        return self._number[cue.tier], order(cue)

    def _released(self, change: Change) -> Change:
        """A cue that leaves its tier is judged no more."""
        before, after = change.before, change.after
        if before is None or after is None or before.tier == after.tier or not after.answer:
            return change
        return Change(before, replace(unjudged(self._scheme, replace(after, tier=before.tier)), tier=after.tier))

    def _bereft(self, change: Change) -> tuple[Event, ...]:
        """The cues that lose their act by a change; it is one, unless a file said otherwise."""
        before, after = change.before, change.after
        if before is None or before.tier not in self._acts or (after is not None and after.tier == before.tier):
            return ()
        return self._answered.get(before.id, ())

    def _parted(self, coding: CodingPass, edit: Edit) -> Iterator[Event]:
        """The cues whose act lay in their window before an edit, and does not after it."""
        after = {change.before.id: change.after for change in edit.changes if change.before is not None}
        looked_at = set()
        for change in edit.changes:
            for event in (change.before, change.after):
                cue = self.cue_of(event.id) or (event if event.answer else None) if event is not None else None
                if cue is None or cue.id in looked_at:
                    continue
                looked_at.add(cue.id)
                link = self._scheme.link_of(cue.tier)
                act = act_of(coding, link, cue) if link is not None else None
                if link is None or act is None or not in_window(self._scheme, link, coding.window, cue, act):
                    continue
                cue_after, act_after = after.get(cue.id, cue), after.get(act.id, act)
                if cue_after is None or act_after is None or cue_after.answer != act.id:
                    continue
                if not in_window(self._scheme, link, coding.window, cue_after, act_after):
                    yield cue

    def _label(self, label: str, opened: Sequence[Event], parted: Sequence[Event]) -> str:
        if len(opened) == 1:
            label = tr("{edit}; “{cue}” at {time} has no outcome any more", edit=label, **self._named(opened[0]))
        elif opened:
            label = plural(
                "{edit}; {count} cue has no outcome any more",
                "{edit}; {count} cues have no outcome any more",
                len(opened),
                edit=label,
            )
        if len(parted) == 1:
            words = self._named(parted[0])
            return tr("{edit}; what answers “{cue}” at {time} is not in its window any more", edit=label, **words)
        if not parted:
            return label
        return plural(
            "{edit}; what answers {count} cue is not in its window any more",
            "{edit}; what answers {count} cues is not in their windows any more",
            len(parted),
            edit=label,
        )

    def _named(self, cue: Event) -> dict[str, str]:
        return {"cue": self._scheme.name_of(cue.tier, cue.code), "time": clock(cue.onset_us)}
