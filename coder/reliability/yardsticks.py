"""By what a tier is measured: its units of time, and how far apart two marks of one thing may lie."""

from coder.model.scheme import Tier, TierKind
from coder.model.time import SECOND_US

UNIT_US = SECOND_US
TOLERANCE_US = SECOND_US


def tolerance_us(tier: Tier) -> int:
    """How far apart two marks of one event may lie: the scheme's tolerance, or 1 s."""
    return next((target.tolerance_us for target in tier.targets if target.tolerance_us is not None), TOLERANCE_US)


def units_of(tier: Tier) -> list[int]:
    """The tier's interval; else the units that its targets name, 1 s first if among them or if none is named."""
    if tier.kind is TierKind.INTERVAL and tier.every_us:
        return [tier.every_us]
    named = {target.unit_us for target in tier.targets if target.unit_us is not None} or {UNIT_US}
    return sorted(named, key=lambda unit_us: (unit_us != UNIT_US, unit_us))


def unit_of(tier: Tier) -> int:
    """The unit of time of a tier's headline numbers, and how far apart a boundary may lie before it matters."""
    return units_of(tier)[0]


def tolerant_units(tier: Tier) -> int:
    """How many units apart the lenient kappa lets two coders be: the scheme's tolerance, or one unit."""
    named = next((target.tolerance_us for target in tier.targets if target.tolerance_us is not None), 0)
    return max(round(named / unit_of(tier)), 1)
