"""A measured signal as lines on the screen: no more points than pixels, and gaps where nothing is valid."""

import numpy as np
from numpy.typing import NDArray

from coder.annotate.view.scale import Scale
from coder.model.track import FeatureTrack

Line = NDArray[np.float64]


def lines(track: FeatureTrack, scale: Scale, top_px: float, height_px: float) -> list[Line]:
    """The curve in sight as unbroken lines, each of shape (n, 2): x and y in pixels.

    Where several samples fall on one pixel, its line runs from their lowest to their highest value, so that no
    short peak is lost. Values outside the signal's range are drawn at its edge.
    """
    first, last = np.searchsorted(track.times_us, (scale.start_us, scale.end_us))
    shown = slice(max(int(first) - 1, 0), int(last) + 1)
    valid = track.valid[shown]
    if not valid.any():
        return []
    x: Line = np.asarray((track.times_us[shown] - scale.start_us) / scale.us_per_px, np.float64)
    low, high = track.signal.low, track.signal.high
    share = np.clip((track.values[shown] - low) / max(high - low, 1e-12), 0.0, 1.0)
    y: Line = np.asarray(top_px + (1.0 - share) * height_px, np.float64)
    if len(x) > 2 * scale.width_px:
        x, y, valid = _by_pixel(x, y, valid)
    breaks = np.flatnonzero(np.diff(valid.astype(np.int8)) != 0) + 1
    return [
        np.column_stack((xs, ys))
        for xs, ys, good in zip(np.split(x, breaks), np.split(y, breaks), np.split(valid, breaks), strict=True)
        if good[0]
    ]


def value_text(track: FeatureTrack, at_us: int) -> str:
    """What the signal says at a moment, for a person: `0.84 head heights`, `yes`, or `not measured`."""
    at = int(np.searchsorted(track.times_us, at_us, side="right")) - 1
    if at < 0 or not track.valid[at]:
        return "not measured"
    value = float(track.values[at])
    if track.signal.unit == "0/1":
        return "yes" if value >= 0.5 else "no"
    return f"{value:.3g} {track.signal.unit}".strip()


def _by_pixel(x: Line, y: Line, valid: NDArray[np.bool_]) -> tuple[Line, Line, NDArray[np.bool_]]:
    """Two points for each pixel column: the highest and the lowest valid value in it."""
    column = np.floor(x).astype(np.int64)
    starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    lowest = np.minimum.reduceat(np.where(valid, y, np.inf), starts)
    highest = np.maximum.reduceat(np.where(valid, y, -np.inf), starts)
    good = np.isfinite(lowest)
    points = np.column_stack((np.where(good, lowest, 0.0), np.where(good, highest, 0.0))).ravel()
    return np.repeat(column[starts] + 0.5, 2), points, np.repeat(good, 2)
