"""Measured signals as strips under one time axis: arithmetic only, drawn by the template."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.model.time import Span
from coder.model.track import FeatureTrack
from coder.report.timeline import LABELS, WIDTH, Tick, cut, ticks

YES_NO = "0/1"
HEIGHT = 30.0
STEP = HEIGHT + 20.0
TOP = 36.0
_BINS_AT_MOST = 347  # two units of the grid each


@dataclass(frozen=True)
class Curve:
    """One signal in one stretch. paths: SVG path data, one for each stretch of valid values. y: its top."""

    label: str
    unit: str
    low: str
    high: str
    y: float
    paths: tuple[str, ...]
    missing: str


@dataclass(frozen=True)
class CurveStrip:
    """Several signals over the same stretch of a session."""

    span: Span
    height: float
    curves: tuple[Curve, ...]
    ticks: tuple[Tick, ...]


def curve_strips(tracks: tuple[FeatureTrack, ...], window: Span) -> tuple[CurveStrip, ...]:
    """The signals over the coded window, cut like the timeline."""
    found = []
    for span in cut(window):
        drawn = tuple(_curve(track, span, TOP + place * STEP) for place, track in enumerate(tracks))
        found.append(CurveStrip(span, TOP + len(tracks) * STEP - 14.0, drawn, ticks(span)))
    return tuple(found)


def _curve(track: FeatureTrack, span: Span, y: float) -> Curve:
    signal = track.signal
    inside = slice(*np.searchsorted(track.times_us, (span.start_us, span.end_us)))
    times, values, valid = track.times_us[inside], track.values[inside], track.valid[inside]
    number = min(max(len(times) // 2, 1), _BINS_AT_MOST)  # two frames each, or uneven frames would leave holes
    bins = np.minimum((times - span.start_us) * number // max(span.duration_us, 1), number - 1)
    lows, highs = _envelope(bins[valid], values[valid], number)
    if signal.unit == YES_NO:
        lows = np.where(np.isfinite(lows), signal.low, np.nan)  # "yes" is drawn as a solid stretch
    paths = tuple(_paths(lows, highs, signal.low, signal.high, y))
    missing = "" if valid.any() else "not measurable here"
    return Curve(signal.label, signal.unit, _number(signal.low), _number(signal.high), y, paths, missing)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")


def _envelope(
    bins: NDArray[np.int64], values: NDArray[np.float64], number: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(number,) lowest and highest value of each bin, NaN where a bin has none."""
    lows, highs = np.full(number, np.inf), np.full(number, -np.inf)
    np.minimum.at(lows, bins, values)
    np.maximum.at(highs, bins, values)
    return np.where(np.isfinite(lows), lows, np.nan), np.where(np.isfinite(highs), highs, np.nan)


def _paths(lows: NDArray[np.float64], highs: NDArray[np.float64], low: float, high: float, y: float) -> list[str]:
    """A closed shape round lowest and highest values for each run of bins that have some."""
    scale = (WIDTH - LABELS) / len(lows)
    has = np.concatenate(([False], np.isfinite(lows), [False])).astype(np.int8)
    starts, ends = np.flatnonzero(np.diff(has) == 1), np.flatnonzero(np.diff(has) == -1)
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        x = LABELS + np.append(np.arange(start, end), end) * scale
        top = _down(np.append(highs[start:end], highs[end - 1]), low, high, y)
        bottom = _down(np.append(lows[start:end], lows[end - 1]), low, high, y) + 0.8
        there = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, top, strict=True))
        back = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x[::-1], bottom[::-1], strict=True))
        found.append(f"M{there} L{back}Z")
    return found


def _down(values: NDArray[np.float64], low: float, high: float, y: float) -> NDArray[np.float64]:
    share = np.clip((values - low) / ((high - low) or 1.0), 0, 1)
    placed: NDArray[np.float64] = y + HEIGHT * (1 - share)
    return placed
