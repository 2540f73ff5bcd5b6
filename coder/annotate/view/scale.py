"""Time to pixels and back: plain arithmetic, without Qt."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from coder.model.time import MILLISECOND_US, SECOND_US, Span

FINEST_US_PER_PX = 500.0
_MINUTE_US = 60 * SECOND_US
_STEPS_US = (
    *(n * MILLISECOND_US for n in (10, 20, 50, 100, 200, 500)),
    *(n * SECOND_US for n in (1, 2, 5, 10, 15, 30)),
    *(n * _MINUTE_US for n in (1, 2, 5, 10, 15, 30, 60)),
)
_LABEL_PX = 88


@dataclass(frozen=True, slots=True)
class Scale:
    """What part of the session a strip of `width_px` pixels shows. start_us: the time at its left edge."""

    start_us: float
    us_per_px: float
    width_px: int

    @classmethod
    def fitting(cls, span: Span, width_px: int) -> "Scale":
        """The scale that shows all of `span`."""
        return cls(span.start_us, max(span.duration_us, 1) / max(width_px, 1), width_px)

    @property
    def end_us(self) -> float:
        """The time at the right edge."""
        return self.start_us + self.us_per_px * self.width_px

    def x(self, at_us: float) -> float:
        """Where a time lies, in pixels from the left edge."""
        return (at_us - self.start_us) / self.us_per_px

    def us(self, x_px: float) -> int:
        """The time at a pixel."""
        return round(self.start_us + x_px * self.us_per_px)

    def zoomed(self, factor: float, at_x_px: float, bounds: Span) -> "Scale":
        """`factor` times larger; the time at `at_x_px` stays where it is, as far as `bounds` allow."""
        coarsest = max(bounds.duration_us, 1) / max(self.width_px, 1)
        us_per_px = min(max(self.us_per_px / factor, min(FINEST_US_PER_PX, coarsest)), coarsest)
        fixed_us = self.start_us + at_x_px * self.us_per_px
        return replace(self, start_us=fixed_us - at_x_px * us_per_px, us_per_px=us_per_px).kept_in(bounds)

    def panned(self, by_px: float, bounds: Span) -> "Scale":
        """Moved to the right by `by_px`."""
        return replace(self, start_us=self.start_us + by_px * self.us_per_px).kept_in(bounds)

    def resized(self, width_px: int, bounds: Span) -> "Scale":
        """The same stretch of time on another width; what showed everything still does."""
        return replace(
            self, us_per_px=self.us_per_px * self.width_px / max(width_px, 1), width_px=width_px
        ).kept_in(bounds)

    def centred(self, at_us: int, bounds: Span) -> "Scale":
        """Moved so that `at_us` lies in the middle, as far as `bounds` allow."""
        return replace(self, start_us=at_us - self.us_per_px * self.width_px / 2).kept_in(bounds)

    def side(self, at_us: float) -> int:
        """Where a time lies: -1 to the left of what is in sight, 1 to the right, else 0."""
        return -1 if at_us < self.start_us else 1 if at_us > self.end_us else 0

    def following(self, at_us: int, bounds: Span) -> "Scale":
        """Turned like a page when `at_us` leaves it; the very same scale while `at_us` is in sight."""
        if self.start_us <= at_us <= self.end_us:
            return self
        return replace(self, start_us=at_us - self.us_per_px * self.width_px * 0.05).kept_in(bounds)

    def kept_in(self, bounds: Span) -> "Scale":
        """Moved and, where it shows more than there is, enlarged so that it stays inside `bounds`."""
        if self.us_per_px * self.width_px >= bounds.duration_us:
            return Scale.fitting(bounds, self.width_px)
        last_us = bounds.end_us - self.us_per_px * self.width_px
        return replace(self, start_us=min(max(self.start_us, bounds.start_us), last_us))

    def ticks(self) -> Iterator[tuple[int, bool]]:
        """Times for the ruler, with True where there is room for a label."""
        step = next((s for s in _STEPS_US if s / self.us_per_px >= _LABEL_PX), _STEPS_US[-1])
        minor = step // 5
        at = -(-int(self.start_us) // minor) * minor
        while at <= self.end_us:
            yield at, at % step == 0
            at += minor


def ruler_text(at_us: int, us_per_px: float) -> str:
    """A label for the ruler: `1:02`, `1:02:03`, or `1:02.40` where the scale is fine."""
    sign, rest_us = ("-", -at_us) if at_us < 0 else ("", at_us)
    seconds, part_us = divmod(rest_us, SECOND_US)
    text = f"{sign}{seconds // 60}:{seconds % 60:02}"
    if seconds >= 3600:
        text = f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{text}.{part_us // (10 * MILLISECOND_US):02}" if us_per_px * _LABEL_PX < SECOND_US else text
