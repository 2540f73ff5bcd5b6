"""The outline of a film's sound, laid on the session clock: arithmetic for drawing, without Qt."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coder.annotate.view.scale import Scale
from coder.model.study import Media
from coder.model.time import SECOND_US

Outline = NDArray[np.int16]
_LOUDEST = 32_768
_QUIETEST = 0.02


@dataclass(frozen=True)
class Wave:
    """A film's sound as it is drawn. outline: lowest and highest sample of each 1/per_second of a second."""

    outline: Outline
    per_second: int

    @cached_property
    def loudest(self) -> float:
        """The loudest sample as a share of full scale: quiet films are drawn as high as loud ones.

        What is next to silent is not blown up.
        """
        if not len(self.outline):
            return 1.0
        return max(float(np.abs(self.outline.astype(np.int32)).max()) / _LOUDEST, _QUIETEST)

    def columns(self, media: Media, scale: Scale) -> NDArray[np.float64]:
        """Lowest and highest sample under each pixel column of `scale`, -1.0 … 1.0 of full scale.

        Shape (width_px, 2); NaN where the film has no sound. media: says how its clock lies on the session's.
        """
        edges_us = scale.start_us + np.arange(scale.width_px + 1) * scale.us_per_px
        file_us = (edges_us - media.offset_us) / (1 - media.skew_ppm / SECOND_US)
        edges = np.floor(file_us * self.per_second / SECOND_US).astype(np.int64)
        found = np.full((scale.width_px, 2), np.nan)
        count = len(self.outline)
        first, last = edges[:-1], np.maximum(edges[1:], edges[:-1] + 1)
        inside = (last > 0) & (first < count)
        if not inside.any():
            return found
        lows = _spans(np.minimum, self.outline[:, 0], first[inside], last[inside])
        highs = _spans(np.maximum, self.outline[:, 1], first[inside], last[inside])
        found[inside] = np.column_stack((lows, highs)) / _LOUDEST
        return found


def _spans(
    take: np.ufunc, values: NDArray[np.int16], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.float64]:
    """`take.reduce` of values[first:last] for every pair; each has at least one value inside."""
    count = len(values)
    begin, end = np.clip(first, 0, count - 1), np.clip(last, 1, count)
    ends = np.minimum(end, count - 1)
    bounds = np.column_stack((begin, ends)).ravel()
    taken = take.reduceat(values, bounds)[::2].astype(np.float64)
    # reduceat ends before its bound, which cannot lie behind the last value: that one is taken in by hand
    return np.where(end == count, take(taken, float(values[-1])), taken)
