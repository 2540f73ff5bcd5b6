"""Every difference of a trainee's pass from the master, one by one, to be looked at in the film.

They are the disagreements of the two passes (`coder.reliability.disagreements`, A the master), with three changes
that make them what a trainee did:

- a state that the trainee went on through, or that only the trainee has, is missed or extra if it is short; where
  codes exclude each other a disagreement can only say that two codes stand side by side;
- a point event that was found, but further off than the scheme lets marks lie apart, is early or late;
- a boundary that lies closer than that, and a sliver beside another difference, is left out: nothing to learn.
"""

from collections.abc import Collection
from dataclasses import dataclass

from coder.model.coding import CodingPass, Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import Scheme, Tier
from coder.model.time import MILLISECOND_US, SECOND_US, Span

TIMING_US = 300 * MILLISECOND_US
"""How far a mark may lie off where the scheme has no target for timing bias."""

SHORT_US = SECOND_US
"""A state that lasts less is short: easily overlooked."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. about: where and what; A is the master, B the trainee, `about.kind` its class.

    lag_us: how much later the trainee marks it (negative: earlier), for EARLY and LATE; else None. master, own: the
    events of either; None where there is none (or where the scheme's default holds).
    """

    about: Disagreement
    lag_us: int | None = None
    master: Event | None = None
    own: Event | None = None

    @property
    def kind(self) -> DisagreementKind:
        """Its class."""
        return self.about.kind

    @property
    def tier(self) -> str:
        """The id of its tier."""
        return self.about.tier

    @property
    def span(self) -> Span:
        """Where it is, on the clock of the session."""
        return self.about.span

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it is about, the master's first; what to filter by."""
        return tuple(dict.fromkeys(code for code in (self.about.code_a, self.about.code_b) if code is not None))


def timing_us(tier: Tier) -> int:
    """How far a mark may lie off: the scheme's target for timing bias, or `TIMING_US`."""
    raise NotImplementedError


def differences(
    master: CodingPass, attempt: CodingPass, scheme: Scheme, tiers: Collection[str] = ()
) -> tuple[Difference, ...]:
    """All of them in the order of time, then of the scheme's tiers. tiers: ids of those in play, () for all."""
    raise NotImplementedError
