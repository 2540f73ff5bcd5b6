"""What a trainee does again and again: habits that differences from masters show, and chance does not explain.

Feedback on one attempt, or on several together. A habit is named only if a sound coder would show as much by chance
less than once in a hundred times (`CHANCE`), and from at least `LEAST` cases; otherwise nothing is said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.time import Span

LEAST = 3
CHANCE = 0.01


class Habit(StrEnum):
    """What a trainee does again and again.

    LATE, EARLY: marks lie so on the whole. UNSTEADY: now early, now late, by more than the scheme lets marks lie
    apart. SHORT_MISSED: misses are mostly short states. MISSED, EXTRA: of one code. BUNCHED: misses lie close
    together in time. BUSY: misses begin where something else begins at once. CONFUSED: one code is called another.
    LONGER, SHORTER: a code holds for more, for less of the time than in the master. GAPS: time without any code.
    DETAIL: a detail of an event is chosen otherwise. LENIENT, SEVERE: ratings too high, too low. MIDDLE: ratings
    keep to the middle of the scale. TURNED: the scale of an item is turned round. LATER: from attempt to attempt
    marks come later. BLINDER: from attempt to attempt more of a code is missed.
    """

    LATE = "late"
    EARLY = "early"
    UNSTEADY = "unsteady"
    SHORT_MISSED = "short_missed"
    MISSED = "missed"
    EXTRA = "extra"
    BUNCHED = "bunched"
    BUSY = "busy"
    CONFUSED = "confused"
    LONGER = "longer"
    SHORTER = "shorter"
    GAPS = "gaps"
    DETAIL = "detail"
    LENIENT = "lenient"
    SEVERE = "severe"
    MIDDLE = "middle"
    TURNED = "turned"
    LATER = "later"
    BLINDER = "blinder"


class Beside(NamedTuple):
    """A master (zones applied) and the trainee's pass of the same clip."""

    master: CodingPass
    attempt: CodingPass


class Place(NamedTuple):
    """Where a habit shows: which of the attempts that were given (from 0), and the span on its clock."""

    clip: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One habit with the counts that show it.

    tier: its id; "" for all tiers together. code: the master's, None for the whole tier. other: what the trainee
    calls it. detail, value, other_value: of DETAIL, the modifier with the master's and the trainee's choice. count
    of `of`: in how many cases of how many. by: how much; seconds of LATE, EARLY and UNSTEADY, points of LENIENT and
    SEVERE, share of the coded time of LONGER, SHORTER and GAPS, else 0. until: by at the last of the attempts, of
    LATER (seconds) and BLINDER (share missed); `by` is then at the first. chance: how likely a sound coder shows as
    much. places: where to look, in order.
    """

    habit: Habit
    tier: str
    count: int
    of: int
    chance: float
    code: str | None = None
    other: str | None = None
    detail: str = ""
    value: str = ""
    other_value: str = ""
    by: float = 0.0
    until: float = 0.0
    places: tuple[Place, ...] = ()


def patterns(clips: Sequence[Beside], scheme: Scheme, tiers: Collection[str] = ()) -> tuple[Pattern, ...]:
    """The habits that the attempts show together, what matters most first; () if there is nothing to say.

    clips: in the order in which they were coded. tiers: ids of those in play, () for all.
    """
    raise NotImplementedError
