"""The outline of a film's sound, for drawing a waveform."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.media.index import FrameIndex
from coder.media.soundtrack import film_sound


def peaks(
    film: FrameIndex | str | Path, per_second: int = 100, progress: Callable[[int], None] | None = None
) -> NDArray[np.int16]:
    """Lowest and highest sample of both channels in each 1/per_second of a second, from the film's first frame.

    Shape (n, 2), -32768 … 32767; row k covers file time k/per_second up to (k + 1)/per_second, the last one what
    is left. progress: told the seconds of sound that are done. Raises MediaError if there is no sound.
    """
    hz, blocks = film_sound(film, 0)
    per_second = min(per_second, hz)
    lows: list[NDArray[np.float32]] = []
    highs: list[NDArray[np.float32]] = []
    rest = np.zeros((0, 2), np.float32)
    first_row, begin = 0, 0  # rows done, and the first sample of `rest`
    for block in blocks:
        rest = np.concatenate([rest, block])
        rows = (begin + len(rest)) * per_second // hz
        if rows - first_row >= per_second:  # about a second at a time
            edges = -(-np.arange(first_row, rows + 1) * hz // per_second) - begin
            whole = rest[: edges[-1]]
            lows.append(np.minimum.reduceat(whole.min(axis=1), edges[:-1]))
            highs.append(np.maximum.reduceat(whole.max(axis=1), edges[:-1]))
            rest, begin, first_row = rest[edges[-1] :], begin + int(edges[-1]), rows
            if progress:
                progress(begin // hz)
    if len(rest):
        edges = -(-np.arange(first_row, (begin + len(rest)) * per_second // hz + 1) * hz // per_second) - begin
        edges = edges[edges < len(rest)]
        lows.append(np.minimum.reduceat(rest.min(axis=1), edges))
        highs.append(np.maximum.reduceat(rest.max(axis=1), edges))
    if not lows:
        return np.zeros((0, 2), np.int16)
    outline = np.stack([np.concatenate(lows), np.concatenate(highs)], axis=1)
    return (outline.clip(-1, 1) * 32767).round().astype(np.int16)
