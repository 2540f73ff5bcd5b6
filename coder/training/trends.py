"""What changes from attempt to attempt: marks that come later and later, a code that is seen less and less."""

from collections.abc import Collection, Sequence

from coder.model.scheme import Scheme
from coder.training.patterns import Beside, Pattern

LEAST_ATTEMPTS = 3


def trends(attempts: Sequence[Beside], scheme: Scheme, tiers: Collection[str] = ()) -> tuple[Pattern, ...]:
    """Habits LATER and BLINDER over attempts in the order in which they were coded; () from fewer than three."""
    raise NotImplementedError
