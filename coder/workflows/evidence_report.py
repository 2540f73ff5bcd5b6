"""What the report shows of evidence: all that may be seen today, as the report has it."""

from coder.report import EvidenceData, EvidencePart, Movement
from coder.store import StudyStore
from coder.workflows.evidence import SessionEvidence, StudyEvidence, evidence_steps
from coder.workflows.steps import Steps


def evidence_data_steps(store: StudyStore) -> Steps[EvidenceData | None]:
    """None if nothing was measured: the codes stand without it."""
    return evidence_data((yield from evidence_steps(store)))


def evidence_data(found: StudyEvidence) -> EvidenceData | None:
    """None if no session that may be seen was measured; what cannot be read is told."""
    if not (found.sessions or found.damaged):
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
        found.unmeasured,
        tuple(said for one in found.sessions if (said := _movement(one)) is not None),
        tuple(problem.what for problem in found.damaged),
    )


def _movement(one: SessionEvidence) -> Movement | None:
    """None where it was not measured of both."""
    found, name = one.synchrony, one.session.name
    if found is None:
        return None
    if found.estimate is None:
        return Movement(session=name, silent=found.status.value)
    numbers = (found.lag_us, found.baseline, found.baseline_95, found.p, found.smallest_p)
    lag_us, baseline, baseline_95, p, smallest_p = (one or 0 for one in numbers)
    return Movement(
        session=name,
        estimate=found.estimate,
        lag_us=int(lag_us),
        baseline=baseline,
        baseline_95=baseline_95,
        p=p,
        smallest_p=smallest_p,
        coverage=found.coverage,
    )
