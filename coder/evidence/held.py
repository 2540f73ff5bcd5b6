"""A track in time: each value holds from its frame to the next, and running totals of what holds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.model.time import Span
from coder.model.track import FeatureTrack

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Times = NDArray[np.int64]

LONGEST = 2
"""A value holds for at most so many usual steps between frames: what follows was not looked at."""

ALONE_US = 100_000
"""How long a value holds that is the only one."""


@dataclass(frozen=True, eq=False)
class Held:
    """A track as it held in time. start_us, end_us: (n,), half-open, rising, apart; values, valid: (n,)."""

    start_us: Times
    end_us: Times
    values: Floats
    valid: Flags

    @classmethod
    def of(cls, track: FeatureTrack) -> "Held":
        """Frames at their true times; where frames are far apart there is time that nobody looked at."""
        start_us = track.times_us
        if not start_us.size:
            return cls(start_us, start_us, track.values, track.valid)
        steps = np.diff(start_us)
        usual = int(np.median(steps)) if steps.size else ALONE_US
        lasts = np.append(np.minimum(steps, LONGEST * usual), usual)
        return cls(start_us, start_us + lasts, track.values, track.valid)

    def lasts_within(self, window: Span) -> Floats:
        """(n,): how long each valid value holds in the window, in µs; 0 for what is not valid."""
        inside = np.minimum(self.end_us, window.end_us) - np.maximum(self.start_us, window.start_us)
        return np.where(self.valid, np.maximum(inside, 0), 0).astype(np.float64)

    def total(self, weights: Floats | Flags) -> "Total":
        """The running total of a weight per µs, (n,), over the time in which the track holds a valid value."""
        return Total.of(self.start_us, self.end_us, np.where(self.valid, weights, 0.0))

    def at(self, moments_us: Floats) -> NDArray[np.int64]:
        """The number of the frame that holds at each moment and is valid there; -1 where there is none."""
        found = np.searchsorted(self.start_us, moments_us, side="right") - 1
        there = found >= 0
        there[there] = (moments_us[there] < self.end_us[found[there]]) & self.valid[found[there]]
        return np.where(there, found, -1)


@dataclass(frozen=True, eq=False)
class Total:
    """A running total that grows in straight lines between its knots. at_us, sums: (k,), rising."""

    at_us: Floats
    sums: Floats

    @classmethod
    def of(cls, start_us: Times, end_us: Times, weights: Floats) -> "Total":
        """Of weights per µs that hold in stretches which do not overlap."""
        goes_on = (start_us[1:] == end_us[:-1]) & (weights[1:] == weights[:-1])
        first = np.append(True, ~goes_on)[: len(start_us)]
        last = np.append(~goes_on, True)[: len(start_us)]
        start_us, end_us, weights = start_us[first], end_us[last], weights[first]
        at_us = np.column_stack((start_us, end_us)).ravel().astype(np.float64)
        grown = np.column_stack((np.zeros(len(weights)), weights * (end_us - start_us))).ravel()
        return cls(at_us, np.cumsum(grown))

    def over(self, start_us: Floats, end_us: Floats) -> Floats:
        """How much it grows over stretches of time."""
        if not self.at_us.size:
            return np.zeros(np.broadcast_shapes(np.shape(start_us), np.shape(end_us)))
        return self._by(end_us) - self._by(start_us)

    def round(self, window: Span) -> "Circle":
        """The same, where after the end of the window its start comes again."""
        return Circle(self, window)

    def _by(self, at_us: Floats) -> Floats:
        return np.interp(at_us, self.at_us, self.sums)


@dataclass(frozen=True, eq=False)
class Circle:
    """A total over a window that is bent to a circle."""

    total: Total
    window: Span

    def over(self, start_us: Floats, end_us: Floats) -> Floats:
        """How much it grows over stretches of the session clock, which may lead beyond the window."""
        return self._by(end_us) - self._by(start_us)

    def _by(self, at_us: Floats) -> Floats:
        first, whole = float(self.window.start_us), float(self.window.end_us)
        rounds = np.floor((at_us - first) / (whole - first))
        once = self.total.over(np.array(first), np.array(whole))
        return rounds * once + self.total.over(np.array(first), at_us - rounds * (whole - first))


def quantile(values: Floats, weights: Floats, share: float) -> float:
    """The smallest value that a share (0 … 1) of the weight does not exceed; NaN without any weight."""
    order = np.argsort(values, kind="stable")
    running = np.cumsum(weights[order])
    if not running.size or running[-1] <= 0:
        return float("nan")
    at = np.searchsorted(running, share * running[-1] * (1 - 1e-12))
    return float(values[order][at])
