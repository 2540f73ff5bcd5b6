"""The report: what the study knows, filled in and written as one HTML file."""

from datetime import datetime
from pathlib import Path

from coder import __version__
from coder.analysis import measures, time_budgets
from coder.language import tr
from coder.model.coding import CodingPass
from coder.model.problem import CoderError, Problem, StoreError
from coder.model.progress import Progress
from coder.report import CoderPass, Measurement, ReportData, SchemePart, SessionPart, render_report
from coder.store import StudyStore
from coder.workflows.comparison import Comparison, Pair, Pooled, compare_study
from coder.workflows.measured import curves_of, measured
from coder.workflows.outputs import require_ending
from coder.workflows.steps import Steps

_LOST = "what was measured in the pictures cannot be read; measure them again."  # the report stays English


def report_steps(store: StudyStore, out: Path | None = None) -> Steps[Path]:
    """Compare all double-coded sessions and write the report to `out`, or into the study's folder.

    Returns where it was written; an older report there is replaced only by a whole one. Raises CoderError, also
    if `out` does not end in .html.
    """
    if out is not None:
        require_ending(out, ".html", ".htm")
    yield Progress(0, 3, tr("Comparing the passes"))
    comparison = compare_study(store)
    yield Progress(1, 3, tr("Reading what was measured"))
    measurements, lost = _measurements(store)
    data = ReportData(
        study=store.study.name,
        made_on=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        software=f"coder {__version__}",
        schemes=tuple(_scheme_part(pooled, comparison) for pooled in comparison.pooled),
        measurements=measurements,
        waiting=(*map(str, comparison.waiting), *lost),
    )
    yield Progress(2, 3, tr("Writing the report"))
    return render_report(data, out or _usual_place(store))


def _usual_place(store: StudyStore) -> Path:
    folder = store.folder / "reports"
    try:
        folder.mkdir(exist_ok=True)  # somebody may have tidied up
    except OSError as error:
        raise CoderError(
            Problem(tr("The folder cannot be made: {reason}.", reason=error.strerror), str(folder))
        ) from None
    return folder / "reliability.html"


def _scheme_part(pooled: Pooled, comparison: Comparison) -> SchemePart:
    pairs = [pair for pair in comparison.pairs if pair.scheme.id == pooled.scheme.id]
    return SchemePart(pooled.scheme, tuple(_session_part(pair) for pair in pairs), pooled.agreements)


def _session_part(pair: Pair) -> SessionPart:
    def side(coder: str, coding: CodingPass) -> CoderPass:
        return CoderPass(coder, coding, time_budgets(coding, pair.scheme), measures(coding, pair.scheme))

    return SessionPart(
        pair.session,
        side(pair.coder_a.name, pair.pass_a),
        side(pair.coder_b.name, pair.pass_b),
        pair.agreements,
        pair.disagreements,
        pair.pooled,
    )


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
