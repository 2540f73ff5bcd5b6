"""Which interval is asked about at a frame, and where the film stops next. Free of Qt.

A frame is given by two session times: where it begins, and where the one after it begins (the same again for the
last frame of a film).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coder.annotate.intervals import intervals_of
from coder.model.coding import CodingPass
from coder.model.scheme import Sampling, Scheme, Tier, TierKind
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that begins at `at_us`; the one after it begins at `next_us`."""

    at_us: int
    next_us: int

    def ends(self, span: Span) -> bool:
        """True if this is the last frame that begins in a span, or the film's last."""
        return span.contains(self.at_us) and (self.next_us >= span.end_us or self.next_us <= self.at_us)


@dataclass(frozen=True, slots=True)
class Interval:
    """The interval of a tier that a key answers for. number: from 1. at_end: its last frame is on the screen.

    codes: those that it has.
    """

    tier: Tier
    number: int
    count: int
    span: Span
    at_end: bool
    codes: frozenset[str]

    @property
    def last(self) -> bool:
        """True if no interval follows."""
        return self.number == self.count


def sampled(scheme: Scheme, in_play: Iterable[str] | None = None) -> tuple[Tier, ...]:
    """The tiers that are coded by intervals, in the order of the scheme; of those in play only, if given."""
    wanted = None if in_play is None else frozenset(in_play)
    found = (tier for tier in scheme.tiers if tier.kind is TierKind.INTERVAL)
    return tuple(tier for tier in found if wanted is None or tier.id in wanted)


def interval_at(coding: CodingPass, tier: Tier, frame: Frame) -> Interval | None:
    """The interval that a frame lies in; None outside all."""
    grid = intervals_of(tier, coding.window)
    number = grid.at(frame.at_us)
    if number is None:
        return None
    span = grid[number]
    codes = frozenset(event.code for event in coding.within(tier.id, span) if event.span == span)
    return Interval(tier, number + 1, len(grid), span, frame.ends(span), codes)


def stop_after(tiers: Iterable[Tier], window: Span, frame: Frame) -> int | None:
    """The nearest end of an interval that the frame has not reached: the film plays to it. None if all are."""
    ends = []
    for tier in tiers:
        grid = intervals_of(tier, window)
        number = grid.ended_by(frame.at_us)
        if number < len(grid) and frame.ends(grid[number]):
            number += 1
        if number < len(grid):
            ends.append(grid[number].end_us)
    return min(ends, default=None)


def beside(tier: Tier, window: Span, at_us: int, step: int) -> Span | None:
    """The interval after (step 1) or before (-1) the one at a moment; None if there is none."""
    grid = intervals_of(tier, window)
    if step > 0:
        number = grid.first_after(at_us + 1)
    else:
        here = grid.at(at_us)
        number = (grid.ended_by(at_us) if here is None else here) - 1
    return grid[number] if 0 <= number < len(grid) else None


def looked_at(tier: Tier, span: Span) -> int:
    """A moment in the frame to show of an interval: its first, or its last where that one alone is judged."""
    return span.end_us - 1 if tier.sampling is Sampling.MOMENTARY else span.start_us
