"""A measured signal on the screen: no more points than pixels, no lost peaks, and gaps where nothing is valid."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coder.annotate.view.reasons import WHY_WORDS, Gaps, why_at
from coder.annotate.view.scale import Scale
from coder.annotate.view.signal_names import quantity
from coder.language import tr
from coder.model.track import FeatureTrack, Why

Line = NDArray[np.float64]
_FACTOR = 4
_LOST = 2.5  # a step this many times longer than usual is a gap: there the frames were not measured


@dataclass(frozen=True, slots=True)
class _Level:
    """Blocks of samples: where each begins, and the range of its valid values as a share of the height.

    low, high: 0 … 1 from the bottom; inf and -inf where nothing in the block is valid.
    """

    times_us: NDArray[np.int64]
    low: NDArray[np.float32]
    high: NDArray[np.float32]

    def coarser(self) -> "_Level":
        starts = np.arange(0, len(self.times_us), _FACTOR)
        return _Level(
            self.times_us[starts], np.minimum.reduceat(self.low, starts), np.maximum.reduceat(self.high, starts)
        )


class Curve:
    """A track made ready for drawing once: each zoom then costs what it shows."""

    def __init__(self, track: FeatureTrack) -> None:
        self._track = track
        low, high = track.signal.low, track.signal.high
        share = np.clip((track.values - low) / max(high - low, 1e-12), 0.0, 1.0).astype(np.float32)
        none = np.float32(np.inf)
        valid = track.valid
        self._levels = [_Level(track.times_us, np.where(valid, share, none), np.where(valid, share, -none))]
        while len(self._levels[-1].times_us) > 4096:
            self._levels.append(self._levels[-1].coarser())
        steps_us = np.diff(track.times_us)
        self._step_us = float(np.median(steps_us)) if len(steps_us) else 1.0

    @cached_property
    def gaps(self) -> Gaps:
        """Where the track says nothing, and why."""
        return Gaps(self._track)

    def share(self, value: float) -> float:
        """How high a value lies, 0 … 1 of the signal's range; beyond it, at its edge."""
        low, high = self._track.signal.low, self._track.signal.high
        return min(max((value - low) / max(high - low, 1e-12), 0.0), 1.0)

    def dense(self, scale: Scale) -> bool:
        """True if several samples fall on a pixel: then `columns` draws the curve, else `lines` does."""
        return self._step_us * 2 < scale.us_per_px

    def lines(self, scale: Scale, top_px: float, height_px: float) -> list[Line]:
        """The curve in sight as unbroken lines, each of shape (n, 2): x and y in pixels.

        Values outside the signal's range are drawn at its edge. A lone sample is a line one pixel long.
        """
        level = self._levels[0]
        shown = _shown(level, scale)
        x = np.asarray((level.times_us[shown] - scale.start_us) / scale.us_per_px, np.float64)
        valid = np.isfinite(level.low[shown])
        y = top_px + (1.0 - np.where(valid, level.low[shown], 0.0).astype(np.float64)) * height_px
        lost = np.diff(x) > _LOST * self._step_us / scale.us_per_px
        breaks = np.flatnonzero((np.diff(valid.astype(np.int8)) != 0) | lost) + 1
        parts = zip(np.split(x, breaks), np.split(y, breaks), np.split(valid, breaks), strict=True)
        found = [np.column_stack((xs, ys)) for xs, ys, good in parts if len(good) and good[0]]
        return [line if len(line) > 1 else np.vstack((line, line + np.array((1.0, 0.0)))) for line in found]

    def columns(self, scale: Scale, top_px: float, height_px: float) -> NDArray[np.float64]:
        """The curve in sight as upright lines, (n, 4): x, upper y, x, lower y; one for each column of pixels.

        Each runs from the lowest to the highest valid value of its column, and on to the column before it, so that
        no short peak is lost; a column without a valid value has none.
        """
        level = self._levels[0]
        for coarser in self._levels[1:]:
            if _step_us(coarser) * 4 > scale.us_per_px:
                break
            level = coarser
        shown = _shown(level, scale)
        column = np.floor((level.times_us[shown] - scale.start_us) / scale.us_per_px).astype(np.int64)
        if len(column) == 0:
            return np.zeros((0, 4))
        starts = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
        low = np.minimum.reduceat(level.low[shown], starts).astype(np.float64)
        high = np.maximum.reduceat(level.high[shown], starts).astype(np.float64)
        x = column[starts]
        good = np.isfinite(low)
        joined = np.flatnonzero(good[1:] & good[:-1] & (np.diff(x) == 1)) + 1
        reach_low, reach_high = low.copy(), high.copy()
        reach_low[joined] = np.minimum(low[joined], high[joined - 1])
        reach_high[joined] = np.maximum(high[joined], low[joined - 1])
        upper = top_px + (1.0 - reach_high[good]) * height_px
        lower = top_px + (1.0 - reach_low[good]) * height_px
        middle = x[good] + 0.5
        return np.column_stack((middle, upper, middle, np.maximum(lower, upper + 1.0)))


def value_text(track: FeatureTrack, at_us: int) -> str:
    """What the signal says at a moment: `0.84 head heights`, `yes`, `not measured`, or why it was not."""
    at = int(np.searchsorted(track.times_us, at_us, side="right")) - 1
    if at < 0 or not track.valid[at]:
        why = why_at(track, at) if at >= 0 else None
        return tr(WHY_WORDS[why]) if why in WHY_WORDS and why is not Why.NOT_SAID else tr("not measured")
    value = float(track.values[at])
    if track.signal.unit == "0/1":
        return tr("yes") if value >= 0.5 else tr("no")
    return quantity(value, track.signal.unit)


def _shown(level: _Level, scale: Scale) -> slice:
    first, last = np.searchsorted(level.times_us, (scale.start_us, scale.end_us))
    return slice(max(int(first) - 1, 0), int(last) + 1)


def _step_us(level: _Level) -> float:
    return float(level.times_us[-1] - level.times_us[0]) / max(len(level.times_us) - 1, 1)
