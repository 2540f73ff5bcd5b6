"""A film written anew as MP4 (H.264 and AAC), for what plays badly: no stamps, many of them wrong, a damaged file.

Every frame that decodes is in it once, with the time it has in the film; what does not decode is left out, and the
frame before it stands longer, as it does in the film. The sound lies on the same clock, its gaps filled.
"""

from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from coder.language import tr
from coder.media.edge import WRITE_ERRORS, trouble
from coder.media.encoding import Ready
from coder.media.index import FrameIndex, Geometry
from coder.media.opening import open_index
from coder.media.rate import measured_rate
from coder.media.soundtrack import Samples, film_sound, has_sound
from coder.media.source import frames
from coder.model.problem import MediaError
from coder.model.time import SECOND_US
from coder.staging import staged

# A key frame every second makes jumps quick; without B-frames MP4 keeps exactly how long each frame stands.
_CODING = {"preset": "veryfast", "crf": "18", "bf": "0"}
_KEY_EVERY_S = 1

_SOUND_HZ = 48_000
_SOUND_BITS_S = 160_000


def convert(film: FrameIndex, out: Path) -> Iterator[int]:
    """Write `film` anew to `out`; yields how many of its frames are done.

    It appears whole, read back and compared, or not at all; closing the iterator leaves nothing. Raises MediaError
    if no frame decodes, if the file cannot be written, or if there is one of that name when the copy is ready.
    """
    with staged(out, MediaError) as aside:
        written = yield from _written(film, aside)
        if not written:
            raise film.damaged(0)
        _compare(film, written, aside)
        if out.exists():  # somebody put it there while the film was converted
            what = tr("There is a file of this name already, and it will not be replaced.")
            raise trouble(out, what, tr("Choose another name."))


def _written(film: FrameIndex, aside: Path) -> Generator[int, None, list[int]]:
    """Encodes the film; returns the numbers of the frames that decoded."""
    tick = _tick(film)
    onsets = _onsets(film, tick)
    stands = dict(zip(onsets, np.diff(onsets).tolist(), strict=False))
    written: list[int] = []
    options = {"video_track_timescale": str(tick.denominator), "movflags": "+faststart"}
    try:
        with av.open(str(aside), "w", format="mp4", options=options) as container:
            ready = Ready(film, *_stored_size(film))
            stream = _picture_stream(container, film, tick, ready)
            sound = _Sound(container, film) if has_sound(film.path) else None

            def mux(packets: list["Packet[VideoStream]"]) -> None:
                for packet in packets:
                    packet.duration = stands[packet.pts or 0]
                    container.mux(packet)

            for frame in frames(film):
                picture = ready(frame)
                picture.pts, picture.time_base = onsets[frame.index], tick
                mux(stream.encode(picture))
                if sound:
                    sound.write_to(frame.at_us)
                written.append(frame.index)
                yield len(written)
            mux(stream.encode(None))
            if sound:
                sound.write_rest()
    except WRITE_ERRORS as error:
        what = tr("The copy cannot be written: {reason}.", reason=getattr(error, "strerror", None) or error)
        raise trouble(aside.parent, what, tr("Make room on the disk, or choose another folder.")) from error
    return written


def _tick(film: FrameIndex) -> Fraction:
    """The film's own ticks where they tell all frames apart, else microseconds."""
    apart = bool((np.diff(film.ticks) > 0).all())
    return Fraction(1, film.time_base.denominator if apart else SECOND_US)


def _onsets(film: FrameIndex, tick: Fraction) -> list[int]:
    """When each frame begins and the last one ends, in ticks from the first."""
    whole = SECOND_US if tick.denominator == SECOND_US else None
    begins = film.times_us if whole else (film.ticks - film.ticks[0]) * film.time_base.numerator
    end = max(int(film.duration_us * tick.denominator // SECOND_US), int(begins[-1]) + 1)
    return [*begins.tolist(), end]


def _stored_size(film: FrameIndex) -> tuple[int, int]:
    """Width and height before the picture is turned, and with the film's own pixels; even, as the encoder asks."""
    shape = film.geometry
    width, height = (shape.height, shape.width) if shape.rotation in (90, 270) else (shape.width, shape.height)
    return max(round(width / film.packets.pixel_aspect) // 2 * 2, 2), max(height // 2 * 2, 2)


def _picture_stream(container: OutputContainer, film: FrameIndex, tick: Fraction, ready: Ready) -> VideoStream:
    rate = measured_rate(film)[0].limit_denominator(1001) or Fraction(25)
    every = str(max(round(rate * _KEY_EVERY_S), 1))
    stream = container.add_stream("libx264", rate=rate, options=_CODING | {"g": every})
    assert isinstance(stream, VideoStream)
    ready.announce(stream)
    stream.codec_context.time_base = tick
    if film.packets.pixel_aspect != 1:
        stream.codec_context.sample_aspect_ratio = film.packets.pixel_aspect
    if film.geometry.rotation:  # the file counts counterclockwise
        stream.set_display_rotation(-film.geometry.rotation)
    return stream


class _Sound:
    """The film's sound on its way into the copy, kept no further ahead than the picture."""

    def __init__(self, container: OutputContainer, film: FrameIndex) -> None:
        stream = container.add_stream("aac", rate=_SOUND_HZ, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.bit_rate = _SOUND_BITS_S
        self._container, self._stream = container, stream
        _, self._blocks = film_sound(film, 0, _SOUND_HZ)
        self._at = 0

    def write_to(self, at_us: int) -> None:
        while self._at * SECOND_US < at_us * _SOUND_HZ and self._write(next(self._blocks, None)):
            pass

    def write_rest(self) -> None:
        while self._write(next(self._blocks, None)):
            pass
        self._container.mux(self._stream.encode(None))

    def _write(self, block: Samples | None) -> bool:
        """False at the end of the sound."""
        if block is None:
            return False
        samples = np.ascontiguousarray(block, np.float32).reshape(1, -1)
        frame = AudioFrame.from_ndarray(samples, format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = _SOUND_HZ, self._at, Fraction(1, _SOUND_HZ)
        self._at += len(block)
        self._container.mux(self._stream.encode(frame))
        return True


def _compare(film: FrameIndex, written: list[int], aside: Path) -> None:
    """Raises MediaError unless the copy has the same frames at the same times, and the same shape."""
    copy = open_index(aside)
    wanted = film.times_us[written] - film.times_us[written[0]]
    same_times = len(copy.times_us) == len(wanted) and bool((copy.times_us == wanted).all())
    shapes = (film.geometry, copy.geometry)
    # a pixel that the encoder could not keep, and what that makes of pixels that are not square
    near = all(abs(one - other) <= 2 for one, other in zip(*map(_sides, shapes), strict=True))
    if not same_times or not near or shapes[0].rotation != shapes[1].rotation:
        raise trouble(film.path, tr("The copy is not like the film, and was thrown away."))


def _sides(shape: Geometry) -> tuple[int, int]:
    return shape.width, shape.height
