"""Figures with lines, and agreement against tolerance as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model.agreement import Curve, Estimate, Status
from coder.model.scheme import Scheme
from coder.model.statistic import F1_CHANCE
from coder.model.time import SECOND_US
from coder.report import statistic_words, words
from coder.report.axes import Axis, AxisTick

WIDTH, HEIGHT = 760.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 744.0, 14.0, 156.0


@dataclass(frozen=True)
class Dot:
    """One estimate. y: None where it is not defined. style: "" in the band, "outside", "weak" on too little."""

    x: float
    y: float | None
    low: float | None
    high: float | None
    style: str
    title: str


@dataclass(frozen=True)
class Marker:
    """A line across the figure with its words. y: of the words; anchor: which end of them stands at it."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True)
class LineFigure:
    """One panel. lines: SVG points of what is joined, in pieces; beside: of what it is compared with.

    band: (top, bottom) of the stretch to stay in.
    """

    heading: str
    caption: str
    description: str
    x_ticks: tuple[AxisTick, ...]
    y_ticks: tuple[AxisTick, ...]
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    band: tuple[float, float] | None
    marker: Marker | None
    x_name: str
    beside: tuple[str, ...] = ()


def curve_figures(curves: Sequence[Curve], scheme: Scheme) -> list[LineFigure]:
    """One figure for each tier; F1 by chance stands beside F1 in the same one."""
    chance = {one.tier: one for one in curves if one.statistic == F1_CHANCE}
    return [curve_figure(one, scheme, chance.get(one.tier)) for one in curves if one.statistic != F1_CHANCE]


def curve_figure(curve: Curve, scheme: Scheme, chance: Curve | None = None) -> LineFigure:
    """A statistic against tolerance, with the scheme's own marked. chance: what it would be by chance."""
    times = [at_us / SECOND_US for at_us, _ in curve.points]
    x = Axis(0.0, max([*times, curve.chosen_us / SECOND_US, 0.5]), LEFT, RIGHT - 10)
    y = _share_axis([found for _, found in curve.points])
    dots = tuple(
        dot_of(found, x.at(at), y, f"within {at:g} s") for at, (_, found) in zip(times, curve.points, strict=True)
    )
    name = statistic_words.said(curve.statistic).name
    tier = scheme.tier(curve.tier).label
    chosen_s = curve.chosen_us / SECOND_US
    lenient = " Lenient: the mean of both directions, and never the headline." if curve.lenient else ""
    at_chosen = "no tolerance" if not curve.chosen_us else f"{chosen_s:g} s"
    caption = f"{name} against tolerance. The scheme’s own is {at_chosen}.{lenient}"
    beside = chance.points if chance is not None else ()
    by_chance = [dot_of(found, x.at(at_us / SECOND_US), y, "by chance") for at_us, found in beside]
    caption += " Dashed: what it would be by chance." if by_chance else ""
    values = "; ".join(f"{at:g} s {_number(found)}" for at, (_, found) in zip(times, curve.points, strict=True))
    place = x.at(chosen_s)
    marker = Marker(place, BOTTOM - 6, f"scheme: {at_chosen}", "end" if place > (LEFT + RIGHT) / 2 else "start")
    ticks, joined, dashed = (x.ticks(), y.ticks()), _lines(dots), _lines(by_chance)
    return LineFigure(tier, caption, values, *ticks, dots, joined, None, marker, "tolerance in seconds", dashed)


def _number(found: Estimate) -> str:
    return "not defined" if found.value is None else words.coefficient(found.value)


def dot_of(found: Estimate, x: float, y: Axis, title: str) -> Dot:
    """One estimate with its interval at a place of the x axis."""
    low, high = (None if one is None else y.at(one) for one in (found.low, found.high))
    style = "weak" if found.status is Status.TOO_FEW else ""
    place = None if found.value is None else y.at(found.value)
    return Dot(x, place, low, high, style, f"{title}: {_number(found)}")


def _share_axis(found: Sequence[Estimate]) -> Axis:
    lows = [one for each in found for one in (each.value, each.low) if one is not None]
    return Axis(min([0.0, *lows]), 1.0, BOTTOM, TOP)


def _lines(dots: Sequence[Dot]) -> tuple[str, ...]:
    """The dots joined; a gap stays a gap."""
    pieces: list[list[str]] = [[]]
    for dot in dots:
        if dot.y is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{dot.x:.1f},{dot.y:.1f}")
    return tuple(" ".join(one) for one in pieces if len(one) > 1)
