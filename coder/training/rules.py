"""The rule that a scheme's own targets make. What a scheme does not ask for is not asked here.

A target of a tier is one requirement for the whole tier, in each unit of time that the scheme names. Where the
statistic exists code by code only, as specific agreement does, it is one for each code; where it is agreement on a
detail (outcomes of cues, modifiers), one for that detail.
"""

from collections.abc import Iterator, Mapping, Sequence

from coder.model.scheme import OUTCOME, RATING, Link, Scheme, Target, Tier, TierKind
from coder.model.statistic import KAPPA, NEGATIVE, SPECIFIC, TIME_UNIT_KAPPA, WEIGHTED_KAPPA
from coder.model.training import Requirement, Rule
from coder.training.judging import BY_CHANCE

_BY_CODE = (SPECIFIC, NEGATIVE)
_MODIFIER_WITH_KAPPA = "single"


def rule_for(scheme: Scheme, tiers: Sequence[str] = (), seen: Mapping[tuple[str, str], int] | None = None) -> Rule:
    """The rule of certification that the targets of a scheme's tiers make.

    tiers: ids of those in play, () for all. seen: how often the masters of the test have each (tier, code), if
    known. Then nothing is asked that they do not offer, since nobody could pass by it: codes that they show less
    often than the rule asks for, a tier that they leave empty, or one with a single code where the statistic is
    corrected for chance. Codes are asked for where events can be missed: of points, states and intervals.
    """
    rule = Rule(())
    playing = [tier for tier in scheme.tiers if not tiers or tier.id in tiers]
    codes = [
        (tier.id, code.id)
        for tier in playing
        if tier.kind is not TierKind.RATING
        for code in tier.codes
        if not code.uncodable and (seen is None or seen.get((tier.id, code.id), 0) >= rule.min_events)
    ]
    requirements = [
        one
        for tier in playing
        if any(not code.uncodable for code in tier.codes)
        for one in _requirements(tier, scheme.link_of(tier.id))
        if seen is None or ((one.tier, one.code) in codes if one.code else _offered(one, seen))
    ]
    return Rule(tuple(requirements), tuple(codes))


def _offered(one: Requirement, seen: Mapping[tuple[str, str], int]) -> bool:
    shown = sum(times > 0 for (tier, _), times in seen.items() if tier == one.tier)
    return shown > (one.statistic in BY_CHANCE and not one.detail)


def _requirements(tier: Tier, link: Link | None) -> Iterator[Requirement]:
    units = {target.unit_us for target in tier.targets}
    for target in tier.targets:
        for asked in _of_target(tier, target):
            yield Requirement(*asked, unit_us=target.unit_us if len(units) > 1 else None)
    if link is not None:
        for target in link.targets:
            yield Requirement(target.statistic, tier.id, target.target, detail=OUTCOME)


def _of_target(tier: Tier, target: Target) -> Iterator[tuple[str, str, float, str | None, str]]:
    """(statistic, tier, target, code, detail) of each requirement."""
    if tier.kind is TierKind.RATING:
        # plain kappa would take 1 and 7 for no further apart than 1 and 2; `tier_ratings` weights it as well
        statistic = WEIGHTED_KAPPA if target.statistic == KAPPA else target.statistic
        yield statistic, tier.id, target.target, None, ""
    elif target.statistic == KAPPA:
        modifiers = {one.id: one for code in tier.codes for one in code.modifiers if one.id != RATING}
        for modifier in modifiers.values():
            if modifier.kind == _MODIFIER_WITH_KAPPA and not modifier.judged:
                yield KAPPA, tier.id, target.target, None, modifier.id
    elif target.statistic in _BY_CODE or (target.statistic == TIME_UNIT_KAPPA and not tier.exclusive):
        for code in tier.codes:
            if not code.uncodable:
                yield target.statistic, tier.id, target.target, code.id, ""
    else:
        yield target.statistic, tier.id, target.target, None, ""
