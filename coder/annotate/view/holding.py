"""Which codes hold at the frame on the screen."""

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from coder.annotate.desk import Desk
from coder.annotate.view.content import Painted
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import timeline_tiers
from coder.annotate.view.watched import Watched
from coder.model.scheme import TierKind

Held = frozenset[tuple[str, str]]


class Holding:
    """`held`: the (tier, code) pairs of states and intervals. A frame costs the same in a long pass as in a short.

    lanes: they listen to the desk already, so that they know of an edit before this looks into them.
    """

    def __init__(self, desk: Desk, lanes: Lanes, painted: Watched[Painted | None]) -> None:
        self.held: Watched[Held] = Watched(frozenset())
        self._lanes = lanes
        self._painted = painted
        self._tiers = [tier for tier in timeline_tiers(desk.scheme) if tier.kind is not TierKind.POINT]
        desk.listen(lambda _: self._look())
        painted.listen(lambda _: self._look())

    def _look(self) -> None:
        painted = self._painted.value
        self.held.set(frozenset(self._at(painted.at_us)) if painted is not None else frozenset())

    def _at(self, at_us: int) -> Iterator[tuple[str, str]]:
        for tier in self._tiers:
            for row in self._lanes.rows(tier):
                at = bisect_right(row, at_us, key=_onset) - 1
                if at >= 0 and row[at].span.contains(at_us):
                    yield tier.id, row[at].code


_onset = attrgetter("span.start_us")
