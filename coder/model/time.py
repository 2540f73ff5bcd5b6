"""Time: whole microseconds on the session clock, half-open spans, clock text in and out.

A session's clock starts at 0. Only `coder.media` knows frame rates and time stamps of files; everybody else
counts microseconds, so that a sum of times never drifts and a frame that was coded is found again exactly.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

SECOND_US = 1_000_000
MILLISECOND_US = 1_000

_CLOCK = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+)(?:\.(\d{1,6}))?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open stretch [start_us, end_us). An empty span is a moment."""

    start_us: int
    end_us: int

    def __post_init__(self) -> None:
        if self.end_us < self.start_us:
            raise ValueError(f"a span cannot end before it starts: {self.start_us} > {self.end_us}")

    @classmethod
    def moment(cls, at_us: int) -> Self:
        """The empty span at `at_us`: the place of a point event."""
        return cls(at_us, at_us)

    @property
    def duration_us(self) -> int:
        """Length in microseconds; 0 for a moment."""
        return self.end_us - self.start_us

    @property
    def is_moment(self) -> bool:
        """True if the span is empty."""
        return self.start_us == self.end_us

    def contains(self, at_us: int) -> bool:
        """True if `at_us` lies inside; the end itself does not."""
        return self.start_us <= at_us < self.end_us

    def overlaps(self, other: "Span") -> bool:
        """True if the two share some time; a moment shares the time of the span that contains it."""
        if self.is_moment or other.is_moment:
            inner, outer = (self, other) if self.is_moment else (other, self)
            return outer.contains(inner.start_us) or outer == inner
        return self.start_us < other.end_us and other.start_us < self.end_us

    def intersection(self, other: "Span") -> "Span | None":
        """The shared stretch, or None where nothing is shared."""
        start, end = max(self.start_us, other.start_us), min(self.end_us, other.end_us)
        return Span(start, end) if start < end else None

    def shifted(self, by_us: int) -> "Span":
        """The same length, `by_us` later (earlier if negative)."""
        return Span(self.start_us + by_us, self.end_us + by_us)


def ticks_to_us(ticks: int, time_base: Fraction) -> int:
    """The first whole microsecond at or after `ticks`.

    Rounding up makes "the last frame that begins at or before t" read back the very frame it came from,
    at every frame rate that is in use.
    """
    return -(-ticks * time_base.numerator * SECOND_US // time_base.denominator)


def clock(at_us: int) -> str:
    """`00:00:13.747`: hours, minutes, seconds and milliseconds (cut, not rounded)."""
    sign, rest_us = ("-", -at_us) if at_us < 0 else ("", at_us)
    seconds, part_us = divmod(rest_us, SECOND_US)
    return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{part_us // MILLISECOND_US:03}"


def seconds_text(span_us: int) -> str:
    """`13.747 s`: a duration for people."""
    return f"{span_us / SECOND_US:.3f} s"


def parse_clock(text: str) -> int:
    """Microseconds from `13.747`, `1:02.5` or `00:01:02.500`.

    Raises ValueError if the text is no time, or if minutes or seconds behind a colon reach 60.
    """
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"“{text}” is not a time; write seconds (13.747) or a clock (00:01:02.500)")
    hours, minutes, seconds, part = found.groups()
    if (minutes is not None and int(seconds) >= 60) or (hours is not None and int(minutes) >= 60):
        raise ValueError(f"“{text}” is not a time: minutes and seconds of a clock stay below 60")
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return whole * SECOND_US + int((part or "").ljust(6, "0"))
