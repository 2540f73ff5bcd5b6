"""The part of a master that lies in a stretch of its film."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coder.formats.master_table import edge_us
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.time import Span, clock
from coder.model.training import Zone


def cut(
    events: Iterable[Event], zones: Iterable[Zone], scheme: Scheme, stretch: Span, name: str
) -> tuple[tuple[Event, ...], tuple[Zone, ...]]:
    """Events and zones within `stretch`. name: what problems call the master.

    A state is cut at the ends, and the edge that it gets there has no zone. A moment outside is left out, and so
    is a rating or an interval that does not lie wholly inside: it was given for what the clip does not show.
    Raises FormatError where the stretch parts a cue from its answer, or begins within an interval or a segment
    that is rated: nobody could code it.
    """
    kept: dict[str, Event] = {}
    edges: dict[str, Event] = {}
    for event in events:
        inside = _inside(event, scheme, stretch)
        if inside is not None:
            kept[event.id], edges[event.id] = inside, event
    problems = [*_parted(kept, name), *_off_beat(kept.values(), scheme, stretch, name)]
    if problems:
        raise FormatError(*problems)
    return tuple(kept.values()), tuple(_zones(zones, kept, edges, stretch))


def _parted(kept: dict[str, Event], name: str) -> Iterator[Problem]:
    for event in kept.values():
        if event.answer and event.answer not in kept:
            what = tr(
                "The clip shows “{code}” at {time}, and not what answers it.",
                code=event.code,
                time=clock(event.onset_us),
            )
            yield Problem(what, name, tr("Let the clip begin earlier, or end later."))


def _off_beat(events: Iterable[Event], scheme: Scheme, stretch: Span, name: str) -> Iterator[Problem]:
    """Intervals are counted from the start of what is coded."""
    for tier in scheme.tiers:
        own = [event for event in events if event.tier == tier.id]
        if tier.every_us and any((event.onset_us - stretch.start_us) % tier.every_us for event in own):
            what = tr("The clip begins in the middle of an interval of “{tier}”.", tier=tier.label)
            yield Problem(what, name, tr("Let it begin where an interval begins."))


def _inside(event: Event, scheme: Scheme, stretch: Span) -> Event | None:
    kind = scheme.tier(event.tier).kind
    if kind is TierKind.POINT:
        return event if stretch.contains(event.onset_us) else None
    span = event.span.intersection(stretch)
    if span is None or (kind is not TierKind.STATE and span != event.span):
        return None
    moments = (one.intersection(stretch) for one in event.moments)
    return replace(event, span=span, moments=tuple(one for one in moments if one is not None))


def _zones(
    zones: Iterable[Zone], kept: dict[str, Event], before: dict[str, Event], stretch: Span
) -> Iterable[Zone]:
    for zone in zones:
        event = kept.get(zone.event)
        if event is not None and edge_us(event, zone.edge) == edge_us(before[zone.event], zone.edge):
            start_us, end_us = max(zone.span.start_us, stretch.start_us), min(zone.span.end_us, stretch.end_us)
            yield replace(zone, span=Span(start_us, end_us))
