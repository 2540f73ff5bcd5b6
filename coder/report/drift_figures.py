"""Two coders over time: which left their band and since when, in sentences and figures.

With several coders there are many lines. Those that left their band come first; of the others a few are shown, and
how many are not is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model.agreement import Drift, DriftPoint
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS
from coder.report import statistic_words, words
from coder.report.axes import Axis, AxisTick, axis_over
from coder.report.line_figures import BOTTOM, LEFT, RIGHT, TOP, Dot, LineFigure, Marker, dot_of

SENTENCES = 16
FIGURES = 6
_NAMED = 12
_IN_SHORT = 3


@dataclass(frozen=True)
class Drifting:
    """What is shown of all drifts. rest: what is said of those that have no sentence; "" if all have one."""

    sentences: tuple[str, ...]
    rest: str
    figures: tuple[LineFigure, ...]


def drifting(drifts: Sequence[Drift], scheme: Scheme) -> Drifting:
    """Those that left their band first, at most SENTENCES and FIGURES of them."""
    ordered = sorted((one for one in drifts if len(one.points) > 1), key=lambda one: one.left_at is None)
    told, rest = ordered[:SENTENCES], ordered[SENTENCES:]
    left = sum(one.left_at is not None for one in rest)
    more = f"{words.counted(len(rest), 'line')} more, {left or 'none'} of which left the band." if rest else ""
    return Drifting(
        tuple(drift_sentence(one, scheme) for one in told),
        more,
        tuple(drift_figure(one, scheme) for one in ordered[:FIGURES]),
    )


def drift_in_short(drifts: Sequence[Drift], scheme: Scheme) -> str:
    """Who left the band, in a few words for the head of the report; "" if nobody did."""
    left = [one for one in drifts if one.left_at is not None and len(one.points) > 1]
    if not left:
        return ""
    named = [
        f"{one.coder_a} and {one.coder_b} on {scheme.tier(one.tier).label} "
        f"({'timing' if one.statistic == BIAS else 'agreement'}) from {one.points[one.left_at or 0].session} on"
        for one in left[:_IN_SHORT]
    ]
    more = f", and {len(left) - _IN_SHORT} more" if len(left) > _IN_SHORT else ""
    return f"Over time, these left the band they should stay in: {'; '.join(named)}{more}."


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
        dot = dots[drift.left_at].y
        below = dot is None or dot < (TOP + BOTTOM) / 2  # the words stand where the mark is not
        marker = Marker(
            place,
            BOTTOM - 6 if below else TOP + 12,
            points[drift.left_at].session,
            "end" if place > (LEFT + RIGHT) / 2 else "start",
        )
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
    sessions = words.counted(number, "session")
    if drift.left_at is not None:
        at = drift.points[drift.left_at]
        later = number - drift.left_at - 1
        since = f"; {words.counted(later, 'session')} came after it" if later else ""
        told = (
            f"left the band {_band_words(drift)} at session {drift.left_at + 1} of {number}, {at.session}{since}."
        )
    elif drift.low is None and drift.high is None:
        told = f"has no band to stay in ({sessions})."
    else:
        told = f"stayed in the band {_band_words(drift)} over {sessions}."
    return " ".join(part for part in (f"{tier}, {who}: {what} {told}", drift.note) if part)


def _measured(drift: Drift) -> str:
    name = statistic_words.said(drift.statistic).name
    return f"Timing ({drift.coder_b} − {drift.coder_a}, seconds)" if drift.statistic == BIAS else name


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
    made = dot_of(one.estimate, x, y, one.session)
    title = f"{one.session}: {_drift_number(one, drift)}"
    return Dot(x, made.y, None, None, "outside" if one.outside else made.style, title)


def _drift_number(one: DriftPoint, drift: Drift) -> str:
    return statistic_words.value(one.estimate, statistic_words.said(drift.statistic).printed) or "not defined"
