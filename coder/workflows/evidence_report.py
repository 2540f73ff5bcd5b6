"""What the report shows of evidence: all that may be seen today, as the report has it."""

from coder.analysis.synchrony import Synchrony
from coder.model.problem import StoreError
from coder.model.time import SECOND_US
from coder.report import EvidenceData, EvidencePart
from coder.store import StudyStore
from coder.workflows.evidence import SessionEvidence, StudyEvidence, evidence_steps
from coder.workflows.steps import Steps


def evidence_data_steps(store: StudyStore) -> Steps[EvidenceData | None]:
    """None if nothing was measured, or if what was measured cannot be read: the codes stand without it."""
    try:
        found = yield from evidence_steps(store)
    except StoreError:
        return None
    return evidence_data(found)


def evidence_data(found: StudyEvidence) -> EvidenceData | None:
    """None if no session that may be seen was measured."""
    if not found.sessions:
        return None
    labels = {name: track.signal.label for session in found.sessions for name, track in session.tracks.items()}
    parts = tuple(
        EvidencePart(
            one.scheme, one.sessions, one.passes, one.sums, one.coverage, one.errors, one.contrasts, labels
        )
        for one in found.schemes
        if one.sums
    )
    return EvidenceData(
        parts,
        tuple({str(source): source for session in found.sessions for source in session.sources}.values()),
        tuple(problem.what for problem in found.withheld),
        tuple(f"“{name}” was not measured." for name in found.unmeasured),  # the report stays English
        tuple(said for one in found.sessions if (said := _movement(one))),
    )


def _movement(one: SessionEvidence) -> str:
    found: Synchrony | None = one.synchrony
    if found is None:
        return ""
    if found.estimate is None or found.lag_us is None:
        return f"{one.session.name}: {found.status.value}"
    after = "at once" if not found.lag_us else f"{abs(found.lag_us) / SECOND_US:.1f} s apart"
    first = "" if not found.lag_us else f", the {'parent' if found.lag_us > 0 else 'child'} after"
    return (
        f"{one.session.name}: mean windowed correlation {found.estimate:.2f}, {after}{first}; in shifted time "
        f"{found.baseline:.2f} on average, {found.baseline_95:.2f} at the 95th percentile, p = {found.p:.3f} "
        f"(least {found.smallest_p:.3f}); known in {found.coverage:.0%} of the time."
    )
