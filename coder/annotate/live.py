"""What a coder should look at, kept up to date while coding: an edit re-reads only the places it touched.

live = LiveReview(desk)
live.findings           every finding, in order of tier and time; a Sequence that is cheap to look into
live.hindering          how many of them stand in the way of submitting
live.listen(draw)       `draw` is called after the findings have changed
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import overload

from coder.annotate.desk import Desk
from coder.annotate.findings import Finding, Place, cues_touched, findings_at, places, touched
from coder.model.edit import Edit


class LiveReview:
    """The findings of a desk's pass. Reads the whole pass once, when it is made."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tiers = {tier.id: _TierFindings() for tier in desk.scheme.tiers}
        self._listeners: list[Callable[[], None]] = []
        for tier in desk.scheme.tiers:
            for place in places(desk.coding, tier):
                self._tiers[tier.id].put(place, findings_at(desk.coding, desk.scheme, tier, place))
        desk.listen(self._on_edit)

    @property
    def findings(self) -> Sequence[Finding]:
        """All findings, in order of tier and time. A view: it changes with the pass."""
        return _Joined(tuple(one.found for one in self._tiers.values()))

    @property
    def hindering(self) -> int:
        """How many findings stand in the way of submitting."""
        return sum(one.hindering for one in self._tiers.values())

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` whenever the findings have changed; returns a function that ends this."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _on_edit(self, edit: Edit) -> None:
        coding, scheme, changed = self._desk.coding, self._desk.scheme, False
        sides = (event for change in edit.changes for event in (change.before, change.after))
        answered = cues_touched(coding, scheme, edit.changes)
        for tier_id in {event.tier for event in sides if event is not None} | answered.keys():
            tier = scheme.tier(tier_id)
            for place in touched(coding, tier, edit.changes) | answered.get(tier_id, set()):
                changed |= self._tiers[tier_id].put(place, findings_at(coding, scheme, tier, place))
        if changed:
            for listener in tuple(self._listeners):
                listener()


class _TierFindings:
    """The findings of a tier with the place of each, both in order."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.hindering = 0
        self._places: list[Place] = []

    def put(self, place: Place, findings: list[Finding]) -> bool:
        """Replace the findings of a place; True if that changed anything."""
        first, last = bisect_left(self._places, place), bisect_right(self._places, place)
        before = self.found[first:last]
        if before == findings:
            return False
        self.found[first:last] = findings
        self._places[first:last] = [place] * len(findings)
        self.hindering += sum(one.hinders for one in findings) - sum(one.hinders for one in before)
        return True


class _Joined(Sequence[Finding]):
    """Several lists, one behind the other, without a copy."""

    def __init__(self, parts: Sequence[list[Finding]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    def __iter__(self) -> Iterator[Finding]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        for part in self._parts:
            if 0 <= at < len(part):
                return part[at]
            at -= len(part)
        raise IndexError(index)
