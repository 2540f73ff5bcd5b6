"""What a report is made of: plain values that a workflow fills in."""

from dataclasses import dataclass

from coder.model.agreement import Agreement
from coder.model.budget import TimeBudget
from coder.model.coding import CodingPass
from coder.model.disagreement import Disagreement
from coder.model.measure import Measure
from coder.model.scheme import Scheme
from coder.model.study import Session
from coder.model.track import Coverage, FeatureTrack


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

    pooled: False where another pair of coders stands for the session in the pooled numbers.
    """

    session: Session
    a: CoderPass
    b: CoderPass
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    pooled: bool = True


@dataclass(frozen=True)
class SchemePart:
    """All that was double-coded with one scheme. pooled: over the sessions, each session once."""

    scheme: Scheme
    sessions: tuple[SessionPart, ...]
    pooled: tuple[Agreement, ...]

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
class ReportData:
    """Everything a report shows.

    made_on: date and time as they shall be printed. software: name and version. waiting: what keeps passes from
    being compared, or spoils them, one sentence each.
    """

    study: str
    made_on: str
    software: str
    schemes: tuple[SchemePart, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    waiting: tuple[str, ...] = ()
