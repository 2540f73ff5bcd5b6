"""Masters until they are sealed: zones for boundaries, codes that are as right, reasons; every edit a new master.

A boundary that two states of an exclusive tier share is told by the onset of the second: a zone of the first one's
offset is a zone of that onset.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from coder.formats.master_table import edge_us
from coder.language import tr
from coder.model.coding import Event, order
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span, clock
from coder.model.training import Edge, Master, Zone


def with_margins(master: Master, scheme: Scheme, margins_us: Mapping[str, int]) -> Master:
    """The master with a zone around every edge that has none, so far to either side. margins_us: by tier.

    A zone goes no further than the other edge of its event, or of the one before; where the clip begins or ends
    there is no edge.
    """
    for tier in scheme.tiers:
        margin_us = margins_us.get(tier.id, 0)
        if margin_us > 0 and tier.kind in (TierKind.STATE, TierKind.POINT):
            for event, edge, bounds in _free_edges(master, tier):
                at_us = edge_us(event, edge)
                start_us, end_us = max(at_us - margin_us, bounds.start_us), min(at_us + margin_us, bounds.end_us)
                master = replace(master, zones=(*master.zones, Zone(event.id, edge, Span(start_us, end_us))))
    return master


def with_zone(master: Master, scheme: Scheme, event_id: str, edge: Edge, span: Span | None) -> Master:
    """The master with another zone of an edge; None: only the edge itself is right.

    Raises CodingError if the zone does not hold the edge, or leaves the clip.
    """
    event, edge = _boundary(master, scheme, _event(master, event_id), edge)
    others = tuple(zone for zone in master.zones if (zone.event, zone.edge) != (event.id, edge))
    if span is None:
        return replace(master, zones=others)
    at_us = edge_us(event, edge)
    if not span.start_us <= at_us <= span.end_us:
        what = tr("The zone does not hold the edge itself, {time}.", time=clock(at_us))
        raise CodingError(Problem(what, hint=tr("Let it begin at that time or before, and end there or after.")))
    if master.window.intersection(span) != span and not span.is_moment:
        raise CodingError(Problem(tr("The zone leaves the clip."), hint=tr("Shorten it.")))
    return replace(master, zones=(*others, Zone(event.id, edge, span)))


def zone_of(master: Master, scheme: Scheme, event: Event, edge: Edge) -> Span | None:
    """Where an edge may lie; None if only the edge itself is right. A shared boundary has one."""
    shared, edge = _boundary(master, scheme, event, edge)
    return next((zone.span for zone in master.zones if (zone.event, zone.edge) == (shared.id, edge)), None)


def widened(master: Master, scheme: Scheme, event_id: str, at_us: int) -> Master:
    """The master with a zone that reaches to `at_us`, of whichever edge of the event is nearer to it.

    Raises CodingError as `with_zone` does, and for an event that has no edge to be anywhere.
    """
    event = _event(master, event_id)
    kind = scheme.tier(event.tier).kind
    if kind not in (TierKind.STATE, TierKind.POINT):
        raise CodingError(Problem(tr("Ratings and intervals have no boundary that could lie elsewhere.")))
    nearer = (
        min(Edge, key=lambda edge: abs(edge_us(event, edge) - at_us)) if kind is TierKind.STATE else Edge.ONSET
    )
    own_us = edge_us(event, nearer)
    span = zone_of(master, scheme, event, nearer) or Span.moment(own_us)
    wider = Span(at_us, span.end_us) if at_us < own_us else Span(span.start_us, at_us)
    return with_zone(master, scheme, event_id, nearer, None if wider.is_moment else wider)


def with_either(master: Master, event_id: str, codes: Iterable[str]) -> Master:
    """The master with other codes that are as right for an event; `NOTHING` among them: it need not be marked."""
    event = _event(master, event_id)
    return _with_event(master, replace(event, either=tuple(sorted(set(codes) - {event.code}))))


def with_reason(master: Master, event_id: str, reason: str) -> Master:
    """The master with another reason for an event's code."""
    return _with_event(master, replace(_event(master, event_id), note=reason.strip()))


def _event(master: Master, event_id: str) -> Event:
    return next(event for event in master.events if event.id == event_id)


def _with_event(master: Master, changed: Event) -> Master:
    return replace(master, events=tuple(changed if event.id == changed.id else event for event in master.events))


def _boundary(master: Master, scheme: Scheme, event: Event, edge: Edge) -> tuple[Event, Edge]:
    """The edge by which a boundary is told."""
    if edge is Edge.OFFSET and scheme.tier(event.tier).exclusive:
        for other in master.events:
            if other.tier == event.tier and other.onset_us == event.offset_us and other.id != event.id:
                return other, Edge.ONSET
    return event, edge


def _free_edges(master: Master, tier: Tier) -> Iterator[tuple[Event, Edge, Span]]:
    """The edges of a tier that have no zone, each with how far a zone may go."""
    taken = {(zone.event, zone.edge) for zone in master.zones}
    for line in _lines(master, tier):
        for before, event, after in zip((None, *line), line, (*line[1:], None), strict=False):
            for edge, bounds in _edges(before, event, after, master.window):
                if (event.id, edge) not in taken:
                    yield event, edge, bounds


def _lines(master: Master, tier: Tier) -> list[Sequence[Event]]:
    """The events that exclude each other, in the order of time."""
    own = sorted((event for event in master.events if event.tier == tier.id), key=order)
    if tier.exclusive:
        return [own]
    return [[event for event in own if event.code == code] for code in dict.fromkeys(one.code for one in own)]


def _edges(before: Event | None, event: Event, after: Event | None, window: Span) -> Iterator[tuple[Edge, Span]]:
    start_us = window.start_us if before is None else before.onset_us + 1
    if before is not None and before.onset_us < before.offset_us < event.onset_us:
        start_us = before.offset_us
    last_us = window.end_us if after is None else after.onset_us
    if event.span.is_moment:
        yield Edge.ONSET, Span(start_us, max(last_us - 1, event.onset_us))
        return
    if event.onset_us > window.start_us:
        yield Edge.ONSET, Span(start_us, event.offset_us - 1)
    shared = after is not None and after.onset_us == event.offset_us
    if event.offset_us < window.end_us and not shared:
        yield Edge.OFFSET, Span(event.onset_us + 1, last_us)
