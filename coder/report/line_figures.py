"""Figures with lines: agreement against tolerance, and session by session over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model.agreement import Curve, Drift, DriftPoint, Estimate, Status
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS
from coder.model.time import SECOND_US
from coder.report import statistic_words, words
from coder.report.axes import Axis, AxisTick, axis_over

WIDTH, HEIGHT = 760.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 744.0, 14.0, 196.0
_NAMED = 12


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
    """A line across the figure with its words. anchor: which end of the words stands at it."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class LineFigure:
    """One panel. line: SVG points of what is joined, in pieces. band: (top, bottom) of the stretch to stay in."""

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


def curve_figure(curve: Curve, scheme: Scheme) -> LineFigure:
    """A statistic against tolerance, with the tolerance of the scheme marked."""
    times = [at_us / SECOND_US for at_us, _ in curve.points]
    x = Axis(0.0, max([*times, curve.chosen_us / SECOND_US, 0.5]), LEFT, RIGHT - 10)
    y = _share_axis([found for _, found in curve.points])
    dots = tuple(
        _dot(found, x.at(at), y, f"within {at:g} s") for at, (_, found) in zip(times, curve.points, strict=True)
    )
    name = statistic_words.said(curve.statistic).name
    tier = scheme.tier(curve.tier).label
    chosen_s = curve.chosen_us / SECOND_US
    lenient = " Lenient: the mean of both directions, and never the headline." if curve.lenient else ""
    at_chosen = "no tolerance" if not curve.chosen_us else f"{chosen_s:g} s"
    caption = f"{name} against tolerance. The scheme’s own is {at_chosen}; it was chosen before coding.{lenient}"
    values = "; ".join(f"{at:g} s {_number(found)}" for at, (_, found) in zip(times, curve.points, strict=True))
    place = x.at(chosen_s)
    marker = Marker(place, f"scheme: {at_chosen}", "end" if place > (LEFT + RIGHT) / 2 else "start")
    return LineFigure(
        tier, caption, values, x.ticks(), y.ticks(), dots, _lines(dots), None, marker, "tolerance in seconds"
    )


def drift_figure(drift: Drift, scheme: Scheme) -> LineFigure:
    """Two coders' agreement or timing, session by session in the order of coding, with the band to stay in."""
    points = drift.points
    x = Axis(0.0, max(len(points) - 1.0, 1.0), LEFT + 16, RIGHT - 16)
    band = [limit for limit in (drift.low, drift.high) if limit is not None]
    values = [number for one in points for number in (one.estimate.value, one.rolling) if number is not None]
    y = axis_over([*values, *band, 0.0] if drift.statistic == BIAS else [*values, *band, 1.0], BOTTOM, TOP)
    dots = tuple(_drift_dot(one, x.at(place), y, drift) for place, one in enumerate(points))
    rolling = [(x.at(place), y.at(one.rolling)) for place, one in enumerate(points) if one.rolling is not None]
    step = max(-(-len(points) // _NAMED), 1)
    names = tuple(AxisTick(x.at(place), str(place + 1)) for place in range(0, len(points), step))
    marker = None
    if drift.left_at is not None:
        place = x.at(drift.left_at)
        marker = Marker(place, points[drift.left_at].session, "end" if place > (LEFT + RIGHT) / 2 else "start")
    return LineFigure(
        f"{scheme.tier(drift.tier).label}: {drift.coder_a} and {drift.coder_b}",
        f"{_measured(drift)}; the line is the last three sessions together, the band what it should stay in.",
        "; ".join(f"{one.session} {_drift_number(one, drift)}" for one in points),
        names,
        y.ticks(),
        dots,
        (" ".join(f"{a:.1f},{b:.1f}" for a, b in rolling),) if len(rolling) > 1 else (),
        _band(drift, y),
        marker,
        "session, in the order of coding",
    )


def drift_sentence(drift: Drift, scheme: Scheme) -> str:
    """Whether two coders stayed in their band, and since when they did not."""
    who, tier = f"{drift.coder_a} and {drift.coder_b}", scheme.tier(drift.tier).label
    what, number = _measured(drift), len(drift.points)
    sessions = "one session" if number == 1 else f"{number} sessions"
    if drift.left_at is not None:
        at = drift.points[drift.left_at]
        later = number - drift.left_at - 1
        since = f"; {later} {'session' if later == 1 else 'sessions'} came after it" if later else ""
        told = (
            f"left the band {_band_words(drift)} at session {drift.left_at + 1} of {number}, {at.session}{since}."
        )
    elif drift.low is None and drift.high is None:
        told = f"has no band to stay in ({sessions})."
    else:
        told = f"stayed in the band {_band_words(drift)} over {sessions}."
    return " ".join(part for part in (f"{tier}, {who}: {what[0].lower()}{what[1:]} {told}", drift.note) if part)


def _measured(drift: Drift) -> str:
    name = statistic_words.said(drift.statistic).name
    return f"Timing, {drift.coder_b} − {drift.coder_a} in seconds" if drift.statistic == BIAS else name


def _band_words(drift: Drift) -> str:
    how = statistic_words.said(drift.statistic).printed
    low, high = (None if one is None else statistic_words.one_number(one, how) for one in (drift.low, drift.high))
    if low is None or high is None:
        return f"(at least {low})" if low is not None else f"(at most {high})"
    return f"({low} to {high})"


def _band(drift: Drift, y: Axis) -> tuple[float, float] | None:
    if drift.low is None and drift.high is None:
        return None
    return (TOP if drift.high is None else y.at(drift.high)), (BOTTOM if drift.low is None else y.at(drift.low))


def _drift_dot(one: DriftPoint, x: float, y: Axis, drift: Drift) -> Dot:
    made = _dot(one.estimate, x, y, one.session)
    title = f"{one.session}: {_drift_number(one, drift)}"
    return Dot(x, made.y, None, None, "outside" if one.outside else made.style, title)


def _drift_number(one: DriftPoint, drift: Drift) -> str:
    return statistic_words.value(one.estimate, statistic_words.said(drift.statistic).printed) or "not defined"


def _number(found: Estimate) -> str:
    return "not defined" if found.value is None else words.coefficient(found.value)


def _dot(found: Estimate, x: float, y: Axis, title: str) -> Dot:
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
