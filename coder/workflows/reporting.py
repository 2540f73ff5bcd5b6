"""The report: what the study knows, filled in and written as one HTML file, or handed over to be printed."""

from datetime import datetime
from pathlib import Path

from coder import __version__
from coder.language import tr
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.progress import Progress
from coder.report import Measurement, ReportData, render_report, report_plain
from coder.store import StudyStore
from coder.workflows.comparison import Comparison, compare_study_steps
from coder.workflows.evidence_report import evidence_data_steps
from coder.workflows.measured import curves_of, measured
from coder.workflows.outputs import require_ending
from coder.workflows.report_parts import scheme_part
from coder.workflows.steps import Steps

_LOST = "what was measured cannot be read; measure it again."  # the report stays English


def report_steps(store: StudyStore, out: Path | None = None, comparison: Comparison | None = None) -> Steps[Path]:
    """Compare all double-coded sessions and write the report to `out`, or into the study's folder.

    comparison: of the study as it is now, if it has been made already.
    Returns where it was written; an older report there is replaced only by a whole one. Raises CoderError, also
    if `out` does not end in .html.
    """
    if out is not None:
        require_ending(out, ".html", ".htm")
    data = yield from report_data_steps(store, comparison)
    return render_report(data, out or _usual_place(store))


def plain_report_steps(store: StudyStore) -> Steps[tuple[str, ...]]:
    """The same as HTML for Qt's documents, in parts, to be printed or made a PDF of."""
    data = yield from report_data_steps(store)
    return report_plain(data)


def report_title(store: StudyStore) -> str:
    """What the report is called at the foot of its pages. In English, as the report is."""
    return f"{store.study.name} – reliability report"


def report_data_steps(store: StudyStore, comparison: Comparison | None = None) -> Steps[ReportData]:
    """Compare all double-coded sessions, unless that was done, and gather what a report shows."""
    if comparison is None:
        comparison = yield from compare_study_steps(store)
    parts = []
    for number, pooled in enumerate(comparison.pooled):
        yield Progress(number, len(comparison.pooled) + 1, tr("Writing the report"))
        parts.append(scheme_part(store, comparison, pooled))
    yield Progress(len(parts), len(parts) + 1, tr("Reading what was measured"))
    measurements, lost = _measurements(store)
    evidence = yield from evidence_data_steps(store)
    return ReportData(
        study=store.study.name,
        made_on=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        software=f"coder {__version__}",
        schemes=tuple(parts),
        measurements=measurements,
        waiting=(*map(str, comparison.waiting), *lost),
        evidence=evidence,
    )


def _usual_place(store: StudyStore) -> Path:
    folder = store.folder / "reports"
    try:
        folder.mkdir(exist_ok=True)  # somebody may have tidied up
    except OSError as error:
        raise CoderError(
            Problem(tr("The folder cannot be made: {reason}.", reason=error.strerror), str(folder))
        ) from None
    return folder / "reliability.html"


def _measurements(store: StudyStore) -> tuple[tuple[Measurement, ...], tuple[str, ...]]:
    """What was measured, and a sentence for each session whose measurement is lost: the codes stand without it."""
    found, lost = [], []
    for session in store.sessions():
        try:
            coverage = measured(store, session)
            if coverage is not None:
                found.append(Measurement(session, coverage, curves_of(store, session)))
        except StoreError:
            lost.append(f"{session.name}: {_LOST}")
    return tuple(found), tuple(lost)
