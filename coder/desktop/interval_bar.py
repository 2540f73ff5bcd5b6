"""An estimate as a small bar: its 95 % interval, its target and its floor on one axis. Where everything lies."""

from dataclasses import dataclass

from coder.desktop.chart_scale import Axis
from coder.desktop.reliability_texts import IN_SECONDS, SMALL_IS_GOOD
from coder.model.agreement import Agreement
from coder.model.statistic import BIAS, MEAN_DIFFERENCE

_AROUND = (BIAS, MEAN_DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in pixels from the left edge.

    middle: of the estimate, None without one. low, high: ends of its interval, None without one. cut_low,
    cut_high: it goes on beyond the axis. allowed: what is as the target wants it, from … to, None without a
    target. floor: where the floor lies, on each side that it has. zero: where 0 lies, if the axis has both signs.
    """

    left: float
    right: float
    middle: float | None
    low: float | None
    high: float | None
    cut_low: bool
    cut_high: bool
    allowed: tuple[float, float] | None
    floor: tuple[float, ...]
    zero: float | None


def axis_of(one: Agreement) -> tuple[float, float]:
    """The values that a statistic's bar runs over: shares and coefficients 0 … 1, differences around 0."""
    if one.statistic in SMALL_IS_GOOD:
        found = one.estimate
        ends = (found.value, found.low, found.high, one.target, one.floor)
        most = max([1.0, *(abs(end) for end in ends if end is not None)])
        return (-most, most) if one.statistic in _AROUND else (0.0, most)
    return (0.0, 1.0)


def bar_of(one: Agreement, left: float, right: float) -> Bar:
    """The bar of an agreement between two pixels."""
    low, high = axis_of(one)
    axis, found = Axis(low, high, left, right), one.estimate
    value = found.value
    return Bar(
        left=left,
        right=right,
        middle=axis.kept_px(value) if value is not None else None,
        low=axis.kept_px(found.low) if found.low is not None and value is not None else None,
        high=axis.kept_px(found.high) if found.high is not None and value is not None else None,
        cut_low=any(end is not None and end < low for end in (found.low, value)),
        cut_high=any(end is not None and end > high for end in (found.high, value)),
        allowed=_allowed(one, axis),
        floor=_floor(one, axis),
        zero=axis.px(0.0) if low < 0 else None,
    )


def _allowed(one: Agreement, axis: Axis) -> tuple[float, float] | None:
    if one.target is None:
        return None
    if one.statistic in _AROUND:
        return axis.kept_px(-one.target), axis.kept_px(one.target)
    if one.statistic in IN_SECONDS:
        return axis.px(axis.low), axis.kept_px(one.target)
    return axis.kept_px(one.target), axis.px(axis.high)


def _floor(one: Agreement, axis: Axis) -> tuple[float, ...]:
    if one.floor is None:
        return ()
    sides = (-one.floor, one.floor) if one.statistic in _AROUND else (one.floor,)
    return tuple(axis.kept_px(side) for side in sides)
