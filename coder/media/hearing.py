"""A film's sound as it is compared with another's: a telephone's quality on the disk, its outline in memory."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from coder.language import tr
from coder.media.index import FrameIndex
from coder.media.soundtrack import film_sound
from coder.model.problem import MediaError, Problem

Waves = NDArray[np.float32]

HEARD_HZ = 8_000  # speech and claps live below 4 kHz, and a sample is an eighth of a millisecond

OUTLINE_HZ = 50
_HOP = HEARD_HZ // OUTLINE_HZ
_WINDOW = 256
_BAND_EDGES_HZ = (100, 200, 350, 550, 850, 1300, 1900, 2700, 3800)

# Quieter than this (of a full scale of 1) is silence, whatever a recorder makes of its own noise.
_SILENT = 1e-5

# How the loudness of a second usually is counts for nothing: only what comes and goes is compared.
_SLOW_S = 1


@dataclass(frozen=True)
class Heard:
    """A film's sound from its first frame: both channels as one, `HEARD_HZ` samples a second.

    outline: how each of 8 bands rises and falls, `OUTLINE_HZ` rows a second, shape (n, 8). samples: its length.
    """

    outline: Waves
    samples: int
    _file: IO[bytes]

    def waves(self, first: int, count: int) -> Waves:
        """`count` samples from sample `first` on, shape (count,), -1 … 1; silence where the film has none."""
        begin, end = min(max(first, 0), self.samples), max(min(first + count, self.samples), 0)
        found = np.zeros(count, np.float32)
        if end > begin:
            self._file.seek(begin * 2)
            kept = np.frombuffer(self._file.read((end - begin) * 2), np.int16)
            found[begin - first : end - first] = kept / np.float32(32767)
        return found


@contextmanager
def heard(film: FrameIndex | str | Path, progress: Callable[[float], None] | None = None) -> Iterator[Heard]:
    """Listen to a whole film. The samples lie in a nameless file (58 MB an hour) that goes at the end.

    progress: told the seconds of sound that are done; what it raises ends the listening. Raises MediaError if the
    film cannot be opened or has no sound, or if the disk has no room.
    """
    _, blocks = film_sound(film, 0, HEARD_HZ)
    with tempfile.TemporaryFile() as file:
        try:
            outline, samples = _listened(_longer(blocks), file, progress or (lambda _: None))
        except OSError as error:
            what = tr("The sound cannot be laid aside to be compared: {reason}.", reason=error.strerror or error)
            hint = tr("Make room on the disk.")
            raise MediaError(Problem(what, tempfile.gettempdir(), hint)) from error
        yield Heard(outline, samples, file)


def _listened(blocks: Iterator[Waves], file: IO[bytes], tell: Callable[[float], None]) -> tuple[Waves, int]:
    """Writes the samples to the file; returns their outline and how many they are."""
    rows = [np.zeros((0, len(_BAND_EDGES_HZ) - 1), np.float32)]
    rest, samples = np.zeros(0, np.float32), 0
    for block in blocks:
        file.write((block.clip(-1, 1) * 32767).round().astype(np.int16).tobytes())
        samples += len(block)
        rest = np.concatenate([rest, block])
        count = max((len(rest) - _WINDOW) // _HOP + 1, 0)
        rows.append(_loudness(rest, count))
        rest = rest[count * _HOP :]
        tell(samples / HEARD_HZ)
    file.flush()
    return _comings_and_goings(np.concatenate(rows)), samples


def _longer(blocks: Iterator[NDArray[np.float32]]) -> Iterator[Waves]:
    """The two channels as one, in blocks of about ten seconds."""
    held: list[Waves] = []
    for block in blocks:
        held.append(block.mean(axis=1, dtype=np.float32))
        if sum(map(len, held)) >= 10 * HEARD_HZ:
            yield np.concatenate(held)
            held = []
    if held:
        yield np.concatenate(held)


def _loudness(waves: Waves, count: int) -> Waves:
    """Loudness of each band in `count` windows, in bels, shape (count, bands)."""
    if count == 0:
        return np.zeros((0, len(_BAND_EDGES_HZ) - 1), np.float32)
    windows = sliding_window_view(waves, _WINDOW)[: count * _HOP : _HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(_WINDOW).astype(np.float32), axis=1)) ** 2
    edges = np.array(_BAND_EDGES_HZ) * _WINDOW // HEARD_HZ
    bands = np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1)
    return np.log10(bands + (_SILENT * _WINDOW) ** 2).astype(np.float32)


def _comings_and_goings(loudness: Waves) -> Waves:
    """Each band without its slow part, and no single bang counting for more than the rest together."""
    if not len(loudness):
        return loudness
    wide = _SLOW_S * OUTLINE_HZ // 2
    padded = np.pad(loudness, ((wide + 1, wide), (0, 0)), mode="edge").cumsum(axis=0, dtype=np.float64)
    slow = (padded[2 * wide + 1 :] - padded[: -2 * wide - 1]) / (2 * wide + 1)
    quick = loudness - slow
    spread = quick.std(axis=0) + 1e-6
    heard_bands = np.where(spread > 1e-3, quick / spread, 0)  # a band without life is silence, not its last bit
    return heard_bands.clip(-3, 3).astype(np.float32)
