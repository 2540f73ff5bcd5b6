"""Files in and out: scheme files, and the formats in which coded events are exchanged."""

from coder.formats.cells import guarded
from coder.formats.events_csv import events_text, read_events, write_events
from coder.formats.events_table import parse_events
from coder.formats.registry import EventFormat, event_formats, find_format
from coder.formats.scheme_document import scheme_json_schema
from coder.formats.scheme_file import (
    find_scheme,
    parse_scheme,
    read_scheme,
    scheme_problems,
    scheme_text,
    schemes,
)
from coder.formats.scheme_head import with_head

__all__ = [
    "EventFormat",
    "event_formats",
    "events_text",
    "find_format",
    "find_scheme",
    "guarded",
    "parse_events",
    "parse_scheme",
    "read_events",
    "read_scheme",
    "scheme_json_schema",
    "scheme_problems",
    "scheme_text",
    "schemes",
    "with_head",
    "write_events",
]
