"""What a report is made of: plain values that a workflow fills in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder.model.agreement import Agreement, Curve, Drift, Several
from coder.model.budget import TimeBudget
from coder.model.coding import CodingPass
from coder.model.disagreement import Disagreement, Settlement
from coder.model.evidence import CodeCoverage, ConcordanceSum, Contrast, FeatureErrors
from coder.model.measure import Measure
from coder.model.scheme import Scheme
from coder.model.study import Session
from coder.model.track import Coverage, FeatureTrack, Provenance


@dataclass(frozen=True)
class CoderPass:
    """One coder's pass. coder: the pseudonym that the report shows."""

    coder: str
    coding: CodingPass
    budgets: tuple[TimeBudget, ...]
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class SessionPart:
    """One session coded twice with one scheme; `a` stands in the rows of its confusion tables.

    pooled: False where another pair of coders stands for the session in the pooled numbers. settled: what was
    decided about these disagreements, by their keys. in_full: False where there are so many sessions that this one
    has no pages of its own; its budgets and measures may then be left out.
    """

    session: Session
    a: CoderPass
    b: CoderPass
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    pooled: bool = True
    settled: Mapping[str, Settlement] = field(default_factory=dict)
    in_full: bool = True


@dataclass(frozen=True)
class MeasurePart:
    """How far both coders' passes come to the same number of a derived measure, a session being one unit.

    label: what the measure is called; part: which number of it, "" for the only one.
    """

    label: str
    part: str
    unit: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class PairPart:
    """What two coders agree, pooled over the sessions that both coded. coder_a: "" for the consensus."""

    coder_a: str
    coder_b: str
    sessions: int
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Sample:
    """What was coded with a scheme, and how the double-coded sessions came about.

    coded: sessions with a submitted pass that counts. double_coded: of these, by two or more coders. passes: each
    coder's pseudonym with the number of main and of reliability passes. drawn: how the second coders' sessions
    were assigned, in the words of the assignments, each with the number of sessions it holds for. undrawn:
    double-coded sessions of which no assignment tells how they were chosen. blind: sentences on what kept the
    coders from each other's codes, and where that is not known.
    """

    coded: int
    double_coded: int
    passes: tuple[tuple[str, int, int], ...] = ()
    drawn: tuple[tuple[str, int], ...] = ()
    undrawn: int = 0
    blind: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchemePart:
    """All that was double-coded with one scheme.

    pooled: over the sessions, each session once. by_pair: each pair of coders apart; against: each coder apart
    against the consensus. totals, measures: what sessions come to. curves, drifts, several: what
    `coder.reliability` says about them.
    """

    scheme: Scheme
    sessions: tuple[SessionPart, ...]
    pooled: tuple[Agreement, ...]
    sample: Sample | None = None
    by_pair: tuple[PairPart, ...] = ()
    against: tuple[PairPart, ...] = ()
    several: tuple[Several, ...] = ()
    totals: tuple[Agreement, ...] = ()
    measures: tuple[MeasurePart, ...] = ()
    curves: tuple[Curve, ...] = ()
    drifts: tuple[Drift, ...] = ()

    @property
    def counted(self) -> tuple[SessionPart, ...]:
        """The sessions that the pooled numbers are from, each once."""
        return tuple(one for one in self.sessions if one.pooled)

    @property
    def names(self) -> tuple[str, str]:
        """Who A and B are in the pooled numbers; just “A” and “B” where that is not the same in all sessions."""
        pairs = {(one.a.coder, one.b.coder) for one in self.counted}
        return pairs.pop() if len(pairs) == 1 else ("A", "B")


@dataclass(frozen=True)
class Measurement:
    """What was measured in one session's pictures; the tracks are drawn in this order."""

    session: Session
    coverage: Coverage
    tracks: tuple[FeatureTrack, ...]


@dataclass(frozen=True)
class EvidencePart:
    """What tracks say beside the codes of one scheme, over the sessions whose coders have all submitted.

    sums, coverage, errors, contrasts: as `coder.model.evidence` says. signals: what the signals are called, by id.
    """

    scheme: Scheme
    sessions: int
    passes: int
    sums: tuple[ConcordanceSum, ...]
    coverage: tuple[CodeCoverage, ...] = ()
    errors: tuple[FeatureErrors, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    signals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Whether the two people's movement goes together in one session, by its name.

    silent: a sentence on why there is no estimate, "" if there is one; then the numbers mean nothing. lag_us:
    positive where the parent moves after the child. baseline, baseline_95, p, smallest_p: of shifted time.
    coverage: share (0 … 1) of the time in which both are known.
    """

    session: str
    silent: str = ""
    estimate: float = 0.0
    lag_us: int = 0
    baseline: float = 0.0
    baseline_95: float = 0.0
    p: float = 1.0
    smallest_p: float = 1.0
    coverage: float = 0.0


@dataclass(frozen=True)
class EvidenceData:
    """The section on evidence. sources: by what the signals were measured, each once.

    withheld, damaged: sentences on sessions that say nothing here. unmeasured: names of others. movement: of each
    session in which it was measured.
    """

    parts: tuple[EvidencePart, ...]
    sources: tuple[Provenance, ...] = ()
    withheld: tuple[str, ...] = ()
    unmeasured: tuple[str, ...] = ()
    movement: tuple[Movement, ...] = ()
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportData:
    """Everything a report shows.

    made_on: date and time as they shall be printed. software: name and version. waiting: what keeps passes from
    being compared, or spoils them, one sentence each. evidence: None if nothing was measured that speaks of codes.
    """

    study: str
    made_on: str
    software: str
    schemes: tuple[SchemePart, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    waiting: tuple[str, ...] = ()
    evidence: EvidenceData | None = None
