"""Which frame comes next while the film plays: arithmetic without Qt."""

from dataclasses import dataclass

from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """The frames that are played, `first` to `last`. around: a loop, the frame after the last is the first."""

    first: int
    last: int
    around: bool = False

    def after(self, frame: int, way: int, due: int) -> int | None:
        """The frame to show after `frame`; None if there is none. way: 1 forwards, -1 backwards.

        due: the frame of the present time. Where it is farther than the next frame, those between are left out,
        but never the last one before the end or before the loop begins again.
        """
        following = frame + way
        if not self.first <= following <= self.last:
            return (self.first if way > 0 else self.last) if self.around else None
        if (due - following) * way > 0:
            return min(max(due, self.first), self.last)
        return following

    def turns(self, frame: int, to: int, way: int) -> bool:
        """True if going from `frame` to `to` is where the loop begins again."""
        return self.around and (to - frame) * way <= 0


def loop_from(loop: Span | None, frame: Span, film: Span) -> Span:
    """The loop when it is to begin with `frame`: it keeps its end if that comes later, or ends with the film."""
    keeps = loop is not None and loop.end_us > frame.start_us
    return Span(frame.start_us, loop.end_us if loop is not None and keeps else film.end_us)


def loop_to(loop: Span | None, frame: Span, film: Span) -> Span:
    """The loop when it is to end with `frame`: it keeps its start if that is earlier, or starts with the film."""
    keeps = loop is not None and loop.start_us < frame.end_us
    return Span(loop.start_us if loop is not None and keeps else film.start_us, frame.end_us)
