"""What became of each of the master's events in a trainee's pass: found, called otherwise, or missed.

Disagreements are stretches of time; behaviour is told in events. An event of a tier of states is found if the
trainee has its code, or one that is as right (`Event.either`), for at least a quarter of the shorter of the two, or
begins the code within the tier's tolerance of it. What is left of both is paired by shared time, whatever the code:
called otherwise. So a look that the trainee simply went on through, with a state that has its own counterpart in the
master, counts as missed, and one that the trainee marked under another name does not. Point events are matched as
for F1. Uncodable time is left out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from coder.model.coding import CodingPass, Event
from coder.model.scheme import Scheme, Tier
from coder.model.time import Span


class Fate(StrEnum):
    """What the trainee did with an event of the master."""

    FOUND = "found"
    OTHERWISE = "otherwise"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Mark:
    """An event of the master and what the trainee has for it.

    own: the trainee's event that stands for it; None if it was missed. lag_us: by how much later it begins there,
    None where the two onsets are no mark of the same change.
    """

    event: Event
    fate: Fate
    own: Event | None = None
    lag_us: int | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """One tier of states or points. extra: what the trainee has and the master has not, under any name."""

    tier: Tier
    window: Span
    marks: tuple[Mark, ...]
    extra: tuple[Event, ...]

    def of(self, fate: Fate) -> tuple[Mark, ...]:
        """The master's events that fared so, in order."""
        return tuple(one for one in self.marks if one.fate is fate)


def marks(
    master: CodingPass, attempt: CodingPass, scheme: Scheme, tiers: Collection[str] = ()
) -> tuple[Marks, ...]:
    """The tiers of states and of points, in the scheme's order. tiers: ids of those in play, () for all."""
    raise NotImplementedError
