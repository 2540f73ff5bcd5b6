"""Where numbers stand on the axis of a figure: arithmetic only, in the units of the figure's own grid."""

from dataclasses import dataclass
from math import ceil, floor, log10

_TICKS = 8


@dataclass(frozen=True)
class AxisTick:
    """One labelled place on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Axis:
    """Values from low to high between two places of the grid; `start` may lie after `end`, as on a y axis."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value; what lies outside stands at the edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (self.end - self.start) * (inside - self.low) / ((self.high - self.low) or 1.0)

    def ticks(self) -> tuple[AxisTick, ...]:
        """At most eight steps of round values."""
        step = round_step((self.high - self.low) / _TICKS)
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        places = max(-floor(log10(step) + 1e-9), 0)
        return tuple(
            AxisTick(self.at(number * step), _text(number * step, places)) for number in range(first, last + 1)
        )


def round_step(at_least: float) -> float:
    """The smallest of 1, 2, 5, 10 … times a power of ten that is not below; 1 if that is 0."""
    if at_least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(at_least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= at_least * (1 - 1e-9))


def axis_over(values: list[float], start: float, end: float) -> Axis:
    """An axis that holds all values with a little room round them."""
    low, high = min(values), max(values)
    room = (high - low) * 0.08 or 0.5
    return Axis(low - room, high + room, start, end)


def _text(value: float, places: int) -> str:
    text = f"{abs(value):.{places}f}"
    return f"−{text}" if value < 0 and float(text) else text
