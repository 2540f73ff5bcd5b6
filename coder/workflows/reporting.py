"""The report: what the study knows, filled in and written as one HTML file."""

from datetime import datetime
from pathlib import Path

from coder import __version__
from coder.analysis import time_budgets
from coder.model.coding import CodingPass
from coder.model.progress import Progress
from coder.report import CoderPass, Measurement, ReportData, SchemePart, SessionPart, render_report
from coder.store import StudyStore
from coder.workflows.comparison import Comparison, Pair, Pooled, compare_study
from coder.workflows.measured import curves_of, measured
from coder.workflows.steps import Steps


def report_steps(store: StudyStore, out: Path | None = None) -> Steps[Path]:
    """Compare all double-coded sessions and write the report to `out`, or into the study's folder.

    Returns where it was written; an older report there is replaced only by a whole one. Raises CoderError.
    """
    yield Progress(0, 3, "Comparing the passes")
    comparison = compare_study(store)
    yield Progress(1, 3, "Reading what was measured")
    data = ReportData(
        study=store.study.name,
        made_on=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        software=f"coder {__version__}",
        schemes=tuple(_scheme_part(pooled, comparison) for pooled in comparison.pooled),
        measurements=_measurements(store),
        waiting=comparison.waiting,
    )
    yield Progress(2, 3, "Writing the report")
    return render_report(data, out or store.folder / "reports" / "reliability.html")


def _scheme_part(pooled: Pooled, comparison: Comparison) -> SchemePart:
    pairs = [pair for pair in comparison.pairs if pair.scheme.id == pooled.scheme.id]
    return SchemePart(pooled.scheme, tuple(_session_part(pair) for pair in pairs), pooled.agreements)


def _session_part(pair: Pair) -> SessionPart:
    def side(coder: str, coding: CodingPass) -> CoderPass:
        return CoderPass(coder, coding, time_budgets(coding, pair.scheme))

    return SessionPart(
        pair.session,
        side(pair.coder_a.name, pair.pass_a),
        side(pair.coder_b.name, pair.pass_b),
        pair.agreements,
        pair.disagreements,
        pair.pooled,
    )


def _measurements(store: StudyStore) -> tuple[Measurement, ...]:
    found = []
    for session in store.sessions():
        coverage = measured(store, session)
        if coverage is not None:
            found.append(Measurement(session, coverage, curves_of(store, session)))
    return tuple(found)
