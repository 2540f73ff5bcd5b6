"""Passes over one family of codes at a time: which tiers are in play, and what becomes of the others."""

from dataclasses import dataclass

from coder.model.scheme import Scheme, Stream


@dataclass(frozen=True, slots=True)
class InPlay:
    """The tiers that are coded now. hidden: the others are hidden, not shown faintly."""

    tiers: frozenset[str]
    hidden: bool = False

    def __contains__(self, tier_id: object) -> bool:
        return tier_id in self.tiers


@dataclass(frozen=True, slots=True)
class Family:
    """Tiers that are coded in one go. stream: None where they are not those of one person. tier: its only one."""

    tiers: tuple[str, ...]
    stream: Stream | None = None
    tier: str = ""


def families(scheme: Scheme) -> tuple[Family, ...]:
    """What a pass can run over: all tiers, then each person's, then each tier for itself; none twice."""
    everything = Family(tuple(tier.id for tier in scheme.tiers))
    by_stream = [
        Family(tuple(tier.id for tier in scheme.tiers if tier.stream is stream), stream) for stream in Stream
    ]
    singly = [Family((tier.id,), tier=tier.id) for tier in scheme.tiers]
    found: dict[frozenset[str], Family] = {}
    for family in (everything, *by_stream, *singly):
        if family.tiers:
            found.setdefault(frozenset(family.tiers), family)
    return tuple(found.values())
