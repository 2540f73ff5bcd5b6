"""The agenda of the next training meeting: what was settled, counted per code, with what was noted about it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from coder.language import tr
from coder.model.coding import CodingPass
from coder.model.disagreement import Disagreement, DisagreementKind, Settlement, Verdict
from coder.model.progress import Progress
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder
from coder.reliability import disagreements
from coder.store import StudyStore
from coder.workflows.pairing_up import Material, Pairing
from coder.workflows.scheme_languages import in_language
from coder.workflows.settled import Settled
from coder.workflows.settling import sorted_out
from coder.workflows.steps import Steps, finish


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

    @property
    def verdict(self) -> Verdict | None:
        """How it was settled."""
        return self.settlement.verdict


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
    """The topics of one scheme, the one that needs most talk first: scheme unclear, then by what is in dispute.

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
    """`agenda_steps`, run to its end."""
    return finish(agenda_steps(store, scheme_id))


def agenda_steps(store: StudyStore, scheme_id: SchemeId | None = None) -> Steps[Agenda]:
    """The agenda of one scheme, or of all with double-coded sessions. Only passes that are compared count.

    Each session counts with the two passes that stand for it, and with any other two that were settled.
    """
    pairing = Pairing(store)
    decided = Settled(store)
    gathered: dict[SchemeId, _Gathered] = {}
    outdated = 0
    sessions = store.sessions()
    for number, session in enumerate(sessions):
        yield Progress(number, len(sessions), tr("Looking at the differences of {session}", session=session.name))
        for material in pairing.of_session(session)[0]:
            if scheme_id not in (None, material.scheme.id):
                continue
            found = gathered.setdefault(material.scheme.id, _Gathered(material.scheme))
            for a, b, known in _walked(pairing, material, decided):
                differences = disagreements(a, b, material.scheme)
                settled, old = sorted_out(known, differences)
                outdated += len(old)
                found.sessions.add(session.id)
                names = (
                    session.name,
                    pairing.coders[a.header.coder_id].name,
                    pairing.coders[b.header.coder_id].name,
                )
                for one in differences:
                    found.take(one, settled.get(one.key), names, pairing.coders)
    return Agenda(tuple(one.in_sum() for one in gathered.values() if one.sessions), outdated)


def _walked(
    pairing: Pairing, material: Material, settled: Settled
) -> Iterator[tuple[CodingPass, CodingPass, Sequence[Settlement]]]:
    """The two passes that stand for a session, and other two of it that were settled; with what was settled."""
    first = True
    for two in combinations(material.passes, 2):
        a, b = sorted(two, key=pairing.rank)
        if a.header.coder_id != b.header.coder_id:
            known = settled.about(a.header.id, b.header.id)
            if known or first:
                yield a, b, known
            first = False


class _Gathered:
    """What is counted of one scheme while the sessions are gone through."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = in_language(scheme)
        self.sessions: set[str] = set()
        self.topics: dict[tuple[str, str], _Counted] = defaultdict(_Counted)
        self.differences = 0
        self.verdicts: Counter[Verdict] = Counter()

    def take(
        self,
        one: Disagreement,
        settled: Settlement | None,
        names: tuple[str, str, str],
        coders: Mapping[str, Coder],
    ) -> None:
        """Count one difference under each code that it is about."""
        noted = Noted(*names, coders[settled.actor].name, settled) if settled is not None else None
        self.differences += 1
        if noted is not None and noted.verdict is not None:
            self.verdicts[noted.verdict] += 1
        for code in dict.fromkeys((one.code_a, one.code_b)):
            if code is not None:
                self.topics[one.tier, code].take(one, one.code_b if code == one.code_a else one.code_a, noted)

    def in_sum(self) -> SchemeAgenda:
        """The topics in the order in which they need talk."""
        topics = [counted.topic(*place) for place, counted in self.topics.items()]
        topics.sort(key=lambda one: (-one.verdicts.get(Verdict.UNCLEAR, 0), -one.weight_us, -one.differences))
        settled = self.verdicts.total()
        return SchemeAgenda(
            self.scheme, len(self.sessions), self.differences, settled, dict(self.verdicts), tuple(topics)
        )


@dataclass
class _Counted:
    """One topic while it is counted."""

    kinds: Counter[DisagreementKind] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    against: Counter[str | None] = field(default_factory=Counter)
    weight_us: int = 0
    noted: list[Noted] = field(default_factory=list)

    def take(self, one: Disagreement, other: str | None, noted: Noted | None) -> None:
        """Count a difference. other: what the other coder had."""
        self.kinds[one.kind] += 1
        self.weight_us += one.weight_us
        if one.kind not in (DisagreementKind.MODIFIER, DisagreementKind.RATING):
            self.against[other] += 1
        if noted is not None and noted.verdict is not None:
            self.verdicts[noted.verdict] += 1
            if noted.settlement.note or noted.verdict is Verdict.UNCLEAR:
                self.noted.append(noted)

    def topic(self, tier: str, code: str) -> Topic:
        """What was counted."""
        return Topic(
            tier,
            code,
            dict(self.kinds),
            dict(self.verdicts),
            self.kinds.total() - self.verdicts.total(),
            dict(self.against.most_common()),
            self.weight_us,
            tuple(sorted(self.noted, key=lambda one: one.settlement.at)),
        )
