"""Which codes hold at the frame on the screen."""

from bisect import bisect_right

from coder.annotate.desk import Desk
from coder.annotate.view.content import Painted
from coder.annotate.view.layout import timeline_tiers
from coder.annotate.view.watched import Watched
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Tier, TierKind
from coder.model.time import Span

Held = frozenset[tuple[str, str]]


class Holding:
    """`held`: the (tier, code) pairs of states. A new frame costs next to nothing until it passes an edge."""

    def __init__(self, desk: Desk, painted: Watched[Painted | None]) -> None:
        self.held: Watched[Held] = Watched(frozenset())
        self._desk = desk
        self._painted = painted
        self._tiers = [tier for tier in timeline_tiers(desk.scheme) if tier.kind is not TierKind.POINT]
        self._known: dict[str, tuple[tuple[Event, ...], Span, frozenset[str]]] = {}
        desk.listen(lambda _: self._look())
        painted.listen(lambda _: self._look())

    def _look(self) -> None:
        painted = self._painted.value
        if painted is None:
            self.held.set(frozenset())
            return
        at_us = painted.at_us
        self.held.set(frozenset((tier.id, code) for tier in self._tiers for code in self._codes(tier, at_us)))

    def _codes(self, tier: Tier, at_us: int) -> frozenset[str]:
        row = self._desk.coding.row(tier.id)
        known = self._known.get(tier.id)
        if known is None or known[0] is not row or not known[1].contains(at_us):
            known = self._known[tier.id] = (row, *holding(self._desk.coding, tier, at_us))
        return known[2]


def holding(coding: CodingPass, tier: Tier, at_us: int) -> tuple[Span, frozenset[str]]:
    """The codes of a tier of states that hold at a moment, and a stretch around it in which they do."""
    row, window = coding.row(tier.id), coding.window
    first_us, last_us = min(window.start_us, at_us), max(window.end_us, at_us + 1)
    if not tier.exclusive:
        edges = [edge for event in row for edge in (event.onset_us, event.offset_us)]
        start_us = max((edge for edge in edges if edge <= at_us), default=first_us)
        end_us = min((edge for edge in edges if edge > at_us), default=last_us)
        return Span(start_us, end_us), frozenset(event.code for event in row if event.span.contains(at_us))
    state = coding.state_at(tier.id, at_us)
    if state is not None:
        return state.span, frozenset({state.code})
    at = bisect_right(row, at_us, key=lambda event: event.onset_us)
    start_us = min(row[at - 1].offset_us, at_us) if at else first_us
    return Span(start_us, row[at].onset_us if at < len(row) else last_us), frozenset()
