"""What a table of events holds as far as that can be said without its scheme: codes, their tiers, when."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coder.formats.cells import parse_pairs
from coder.formats.event_row import NOTHING_CELL, Row, RowError, time_us
from coder.formats.events_csv import MAX_BYTES
from coder.formats.files import read_text
from coder.formats.table_rows import table_rows
from coder.model.coding import Modifiers
from coder.model.problem import FormatError, Problem


@dataclass(frozen=True, slots=True)
class Mark:
    """One event of the table. tier: "" if the table does not say. end_us: equal to start_us for a moment.

    either: other codes that are as right. answered: it names an event that answers it.
    """

    tier: str
    code: str
    start_us: int
    end_us: int
    modifiers: Modifiers
    either: tuple[str, ...]
    answered: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """The events of one table. scheme: name, version and sha256 that the table states, each "" if it does not."""

    scheme: tuple[str, str, str]
    marks: tuple[Mark, ...]


def outline(path: Path) -> Outline:
    """The outline of a table of events (CSV). Rows that cannot be read are left out; reading the events tells.

    Raises FormatError if the file cannot be read or is no such table.
    """
    problems: list[Problem] = []

    def report(what: str, hint: str = "", row: int = 1, column: str = "") -> None:
        place = f"{path.name}: row {row}" + (f", column {column}" if column else "")
        problems.append(Problem(what, place, hint))

    rows = list(table_rows(read_text(path, MAX_BYTES, FormatError), report))
    if problems:
        raise FormatError(*problems)
    name, version, sha256 = (
        next((text for row in rows if (text := row.text(column).strip())), "")
        for column in ("scheme", "scheme_version", "scheme_sha256")
    )
    return Outline((name, version, sha256), tuple(_marks(rows)))


def _marks(rows: list[Row]) -> Iterator[Mark]:
    for row in rows:
        try:
            start_us, end_us = time_us(row, "onset"), time_us(row, "offset")
            pairs = parse_pairs(row.text("modifiers"))
        except (RowError, ValueError):
            continue
        code = row.text("code").strip()
        if code and start_us is not None:
            codes = (part.strip() for part in row.text("either").split(";"))
            either = tuple(other for other in codes if other not in ("", NOTHING_CELL))
            tier, answered = row.text("tier").strip(), bool(row.text("answer").strip())
            yield Mark(
                tier, code, start_us, start_us if end_us is None else end_us, tuple(pairs), either, answered
            )
