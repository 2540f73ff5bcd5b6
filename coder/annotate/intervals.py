"""The intervals of a tier that is coded interval by interval, and the segments of ratings: plain arithmetic."""

from collections.abc import Sequence
from typing import overload

from coder.model.scheme import Tier
from coder.model.time import Span


class Intervals(Sequence[Span]):
    """The equal stretches of a coded window, counted from its start; nothing is kept for each.

    The last stretch may be shorter. It counts if it is longer than half of the others; a shorter one could not be
    judged like them, and is not coded. A window that is shorter than one interval is one interval, and so is any
    window if `every_us` is 0.

    shortest_us: above 0, nothing of the window is left out; a rest that is shorter than this belongs to the
    stretch before it, and one that is not is a stretch of its own.
    """

    def __init__(self, window: Span, every_us: int, shortest_us: int = 0) -> None:
        self.window = window
        self.every_us = every_us if 0 < every_us < window.duration_us else window.duration_us
        whole, rest_us = divmod(window.duration_us, self.every_us) if self.every_us else (0, 0)
        counts = rest_us >= shortest_us if shortest_us else 2 * rest_us > self.every_us
        self._count = whole + (1 if rest_us and counts else 0)
        self._joined = bool(shortest_us and rest_us and not counts)  # the last one goes on to the window's end

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(self._count))]
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError(index)
        start_us = self.window.start_us + at * self.every_us
        if self._joined and at == self._count - 1:
            return Span(start_us, self.window.end_us)
        return Span(start_us, min(start_us + self.every_us, self.window.end_us))

    def at(self, at_us: int) -> int | None:
        """Which interval (from 0) a moment lies in; None outside all."""
        if not self.window.contains(at_us):
            return None
        number = (at_us - self.window.start_us) // self.every_us
        if self._joined:
            return min(number, self._count - 1)
        return number if number < self._count else None

    def of(self, span: Span) -> int | None:
        """Which interval (from 0) is exactly this span; None if none is."""
        number = self.at(span.start_us)
        return number if number is not None and self[number] == span else None

    def first_after(self, at_us: int) -> int:
        """The first interval that begins at or after a moment; their number if none does."""
        if at_us <= self.window.start_us or not self.every_us:
            return 0
        return min(-(-(at_us - self.window.start_us) // self.every_us), self._count)

    def ended_by(self, at_us: int) -> int:
        """How many intervals have ended at a moment."""
        if at_us >= self.window.end_us or not self.every_us:
            return self._count
        ended = self._count - 1 if self._joined else self._count
        return min(max((at_us - self.window.start_us) // self.every_us, 0), ended)


def intervals_of(tier: Tier, window: Span) -> Intervals:
    """The intervals of a tier, or the segments that a rating tier asks for."""
    return Intervals(window, tier.every_us, tier.shortest_us)
