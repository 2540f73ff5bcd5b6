"""Events in and out of a study, as files that other programs read."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coder.annotate.rules import review
from coder.formats import event_formats, find_format
from coder.language import tr
from coder.model.coding import CodingPass, PassHeader
from coder.model.problem import FormatError, Problem
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.blinding import Blinding
from coder.workflows.names import names_of
from coder.workflows.passes import coder_for, new_header
from coder.workflows.schemes import freeze_scheme, frozen_scheme, installed_remark, scheme_for
from coder.workflows.sessions import find_session


@dataclass(frozen=True, slots=True)
class Imported:
    """A pass that came from a file. wanting: what the scheme asks for before a pass is submitted by hand.

    remark: that the installed scheme is not the one that the study goes on with; "" if it is.
    """

    header: PassHeader
    events: int
    wanting: tuple[Problem, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written from a pass."""

    file: Path
    session: str
    coder: str
    events: int


def import_events(
    store: StudyStore,
    file: Path,
    *,
    session: str,
    coder: str,
    scheme: str,
    purpose: Purpose = Purpose.MAIN,
    submitted: bool = True,
) -> Imported:
    """Take the events of `file` into the study as a pass of their own, whole or not at all.

    session, coder, scheme: by name; a coder that the study does not know is entered. submitted: the coding was
    finished elsewhere, so the pass is locked and can be compared at once. Raises FormatError with every problem of
    the file, CodingError if the coder already has such a pass.
    """
    # everything that can be wrong with the file or the words is found before anything is written
    found_session, found_scheme, found_coder = (
        find_session(store, session),
        scheme_for(store, scheme),
        coder_for(store, coder),
    )
    events = find_format(str(file), event_formats()).read(file, found_scheme, found_session.window)
    header = new_header(store, found_session.id, found_coder, found_scheme, purpose)
    freeze_scheme(store, scheme)
    if found_coder not in store.coders():
        store.add_coder(found_coder)
    store.add_coded_pass(header, f"Import {file.name}", events, submitted=submitted)
    findings = review(CodingPass.of(header, events), found_scheme) if submitted else []
    wanting = tuple(finding.problem for finding in findings if finding.hinders)
    return Imported(store.header(header.id), len(events), wanting, installed_remark(store, scheme))


def export_events(store: StudyStore, out: Path, *, session: str = "", coder: str = "") -> tuple[Exported, ...]:
    """Write each pass of the study, or of one session or coder, to a file of its own in the folder `out`.

    A pass has the same file whichever others are written. Passes that are blind are left out. Raises FormatError
    if nothing matches, CodingError if all that match are blind; files that are there are replaced only by whole
    ones.
    """
    wanted = find_session(store, session).id if session else None
    named = names_of(store)
    headers = [header for header in store.passes(wanted) if not coder or named(header)[1] == coder]
    files = _files(store, named)
    if not headers:
        raise FormatError(
            Problem(tr("There is no such pass to export."), hint=tr("`coder study show` lists them."))
        )
    seen = Blinding.of(store).shown(headers)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FormatError(
            Problem(tr("The folder cannot be made: {reason}.", reason=error.strerror), str(out))
        ) from None
    return tuple(_export(store, header, out / files[header.id], *named(header)) for header in seen)


def _files(store: StudyStore, named: Callable[[PassHeader], tuple[str, str]]) -> dict[str, str]:
    """A file name for each pass, by its id. Names that differ only in signs, case or version get a number."""
    files: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for header in store.passes():
        session, coder = named(header)
        stem = f"{_plain(session)}.{header.scheme.name}.{_plain(coder)}.{header.purpose.value}"
        taken[stem.casefold()] += 1
        number = taken[stem.casefold()]
        files[header.id] = f"{stem}.csv" if number == 1 else f"{stem}.{number}.csv"
    return files


def _export(store: StudyStore, header: PassHeader, file: Path, session: str, coder: str) -> Exported:
    scheme = frozen_scheme(store, header.scheme)
    coding = store.load_pass(header.id)
    find_format(str(file), event_formats()).write(coding, scheme, file, session=session, coder=coder)
    return Exported(file, session, coder, len(coding))


def _plain(name: str) -> str:
    """A name that every system takes as part of a file's name; 30 letters of any script fit in twice."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name[:30])
