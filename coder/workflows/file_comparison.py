"""Two files of events compared, without any study."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from coder.formats import event_formats, find_format, read_scheme
from coder.formats.events_csv import CSV
from coder.formats.events_outline import Outline, outline
from coder.language import plural, tr
from coder.model.agreement import Agreement, Curve
from coder.model.coding import CodingPass, Event, PassHeader, PassStatus
from coder.model.disagreement import Disagreement
from coder.model.problem import FormatError, Problem
from coder.model.scheme import Scheme, TierKind
from coder.model.study import Purpose
from coder.model.time import Span, clock
from coder.reliability import compare, disagreements, tolerance_curves
from coder.workflows.inferred_scheme import inferred_scheme, installed_scheme, stated_scheme
from coder.workflows.schemes import scheme_file

_SESSION = "files"


@dataclass(frozen=True)
class FileComparison:
    """What two files say, A being the first of them.

    differences: heaviest first. remarks: what was taken for granted.
    """

    scheme: Scheme
    window: Span
    pass_a: CodingPass
    pass_b: CodingPass
    agreements: tuple[Agreement, ...]
    differences: tuple[Disagreement, ...]
    remarks: tuple[str, ...]

    @cached_property
    def curves(self) -> tuple[Curve, ...]:
        """Agreement against tolerance; computed when it is first asked for."""
        return tolerance_curves([(self.pass_a, self.pass_b)], self.scheme)


def compare_files(a: Path, b: Path, scheme: str = "", window: Span | None = None) -> FileComparison:
    """Compare the events in two files, A and B.

    scheme: a name or a file; without one the installed scheme that has all tiers and codes of both files, else one
    that is inferred from them. window: the stretch that was coded; without one from 0 to where the last event of
    either ends. Raises CoderError with every problem of the files.
    """
    found, remarks = (read_scheme(scheme_file(scheme)), []) if scheme else _scheme_of(a, b)
    events = _read(a, found), _read(b, found)
    if not any(events):
        what = tr("Neither file holds an event, so there is nothing to compare.")
        raise FormatError(Problem(what, f"{a}, {b}"))
    if a.samefile(b):
        remarks.append(tr("A and B are one and the same file; agreement takes the files of two coders."))
    if window is None:
        window = _span(events)
        remarks.append(
            tr(
                "The coded window is taken to be {start} to {end}, where the last event of either file ends; "
                "--window says it.",
                start=clock(window.start_us),
                end=clock(window.end_us),
            )
        )
    else:
        remarks += _outside((a, b), events, window)
    pass_a, pass_b = (
        CodingPass.of(PassHeader(name, _SESSION, found.id, name, purpose, window, PassStatus.SUBMITTED), row)
        for name, purpose, row in zip("AB", (Purpose.MAIN, Purpose.RELIABILITY), events, strict=True)
    )
    return FileComparison(
        found,
        window,
        pass_a,
        pass_b,
        compare(pass_a, pass_b, found),
        disagreements(pass_a, pass_b, found),
        tuple(remarks),
    )


def _read(file: Path, scheme: Scheme) -> tuple[Event, ...]:
    return find_format(str(file), event_formats()).read(file, scheme)


def _scheme_of(a: Path, b: Path) -> tuple[Scheme, list[str]]:
    """The scheme of two files that nobody has named, and what to tell about it."""
    outlines = _outlines(a, b)
    found = installed_scheme(outlines)
    if found is not None:
        said = tr(
            "The scheme is “{scheme}” {version}, which is installed and has all tiers and codes of both files.",
            scheme=found.title,
            version=found.id.version,
        )
        return found, [said]
    made = inferred_scheme(outlines)
    kinds = ", ".join(f"{tier.label} ({_kind(tier.kind, exclusive=tier.exclusive)})" for tier in made.tiers)
    if any(stated_scheme(outlines)):
        said = tr(
            "The scheme {scheme} is not installed, so the codes of the files are taken as they occur: {kinds}.",
            scheme=made.id,
            kinds=kinds,
        )
    else:
        said = tr(
            "No installed scheme has all tiers and codes, so those of the files are taken as they occur: {kinds}.",
            kinds=kinds,
        )
    return made, [said, tr("Codes that nobody used are unknown; --scheme names the scheme.")]


def _outlines(*files: Path) -> list[Outline]:
    for file in files:
        if find_format(str(file), event_formats()).id != CSV.id:
            what = tr("Only a table says which tiers and codes it holds.")
            raise FormatError(Problem(what, str(file), tr("Name the scheme with --scheme.")))
    return [outline(file) for file in files]


def _kind(kind: TierKind, *, exclusive: bool) -> str:
    if kind is TierKind.STATE:
        return tr("states, one at a time") if exclusive else tr("states that may overlap")
    return tr("ratings") if kind is TierKind.RATING else tr("moments")


def _span(rows: Sequence[Sequence[Event]]) -> Span:
    """From 0 to the last offset; a moment there is still inside."""
    events = [event for row in rows for event in row]
    return Span(0, max(event.offset_us + event.span.is_moment for event in events))


def _outside(files: Sequence[Path], rows: Sequence[Sequence[Event]], window: Span) -> Iterator[str]:
    for file, row in zip(files, rows, strict=True):
        out = sum(
            not (window.contains(event.onset_us) if event.span.is_moment else window.overlaps(event.span))
            for event in row
        )
        if out:
            yield plural(
                "{file}: {count} event outside the window is not compared.",
                "{file}: {count} events outside the window are not compared.",
                out,
                file=file.name,
            )
