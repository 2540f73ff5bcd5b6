"""The agenda of the next training meeting: what was settled, counted per code, with what was noted about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from coder.model.disagreement import DisagreementKind, Settlement, Verdict
from coder.model.scheme import Scheme, SchemeId
from coder.store import StudyStore


@dataclass(frozen=True)
class Noted:
    """One settled difference with where it is: session by name, its two coders, and who settled it.

    settlement.about.span is on the session's clock.
    """

    session: str
    coder_a: str
    coder_b: str
    settled_by: str
    settlement: Settlement


@dataclass(frozen=True)
class Topic:
    """All about one code of a tier. A difference between two codes is a topic of both.

    kinds: how many differences of each kind, settled or not; a kind that does not occur is left out. verdicts: how
    many of them were settled so. open: how many are not settled. against: what the other coder had instead, most
    frequent first; None is nothing. weight_us: time in dispute. noted: the settled ones that have a note or whose
    verdict says that the scheme is unclear, in the order in which they were settled.
    """

    tier: str
    code: str
    kinds: Mapping[DisagreementKind, int]
    verdicts: Mapping[Verdict, int]
    open: int
    against: Mapping[str | None, int]
    weight_us: int
    noted: tuple[Noted, ...]

    @property
    def differences(self) -> int:
        """How many there are in all."""
        return sum(self.kinds.values())


@dataclass(frozen=True)
class SchemeAgenda:
    """The topics of one scheme, the one that needs most talk first: scheme unclear, then frequent, then long.

    sessions: of how many the differences are. differences, settled: each counted once, whichever topics it is in.
    """

    scheme: Scheme
    sessions: int
    differences: int
    settled: int
    verdicts: Mapping[Verdict, int]
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Agenda:
    """What to talk about. outdated: verdicts about differences that are no more, which are not counted."""

    schemes: tuple[SchemeAgenda, ...]
    outdated: int


def agenda(store: StudyStore, scheme_id: SchemeId | None = None) -> Agenda:
    """The agenda of one scheme, or of all with double-coded sessions. Only submitted passes count."""
    return Agenda((), 0)
