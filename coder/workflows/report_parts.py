"""What the reliability report shows of one scheme: everything the study knows, as the report has it."""

from collections import defaultdict
from collections.abc import Sequence

from coder.analysis import measures, time_budgets
from coder.model.coding import CodingPass, PassStatus
from coder.model.scheme import SchemeId
from coder.model.study import Purpose
from coder.report import (
    CoderPass,
    MeasurePart,
    PairPart,
    Sample,
    SchemePart,
    SessionPart,
    blind_words,
    told_in_full,
)
from coder.store import StudyStore
from coder.workflows.blinding import COUNTED, reopened_after_comparison
from coder.workflows.compared import (
    agreed_with,
    curves_of_pairs,
    drifts_of,
    measures_of,
    several_of,
    totals_of,
)
from coder.workflows.comparison import Comparison, Pair, Pooled, limits_of
from coder.workflows.settled import Settled
from coder.workflows.settling import sorted_out


def scheme_part(store: StudyStore, comparison: Comparison, pooled: Pooled) -> SchemePart:
    """All about one scheme. Only the sessions that are told in full get budgets, measures and intervals."""
    scheme_id = pooled.scheme.id
    pairs = [pair for pair in comparison.pairs if pair.scheme.id == scheme_id]
    full = told_in_full([sum(one.weight_us for one in pair.disagreements) for pair in pairs])
    decided = Settled(store)
    return SchemePart(
        pooled.scheme,
        tuple(_session_part(pair, decided, in_full=place in full) for place, pair in enumerate(pairs)),
        pooled.agreements,
        sample=_sample(store, scheme_id, pairs),
        by_pair=_by_coders([one for one in comparison.by_pair if one.scheme.id == scheme_id]),
        against=_by_coders([one for one in agreed_with(comparison) if one.scheme.id == scheme_id], master=True),
        several=several_of(comparison, scheme_id),
        totals=totals_of(comparison, scheme_id),
        measures=tuple(
            MeasurePart(one.label, ", ".join(one.part), one.unit, one.agreements)
            for one in measures_of(comparison, scheme_id)
        ),
        curves=curves_of_pairs(comparison, scheme_id),
        drifts=drifts_of(comparison, scheme_id),
    )


def _by_coders(found: Sequence[Pooled], *, master: bool = False) -> tuple[PairPart, ...]:
    return tuple(
        PairPart("" if master else one.coder_a, one.coder_b, one.sessions, one.agreements) for one in found
    )


def _session_part(pair: Pair, decided: Settled, *, in_full: bool) -> SessionPart:
    def side(coder: str, coding: CodingPass) -> CoderPass:
        if not in_full:
            return CoderPass(coder, coding, ())
        return CoderPass(coder, coding, time_budgets(coding, pair.scheme), measures(coding, pair.scheme))

    settled, _ = sorted_out(decided.about(pair.pass_a.header.id, pair.pass_b.header.id), pair.disagreements)
    return SessionPart(
        pair.session,
        side(pair.coder_a.name, pair.pass_a),
        side(pair.coder_b.name, pair.pass_b),
        limits_of(pair) if in_full else pair.agreements,
        pair.disagreements,
        pair.pooled,
        settled,
        in_full,
    )


def _sample(store: StudyStore, scheme_id: SchemeId, pairs: Sequence[Pair]) -> Sample:
    """What was coded with one version of a scheme, and how its double-coded sessions came about."""
    headers = [
        one
        for one in store.passes()
        if one.scheme == scheme_id and one.purpose in COUNTED and one.status is PassStatus.SUBMITTED
    ]
    number: dict[str, dict[Purpose, int]] = defaultdict(lambda: defaultdict(int))
    for header in headers:
        number[header.coder_id][header.purpose] += 1
    twice = {pair.session.id for pair in pairs}
    origins = {
        one.session_id: one.origin
        for one in store.assignments()
        if one.scheme.name == scheme_id.name and one.purpose is Purpose.RELIABILITY and one.origin
    }
    drawn = [origins[session_id] for session_id in sorted(twice) if session_id in origins]
    return Sample(
        coded=len({header.session_id for header in headers}),
        double_coded=len(twice),
        passes=tuple(
            (coder.name, number[coder.id][Purpose.MAIN], number[coder.id][Purpose.RELIABILITY])
            for coder in store.coders()
            if coder.id in number
        ),
        drawn=tuple((origin, drawn.count(origin)) for origin in sorted(set(drawn))),
        undrawn=len(twice) - len(drawn),
        blind=_blind(store, pairs),
    )


def _blind(store: StudyStore, pairs: Sequence[Pair]) -> tuple[str, ...]:
    changes = store.status_changes()
    reopened = {
        pair.session.id
        for pair in pairs
        if reopened_after_comparison(changes, pair.pass_a.header.id, pair.pass_b.header.id)
    }
    return blind_words(len(reopened))
