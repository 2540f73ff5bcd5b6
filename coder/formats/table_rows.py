"""A table of events, before anybody asks what its rows mean: its columns, and its cells by column."""

import csv
import io
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Protocol

from coder.formats.event_row import Row
from coder.language import tr

COLUMNS = (
    "session",
    "coder",
    "scheme",
    "scheme_version",
    "scheme_sha256",
    "tier",
    "code",
    "label",
    "onset_us",
    "offset_us",
    "onset",
    "offset",
    "duration_s",
    "modifiers",
    "note",
    "certainty",
    "reaction_us",
    "answer",
    "moments",
    "either",
)


class Report(Protocol):
    """Hears what is wrong in a row; the heading is row 1."""

    def __call__(self, what: str, hint: str = "", row: int = 1, column: str = "") -> None: ...


def table_rows(text: str, report: Report) -> Iterator[Row]:
    """The rows of a table below its heading, without those that are empty; none if the columns do not suffice."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        report(tr("The file is empty."), tr("Export the events again."))
        return
    heading = text.lstrip("\r\n").splitlines()[0]
    separator = max(",;\t", key=heading.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] | None = None
    number = 0
    try:
        for number, cells in enumerate(table, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = [cell.strip().lower() for cell in cells]
                flaws = list(_flaws(columns))
                for what, hint in flaws:
                    report(what, hint, number)
                if flaws:
                    return
            elif len(cells) != len(columns):
                what = tr(
                    "The row has {count} cells, and the heading has {columns}.",
                    count=len(cells),
                    columns=len(columns),
                )
                report(what, tr("Put texts that hold a separator in quotes."), number)
            else:
                yield Row(number, dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        report(tr("The table cannot be read: {error}.", error=error), tr("Save it as CSV again."), number + 1)


def _flaws(columns: list[str]) -> Iterator[tuple[str, str]]:
    """What is missing or doubtful in a heading, and how to mend it."""
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        yield tr("The column “{column}” stands there twice.", column=column), tr("Remove one.")
    for column in columns:
        free = [known for known in COLUMNS if known not in columns]
        if column not in COLUMNS and (close := get_close_matches(column, free, n=1, cutoff=0.8)):
            yield (
                tr("The column “{column}” is not known.", column=column),
                tr("Did you mean “{word}”?", word=close[0]),
            )
    for needed in ("code", "onset"):
        if needed not in columns and f"{needed}_us" not in columns:
            yield (
                tr("The table has no column “{column}”.", column=needed),
                tr("Its first row must name the columns."),
            )
