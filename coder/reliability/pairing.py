"""Two passes of one session side by side, and sessions pooled.

What is computed for a tier follows its kind: exclusive states and intervals are compared in units of time, states
as linked events too, overlapping states code by code, point events by matching, ratings item by item and together.
Then follow the details of events that both coders marked, outcomes among them. A tier that holds nothing but
uncodable time is no matter of agreement.
"""

from collections.abc import Iterable
from dataclasses import replace

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.statistic import F1, ICC, TIME_UNIT_KAPPA
from coder.reliability.accuracy import Against
from coder.reliability.agreements import Maker, computed
from coder.reliability.counted import Counting
from coder.reliability.details import of_details
from coder.reliability.found_states import of_found_states
from coder.reliability.rows import rows
from coder.reliability.tier_points import of_points
from coder.reliability.tier_ratings import of_ratings
from coder.reliability.tier_states import of_overlapping_states, of_states

_HEADLINE = {
    TierKind.STATE: TIME_UNIT_KAPPA,
    TierKind.INTERVAL: TIME_UNIT_KAPPA,
    TierKind.POINT: F1,
    TierKind.RATING: ICC,
}


def compare(
    pass_a: CodingPass,
    pass_b: CodingPass,
    scheme: Scheme,
    *,
    limits: bool = True,
    against: Against = "coder",
) -> tuple[Agreement, ...]:
    """Every agreement of two passes of one session: tier by tier as in the scheme, then by statistic and code.

    Only time that both coded counts, and uncodable time is missing, never a disagreement. Units and tolerances are
    those of the scheme's targets (default 1 s). limits: whether to compute intervals; `pool` does not need them.
    against: "master" if A is one. Then only what A called uncodable is missing, and a unit of time that B left
    uncoded, where A has a code, counts as one that B got wrong (column `NOBODY`); of states there are sensitivity,
    precision and F1 besides, as of point events. Agreements made so are pooled with their like only. The estimated
    accuracy is still that of two coders; `observer_accuracy` has the other.
    Passes that cannot be compared give one agreement per tier whose status is NOT_COMPARABLE and whose note says
    why.
    """
    obstacle = not_comparable(pass_a, pass_b, scheme)
    window = pass_a.window.intersection(pass_b.window)
    found: list[Agreement] = []
    counting = Counting()
    for tier in scheme.tiers:
        if all(code.uncodable for code in tier.codes):
            continue
        if obstacle or window is None:
            found.append(_refused(tier, obstacle))
            continue
        make = Maker(rows(pass_a, pass_b, scheme, tier, window, against), limits=limits, counting=counting)
        if tier.kind is TierKind.RATING:
            found += of_ratings(make, pass_a, pass_b)
        elif tier.kind is TierKind.POINT:
            found += of_points(make)
        elif tier.exclusive:
            found += of_states(make)
        else:
            found += of_overlapping_states(make)
        if against == "master" and tier.kind in (TierKind.STATE, TierKind.INTERVAL):
            found += of_found_states(make)
        found += of_details(make, pass_a, pass_b, scheme)
    return tuple(found)


def _refused(tier: Tier, why: str) -> Agreement:
    """The tier's headline without a number, beside the target that it would have had."""
    statistic = _HEADLINE[tier.kind]
    estimate = Estimate(value=None, n=0, status=Status.NOT_COMPARABLE, note=why)
    goal = next((target for target in tier.targets if target.statistic == statistic), None)
    refused = Agreement(statistic=statistic, tier=tier.id, unit="", estimate=estimate)
    return refused if goal is None else replace(refused, target=goal.target, floor=goal.floor)


def not_comparable(pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme) -> str:
    """Why two passes cannot be compared, in one sentence; "" if they can."""
    a, b = pass_a.header, pass_b.header
    if a.session_id != b.session_id:
        return "The passes are of different sessions; choose two passes of one session."
    if a.id == b.id:
        return "A pass cannot be compared with itself; choose the pass of another coder."
    for header in (a, b):
        if header.scheme != scheme.id:
            return f"A pass was coded with {header.scheme}, not with {scheme.id}; code it again with that version."
    if a.window.intersection(b.window) is None:
        return "The passes share no coded time; check the coded windows of both."
    return ""


def pool(agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """The agreements of several sessions made one: same statistic, tier, code, detail and unit.

    Counts are added, then the statistic is computed from the sum; its interval comes from the sessions' own
    counts. Each agreement must be of a session of its own. Those that are not comparable are left out; where a
    tier has nothing else, one of them stays.
    """
    groups: dict[tuple[str, str, str | None, str, str], list[Agreement]] = {}
    refused: dict[str, Agreement] = {}
    for one in agreements:
        if one.estimate.status is Status.NOT_COMPARABLE:
            refused.setdefault(one.tier, one)
        else:
            groups.setdefault((one.tier, one.statistic, one.code, one.detail, one.unit), []).append(one)
    compared, counting = {tier for tier, *_ in groups}, Counting()
    pooled = (_pooled(group, counting) for group in groups.values())
    return (*pooled, *(one for tier, one in refused.items() if tier not in compared))


def _pooled(group: list[Agreement], counting: Counting) -> Agreement:
    tallies = tuple(tally for one in group for tally in one.tallies)
    made = computed(group[0], tallies, [one.counts for one in group], counting=counting)
    first = group[0].estimate
    reasons = {(one.estimate.status, one.estimate.note) for one in group}
    if made.estimate.value is None and first.value is None and len(reasons) == 1:
        return replace(made, estimate=replace(first, n=made.estimate.n))  # each session says it more precisely
    return made
