"""Bland-Altman figures: how far two coders' ratings lie apart, over the whole of the scale."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from coder.model.agreement import Agreement
from coder.model.scheme import Tier, TierKind
from coder.model.statistic import MEAN_DIFFERENCE
from coder.report import words
from coder.report.axes import AxisTick, axis_over
from coder.report.line_figures import BOTTOM, LEFT, RIGHT, TOP

LIMITS = 1.96
LEAST = 5


@dataclass(frozen=True)
class Bubble:
    """All pairs of ratings with the same mean and difference. r: its radius; its area is their number."""

    x: float
    y: float
    r: float
    title: str


@dataclass(frozen=True)
class Level:
    """A line across the figure at one difference."""

    y: float
    text: str
    dashed: bool


@dataclass(frozen=True)
class Differences:
    """The figure of one tier, or of one item of it."""

    heading: str
    caption: str
    x_ticks: tuple[AxisTick, ...]
    y_ticks: tuple[AxisTick, ...]
    bubbles: tuple[Bubble, ...]
    levels: tuple[Level, ...]
    x_name: str = "mean of both ratings"


def differences(agreements: Sequence[Agreement], tier: Tier) -> tuple[Differences, ...]:
    """One figure for the tier, or for each item where they are compared apart; only from LEAST pairs on."""
    if tier.kind is not TierKind.RATING:
        return ()
    here = [one for one in agreements if (one.statistic, one.tier, one.detail) == (MEAN_DIFFERENCE, tier.id, "")]
    whole = [one for one in here if one.code is None] or here
    found = (_figure(one, tier) for one in whole)
    return tuple(one for one in found if one is not None)


def _figure(one: Agreement, tier: Tier) -> Differences | None:
    pairs = [pair for tally in one.tallies for pair in tally.values]
    if len(pairs) < LEAST:
        return None
    counted = Counter(((a + b) / 2, b - a) for a, b in pairs)
    apart = [b - a for a, b in pairs]
    mean, spread = fmean(apart), stdev(apart)
    low, high = mean - LIMITS * spread, mean + LIMITS * spread
    x = axis_over([middle for middle, _ in counted], LEFT + 10, RIGHT - 150)
    y = axis_over([*apart, low, high, 0.0], BOTTOM, TOP)
    largest = max(counted.values())
    bubbles = tuple(
        Bubble(x.at(middle), y.at(apart), 2.5 + 9 * sqrt(number / largest), _told(number, middle, apart))
        for (middle, apart), number in sorted(counted.items())
    )
    levels = [Level(y.at(mean), f"mean {words.signed(mean)}", dashed=False)]
    if spread:
        levels += [
            Level(y.at(high), f"+1.96 SD {words.signed(high)}", dashed=True),
            Level(y.at(low), f"−1.96 SD {words.signed(low)}", dashed=True),
        ]
    name = tier.label if one.code is None else f"{tier.label}: {tier.code(one.code).label}"
    caption = (
        f"Difference of both ratings, B − A, against their mean, for {words.count(len(pairs))} pairs (Bland and "
        f"Altman 1986; limits at 1.96 standard deviations). The area of a disc is the number of pairs."
    )
    return Differences(name, caption, x.ticks(), y.ticks(), bubbles, tuple(levels))


def _told(number: int, middle: float, apart: float) -> str:
    return f"{number} × mean {middle:g}, difference {words.signed(apart)}"
