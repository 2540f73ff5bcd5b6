"""The spectrogram of a film's sound, for drawing: how loud each pitch is over time; computed once and kept."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coder.media.edge import readable
from coder.media.index import FrameIndex
from coder.media.soundtrack import film_sound
from coder.model.problem import CoderError
from coder.model.time import SECOND_US
from coder.staging import staged

HZ, WINDOW, HOP, BANDS = 16_000, 512, 256, 128
"""16 kHz mono, windows of 32 ms every 16 ms, 128 bands from 50 Hz to 8 kHz, even in pitch as the ear hears it."""

STEP_US = HOP * SECOND_US / HZ
FACTOR = 4
"""Each coarser level has the loudest of four columns."""

_FLOOR_DB, _TOP_DB = -90.0, -10.0
_LEAST = 1024  # a level of fewer columns has no coarser one
_AT_ONCE = 512  # windows transformed together
_KEPT = 24  # films whose spectrograms are kept
_VERSION = 1

Levels = tuple[NDArray[np.uint8], ...]


def spectrogram(film: FrameIndex, progress: Callable[[float], None] | None = None) -> Levels:
    """Levels of (columns, BANDS) uint8, each FACTOR times coarser than the one before it.

    Column k of level 0 covers file time k · STEP_US from the first frame. 0 is -90 dB of full scale or less,
    255 is -10 dB or more. progress: told the share of the film that is done. Raises MediaError if it has no sound.
    """
    bands = _bands()
    _, blocks = film_sound(film, 0, HZ)
    found = []
    for windows in _windows(np.mean(block, axis=1, dtype=np.float32) for block in blocks):
        found.append(_levels_of(windows, bands))
        if progress:
            done_us = sum(map(len, found)) * STEP_US
            progress(min(done_us / max(film.duration_us, 1), 1.0))
    levels = [np.concatenate(found) if found else np.zeros((0, BANDS), np.uint8)]
    while len(levels[-1]) > _LEAST:
        starts = np.arange(0, len(levels[-1]), FACTOR)
        levels.append(np.maximum.reduceat(levels[-1], starts, axis=0))
    return tuple(levels)


def kept_spectrogram(film: FrameIndex, folder: Path, progress: Callable[[float], None] | None = None) -> Levels:
    """The same, from a file in `folder` if it was computed before; that file is then mapped, not read whole.

    What cannot be kept (disk full, no permission) is computed each time. Raises MediaError if there is no film or
    no sound in it.
    """
    file = folder / f"{_name(readable(film.path))}.npy"
    known = _mapped(file)
    if known is not None:
        return known
    levels = spectrogram(film, progress)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with staged(file) as aside, aside.open("wb") as target:
            np.save(target, np.concatenate(levels))
        _forget_oldest(folder)
    except (OSError, CoderError):
        return levels
    return _mapped(file) or levels


def _windows(blocks: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """(n, WINDOW) overlapping windows, at most _AT_ONCE at a time; the last one is filled up with silence."""
    rest = np.zeros(0, np.float32)
    for block in blocks:
        rest = np.concatenate([rest, block])
        while len(rest) >= WINDOW + (_AT_ONCE - 1) * HOP:
            yield np.lib.stride_tricks.sliding_window_view(rest, WINDOW)[::HOP][:_AT_ONCE]
            rest = rest[_AT_ONCE * HOP :]
    if len(rest):
        count = max(-(-(len(rest) - WINDOW) // HOP) + 1, 1)
        padded = np.pad(rest, (0, max(WINDOW + (count - 1) * HOP - len(rest), 0)))
        yield np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]


def _levels_of(windows: NDArray[np.float32], bands: NDArray[np.float32]) -> NDArray[np.uint8]:
    spectrum = np.fft.rfft(windows * np.hanning(WINDOW).astype(np.float32))
    power = (np.abs(spectrum).astype(np.float32) / (WINDOW / 4)) ** 2 @ bands
    loudness = 10 * np.log10(np.maximum(power, 1e-12))
    share = (loudness - _FLOOR_DB) / (_TOP_DB - _FLOOR_DB)
    return (np.clip(share, 0.0, 1.0) * 255).astype(np.uint8)


def _bands() -> NDArray[np.float32]:
    """(WINDOW / 2 + 1, BANDS): how much each frequency counts in each band.

    Triangles even on the mel scale, m = 2595 log10(1 + f / 700) (O'Shaughnessy 1987), each at least one bin wide.
    """
    edges_mel = np.linspace(_mel(50.0), _mel(HZ / 2), BANDS + 2)
    edges_hz = 700 * (10 ** (edges_mel / 2595) - 1)
    bins_hz = np.arange(WINDOW // 2 + 1) * HZ / WINDOW
    width = HZ / WINDOW
    low, middle, high = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rising = (bins_hz[:, None] - np.minimum(low, middle - width)) / np.maximum(middle - low, width)
    falling = (np.maximum(high, middle + width) - bins_hz[:, None]) / np.maximum(high - middle, width)
    return np.clip(np.minimum(rising, falling), 0.0, None).astype(np.float32)


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))


def _name(film: Path) -> str:
    """What tells this film from others and from its own later versions, without reading it."""
    found = film.stat()
    what = f"{_VERSION}|{str(film.resolve())!a}|{found.st_size}|{found.st_mtime_ns}|{found.st_ctime_ns}"
    return hashlib.sha256(what.encode()).hexdigest()[:32]


def _mapped(file: Path) -> Levels | None:
    """The levels in a file; None if there is none that can be used."""
    try:
        whole = np.load(file, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    if whole.ndim != 2 or whole.shape[1] != BANDS or whole.dtype != np.uint8:
        return None
    counts = _counts(len(whole))
    if counts is None:
        return None
    ends = np.cumsum(counts)
    return tuple(whole[end - count : end] for count, end in zip(counts, ends.tolist(), strict=True))


def _counts(total: int) -> list[int] | None:
    """How many columns each level has if all of them have `total`; None if that cannot be."""
    low, high = 0, total
    while low <= high:
        first = (low + high) // 2
        counts = [first]
        while counts[-1] > _LEAST:
            counts.append(-(-counts[-1] // FACTOR))
        if sum(counts) == total:
            return counts
        low, high = (first + 1, high) if sum(counts) < total else (low, first - 1)
    return None


def _forget_oldest(folder: Path) -> None:
    files = sorted(folder.glob("*.npy"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-_KEPT]:
        file.unlink(missing_ok=True)
