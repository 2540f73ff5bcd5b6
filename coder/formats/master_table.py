"""Masters as a plain table: the import format of events with two columns more, which say where an edge may lie.

`onset_zone` and `offset_zone` hold a stretch (`2.400000-2.720000`, seconds on the film's clock, both ends
included) within which that edge of the event is right. `coder import` reads such a table too and passes the zones
over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from coder.formats.cells import modifiers_cell, parse_time, seconds
from coder.formats.event_row import NOTHING_CELL, Row, RowError
from coder.formats.events_csv import events_text
from coder.formats.events_table import TableReader
from coder.language import tr
from coder.model.coding import CodingPass, Event, PassHeader, order
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Purpose
from coder.model.time import Span, clock
from coder.model.training import Edge, Master, Zone

ZONE_COLUMNS = {Edge.ONSET: "onset_zone", Edge.OFFSET: "offset_zone"}

_IDS = UUID("8c9f5a52-6a1e-4b0b-9a53-2f6d0a7c1e44")
_KINDS = {Edge.ONSET: (TierKind.STATE, TierKind.POINT), Edge.OFFSET: (TierKind.STATE,)}


class MasterReader(TableReader):
    """Reads the table of a master: its events, and in `zones` where their edges may lie.

    An event's id follows from the table's name, the tier, the code and the onset.
    """

    def __init__(self, name: str, scheme: Scheme) -> None:
        super().__init__(name, scheme, None)
        self.zones: list[Zone] = []

    def read(self, rows: list[Row]) -> list[Event]:
        """The events of these rows, tier by tier in the order of time; those left out that cannot be read."""
        self.placed: dict[str, Row] = {}
        found = super().read(rows)
        self._check_boundaries(found)
        tiers = [tier.id for tier in self.scheme.tiers]
        events = sorted(found, key=lambda event: (tiers.index(event.tier), order(event)))
        places = {event.id: place for place, event in enumerate(events)}
        self.zones.sort(key=lambda zone: places.get(zone.event, -1))
        return events

    def event(self, row: Row) -> Event:
        """The event of a row, without its answer. Raises RowError if it is none."""
        event = super().event(row)
        # the same row is the same event, however often it is read and whatever else is mended in the file
        event = replace(event, id=str(uuid5(_IDS, f"{self.name} {event.tier} {event.code} {event.onset_us}")))
        self.placed[event.id] = row
        for edge, column in ZONE_COLUMNS.items():
            if row.text(column).strip():
                self.zones.append(Zone(event.id, edge, self._zone(row, event, edge)))
        return event

    def _zone(self, row: Row, event: Event, edge: Edge) -> Span:
        column, text = ZONE_COLUMNS[edge], row.text(ZONE_COLUMNS[edge]).strip()
        if self.scheme.tier(event.tier).kind not in _KINDS[edge]:
            what = tr("“{code}” has no edge that could lie in a zone.", code=event.code)
            raise RowError(column, what, tr("Zones are for states, and for when moments happen. Empty the cell."))
        start, sign, end = text.partition("-")
        try:
            span = Span(parse_time(start), parse_time(end)) if sign else None
        except ValueError:
            span = None
        if span is None:
            what = tr("“{text}” is no stretch of time.", text=text)
            raise RowError(column, what, tr("Write start and end, e.g. “12.3-12.7”."))
        at_us = edge_us(event, edge)
        if not span.start_us <= at_us <= span.end_us:
            what = tr("The zone “{text}” does not hold the edge itself, {time}.", text=text, time=clock(at_us))
            raise RowError(column, what, tr("Correct the zone, or the time."))
        return span

    def _check_boundaries(self, events: Iterable[Event]) -> None:
        """Where two states touch there is one boundary: two zones of it must be the same."""
        spans = {(zone.event, zone.edge): zone.span for zone in self.zones}
        ends = {(event.tier, event.offset_us): event for event in events if self.scheme.tier(event.tier).exclusive}
        for event in events:
            before = ends.get((event.tier, event.onset_us))
            if before is None or before is event:
                continue
            own, other = spans.get((event.id, Edge.ONSET)), spans.get((before.id, Edge.OFFSET))
            if own and other and own != other:
                what = tr(
                    "Row {number} has another zone for the same boundary.", number=self.placed[before.id].number
                )
                hint = tr("Where one state follows another there is one boundary; give one zone.")
                self.report(what, hint, self.placed[event.id].number, ZONE_COLUMNS[Edge.ONSET])


def edge_us(event: Event, edge: Edge) -> int:
    """Where that edge of an event lies, in microseconds."""
    return event.onset_us if edge is Edge.ONSET else event.offset_us


def master_text(master: Master, scheme: Scheme) -> str:
    """A master as a plain table (CSV), without a byte order mark; `read_master` gives it back, ids left aside."""
    header = PassHeader("", "", master.scheme, "master", Purpose.TRAINING, master.window)
    cells = {
        column: {zone.event: _span_cell(zone.span) for zone in master.zones if zone.edge is edge}
        for edge, column in ZONE_COLUMNS.items()
    }
    return events_text(CodingPass.of(header, master.events), scheme, further=cells)


def rows_of(events: Sequence[Event], zones: Iterable[Zone]) -> list[Row]:
    """The rows that a table of these events would have, so that events from elsewhere pass the same checks."""
    acts = {event.id: event for event in events}
    places = {(zone.event, ZONE_COLUMNS[zone.edge]): _span_cell(zone.span) for zone in zones}
    return [
        Row(number, _cells(event, acts) | _zones(event, places)) for number, event in enumerate(events, start=2)
    ]


def _cells(event: Event, acts: dict[str, Event]) -> dict[str, str]:
    act = acts.get(event.answer)
    named = f"{act.code}@{seconds(act.onset_us)}" if act else event.answer
    return {
        "tier": event.tier,
        "code": event.code,
        "onset_us": str(event.onset_us),
        "offset_us": str(event.offset_us),
        "modifiers": modifiers_cell(event.modifiers),
        "answer": named,
        "moments": "; ".join(map(_span_cell, event.moments)),
        "either": "; ".join(code or NOTHING_CELL for code in event.either),
    }


def _zones(event: Event, places: dict[tuple[str, str], str]) -> dict[str, str]:
    return {column: places.get((event.id, column), "") for column in ZONE_COLUMNS.values()}


def _span_cell(span: Span) -> str:
    return f"{seconds(span.start_us)}-{seconds(span.end_us)}"
