"""Session totals of two coders: what analyses use of a session, whether or not the moments agree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coder.model.agreement import Agreement, Estimate, Status, Tally
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Target, Tier, TierKind
from coder.model.statistic import ICC, MEAN_DIFFERENCE
from coder.model.time import SECOND_US
from coder.reliability.agreements import computed
from coder.reliability.pairing import not_comparable
from coder.reliability.rows import Rows, rows

EVENTS = "events per session"
PERCENT = "% of codable time per session"

_Total = tuple[float | None, float | None]


def totals(pairs: Sequence[tuple[CodingPass, CodingPass]], scheme: Scheme) -> tuple[Agreement, ...]:
    """Agreement on what each session comes to: events per code, or per cent of the codable time per code.

    pairs: both coders' passes of one session each; pairs that cannot be compared are left out, as is a session
    without codable time. In the order of the scheme, for every code that either coder used ICC(A,1) and the mean
    difference B - A; `Tally.values` has the totals of each session. Empty with fewer than two sessions.
    """
    told = [(a, b) for a, b in pairs if not not_comparable(a, b, scheme)]
    found: list[Agreement] = []
    for tier in scheme.tiers if len(told) > 1 else ():
        if tier.kind is TierKind.RATING or all(code.uncodable for code in tier.codes):
            continue
        sessions = [*_sessions(told, scheme, tier)]
        unit = EVENTS if tier.kind is TierKind.POINT else PERCENT
        for code in (one.id for one in tier.codes if not one.uncodable):
            values = [(a.get(code, 0.0), b.get(code, 0.0)) for a, b in sessions]
            if any(map(any, values)):
                found += agreement_of_totals(values, tier.id, code, unit, tier.targets)
    return tuple(found)


def agreement_of_totals(
    values: Sequence[_Total], tier: str, code: str | None, unit: str, targets: Sequence[Target] = ()
) -> tuple[Agreement, ...]:
    """ICC(A,1) and mean difference B - A of totals of whole sessions, e.g. median latencies computed elsewhere.

    values: (A, B) of each session; None where a coder has none, which is left out and counted. With fewer than
    five sessions the status says so beside the value. targets: of which one may be for ICC(A,1).
    """
    known = [(float(a), float(b)) for a, b in values if a is not None and b is not None]
    tallies = tuple(Tally(unit_us=SECOND_US, units=0, at=(), cell=(), values=(pair,)) for pair in known)
    counts = {"sessions": len(values), "left_out": len(values) - len(known)}
    goal = next((target for target in targets if target.statistic == ICC), None)
    return tuple(
        computed(
            Agreement(
                statistic=statistic,
                tier=tier,
                unit=unit,
                estimate=Estimate(value=None, n=0, status=Status.NO_EVENTS),
                code=code,
                target=goal.target if goal and statistic == ICC else None,
                floor=goal.floor if goal and statistic == ICC else None,
                min_events=goal.min_events if goal and statistic == ICC else 0,
            ),
            tallies,
            (counts,),
        )
        for statistic in (ICC, MEAN_DIFFERENCE)
    )


def _sessions(
    pairs: Sequence[tuple[CodingPass, CodingPass]], scheme: Scheme, tier: Tier
) -> Iterator[tuple[Mapping[str, float], Mapping[str, float]]]:
    """Of each session that has codable time: what each code comes to in A's pass and in B's."""
    for a, b in pairs:
        window = a.window.intersection(b.window)
        if window is None:
            continue
        both = rows(a, b, scheme, tier, window)
        if both.uncodable_us < window.duration_us:
            yield _events(both) if tier.kind is TierKind.POINT else _shares(both)


def _events(both: Rows) -> tuple[Mapping[str, float], Mapping[str, float]]:
    a, b = both.codable_points()
    return Counter(code for code, _ in a), Counter(code for code, _ in b)


def _shares(both: Rows) -> tuple[Mapping[str, float], Mapping[str, float]]:
    codable_us = both.window.duration_us - both.uncodable_us
    found: list[Mapping[str, float]] = []
    for row in both.codable_states():
        lengths_us: Counter[str] = Counter()
        for code, onset_us, offset_us in row:
            lengths_us[code] += offset_us - onset_us
        found.append({code: 100 * length_us / codable_us for code, length_us in lengths_us.items()})
    return found[0], found[1]
