"""The events of each code by itself, in order, kept up to date edit by edit. Free of Qt."""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from coder.annotate.desk import Desk
from coder.annotate.view.layout import parted
from coder.model.coding import Event, order
from coder.model.edit import Edit
from coder.model.scheme import Tier


class Lanes:
    """Rows of events that do not overlap, so that both their onsets and their offsets rise.

    A tier is sorted out when it is first asked for; after that an edit costs what it changes, not what there is.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, dict[str, list[Event]]] = {}
        desk.listen(self._on_edit)

    def row(self, tier: Tier, code: str | None) -> Sequence[Event]:
        """The events of a lane, in order; code None: of the whole tier."""
        if code is None:
            return self._desk.coding.row(tier.id)
        if tier.id not in self._known:
            by_code = self._known[tier.id] = {one.id: [] for one in tier.codes}
            for event in self._desk.coding.row(tier.id):
                by_code[event.code].append(event)
        return self._known[tier.id].get(code, ())

    def rows(self, tier: Tier) -> Iterator[Sequence[Event]]:
        """All lanes of a tier."""
        if parted(tier):
            yield from (self.row(tier, code.id) for code in tier.codes)
        else:
            yield self.row(tier, None)

    def _on_edit(self, edit: Edit) -> None:
        for change in edit.changes:
            if change.before is not None and change.before.tier in self._known:
                row = self._known[change.before.tier][change.before.code]
                del row[bisect_left(row, order(change.before), key=order)]
        for change in edit.changes:
            if change.after is not None and change.after.tier in self._known:
                insort(self._known[change.after.tier][change.after.code], change.after, key=order)
