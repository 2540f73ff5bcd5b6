"""Reliability: the submitted passes of each session are paired, compared, and pooled over the sessions."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from coder.model.agreement import Agreement
from coder.model.coding import CodingPass, PassStatus
from coder.model.disagreement import Disagreement
from coder.model.scheme import Scheme, SchemeId
from coder.model.study import Coder, Purpose, Session
from coder.model.version import version_order
from coder.reliability import compare, disagreements, pool
from coder.store import StudyStore
from coder.workflows.origins import origin_words
from coder.workflows.schemes import frozen_scheme


@dataclass(frozen=True)
class Pair:
    """Two coders' passes of one session with one scheme.

    A is the same one of the two in every session, whoever has the main pass: B − A would mean nothing otherwise.
    pooled: this pair stands for its session in the pooled numbers.
    """

    session: Session
    scheme: Scheme
    coder_a: Coder
    coder_b: Coder
    pass_a: CodingPass
    pass_b: CodingPass
    agreements: tuple[Agreement, ...]
    disagreements: tuple[Disagreement, ...]
    pooled: bool


@dataclass(frozen=True)
class Pooled:
    """One scheme's agreement over all its double-coded sessions."""

    scheme: Scheme
    sessions: int
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Comparison:
    """All that the study can say about reliability today. waiting: what keeps passes from it, or spoils them."""

    pairs: tuple[Pair, ...]
    pooled: tuple[Pooled, ...]
    waiting: tuple[str, ...]


_Ranks = Mapping[str, int]
_COMPARED = (Purpose.MAIN, Purpose.RELIABILITY)


def compare_study(store: StudyStore) -> Comparison:
    """Compare the double-coded sessions of a study. Only submitted passes count: an open one is still blind."""
    coders = {coder.id: coder for coder in store.coders()}
    ranks = _ranks(store)
    pairs: list[Pair] = []
    waiting: list[str] = []
    for session in store.sessions():
        by_scheme: dict[SchemeId, list[CodingPass]] = defaultdict(list)
        headers = store.passes(session.id)
        gone_on = {pass_id for header in headers for pass_id in header.made_from}
        for header in headers:
            if header.purpose in _COMPARED:
                if header.status is PassStatus.SUBMITTED:
                    by_scheme[header.scheme].append(store.load_pass(header.id))
                elif header.id not in gone_on:
                    who = coders[header.coder_id].name
                    waiting.append(f"{session.name}: {who}’s pass with {header.scheme.name} is not submitted yet.")
        apart = dict(_apart(store, by_scheme, coders))
        waiting += [f"{session.name}: {remark}" for remark in apart.values()]
        for scheme_id, passes in by_scheme.items():
            scheme = frozen_scheme(store, scheme_id)
            remarks = [
                *_remarks(passes, scheme, coders, alone=scheme_id.name not in apart),
                *_moved(store, passes, coders),
            ]
            waiting += [f"{session.name}: {remark}" for remark in remarks]
            pairs += _pairs(session, scheme, coders, passes, ranks)
    return Comparison(tuple(pairs), _pooled(pairs), tuple(waiting))


def differences(store: StudyStore, coding: CodingPass, scheme: Scheme) -> tuple[Disagreement, ...]:
    """Where a pass, as A, and another coder's pass of the session differ, in order of time.

    Empty unless both are submitted and count for reliability: whoever still codes is blind. Of several others
    the pass is taken that `compare_study` would pair first.
    """
    mine, ranks = coding.header, _ranks(store)
    if mine.purpose not in _COMPARED or mine.status is not PassStatus.SUBMITTED:
        return ()
    others = [
        header
        for header in store.passes(mine.session_id)
        if (header.scheme, header.status) == (mine.scheme, mine.status)
        and header.purpose in _COMPARED
        and header.coder_id != mine.coder_id
    ]
    if not others:
        return ()
    other = min(others, key=lambda header: (header.purpose is not Purpose.MAIN, ranks[header.coder_id]))
    found = disagreements(coding, store.load_pass(other.id), scheme)
    return tuple(sorted(found, key=lambda one: (one.span, one.tier)))


def _ranks(store: StudyStore) -> _Ranks:
    """The coders' places by the number of their main passes, then as they were entered: who is A and who is B."""
    mains = Counter(header.coder_id for header in store.passes() if header.purpose is Purpose.MAIN)
    ordered = sorted(store.coders(), key=lambda coder: -mains[coder.id])
    return {coder.id: place for place, coder in enumerate(ordered)}


def _apart(
    store: StudyStore, by_scheme: Mapping[SchemeId, Sequence[CodingPass]], coders: Mapping[str, Coder]
) -> Iterator[tuple[str, str]]:
    """Name of a scheme, and that two coders' passes are not compared: they used no version of it in common."""
    used: dict[str, dict[str, list[SchemeId]]] = defaultdict(lambda: defaultdict(list))
    for scheme_id, passes in by_scheme.items():
        for coding in passes:
            used[scheme_id.name][coding.header.coder_id].append(scheme_id)
    for name, by_coder in used.items():
        for one, other in combinations(sorted(by_coder, key=lambda who: _newest(by_coder[who])), 2):
            if not set(by_coder[one]) & set(by_coder[other]):
                older, newer = (max(by_coder[who], key=_version) for who in (one, other))
                title = frozen_scheme(store, older).title
                yield (
                    name,
                    f"{coders[one].name}’s pass is made with “{title}” {older.version} "
                    f"and {coders[other].name}’s with {newer.version}; only passes made with the same version are "
                    f"compared. Move the older one to version {newer.version} to compare them.",
                )


def _version(scheme: SchemeId) -> tuple[tuple[int, ...], str]:
    return version_order(scheme.version)


def _newest(schemes: Sequence[SchemeId]) -> tuple[tuple[int, ...], str]:
    return max(map(_version, schemes))


def _moved(store: StudyStore, passes: Sequence[CodingPass], coders: Mapping[str, Coder]) -> list[str]:
    """Which of the passes that are compared were not coded as they stand."""
    return [
        f"{coders[coding.header.coder_id].name}’s pass with “{coding.header.scheme.name}” "
        f"{coding.header.scheme.version} was {origin}; its journal says how."
        for coding in passes
        if (origin := origin_words(store, coding.header))
    ]


def _remarks(
    passes: Sequence[CodingPass], scheme: Scheme, coders: Mapping[str, Coder], *, alone: bool
) -> list[str]:
    """What a supervisor should know about one session's submitted passes with one scheme.

    alone: tell that a pass has none to be compared with; False where it is told that another version has one.
    """
    named = f"“{scheme.title}” {scheme.id.version}"
    who = {coding.header.coder_id for coding in passes}
    if len(passes) == 1 and not alone:
        return []
    if len(passes) == 1:
        return [f"only one submitted pass with {named}, {coders[passes[0].header.coder_id].name}’s."]
    if len(who) == 1:
        return [f"all passes with {named} are {coders[who.pop()].name}’s; agreement takes two coders."]
    empty = [coders[coding.header.coder_id].name for coding in passes if not len(coding)]
    return [f"{name}’s submitted pass with {named} is empty. It is compared as it is." for name in empty]


def _pairs(
    session: Session, scheme: Scheme, coders: Mapping[str, Coder], passes: Sequence[CodingPass], ranks: _Ranks
) -> list[Pair]:
    """Every two coders' passes. Only the first pair, with the main pass, is pooled: one session counts once."""

    def rank(coding: CodingPass) -> int:
        return ranks[coding.header.coder_id]

    found: list[Pair] = []
    for two in combinations(
        sorted(passes, key=lambda one: (one.header.purpose is not Purpose.MAIN, rank(one))), 2
    ):
        a, b = sorted(two, key=rank)
        if a.header.coder_id != b.header.coder_id:
            who = coders[a.header.coder_id], coders[b.header.coder_id]
            results = compare(a, b, scheme), disagreements(a, b, scheme)
            found.append(Pair(session, scheme, *who, a, b, *results, pooled=not found))
    return found


def _pooled(pairs: Sequence[Pair]) -> tuple[Pooled, ...]:
    by_scheme: dict[SchemeId, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.pooled:
            by_scheme[pair.scheme.id].append(pair)
    return tuple(
        Pooled(one[0].scheme, len(one), pool(agreement for pair in one for agreement in pair.agreements))
        for one in by_scheme.values()
    )
