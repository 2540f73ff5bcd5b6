"""Coded events as a table: one row per event, read by pandas, R and spreadsheets without any option.

Every row says what it belongs to (session, coder, scheme), so that tables can be put one below the other. Times
stand there exactly (`onset_us`, `offset_us`: whole microseconds on the session clock, the offset not included)
and as a clock for people; `duration_s` is in seconds. Modifiers are written `from=eyes; play_kind=build`.
`certainty` is empty, “likely” or “guess”; `reaction_us` is how much earlier the onset was put for the coder's
reaction time. `answer` names the event that answers this one by code and onset (`act_talk@12.480000`, seconds),
`moments` the stretches that justify a rating (`12.300000-15.000000; …`), `either` other codes that are as right
here (`object; (nothing)`; nothing: to mark no event). The file is UTF-8 with a byte order
mark, without which Excel garbles every letter beyond ASCII; pandas drops the mark itself, R takes `fileEncoding
= "UTF-8-BOM"`. A text that begins like a formula gets a ' in front, which reading takes off.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from coder.formats.cells import guarded, modifiers_cell, seconds
from coder.formats.event_row import NOTHING_CELL
from coder.formats.events_table import parse_events
from coder.formats.files import read_text
from coder.formats.table_rows import COLUMNS
from coder.language import tr
from coder.model.coding import CodingPass, Event
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Scheme
from coder.model.time import Span, clock
from coder.staging import write_whole

MAX_BYTES = 50_000_000

Further = Mapping[str, Mapping[str, str]]
"""Columns behind the usual ones: by name, the cells by id of the event."""


def events_text(
    coding: CodingPass,
    scheme: Scheme,
    *,
    session: str = "",
    coder: str = "",
    further: Further = MappingProxyType({}),
) -> str:
    """The events of a pass as CSV, tier by tier in the scheme's order, without a byte order mark.

    session, coder: what to call them in the table; their ids if "". Raises FormatError if the pass was made with
    another scheme.
    """
    header = coding.header
    if header.scheme != scheme.id:
        raise FormatError(
            Problem(tr("The pass was made with {theirs}, not with {ours}.", theirs=header.scheme, ours=scheme.id))
        )
    identity = (session or header.session_id, coder or header.coder_id, *_identity(scheme))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, *further))
    for tier in scheme.tiers:
        labels = {code.id: code.label for code in tier.codes}
        link = scheme.link_of(tier.id)
        acts = {} if link is None else {act.id: act for act in coding.row(link.acts)}
        for event in coding.row(tier.id):
            cells = _cells(event, labels[event.code], acts.get(event.answer))
            more = (column.get(event.id, "") for column in further.values())
            writer.writerow((*map(guarded, identity), *cells, *more))
    return out.getvalue()


def _identity(scheme: Scheme) -> tuple[str, str, str]:
    return scheme.id.name, scheme.id.version, scheme.id.sha256


def _cells(event: Event, label: str, answer: Event | None) -> tuple[str, ...]:
    onset_us, offset_us = event.onset_us, event.offset_us
    return (
        guarded(event.tier),
        guarded(event.code),
        guarded(label),
        str(onset_us),
        str(offset_us),
        clock(onset_us),
        clock(offset_us),
        seconds(event.span.duration_us),
        guarded(modifiers_cell(event.modifiers)),
        guarded(event.note),
        event.certainty.value,
        str(event.reaction_us),
        "" if answer is None else guarded(f"{answer.code}@{seconds(answer.onset_us)}"),
        "; ".join(f"{seconds(one.start_us)}-{seconds(one.end_us)}" for one in event.moments),
        guarded("; ".join(code or NOTHING_CELL for code in event.either)),
    )


def read_events(path: Path, scheme: Scheme, window: Span | None = None) -> tuple[Event, ...]:
    """The events in a CSV file; see `parse_events`. Raises FormatError if the file cannot be read, too."""
    return parse_events(read_text(path, MAX_BYTES, FormatError), path.name, scheme, window)


def write_events(coding: CodingPass, scheme: Scheme, path: Path, *, session: str = "", coder: str = "") -> None:
    """Write a pass to a CSV file; see `events_text`. Raises FormatError, with an old file untouched."""
    text = events_text(coding, scheme, session=session, coder=coder)
    write_whole(path, text.encode("utf-8-sig"), FormatError)


class CsvFormat:
    """The exchange format that every program reads."""

    id = "csv"
    label = "Table (CSV)"
    suffixes = (".csv",)
    read = staticmethod(read_events)
    write = staticmethod(write_events)


CSV = CsvFormat()
