"""The samples of a film's sound on the film's own clock.

Time 0 is the film's first frame (of a file without picture: its first sample). What the file leaves out is
silence, so that sound stays with the picture wherever the recorder dropped something.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from coder.language import tr
from coder.media.edge import LIBRARY_ERRORS, film_streams, opened, readable, sound_streams, trouble
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.model.time import SECOND_US

# Left and right, one row for each sample, -1 … 1; shape (n, 2).
Samples = NDArray[np.float32]

# Time stamps of a container wobble by this much without anything being lost.
_WOBBLE_S = 0.03

# A decoder needs some sound before the wanted one; a seek that lands late is tried again further back, and at
# last (None) the file is read from its beginning.
_RUN_UPS_S = (Fraction(3, 10), Fraction(2), Fraction(10), None)


def has_sound(path: str | Path) -> bool:
    """True if the file has a sound stream that can be decoded. Raises MediaError if it cannot be opened."""
    with opened(readable(path)) as container:
        return bool(sound_streams(container))


def film_sound(
    film: FrameIndex | str | Path, from_us: int, hz: int | None = None
) -> tuple[int, Iterator[Samples]]:
    """The sound from `from_us` (file time, may lie before the first frame) to its end, in blocks without gaps.

    hz: samples per second wanted, None for the file's own. Returns the rate and the blocks. Raises MediaError if
    the file cannot be opened or has no sound; damaged packets are silence.
    """
    path = film.path if isinstance(film, FrameIndex) else readable(film)
    with opened(path) as container:
        if not sound_streams(container):
            raise trouble(path, tr("The film has no sound."))
        stream = sound_streams(container)[0]
        has_picture = bool(film_streams(container))
        rate = hz or stream.sample_rate
        zero_s = (stream.start_time or 0) * (stream.time_base or Fraction(1))
    if isinstance(film, FrameIndex) or has_picture:
        index = film if isinstance(film, FrameIndex) else open_index(path)
        zero_s = index.pts(0) * index.time_base
    return rate, _without_gaps(path, zero_s + Fraction(from_us, SECOND_US), rate)


def _without_gaps(path: Path, from_s: Fraction, hz: int) -> Iterator[Samples]:
    """The samples from container time `from_s` on: gaps filled with silence, overlaps and what is earlier cut."""
    given = 0
    for at_s, block in _resampled(_decoded(path, from_s), hz):
        if at_s is not None:
            late = round((at_s - from_s) * hz) - given
            if late < 0 and (given == 0 or -late > _WOBBLE_S * hz):
                block = block[-late:]  # noqa: PLW2901 - the rest of the block is the block
            elif late > 0 and (given == 0 or late > _WOBBLE_S * hz):
                given += late
                yield np.zeros((late, 2), np.float32)
        if len(block):
            given += len(block)
            yield block


def _resampled(frames: Iterator[AudioFrame], hz: int) -> Iterator[tuple[Fraction | None, Samples]]:
    """Blocks as stereo at `hz`, each with its container time where that is known."""
    resampler: AudioResampler | None = None
    kind: object = None
    for frame in frames:
        now = (frame.sample_rate, frame.format.name, frame.layout.name)
        if resampler is None or now != kind:  # a broadcast may change its sound on the way
            if resampler is not None:
                yield from map(_block, resampler.resample(None))
            resampler, kind = AudioResampler("flt", "stereo", hz), now
        yield from map(_block, resampler.resample(frame))
    if resampler is not None:
        yield from map(_block, resampler.resample(None))


def _block(frame: AudioFrame) -> tuple[Fraction | None, Samples]:
    return _time_s(frame), frame.to_ndarray().reshape(-1, 2).astype(np.float32, copy=False)


def _time_s(frame: AudioFrame) -> Fraction | None:
    return None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base


def _decoded(path: Path, from_s: Fraction) -> Iterator[AudioFrame]:
    """Decoded sound beginning at or before `from_s` where there is any."""
    for run_up_s in _RUN_UPS_S:
        with opened(path) as container:
            stream = sound_streams(container)[0]
            time_base = stream.time_base or Fraction(1, SECOND_US)
            if run_up_s is not None:
                begin = int((from_s - run_up_s) / time_base)
                if begin <= (stream.start_time or 0):
                    continue
                try:
                    container.seek(begin, stream=stream, backward=True)
                except LIBRARY_ERRORS:
                    continue  # this container cannot seek there
            frames = _all_frames(container, stream)
            first = next(frames, None)
            at_s = None if first is None else _time_s(first)
            if run_up_s is None or (at_s is not None and at_s <= from_s):
                if first is not None:
                    yield first
                yield from frames
                return


def _all_frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except LIBRARY_ERRORS:
            return  # damaged end
        if packet is None:
            return
        try:
            frames = packet.decode()
        except LIBRARY_ERRORS:
            continue  # a damaged packet leaves a gap
        yield from frames
