"""Files in and out: scheme files, and the formats in which coded events are exchanged."""

from coder.formats.scheme_document import scheme_json_schema
from coder.formats.scheme_file import (
    find_scheme,
    parse_scheme,
    read_scheme,
    scheme_problems,
    scheme_text,
    schemes,
)

__all__ = [
    "find_scheme",
    "parse_scheme",
    "read_scheme",
    "scheme_json_schema",
    "scheme_problems",
    "scheme_text",
    "schemes",
]
