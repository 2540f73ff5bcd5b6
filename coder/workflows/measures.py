"""The derived measures of passes: of one, of a study, of a file of events; and as a table for other programs."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from coder.analysis import measures
from coder.formats import event_formats, find_format, guarded, read_scheme
from coder.language import tr
from coder.model.coding import CodingPass, PassHeader
from coder.model.measure import Measure
from coder.model.problem import CodingError, FormatError, Problem
from coder.model.scheme import Scheme
from coder.model.study import Purpose
from coder.model.time import Span
from coder.staging import write_whole
from coder.store import StudyStore
from coder.workflows.blinding import Blinding, refuse_if_blind
from coder.workflows.names import names_of
from coder.workflows.outputs import require_ending
from coder.workflows.schemes import frozen_scheme, scheme_file
from coder.workflows.sessions import find_session

HEADS = (
    "session",
    "coder",
    "purpose",
    "scheme",
    "version",
    "measure",
    "label",
    "part",
    "value",
    "unit",
    "n",
    "why",
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A pass with its measures. session, coder: by name; "" where the events came from a file."""

    session: str
    coder: str
    purpose: Purpose
    scheme: Scheme
    measures: tuple[Measure, ...]


def pass_measures(store: StudyStore, pass_id: str) -> Measured:
    """The measures of one pass, open or submitted. Raises CodingError while it is blind."""
    header = store.header(pass_id)
    refuse_if_blind(store, header)
    return _measured(store, header, *names_of(store)(header))


def study_measures(store: StudyStore, *, session: str = "", coder: str = "") -> tuple[Measured, ...]:
    """The measures of every pass, or of those of one session or coder, by name, but for those that are blind.

    Raises CoderError if there is no such pass, or all of them are blind.
    """
    wanted = find_session(store, session).id if session else None
    named = names_of(store)
    headers = [header for header in store.passes(wanted) if not coder or named(header)[1] == coder]
    if not headers:
        raise CodingError(Problem(tr("There is no such pass."), hint=tr("`coder study show` lists them.")))
    seen = Blinding.of(store).shown(headers)
    return tuple(_measured(store, header, *named(header)) for header in seen)


def file_measures(file: Path, scheme: str, window: Span) -> Measured:
    """The measures of a file of events, without a study. scheme: a name or a file.

    Raises CoderError with every problem of the two files.
    """
    found = read_scheme(scheme_file(scheme))
    events = find_format(str(file), event_formats()).read(file, found, window)
    header = PassHeader("file", "", found.id, "", Purpose.MAIN, window)
    return Measured("", "", Purpose.MAIN, found, measures(CodingPass.of(header, events), found))


def export_measures(rows: Iterable[Measured], out: Path) -> None:
    """Write one line for each number as CSV (UTF-8 with a byte order mark). Raises CoderError.

    What is not defined is empty, with the reason beside it; the words of a part have “ / ” between them.
    """
    require_ending(out, ".csv")
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(HEADS)
    table.writerows(_lines(rows))
    write_whole(out, text.getvalue().encode("utf-8-sig"), FormatError)


def _lines(rows: Iterable[Measured]) -> Iterator[tuple[str | float | int | None, ...]]:
    for row in rows:
        named = (row.session, row.coder, row.purpose.value, row.scheme.id.name, row.scheme.id.version)
        for one in row.measures:
            texts = (*named, one.name, one.label, " / ".join(one.part))
            yield (*map(guarded, texts), one.value, one.unit, one.n, guarded(one.why))


def _measured(store: StudyStore, header: PassHeader, session: str, coder: str) -> Measured:
    scheme = frozen_scheme(store, header.scheme)
    return Measured(session, coder, header.purpose, scheme, measures(store.load_pass(header.id), scheme))
