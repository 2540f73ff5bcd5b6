"""The sound on the screen: its outline and its spectrogram, as much of each as there are pixels. Free of Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.annotate.view.scale import Scale
from coder.model.study import Media
from coder.model.time import SECOND_US

_HOUR_US = 3600 * SECOND_US


@dataclass(frozen=True, eq=False)
class Wave:
    """The outline of a film's sound: (n, 2) int16, lowest and highest sample of each `step_us` from `start_us` on.

    start_us: where the film begins on the session clock. rate: session seconds in a second of the film.
    """

    outline: NDArray[np.int16]
    start_us: float
    step_us: float

    def columns(self, scale: Scale) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """The columns of pixels in which there is sound, and its lowest and highest sample there, -1 … 1."""
        onsets_us = np.arange(scale.width_px) * scale.us_per_px + scale.start_us
        steps = np.floor((onsets_us - self.start_us) / self.step_us).astype(np.int64)
        inside = np.flatnonzero((steps >= 0) & (steps < len(self.outline)))
        if len(inside) == 0:
            none = np.zeros(0)
            return inside, none, none
        first = int(steps[inside[0]])
        last = min(int(steps[inside[-1]] + scale.us_per_px / self.step_us) + 1, len(self.outline))
        shown, at = self.outline[first:last], steps[inside] - first
        low = np.minimum.reduceat(shown[:, 0], at) / 32768
        return inside, low, np.maximum.reduceat(shown[:, 1], at) / 32768


@dataclass(frozen=True, eq=False)
class Spectrum:
    """A spectrogram at several widths: levels[k] is (n, bands) uint8, loudness of each `step_us` · factor^k.

    Bands rise in pitch; 0 is silence. May be mapped from a file: only what is shown is read.
    """

    levels: tuple[NDArray[np.uint8], ...]
    factor: int
    start_us: float
    step_us: float

    def picture(self, scale: Scale) -> tuple[int, NDArray[np.uint8]]:
        """The first column of pixels with sound, and the loudness from there: (bands, columns), highest first."""
        level, step_us = 0, self.step_us
        while level + 1 < len(self.levels) and step_us * self.factor <= scale.us_per_px:
            level, step_us = level + 1, step_us * self.factor
        data = self.levels[level]
        onsets_us = np.arange(scale.width_px) * scale.us_per_px + scale.start_us
        steps = np.floor((onsets_us - self.start_us) / step_us).astype(np.int64)
        inside = np.flatnonzero((steps >= 0) & (steps < len(data)))
        if len(inside) == 0:
            return 0, np.zeros((data.shape[1], 0), np.uint8)
        first = int(steps[inside[0]])
        last = min(int(steps[inside[-1]] + scale.us_per_px / step_us) + 1, len(data))
        shown, at = np.asarray(data[first:last]), steps[inside] - first
        columns = shown[at]
        for more in range(1, min(max(round(scale.us_per_px / step_us), 1), self.factor)):
            np.maximum(columns, shown[np.minimum(at + more, len(shown) - 1)], out=columns)
        return int(inside[0]), np.ascontiguousarray(columns.T[::-1])


def on_session_clock(media: Media, step_us: float) -> tuple[float, float]:
    """Where a film's sound begins on the session clock, and how long a step of the film takes on it."""
    start_us = media.to_session_us(0)
    return start_us, step_us * (media.to_session_us(_HOUR_US) - start_us) / _HOUR_US
