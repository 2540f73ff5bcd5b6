"""What became of each of the master's events in a trainee's pass: found, called otherwise, or missed.

Disagreements are stretches of time; behaviour is told in events. An event of a tier of states is found if the
trainee has its code, or one that is as right (`Event.either`), for at least a quarter of the shorter of the two,
or marks the same change, from the same state before it, within the tier's tolerance of it. It is called
otherwise if the trainee marked a change for it, to another code: a state that stands for nothing else in the
master, or one that begins nearer to it than to any other of the master's changes. Else it is missed: the trainee
went on through. Where codes that are mixed up stand side by side nobody can tell the two apart; `Mark.through`
says what the trainee had meanwhile.

Point events are matched as for F1. What the master calls uncodable is left out, and so is a tier's default
code: nothing happens.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate

from coder.model.codable import uncodable
from coder.model.coding import NOTHING, CodingPass, Event
from coder.model.scheme import Scheme, Tier, TierKind
from coder.model.time import Span
from coder.reliability.rows import rows
from coder.reliability.sources import matched
from coder.reliability.yardsticks import tolerance_us

_ENOUGH = 4


class Fate(StrEnum):
    """What the trainee did with an event of the master."""

    FOUND = "found"
    OTHERWISE = "otherwise"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Mark:
    """An event of the master and what the trainee has for it.

    own: the trainee's event that stands for it; None if it was missed. lag_us: how much later the trainee marks
    its onset; None where the two onsets are not marks of one change. through: of a state that was missed, the code
    that the trainee had instead for most of it; None for none.
    """

    event: Event
    fate: Fate
    own: Event | None = None
    lag_us: int | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """One tier of states or points. extra: what the trainee has and the master has not, under any name."""

    tier: Tier
    marks: tuple[Mark, ...]
    extra: tuple[Event, ...]

    def of(self, fate: Fate) -> tuple[Mark, ...]:
        """The master's events that fared so, in order."""
        return tuple(one for one in self.marks if one.fate is fate)


def marks(
    master: CodingPass, attempt: CodingPass, scheme: Scheme, tiers: Collection[str] = ()
) -> tuple[Marks, ...]:
    """The tiers of states and of points, in the scheme's order. tiers: ids of those in play, () for all.

    Empty if the passes share no time.
    """
    window = master.window.intersection(attempt.window)
    if window is None:
        return ()
    found = []
    for tier in scheme.tiers:
        if tiers and tier.id not in tiers:
            continue
        if tier.kind is TierKind.POINT:
            found.append(_points(master, attempt, scheme, tier, window))
        elif tier.kind is TierKind.STATE:
            lost = uncodable(master, scheme, tier, window)
            a, b = (_speaking(one.row(tier.id), tier, window) for one in (master, attempt))
            told = _States(tier, window, [event for event in a if _codable(event, lost)], b).told()
            found.append(replace(told, extra=tuple(event for event in told.extra if _codable(event, lost))))
    return tuple(found)


def _points(master: CodingPass, attempt: CodingPass, scheme: Scheme, tier: Tier, window: Span) -> Marks:
    matching, a, b = matched(rows(master, attempt, scheme, tier, window, against="master"))
    told = [Mark(a[i], Fate.FOUND, b[j], b[j].onset_us - a[i].onset_us) for i, j in matching.pairs]
    told += [Mark(a[i], Fate.OTHERWISE, b[j]) for i, j in matching.confusions]
    told += [Mark(a[i], Fate.MISSED) for i in matching.only_a]
    return Marks(tier, _in_order(told), tuple(b[j] for j in matching.only_b))


def _in_order(found: Sequence[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(found, key=lambda one: (one.event.span, one.event.id)))


def _speaking(row: Sequence[Event], tier: Tier, window: Span) -> list[Event]:
    """The states inside the window that say something, in order."""
    silent = {code.id for code in tier.codes if code.uncodable} | {tier.default}
    inside = ((event, event.span.intersection(window)) for event in row if event.code not in silent)
    return [replace(event, span=span) for event, span in inside if span is not None]


def _codable(event: Event, lost: Sequence[Span]) -> bool:
    """True if no more than half of a state is uncodable."""
    return 2 * sum(_shared_us(event.span, span) for span in lost) <= event.span.duration_us


def _shared_us(one: Span, other: Span) -> int:
    return max(min(one.end_us, other.end_us) - max(one.start_us, other.start_us), 0)


def _enough(one: Event, other: Event) -> bool:
    """True if two states share so much time that they can stand for each other."""
    shared_us = _shared_us(one.span, other.span)
    return shared_us > 0 and _ENOUGH * shared_us >= min(one.span.duration_us, other.span.duration_us)


class _States:
    """One tier of states of both, by index: `a` the master's, `b` the trainee's."""

    def __init__(self, tier: Tier, window: Span, a: list[Event], b: list[Event]) -> None:
        self._tier, self._window, self._a, self._b = tier, window, a, b
        self._allowed = [{one.code, *one.either} for one in a]
        self._b_onsets = [one.onset_us for one in b]
        self._b_reached = list(accumulate((one.offset_us for one in b), max))
        self._a_onsets = [one.onset_us for one in a]

    def told(self) -> Marks:
        own, used = self._same_code()
        other = self._other_code(own, used)
        told = []
        for i, event in enumerate(self._a):
            if i in own:
                told.append(Mark(event, Fate.FOUND, self._b[own[i]], self._lag(i, own[i])))
            elif i in other:
                told.append(Mark(event, Fate.OTHERWISE, self._b[other[i]]))
            elif NOTHING not in self._allowed[i]:
                told.append(Mark(event, Fate.MISSED, through=self._through(event)))
        used |= set(other.values())
        extra = (event for j, event in enumerate(self._b) if j not in used)
        return Marks(self._tier, _in_order(told), tuple(extra))

    def _near(self, i: int) -> Iterator[int]:
        """The trainee's states that share time with one of the master's."""
        first = bisect_right(self._b_reached, self._a[i].onset_us)
        for j in range(first, bisect_left(self._b_onsets, self._a[i].offset_us)):
            if self._a[i].onset_us < self._b[j].offset_us:
                yield j

    def _same_code(self) -> tuple[dict[int, int], set[int]]:
        """Master's state -> the trainee's that shows it found; and all of the trainee's that the master has."""
        own: dict[int, int] = {}
        used: set[int] = set()
        for i, event in enumerate(self._a):
            alike = (j for j in self._near(i) if self._b[j].code in self._allowed[i])
            fitting = {j: _shared_us(event.span, self._b[j].span) for j in alike if _enough(event, self._b[j])}
            if fitting:
                own[i] = max(fitting, key=fitting.__getitem__)
                used.update(fitting)
        found = self._far(own)
        return own | found, used | set(found.values())

    def _far(self, own: dict[int, int]) -> dict[int, int]:
        """States that are not found, but of which the trainee's mark is there: the same change, only far off."""
        timed = {j for i, j in own.items() if self._lag(i, j) is not None}
        reach_us = tolerance_us(self._tier)
        found: dict[int, int] = {}
        for i, event in enumerate(self._a):
            if i in own:
                continue
            first = bisect_left(self._b_onsets, event.onset_us - reach_us)
            last = bisect_right(self._b_onsets, event.onset_us + reach_us)
            same = [
                j
                for j in range(first, last)
                if j not in timed and self._b[j].code in self._allowed[i] and self._lag(i, j) is not None
            ]
            if same:
                found[i] = self._nearest(event, same)
                timed.add(found[i])
        return found

    def _nearest(self, event: Event, among: Sequence[int]) -> int:
        """The trainee's state whose onset lies nearest to that of the master's."""
        return min(among, key=lambda j: abs(self._b_onsets[j] - event.onset_us))

    def _other_code(self, own: dict[int, int], used: set[int]) -> dict[int, int]:
        """Master's state that was not found -> the trainee's state that was marked for it under another code."""
        shared = sorted(
            (-_shared_us(self._a[i].span, self._b[j].span), i, j)
            for i in range(len(self._a))
            if i not in own
            for j in self._near(i)
            if j not in used and _enough(self._a[i], self._b[j])
        )
        other: dict[int, int] = {}
        taken: set[int] = set()
        for _, i, j in shared:
            if i not in other and j not in taken:
                other[i] = j
                taken.add(j)
        # what marks a change that the master has too is no mark of another one
        timed = {j for i, j in own.items() if self._lag(i, j) is not None}
        for i in range(len(self._a)):
            if i not in own and i not in other:
                begun = [j for j in self._near(i) if j not in timed and self._stands_for(j) == i]
                if begun:
                    other[i] = begun[0]
        return other

    def _stands_for(self, j: int) -> int | None:
        """The master's state whose onset is nearest to that of the trainee's state; None at the window's start."""
        at_us = self._b_onsets[j]
        if at_us <= self._window.start_us:
            return None
        after = bisect_left(self._a_onsets, at_us)
        near = [i for i in (after - 1, after) if 0 <= i < len(self._a)]
        return min(near, key=lambda i: abs(self._a_onsets[i] - at_us), default=None)

    def _lag(self, i: int, j: int) -> int | None:
        """How much later the trainee marks the same change, from the same state before it."""
        event, mine = self._a[i], self._b[j]
        if self._window.start_us in (event.onset_us, mine.onset_us):
            return None
        if abs(mine.onset_us - event.onset_us) > tolerance_us(self._tier):
            return None
        if self._tier.exclusive and not self._same_before(i, j):
            return None
        return mine.onset_us - event.onset_us

    def _same_before(self, i: int, j: int) -> bool:
        """True if both come from the same state, or both from none."""
        before_a = i > 0 and self._a[i - 1].offset_us == self._a[i].onset_us
        before_b = j > 0 and self._b[j - 1].offset_us == self._b[j].onset_us
        if before_a and before_b:
            return self._b[j - 1].code in self._allowed[i - 1]
        return before_a == before_b

    def _through(self, event: Event) -> str | None:
        """What the trainee had for most of a state, if anything."""
        over = [one for one in self._b if 2 * _shared_us(one.span, event.span) > event.span.duration_us]
        return over[0].code if over else None
