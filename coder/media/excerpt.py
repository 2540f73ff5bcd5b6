"""A few seconds of a film, and single frames of it, small enough to be put into a page."""

import io
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from av import open as av_open
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.language import tr
from coder.media.edge import LIBRARY_ERRORS, trouble
from coder.media.encoding import Ready
from coder.media.frame import Frame
from coder.media.index import FrameIndex
from coder.media.soundtrack import Samples, film_sound, has_sound
from coder.media.source import frames
from coder.model.problem import MediaError, Problem
from coder.model.time import SECOND_US

# H.264 and AAC in MP4: what every browser plays.
_CODING = {"preset": "veryfast", "crf": "27", "profile": "main"}
_TICK = Fraction(1, 90_000)
_SOUND_HZ = 44_100
_SOUND_BITS_S = 64_000

# The scale of the JPEG encoder: 2 is the best picture, 31 the smallest file.
_JPEG_STEP = 4


def jpeg(frame: Frame, long_px: int) -> bytes:
    """The upright picture of a frame as JPEG, its longer side `long_px` or less. Raises MediaError."""
    width, height = _within(frame.width, frame.height, long_px)
    try:
        encoder = VideoCodecContext.create("mjpeg", "w")
        encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuvj420p"
        encoder.time_base = Fraction(1, 25)  # a still has no time, but the encoder asks
        encoder.qmin = encoder.qmax = _JPEG_STEP
        pixels = np.ascontiguousarray(frame.bgra(width, height)[:, :, :3])
        picture = VideoFrame.from_ndarray(pixels, format="bgr24").reformat(
            format="yuvj420p", dst_color_range="JPEG"
        )
        return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
    except LIBRARY_ERRORS as error:
        raise MediaError(Problem(tr("Frame {index} cannot be made into a picture.", index=frame.index))) from error


def excerpt(film: FrameIndex, start_us: int, end_us: int, long_px: int) -> bytes:
    """The film from `start_us` to `end_us` as MP4 with its sound, the longer side `long_px` or less.

    It begins with the frame that is on the screen at `start_us`, and its frames keep their times. Raises
    MediaError if nothing of it decodes.
    """
    first, last = film.index_at(start_us), film.index_at(max(end_us - 1, start_us))
    file = io.BytesIO()
    try:
        with av_open(file, "w", format="mp4") as container:
            ready = Ready(film, *_stored(film, long_px))
            stream = _picture_stream(container, film, ready)
            sound = container.add_stream("aac", rate=_SOUND_HZ, layout="stereo") if has_sound(film.path) else None
            shown = 0
            for frame in frames(film, first, last + 1):
                picture = ready(frame)
                picture.pts = int((frame.at_us - film.at_us(first)) * _TICK.denominator // SECOND_US)
                picture.time_base = _TICK
                container.mux(stream.encode(picture))
                shown += 1
            container.mux(stream.encode(None))
            if isinstance(sound, AudioStream):
                sound.bit_rate = _SOUND_BITS_S
                _write_sound(container, sound, film, film.at_us(first), min(end_us, film.duration_us))
    except LIBRARY_ERRORS as error:
        raise trouble(film.path, tr("A clip cannot be made of the film.")) from error
    if not shown:
        raise film.damaged(first)
    return file.getvalue()


def _within(width: int, height: int, long_px: int) -> tuple[int, int]:
    share = min(1.0, long_px / max(width, height))
    return max(round(width * share / 2) * 2, 2), max(round(height * share / 2) * 2, 2)


def _stored(film: FrameIndex, long_px: int) -> tuple[int, int]:
    """Width and height as stored, that is before the picture is turned upright."""
    width, height = _within(film.geometry.width, film.geometry.height, long_px)
    return (height, width) if film.geometry.rotation in (90, 270) else (width, height)


def _picture_stream(container: OutputContainer, film: FrameIndex, ready: Ready) -> VideoStream:
    stream = container.add_stream("libx264", rate=25, options=_CODING)
    assert isinstance(stream, VideoStream)
    ready.announce(stream)
    stream.codec_context.time_base = _TICK
    if film.geometry.rotation:  # the file counts counterclockwise
        stream.set_display_rotation(-film.geometry.rotation)
    return stream


def _write_sound(
    container: OutputContainer, stream: AudioStream, film: FrameIndex, start_us: int, end_us: int
) -> None:
    for at, block in _blocks(film, start_us, end_us):
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="flt", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = _SOUND_HZ, at, Fraction(1, _SOUND_HZ)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


def _blocks(film: FrameIndex, start_us: int, end_us: int) -> Iterator[tuple[int, Samples]]:
    """The sound of the stretch, each block with the number of its first sample."""
    wanted, at = (end_us - start_us) * _SOUND_HZ // SECOND_US, 0
    _, blocks = film_sound(film, start_us, _SOUND_HZ)
    for block in blocks:
        part = np.ascontiguousarray(block[: wanted - at], np.float32)
        if not len(part):
            return
        yield at, part
        at += len(part)
