"""What a comparison can say beyond its tables: over time, against tolerance, for several coders, in sums.

Each is computed when it is asked for, one scheme at a time.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from coder.analysis import measures
from coder.model.agreement import Agreement, Curve, Drift, Several
from coder.model.coding import CodingPass
from coder.model.measure import Measure
from coder.model.scheme import Scheme, SchemeId
from coder.reliability import (
    CodedSession,
    agreement_of_totals,
    drifts,
    several_coders,
    tolerance_curves,
    totals,
)
from coder.workflows.comparison import Comparison, Pair, Pooled, first_of_each_session, put_together

_SEVERAL = 3


@dataclass(frozen=True)
class MeasureAgreement:
    """How far two coders' passes come to the same number of a derived measure, session by session.

    measure: id of the `Derived`; label: what it is called; part: which number of it, in words, as in `Measure`.
    agreements: ICC(A,1) and the mean difference B - A; a session is one unit.
    """

    measure: str
    label: str
    part: tuple[str, ...]
    unit: str
    agreements: tuple[Agreement, ...]


def pairs_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Pair, ...]:
    """The pairs that stand for the sessions of a scheme in its pooled numbers."""
    return tuple(pair for pair in comparison.pairs if pair.pooled and pair.scheme.id == scheme_id)


def drifts_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Drift, ...]:
    """Of each two coders: bias and agreement session by session, in the order in which they were submitted."""
    return drifts(coded_sessions(comparison, scheme_id))


def coded_sessions(comparison: Comparison, scheme_id: SchemeId) -> tuple[CodedSession, ...]:
    """What each two coders' passes of each session with a scheme say; of two pairs in one session the first."""
    pairs = (pair for pair in comparison.pairs if pair.scheme.id == scheme_id)
    return tuple(
        CodedSession(
            pair.session.id,
            pair.session.name,
            pair.coder_a.name,
            pair.coder_b.name,
            pair.submitted_at,
            pair.agreements,
        )
        for of_two in first_of_each_session(pairs).values()
        for pair in of_two
    )


def curves_of_pairs(comparison: Comparison, scheme_id: SchemeId) -> tuple[Curve, ...]:
    """Agreement against tolerance, tier by tier, over the sessions that are pooled."""
    pairs = pairs_of(comparison, scheme_id)
    return tolerance_curves([(pair.pass_a, pair.pass_b) for pair in pairs], pairs[0].scheme) if pairs else ()


def several_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Several, ...]:
    """Agreement of three or more coders, over the sessions that three or more have coded; () if there are none."""
    scheme: Scheme | None = None
    by_session: dict[str, dict[str, CodingPass]] = defaultdict(dict)
    ahead: Counter[str] = Counter()
    for pair in comparison.pairs:
        if pair.scheme.id == scheme_id:
            scheme = pair.scheme
            for coder, coding in ((pair.coder_a, pair.pass_a), (pair.coder_b, pair.pass_b)):
                by_session[pair.session.id].setdefault(coder.name, coding)
                ahead[coder.name] += coder is pair.coder_a
    passes = [found for found in by_session.values() if len(found) >= _SEVERAL]
    if scheme is None or not passes:
        return ()
    there = {name for found in passes for name in found}
    return several_coders(passes, scheme, [name for name, _ in ahead.most_common() if name in there])


def totals_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[Agreement, ...]:
    """Agreement on what a session comes to, code by code: counts and shares of time; a session is one unit."""
    pairs = pairs_of(comparison, scheme_id)
    return totals([(pair.pass_a, pair.pass_b) for pair in pairs], pairs[0].scheme) if pairs else ()


def measures_of(comparison: Comparison, scheme_id: SchemeId) -> tuple[MeasureAgreement, ...]:
    """Agreement on the derived measures of a scheme, latencies and rates among them; a session is one unit."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Measure, list[tuple[float | None, float | None]]]] = {}
    for pair in pairs_of(comparison, scheme_id):
        sides = [
            {(one.name, one.part): one for one in measures(coding, pair.scheme)}
            for coding in (pair.pass_a, pair.pass_b)
        ]
        for key in dict.fromkeys((*sides[0], *sides[1])):
            a, b = (side.get(key) for side in sides)
            one = a or b
            assert one is not None
            found.setdefault(key, (one, []))[1].append((_value(a), _value(b)))
    return tuple(
        MeasureAgreement(
            one.name, one.label, one.part, one.unit, agreement_of_totals(values, one.name, None, one.unit)
        )
        for one, values in found.values()
    )


def agreed_with(comparison: Comparison) -> tuple[Pooled, ...]:
    """Per scheme and coder: how far their passes agree with the consensus of the sessions, as the master (A)."""
    by_coder: dict[tuple[SchemeId, str], dict[str, Pair]] = defaultdict(dict)
    for pair in comparison.against_consensus:
        by_coder[pair.scheme.id, pair.coder_b.id].setdefault(pair.session.id, pair)
    return tuple(put_together(tuple(by_session.values())) for by_session in by_coder.values())


def _value(one: Measure | None) -> float | None:
    """A part of the session that a coder does not have, has no number."""
    return one.value if one is not None else None
