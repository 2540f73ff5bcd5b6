"""From values to pixels and to the numbers of an axis: arithmetic alone, for everything that draws a chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

_STEPS = (1.0, 2.0, 5.0)
_HAIR = 1e-9
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Axis:
    """Values from `low` to `high` on pixels from `start_px` to `end_px`, which may run backwards (upwards)."""

    low: float
    high: float
    start_px: float
    end_px: float

    def px(self, value: float) -> float:
        """Where a value lies; what is beyond the axis lies beyond its pixels."""
        if self.high == self.low:
            return (self.start_px + self.end_px) / 2
        return self.start_px + (value - self.low) / (self.high - self.low) * (self.end_px - self.start_px)

    def kept_px(self, value: float) -> float:
        """The same, but at the end of the axis for what is beyond it."""
        return self.px(min(max(value, self.low), self.high))

    def holds(self, value: float) -> bool:
        """True if the value lies on the axis."""
        return self.low - _HAIR <= value <= self.high + _HAIR


def ticks(low: float, high: float, at_most: int) -> tuple[float, ...]:
    """Round values (steps of 1, 2 or 5 of a power of ten) from `low` to `high`, as many as fit but not more."""
    if not (isfinite(low) and isfinite(high)) or high <= low or at_most < 1:
        return ()
    power = 10.0 ** floor(log10((high - low) / at_most))
    steps = (step * power * ten for ten in (0.1, 1.0, 10.0, 100.0) for step in _STEPS)
    tries = (_multiples(low, high, step) for step in steps)
    return next(found for found in tries if len(found) <= at_most)


def tick_text(value: float, all_ticks: Iterable[float]) -> str:
    """A tick with as many decimals as any of them needs, and a true minus sign."""
    values = (value, *all_ticks)
    fitting = (digits for digits in range(_DIGITS) if all(abs(one - round(one, digits)) < _HAIR for one in values))
    decimals = next(fitting, _DIGITS)
    return f"{value:z.{decimals}f}".replace("-", "−")


def extent(values: Iterable[float | None], low: float, high: float) -> tuple[float, float]:
    """From `low` to `high`, and further where values lie beyond, with a little room there."""
    known = [value for value in values if value is not None and isfinite(value)]
    least, most = min([low, *known]), max([high, *known])
    room = 0.05 * (most - least)
    return (least - room if least < low else low), (most + room if most > high else high)


def nearest(places_px: Iterable[float], at_px: float) -> int:
    """Number of the place nearest to a pixel; -1 if there is none."""
    found = [(abs(place - at_px), number) for number, place in enumerate(places_px)]
    return min(found)[1] if found else -1


def _multiples(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = ceil(low / step - _HAIR), floor(high / step + _HAIR)
    return tuple(number * step for number in range(first, last + 1))
