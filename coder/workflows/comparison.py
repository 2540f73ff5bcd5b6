"""Reliability: the submitted passes of each session are paired, compared, and pooled over the sessions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from coder.language import tr
from coder.model.agreement import Agreement
from coder.model.coding import CodingPass, PassStatus
from coder.model.disagreement import Disagreement
from coder.model.progress import Progress
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder, Purpose, Session
from coder.reliability import compare, disagreements, pool
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, waiting_for
from coder.workflows.pairing_up import Material, Pairing, ranks
from coder.workflows.remarks import Remark
from coder.workflows.steps import Steps, finish


@dataclass(frozen=True)
class Pair:
    """Two coders' passes of one session with one scheme.

    A is the same one of the two in every session, whoever has the main pass: B − A would mean nothing otherwise.
    Against a consensus that is A, the master. agreements: estimates without limits, which are dear and mostly not
    asked for; `limits_of` has them. pooled: this pair stands for its session in the pooled numbers. submitted_at:
    when the later of the two was submitted, ISO 8601, UTC. remarks: what a reader must know about the two passes.
    """

    session: Session
    scheme: Scheme
    coder_a: Coder
    coder_b: Coder
    pass_a: CodingPass
    pass_b: CodingPass
    agreements: tuple[Agreement, ...]
    pooled: bool
    submitted_at: str = ""
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the two differ, heaviest first; computed when it is first asked for."""
        return disagreements(self.pass_a, self.pass_b, self.scheme)


@dataclass(frozen=True)
class Pooled:
    """One scheme's agreement over double-coded sessions.

    coder_a, coder_b: names, "" where they differ by session.
    """

    scheme: Scheme
    sessions: int
    agreements: tuple[Agreement, ...]
    coder_a: str = ""
    coder_b: str = ""


@dataclass(frozen=True)
class Comparison:
    """All that the study can say about reliability today.

    pairs: every two coders of a session. pooled: per scheme, each session once. by_pair: per scheme and two
    coders. against_consensus: a coder's pass (B) and the consensus of its session (A), never in `pairs`.
    waiting: what keeps passes from being compared, or spoils them.
    """

    pairs: tuple[Pair, ...]
    pooled: tuple[Pooled, ...]
    waiting: tuple[Remark, ...]
    by_pair: tuple[Pooled, ...] = ()
    against_consensus: tuple[Pair, ...] = ()


def compare_study(store: StudyStore) -> Comparison:
    """`compare_study_steps`, run to its end."""
    return finish(compare_study_steps(store))


def compare_study_steps(store: StudyStore) -> Steps[Comparison]:
    """Compare the double-coded sessions of a study. Only submitted passes count: an open one is still blind."""
    pairing = Pairing(store)
    pairs: list[Pair] = []
    masters: list[Pair] = []
    waiting: list[Remark] = []
    sessions = store.sessions()
    for number, session in enumerate(sessions):
        yield Progress(number, len(sessions), tr("Comparing the passes of {session}", session=session.name))
        found, said = pairing.of_session(session)
        waiting += said
        for material in found:
            made = _pairs(pairing, material)
            pairs += made
            waiting += _reopened(pairing, made)
            masters += _against_consensus(pairing, material)
    yield Progress(len(sessions), len(sessions), tr("Putting the sessions together"))
    by_pair = [(of_two, put_together(of_two)) for of_two in first_of_each_session(pairs).values()]
    pooled = tuple(_pooled(pairs, by_pair))
    return Comparison(tuple(pairs), pooled, tuple(waiting), tuple(one for _, one in by_pair), tuple(masters))


def limits_of(pair: Pair) -> tuple[Agreement, ...]:
    """The agreements of one pair with their 95 % limits."""
    return compare(pair.pass_a, pair.pass_b, pair.scheme)


def differences(store: StudyStore, coding: CodingPass, scheme: Scheme) -> tuple[Disagreement, ...]:
    """Where a pass, as A, and another coder's pass of the session differ, in order of time.

    Empty unless both count for reliability and all who code the session have submitted: whoever still codes is
    blind. Of several others the pass is taken that `compare_study` would pair first.
    """
    mine, places = coding.header, ranks(store)
    if mine.purpose not in COUNTED or mine.status is not PassStatus.SUBMITTED:
        return ()
    if waiting_for(store, mine.session_id, mine.scheme.name):
        return ()
    others = [
        header
        for header in store.passes(mine.session_id)
        if (header.scheme, header.status) == (mine.scheme, mine.status)
        and header.purpose in COUNTED
        and header.coder_id != mine.coder_id
    ]
    if not others:
        return ()
    other = min(others, key=lambda header: (header.purpose is not Purpose.MAIN, places[header.coder_id]))
    found = disagreements(coding, store.load_pass(other.id), scheme)
    return tuple(sorted(found, key=lambda one: (one.span, one.tier)))


def _pairs(pairing: Pairing, material: Material) -> list[Pair]:
    """Every two coders' passes. Only the first pair, with the main pass, is pooled: one session counts once."""
    found: list[Pair] = []
    for two in combinations(material.passes, 2):
        a, b = sorted(two, key=pairing.rank)
        if a.header.coder_id != b.header.coder_id:
            found.append(_pair(pairing, material, a, b, pooled=not found))
    return found


def _reopened(pairing: Pairing, pairs: Iterable[Pair]) -> Iterable[Remark]:
    """Each remark once, however many pairs a pass is in."""
    found = (remark for pair in pairs for remark in pairing.reopened(pair.pass_a, pair.pass_b))
    return {str(remark): remark for remark in found}.values()


def _against_consensus(pairing: Pairing, material: Material) -> Iterator[Pair]:
    """Each coder's pass beside what was agreed on from it and others."""
    for master in material.consensus:
        for coding in material.passes:
            yield _pair(pairing, material, master, coding, pooled=False)


def _pair(pairing: Pairing, material: Material, a: CodingPass, b: CodingPass, *, pooled: bool) -> Pair:
    session, scheme = material.session, material.scheme
    who = pairing.coders[a.header.coder_id], pairing.coders[b.header.coder_id]
    remarks = (*pairing.remarks(session, scheme, a), *pairing.remarks(session, scheme, b), *pairing.reopened(a, b))
    return Pair(
        session,
        scheme,
        *who,
        a,
        b,
        compare(a, b, scheme, limits=False),
        pooled,
        max(pairing.submitted_at(a), pairing.submitted_at(b)),
        remarks,
    )


def _pooled(pairs: Iterable[Pair], by_pair: Sequence[tuple[list[Pair], Pooled]]) -> Iterator[Pooled]:
    """Per scheme, each session once. Where the same two coded every session their numbers are these already."""
    by_scheme: dict[SchemeId, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.pooled:
            by_scheme[pair.scheme.id].append(pair)
    for standing in by_scheme.values():
        same = (pooled for of_two, pooled in by_pair if list(map(id, of_two)) == list(map(id, standing)))
        yield next(same, None) or put_together(standing)


def first_of_each_session(pairs: Iterable[Pair]) -> dict[tuple[SchemeId, str, str], list[Pair]]:
    """The pairs by scheme and two coders; of two pairs of the same two in one session the first counts."""
    of_two: dict[tuple[SchemeId, str, str], dict[str, Pair]] = defaultdict(dict)
    for pair in pairs:
        of_two[pair.scheme.id, pair.coder_a.id, pair.coder_b.id].setdefault(pair.session.id, pair)
    return {key: list(by_session.values()) for key, by_session in of_two.items()}


def put_together(pairs: Sequence[Pair]) -> Pooled:
    """The pairs pooled; each must be of a session of its own."""
    agreements = pool(one for pair in pairs for one in pair.agreements)
    a, b = {pair.coder_a.name for pair in pairs}, {pair.coder_b.name for pair in pairs}
    return Pooled(pairs[0].scheme, len(pairs), agreements, _one_of(a), _one_of(b))


def _one_of(names: set[str]) -> str:
    return names.pop() if len(names) == 1 else ""
