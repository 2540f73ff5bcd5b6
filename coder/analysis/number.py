"""One number of a measure, before it is known whose it is; and the ways in which most numbers are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median

from coder.model.time import SECOND_US

NOTHING_CODABLE = "No time here could be coded."
NO_STRETCH = "There is no such stretch here."


@dataclass(frozen=True, slots=True)
class Number:
    """The part of the measure that it is, and what `Measure` says of value, unit, n and why."""

    part: tuple[str, ...]
    value: float | None
    unit: str
    n: int
    why: str = ""


def percent(part: tuple[str, ...], of: float, whole: float, n: int, why: str) -> Number:
    """100 · of / whole; undefined, for the reason given, if there is no whole."""
    return Number(part, 100 * of / whole, "%", n) if whole else Number(part, None, "%", n, why)


def counted(part: tuple[str, ...], count: int, codable_us: int) -> Number:
    """A count in codable time; undefined if there was none: nothing was seen because nothing could be."""
    return Number(part, count, "count", count) if codable_us else Number(part, None, "count", 0, NOTHING_CODABLE)


def seconds(part: tuple[str, ...], us: int, n: int, codable_us: int) -> Number:
    """A length of codable time."""
    return Number(part, us / SECOND_US, "s", n) if codable_us else Number(part, None, "s", 0, NOTHING_CODABLE)


def mean_seconds(part: tuple[str, ...], lengths_us: Sequence[int], why: str = NO_STRETCH) -> Number:
    """The mean of some lengths of time."""
    n = len(lengths_us)
    return Number(part, mean(lengths_us) / SECOND_US, "s", n) if n else Number(part, None, "s", 0, why)


def median_seconds(part: tuple[str, ...], lengths_us: Sequence[int], why: str = NO_STRETCH) -> Number:
    """The median of some lengths of time."""
    n = len(lengths_us)
    return Number(part, median(lengths_us) / SECOND_US, "s", n) if n else Number(part, None, "s", 0, why)


def longest_seconds(part: tuple[str, ...], lengths_us: Sequence[int], why: str = NO_STRETCH) -> Number:
    """The longest of some lengths of time."""
    n = len(lengths_us)
    return Number(part, max(lengths_us) / SECOND_US, "s", n) if n else Number(part, None, "s", 0, why)


def per_minute(part: tuple[str, ...], count: int, codable_us: int) -> Number:
    """How often in a minute of codable time."""
    if not codable_us:
        return Number(part, None, "per minute", 0, NOTHING_CODABLE)
    return Number(part, count * 60 * SECOND_US / codable_us, "per minute", count)
