"""Estimates with their intervals against the targets of the scheme, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from coder.model.agreement import Agreement, Status
from coder.model.scheme import Scheme, Tier
from coder.model.statistic import BIAS
from coder.report import statistic_words, words
from coder.report.axes import Axis, AxisTick
from coder.report.tables import headlines, judged

WIDTH = 760.0
ROW = 30.0
TOP = 20.0
LABELS = 262.0
NUMBERS = 114.0
LISTED = 40
HALF = 0.5


@dataclass(frozen=True)
class Bar:
    """One estimate. x, low, high, target, floor: places, None where there is none. grey: too little to judge."""

    label: str
    sub: str
    y: float
    x: float | None
    low: float | None
    high: float | None
    target: float | None
    floor: float | None
    style: str
    text: str


@dataclass(frozen=True)
class Forest:
    """The figure. bottom: where the axis ends."""

    height: float
    bottom: float
    bars: tuple[Bar, ...]
    ticks: tuple[AxisTick, ...]
    left_out: int


def forest(agreements: Sequence[Agreement], scheme: Scheme) -> Forest | None:
    """What has a target, tier by tier: the tier first, then its codes. None if nothing has."""
    chosen = [(tier, one) for tier in scheme.tiers for one in _judged(agreements, tier)]
    if not chosen:
        return None
    shown = chosen[:LISTED]
    lows = [found for _, one in shown for found in (one.estimate.value, one.estimate.low) if found is not None]
    goals = [goal for _, one in shown for goal in (one.target, one.floor) if goal is not None]
    least = floor(min([*lows, *goals, HALF]) * 10 + 1e-9) / 10  # room below the lowest mark, none wasted
    axis = Axis(least, 1.0, LABELS, WIDTH - NUMBERS)
    bars = tuple(_bar(one, tier, axis, TOP + ROW * place) for place, (tier, one) in enumerate(shown))
    bottom = TOP + ROW * len(bars)
    return Forest(bottom + 4, bottom, bars, axis.ticks(), len(chosen) - len(shown))


def _judged(agreements: Sequence[Agreement], tier: Tier) -> list[Agreement]:
    """Each once: the goals of the tier's headlines, then what else of the tier has a target on the same scale."""
    goals = [judged(agreements, tier, headline) for headline in headlines(agreements, tier)]
    others = [one for one in agreements if one.tier == tier.id and one.statistic != BIAS]
    found: list[Agreement] = []
    for one in (*goals, *others):
        if one.target is not None and all(one is not known for known in found):
            found.append(one)
    return found


def _bar(one: Agreement, tier: Tier, axis: Axis, top: float) -> Bar:
    found = one.estimate
    style, _ = words.verdict(one)
    label = tier.label if one.code is None else tier.code(one.code).label
    name = statistic_words.said(one.statistic).name
    # the note says why there is no number; there is no room for it here, and it stands in the table
    text = words.coefficient(found.value) if found.value is not None else "not defined"
    if found.status is Status.TOO_FEW:
        text += ", too little"
    elif between := words.limits(found):
        text += f" ({between})"
    return Bar(
        label,
        name if one.unit in ("s", "") else f"{name}, {one.unit}",
        top + ROW / 2,
        _place(found.value, axis),
        _place(found.low, axis),
        _place(found.high, axis),
        _place(one.target, axis),
        _place(one.floor, axis),
        style,
        text,
    )


def _place(value: float | None, axis: Axis) -> float | None:
    return None if value is None else axis.at(value)
