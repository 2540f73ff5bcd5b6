"""Two passes of one session side by side, and sessions pooled.

What is computed for a tier follows its kind: exclusive states are compared in units of time and as linked events,
overlapping states code by code, point events by matching. Ratings need several sessions and are not compared here.
"""

from collections.abc import Iterable
from dataclasses import replace

from coder.model.agreement import Agreement, Estimate, Status
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme, TierKind
from coder.reliability.agreements import computed
from coder.reliability.formulas import F1, TIME_UNIT_KAPPA
from coder.reliability.rows import rows
from coder.reliability.tier_points import of_points
from coder.reliability.tier_states import of_states

_OF_KIND = {TierKind.STATE: of_states, TierKind.INTERVAL: of_states, TierKind.POINT: of_points}
_HEADLINE = {TierKind.STATE: TIME_UNIT_KAPPA, TierKind.INTERVAL: TIME_UNIT_KAPPA, TierKind.POINT: F1}


def compare(pass_a: CodingPass, pass_b: CodingPass, scheme: Scheme) -> tuple[Agreement, ...]:
    """Every agreement of two passes of one session, tier by tier in the scheme's order.

    Only time that both coded counts, and uncodable time is missing, never a disagreement. Units and tolerances are
    those of the scheme's targets (default 1 s). Passes that cannot be compared give one agreement per tier whose
    status is NOT_COMPARABLE and whose note says why.
    """
    obstacle = not_comparable(pass_a, pass_b, scheme)
    window = pass_a.window.intersection(pass_b.window)
    if obstacle or window is None:
        refused = Estimate(value=None, n=0, status=Status.NOT_COMPARABLE, note=obstacle)
        return tuple(
            Agreement(statistic=_HEADLINE[tier.kind], tier=tier.id, unit="", estimate=refused)
            for tier in scheme.tiers
            if tier.kind in _HEADLINE
        )
    return tuple(
        agreement
        for tier in scheme.tiers
        if tier.kind in _HEADLINE
        for agreement in _OF_KIND[tier.kind](rows(pass_a, pass_b, scheme, tier, window))
    )


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
    """The agreements of several sessions, same statistic on the same tier and code with the same unit, made one.

    Counts are added, then the statistic is computed from the sum; its interval comes from the sessions' own
    counts. Each agreement must be of a session of its own. Those that are not comparable are left out; where a
    tier has nothing else, one of them stays.
    """
    groups: dict[tuple[str, str, str | None, str], list[Agreement]] = {}
    refused: dict[str, Agreement] = {}
    for one in agreements:
        if one.estimate.status is Status.NOT_COMPARABLE:
            refused.setdefault(one.tier, one)
        else:
            groups.setdefault((one.tier, one.statistic, one.code, one.unit), []).append(one)
    compared = {tier for tier, *_ in groups}
    return (*map(_pooled, groups.values()), *(one for tier, one in refused.items() if tier not in compared))


def _pooled(group: list[Agreement]) -> Agreement:
    counts: dict[str, float] = {}
    for one in group:
        for name, count in one.counts.items():
            counts[name] = counts.get(name, 0) + count
    made = computed(group[0], tuple(tally for one in group for tally in one.tallies), counts)
    first = group[0].estimate
    reasons = {(one.estimate.status, one.estimate.note) for one in group}
    if made.estimate.value is None and first.value is None and len(reasons) == 1:
        return replace(made, estimate=replace(first, n=made.estimate.n))  # each session says it more precisely
    return made
