"""A stretch of a film as an extractor is shown it: its pictures, or its sound."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.features.extractor import CHUNK, CHUNK_US, SOUND, SOUND_HZ, Extractor, Picture, Sound, source_of
from coder.media import FrameIndex, frames
from coder.media.soundtrack import film_sound


def shown(extractor: Extractor, film: FrameIndex | Path, start: int, stop: int) -> Iterable[Any]:
    """What the extractor wants to see of frames start … stop, its lead before them included.

    film: its index, or a path if it has sound only. Raises MediaError while it is read.
    """
    first = max(start - extractor.lead, 0)
    first += -first % extractor.step
    if source_of(extractor) == SOUND:
        return sounds(film, first, stop, extractor.step)
    return pictures(film, first, stop, extractor.step) if isinstance(film, FrameIndex) else ()


def pictures(film: FrameIndex, start: int, stop: int, step: int) -> Iterator[Picture]:
    """Every step-th frame; damaged ones are left out."""
    if start < film.frame_count:
        for frame in frames(film, start, stop, step):
            yield Picture(frame.index, frame.at_us, frame.rgb())


def sounds(film: FrameIndex | Path, start: int, stop: int, step: int) -> Iterator[Sound]:
    """Every step-th chunk of the sound, as far as there is any."""
    _, blocks = film_sound(film, start * CHUNK_US, SOUND_HZ)
    wanted = range(start, stop, step)
    index, rest = start, np.zeros(0, np.float32)
    for block in _ending_with_a_chunk(blocks):
        rest = np.concatenate([rest, block])
        while len(rest) >= CHUNK and index < stop:
            if index in wanted:
                yield Sound(index, index * CHUNK_US, rest[:CHUNK])
            index, rest = index + 1, rest[CHUNK:]
        if index >= stop:
            return


def _ending_with_a_chunk(blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Both channels as one; filled up with silence so that they end where a chunk does."""
    given = 0
    for block in blocks:
        given += len(block)
        yield block.mean(axis=1, dtype=np.float32)
    yield np.zeros(-given % CHUNK, np.float32)
