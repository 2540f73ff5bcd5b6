"""Reliability: the submitted passes of each session are paired, compared, and pooled over the sessions."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from coder.model.agreement import Agreement, Disagreement
from coder.model.coding import CodingPass, PassStatus
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder, Purpose, Session
from coder.reliability import compare, disagreements, pool
from coder.store import StudyStore
from coder.workflows.schemes import frozen_scheme


@dataclass(frozen=True)
class Pair:
    """Two coders' passes of one session with one scheme. A is the main pass where there is one."""

    session: Session
    scheme: Scheme
    coder_a: Coder
    coder_b: Coder
    pass_a: CodingPass
    pass_b: CodingPass
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]


@dataclass(frozen=True)
class Pooled:
    """One scheme's agreement over all its double-coded sessions."""

    scheme: Scheme
    sessions: int
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Comparison:
    """All that the study can say about reliability today. waiting: why some passes are not compared yet."""

    pairs: tuple[Pair, ...]
    pooled: tuple[Pooled, ...]
    waiting: tuple[str, ...]


def compare_study(store: StudyStore) -> Comparison:
    """Compare the double-coded sessions of a study. Only submitted passes count: an open one is still blind."""
    coders = {coder.id: coder for coder in store.coders()}
    pairs: list[Pair] = []
    waiting: list[str] = []
    for session in store.sessions():
        by_scheme: dict[SchemeId, list[CodingPass]] = defaultdict(list)
        for header in store.passes(session.id):
            if header.purpose in (Purpose.MAIN, Purpose.RELIABILITY):
                if header.status is PassStatus.SUBMITTED:
                    by_scheme[header.scheme].append(store.load_pass(header.id))
                else:
                    who = coders[header.coder_id].name
                    waiting.append(f"{session.name}: {who}’s pass with {header.scheme.name} is not submitted yet.")
        for scheme_id, passes in by_scheme.items():
            scheme = frozen_scheme(store, scheme_id)
            if len(passes) == 1:
                waiting.append(f"{session.name}: only one submitted pass with “{scheme.title}”.")
            passes.sort(key=lambda coding: coding.header.purpose is not Purpose.MAIN)
            pairs.extend(
                _pair(session, scheme, coders, a, b)
                for a, b in combinations(passes, 2)
                if a.header.coder_id != b.header.coder_id
            )
    return Comparison(tuple(pairs), _pooled(pairs), tuple(waiting))


def _pair(session: Session, scheme: Scheme, coders: dict[str, Coder], a: CodingPass, b: CodingPass) -> Pair:
    return Pair(
        session,
        scheme,
        coders[a.header.coder_id],
        coders[b.header.coder_id],
        a,
        b,
        compare(a, b, scheme),
        disagreements(a, b, scheme),
    )


def _pooled(pairs: list[Pair]) -> tuple[Pooled, ...]:
    """Per scheme, the first pair of each session: a session that three coders coded must not count three times."""
    found = []
    for scheme_id in dict.fromkeys(pair.scheme.id for pair in pairs):
        first: dict[str, Pair] = {}
        for pair in pairs:
            if pair.scheme.id == scheme_id:
                first.setdefault(pair.session.id, pair)
        agreements = pool(agreement for pair in first.values() for agreement in pair.agreements)
        found.append(Pooled(next(iter(first.values())).scheme, len(first), agreements))
    return tuple(found)
