"""A master that allows for tolerance: where a boundary may lie anywhere in a zone, the trainee's place is right.

The master is moved to the trainee, as far as its zones allow, and then compared like any other pass. A boundary
between two states is the trainee's own if the trainee has the same change (from a code that is right before it to
one that is right after it) and nothing else between the two places. So a zone never makes more time wrong than
there was without it. A point event is moved to the trainee's event that it is matched with; one that is matched
with none, to the nearest of its code in the zone that is left.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from coder.model.coding import NOTHING, CodingPass, Event, order
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.model.training import Edge, Master, Zone
from coder.reliability.rows import rows

_Zones = Mapping[tuple[str, Edge], Sequence[Span]]


def beside(master: Master, attempt: CodingPass, scheme: Scheme) -> CodingPass:
    """The master as pass A to compare with an attempt, its zones applied.

    No edge leaves its zone. In an exclusive tier a boundary is one for both of its states, and none passes
    another; where codes may overlap that holds for each code by itself. Codes that are as right (`Event.either`)
    stay with their events: `compare` knows them. Ratings and intervals have no boundaries of the coder's own and
    stay as they are, as does a tier without zones.
    """
    header = replace(
        attempt.header,
        id=f"{attempt.header.id}/master",
        scheme=master.scheme,
        window=master.window,
        made_from=(),
    )
    coding = CodingPass.of(header, master.events)
    zones = _by_edge(master.zones)
    if not zones:
        return coding
    moved: list[Event] = []
    for tier_id, row in coding.tiers.items():
        zoned = any((event.id, edge) in zones for event in row for edge in Edge)
        if zoned and scheme.has_tier(tier_id):
            moved += _moved(coding, attempt, scheme, scheme.tier(tier_id), zones)
        else:
            moved += row
    return CodingPass.of(header, moved)


def _by_edge(zones: Iterable[Zone]) -> _Zones:
    found: dict[tuple[str, Edge], list[Span]] = {}
    for zone in zones:
        found.setdefault((zone.event, zone.edge), []).append(zone.span)
    return found


def _moved(coding: CodingPass, attempt: CodingPass, scheme: Scheme, tier: Tier, zones: _Zones) -> Sequence[Event]:
    row, theirs, window = coding.row(tier.id), attempt.row(tier.id), coding.window
    if tier.kind is TierKind.POINT:
        return _points(coding, attempt, scheme, tier, zones)
    if tier.kind is not TierKind.STATE:
        return row
    if tier.exclusive:
        return _states(row, theirs, tier.default, zones, window)
    # each code begins and ends by itself
    return [
        event
        for code in dict.fromkeys(event.code for event in row)
        for event in _states(
            [one for one in row if one.code == code],
            [one for one in theirs if one.code == code],
            None,
            zones,
            window,
        )
    ]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch in which one thing holds. codes: those that are right, `NOTHING` for none. event: "" for a gap."""

    span: Span
    codes: frozenset[str]
    event: str = ""


def _pieces(row: Sequence[Event], default: str | None, window: Span) -> list[_Piece]:
    """The window in pieces, in order and without a gap; neighbours without an event of the same code are one."""
    nothing = frozenset({default or NOTHING})
    found: list[_Piece] = []
    at_us = window.start_us
    for event in sorted(row, key=order):
        start_us, end_us = max(event.onset_us, at_us), min(event.offset_us, window.end_us)
        if start_us >= end_us:
            continue
        if at_us < start_us:
            found.append(_Piece(Span(at_us, start_us), nothing))
        codes = frozenset(code or default or NOTHING for code in (event.code, *event.either))
        found.append(_Piece(Span(start_us, end_us), codes, event.id))
        at_us = end_us
    if at_us < window.end_us:
        found.append(_Piece(Span(at_us, window.end_us), nothing))
    return found


def _states(
    row: Sequence[Event], theirs: Sequence[Event], default: str | None, zones: _Zones, window: Span
) -> list[Event]:
    """The states of one line, on which no two hold at once."""
    mine = _pieces(row, default, window)
    their = _Row(_pieces(theirs, default, window))
    places = [after.span.start_us for after in mine[1:]]
    wanted = {
        at: place
        for at, (before, after) in enumerate(pairwise(mine))
        if (place := _place(before, after, their, zones)) is not None and place != places[at]
    }
    starts = [window.start_us, *_in_order(places, wanted, window), window.end_us]
    spans = {piece.event: Span(*ends) for piece, ends in zip(mine, pairwise(starts), strict=True) if piece.event}
    return [replace(event, span=spans.get(event.id, event.span)) for event in row]


def _place(before: _Piece, after: _Piece, their: "_Row", zones: _Zones) -> int | None:
    """Where the boundary between two pieces is to lie, if it may lie where the trainee has it."""
    allowed = (*zones.get((before.event, Edge.OFFSET), ()), *zones.get((after.event, Edge.ONSET), ()))
    if not allowed:
        return None
    at_us = after.span.start_us
    places = (place for place in their.changes(at_us, before.codes, after.codes) if _inside(place, allowed))
    return min(places, key=lambda place: (abs(place - at_us), place), default=None)


def _inside(at_us: int, spans: Iterable[Span]) -> bool:
    return any(span.start_us <= at_us <= span.end_us for span in spans)


def _in_order(places: Sequence[int], wanted: Mapping[int, int], window: Span) -> list[int]:
    """The places with those that are wanted, as far as none passes its neighbour; of two the nearer move stays."""
    moves = dict(wanted)
    while True:
        ends = [window.start_us, *(moves.get(at, place) for at, place in enumerate(places)), window.end_us]
        clash = next((at for at, (one, next_one) in enumerate(pairwise(ends)) if one >= next_one), None)
        if clash is None:
            return ends[1:-1]
        # the ends of the window never move, and where nothing moved all is in order: one of the two did
        movers = [at for at in (clash - 1, clash) if at in moves]
        del moves[max(movers, key=lambda at: abs(moves[at] - places[at]))]


class _Row:
    """The trainee's pieces, asked for a change near a time."""

    def __init__(self, pieces: Iterable[_Piece]) -> None:
        self._pieces = tuple(pieces)
        self._starts = [piece.span.start_us for piece in self._pieces]

    def changes(self, at_us: int, before: frozenset[str], after: frozenset[str]) -> Iterator[int]:
        """Where the trainee goes from a code of `before` to one of `after`, with nothing else up to `at_us`."""
        later = bisect_right(self._starts, at_us) - 1
        if self._is(later, before):
            while self._is(later, before):
                later += 1
            if self._is(later, after):
                yield self._starts[later]
        earlier = bisect_left(self._starts, at_us) - 1
        while self._is(earlier, after):
            earlier -= 1
        if self._is(earlier, before) and self._is(earlier + 1, after):
            yield self._starts[earlier + 1]

    def _is(self, at: int, codes: frozenset[str]) -> bool:
        return 0 <= at < len(self._pieces) and bool(self._pieces[at].codes & codes)


def _points(coding: CodingPass, attempt: CodingPass, scheme: Scheme, tier: Tier, zones: _Zones) -> list[Event]:
    both = rows(coding, attempt, scheme, tier, coding.window, "master")
    found, a, b = both.matching, both.events_a, both.events_b
    partners = {a[i].id: b[j].onset_us for i, j in found.pairs}
    row = coding.row(tier.id)
    left_a = [event for event in row if event.id not in partners and (event.id, Edge.ONSET) in zones]
    taken = {j for _, j in found.pairs}
    left_b = [event for j, event in enumerate(b) if j not in taken]
    partners |= _nearest(left_a, left_b, zones)
    places = {
        event: place for event, place in partners.items() if _inside(place, zones.get((event, Edge.ONSET), ()))
    }
    return [replace(event, span=Span.moment(places[event.id])) if event.id in places else event for event in row]


def _nearest(left_a: Sequence[Event], left_b: Sequence[Event], zones: _Zones) -> dict[str, int]:
    """Id of a master's event -> onset of the trainee's in its zone: as many as can be, then as near as can be."""
    if not left_a or not left_b:
        return {}
    far = 1 + sum(abs(a.onset_us - b.onset_us) for a in left_a for b in left_b)
    costs = np.array([[_cost(a, b, zones, far) for b in left_b] for a in left_a], dtype=np.float64)
    numbers = (found.tolist() for found in linear_sum_assignment(costs))
    return {left_a[i].id: left_b[j].onset_us for i, j in zip(*numbers, strict=True) if costs[i, j] < far}


def _cost(a: Event, b: Event, zones: _Zones, far: int) -> int:
    right = b.code in (a.code, *a.either) and _inside(b.onset_us, zones[a.id, Edge.ONSET])
    return abs(a.onset_us - b.onset_us) if right else far
