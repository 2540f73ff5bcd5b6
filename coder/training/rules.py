"""The rule that a scheme's own targets make."""

from collections.abc import Mapping, Sequence

from coder.model.scheme import Scheme
from coder.model.training import Rule


def rule_for(scheme: Scheme, tiers: Sequence[str] = (), seen: Mapping[tuple[str, str], int] | None = None) -> Rule:
    """The rule of certification that the targets of a scheme's tiers make.

    tiers: ids of those in play, () for all. seen: how often the masters of the test have each (tier, code), if
    known: codes that they show less often than the rule asks for are then left out.
    """
    raise NotImplementedError
