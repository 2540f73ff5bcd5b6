"""Habits: what a trainee does again and again, and the counts that show it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from coder.model.coding import CodingPass
from coder.model.time import SECOND_US, Span

LEAST = 3
"""From fewer cases nothing is said."""

CHANCE = 0.05
"""A habit is named if a sound coder shows as much by chance less often than this."""

SHORT_US = SECOND_US
"""A state that lasts less is short: easily overlooked."""


class Habit(StrEnum):
    """What a trainee does again and again.

    LATE, EARLY: marks lie so on the whole. UNSTEADY: now early, now late, by more than the scheme lets marks lie
    apart. SHORT_MISSED: misses are mostly short states. MISSED, EXTRA: events. BUNCHED: misses lie close together
    in time. BUSY: misses begin where something else begins at once. CONFUSED: one code is called another, or the
    other way round. OVERUSED, UNDERUSED: there is more, or less, of a code than in the master, whatever became of
    it. GAPS: time without any code, in a tier that must have one at all times. DETAIL: a detail of an event is
    chosen otherwise. HIGHER, LOWER: ratings. MIDDLE: ratings keep to the middle of the scale. TURNED: the scale of
    an item is turned round. LATER: from attempt to attempt marks come later. BLINDER: from attempt to attempt more
    of a code is missed.
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
    OVERUSED = "overused"
    UNDERUSED = "underused"
    GAPS = "gaps"
    DETAIL = "detail"
    HIGHER = "higher"
    LOWER = "lower"
    MIDDLE = "middle"
    TURNED = "turned"
    LATER = "later"
    BLINDER = "blinder"


class Beside(NamedTuple):
    """A master (zones applied) and the trainee's pass of the same clip."""

    master: CodingPass
    attempt: CodingPass


class Place(NamedTuple):
    """Where a habit shows: in which of the attempts that were given (from 0), and the span on its clock."""

    clip: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One habit with the counts that show it: in `count` cases `of` so many.

    What is counted: marks that both have (LATE, EARLY, UNSTEADY), misses (SHORT_MISSED, BUNCHED, BUSY), the
    master's events (MISSED, but those called otherwise; CONFUSED, of both codes), the trainee's events (EXTRA),
    the trainee's and the master's events (OVERUSED, UNDERUSED), gaps (GAPS, of 0), matched events that have the
    detail (DETAIL), ratings, attempts (LATER, BLINDER). tier: its id; "" for all tiers together. code: None for
    the whole tier. other: what `code` is called. detail, value, other_value: of DETAIL, the modifier, the
    master's choice and the trainee's. by: how much; seconds of LATE, EARLY and GAPS (median, sum) and of BUNCHED
    (stretch), points of HIGHER, LOWER and MIDDLE (mean); seconds or share missed at the first attempt of LATER
    and BLINDER, whose `until` is that at the last. chance: how often a sound coder shows as much. weight_us: the
    time in dispute, by which habits are ranked. places: where to look, in order.
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
    weight_us: int = 0
    places: tuple[Place, ...] = ()
