"""Which act answers which cue, kept up to date edit by edit; and what an edit must bring along for that.

linked = Linked(coding, scheme)
linked.cue_of(act.id)           the cue that the act answers
linked.completed(coding, edit)  the edit, together with the judgements that it would leave without their act
linked.follow(edit)             the edit was made
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coder.annotate.answering import act_of, in_window, is_open, unjudged
from coder.language import plural, tr
from coder.model.coding import CodingPass, Event
from coder.model.edit import Change, Edit, EditKind
from coder.model.scheme import Scheme
from coder.model.time import clock


class Linked:
    """Reads the cues of a pass once; from then on an edit costs what it changes, not what there is.

    cues, open: how many cues there are, and how many of them have no outcome yet.
    """

    def __init__(self, coding: CodingPass, scheme: Scheme) -> None:
        self._scheme = scheme
        self._acts = {link.acts for link in scheme.links}
        self._cues: dict[str, tuple[Event, ...]] = {}  # several only where a file said so
        self.cues = self.open = 0
        for link in scheme.links:
            for cue in coding.row(link.cues):
                self._count(cue, +1)

    def cue_of(self, act_id: str) -> Event | None:
        """The cue that an act answers, if it answers one."""
        return next(iter(self._cues.get(act_id, ())), None)

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
            if change.before is not None:
                self._count(change.before, -1)
        for change in edit.changes:
            if change.after is not None:
                self._count(change.after, +1)

    def _count(self, event: Event, by: int) -> None:
        if self._scheme.link_of(event.tier) is None:
            return
        self.cues += by
        self.open += by * is_open(self._scheme, event)
        if event.answer:
            others = tuple(cue for cue in self._cues.pop(event.answer, ()) if cue.id != event.id)
            if cues := (*others, event) if by > 0 else others:
                self._cues[event.answer] = cues

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
        return self._cues.get(before.id, ())

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
