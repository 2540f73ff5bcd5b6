"""Making the small copy of a film, in parts that stay when the work is interrupted.

Frame i is encoded with i as its time stamp; a frame that cannot be decoded is the one before it once more, so that
all others keep their numbers. Before the copy is swapped in, its frames are counted and their stamps read back.
"""

import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.language import tr
from coder.media.edge import WRITE_ERRORS, opened, trouble
from coder.media.encoding import Ready
from coder.media.index import FrameIndex
from coder.media.opening import open_index
from coder.media.packets import video_packets
from coder.media.proxy import PROXY_HZ, require_same_frames
from coder.media.source import FrameSource, frames
from coder.model.problem import MediaError
from coder.staging import staged

PROXY_LONG_PX, PROXY_SHORT_PX = 640, 360

# Frames of a part: what is lost at most when the work is interrupted.
PART_FRAMES = 1000

_CODING = {"preset": "ultrafast", "crf": "28", "g": "10", "bf": "0", "sc_threshold": "0"}
_MUXER = {"video_track_timescale": str(PROXY_HZ)}
_TIME_BASE = Fraction(1, PROXY_HZ)


def make_proxy(film: FrameIndex, path: Path) -> Iterator[int]:
    """Write the small copy of `film` to `path`; yields how many frames are done.

    Parts lie in a folder beside `path` until all are there. Closing the iterator keeps the finished ones, and the
    next call goes on behind them. Raises MediaError if the film cannot be read or the folder not be written.
    """
    # parts of another encoder do not join: a newer one begins anew
    parts = path.with_name(f"{path.stem}.{av.__version__}.parts")
    try:
        parts.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = tr("The folder for small copies cannot be made: {reason}.", reason=error.strerror or error)
        raise trouble(parts, what) from error
    yield from _make_parts(film, parts)
    with staged(path, MediaError) as aside:
        yield from _joined(film, parts, aside)
        require_same_frames(film, open_index(aside))
    for left in path.parent.glob(f"{path.stem}.*.parts"):
        shutil.rmtree(left, ignore_errors=True)


def proxy_size(film: FrameIndex) -> tuple[int, int]:
    """Width and height in px of the small copy as stored, that is before it is turned upright; both even."""
    shape = film.geometry
    share = min(
        1.0,
        PROXY_LONG_PX / max(shape.width, shape.height),
        PROXY_SHORT_PX / min(shape.width, shape.height),
    )
    width, height = (max(round(side * share / 2) * 2, 2) for side in (shape.width, shape.height))
    return (height, width) if shape.rotation in (90, 270) else (width, height)


def _part(parts: Path, number: int) -> Path:
    return parts / f"{number:05}.mp4"


def _length(film: FrameIndex, number: int) -> int:
    return min(PART_FRAMES, film.frame_count - number * PART_FRAMES)


def _make_parts(film: FrameIndex, parts: Path) -> Iterator[int]:
    """Encode what is missing, part after part, each from pictures decoded in one run."""
    count = -(-film.frame_count // PART_FRAMES)
    done = 0
    while done < count and _whole(_part(parts, done), _length(film, done)):
        done += 1
    if done == count:
        return
    ready = Ready(film, *proxy_size(film))
    pictures = _held(film, ready, done * PART_FRAMES, None if done == 0 else _last_picture(_part(parts, done - 1)))
    for number in range(done, count):
        first = number * PART_FRAMES
        with staged(_part(parts, number), MediaError) as aside:
            for at in _encode(ready, pictures, _length(film, number), aside):
                yield first + at


def _whole(part: Path, length: int) -> bool:
    if not part.is_file():
        return False
    try:
        return open_index(part).frame_count == length
    except MediaError:
        return False


def _last_picture(part: Path) -> VideoFrame:
    index = open_index(part)
    with FrameSource(index, cache_bytes=1) as source:
        return source.frame(index.frame_count - 1).picture


def _held(film: FrameIndex, ready: Ready, first: int, before: VideoFrame | None) -> Iterator[VideoFrame]:
    """A small picture for every frame from `first` on; `before` is the one of the frame before it."""
    held, at = before, first
    for frame in frames(film, first):
        picture = ready(frame)
        for _ in range(at, frame.index):  # what does not decode
            yield held or picture
        held, at = picture, frame.index + 1
        yield picture
    for i in range(at, film.frame_count):
        if held is None:
            raise film.damaged(i)
        yield held


def _encode(ready: Ready, pictures: Iterator[VideoFrame], length: int, path: Path) -> Iterator[int]:
    """Write the next `length` pictures to a part; yields how many are in it."""
    try:
        with av.open(str(path), "w", format="mp4", options=_MUXER) as container:
            stream = _stream(container, ready)
            for number in range(length):
                picture = next(pictures)
                picture.pts, picture.time_base = number, _TIME_BASE
                container.mux(stream.encode(picture))
                yield number + 1
            container.mux(stream.encode(None))
    except WRITE_ERRORS as error:
        raise _unwritten(path, error) from error


def _stream(container: OutputContainer, ready: Ready) -> VideoStream:
    stream = container.add_stream("libx264", rate=PROXY_HZ, options=_CODING)
    assert isinstance(stream, VideoStream)
    ready.announce(stream)
    stream.codec_context.time_base = _TIME_BASE
    return stream


def _joined(film: FrameIndex, parts: Path, aside: Path) -> Iterator[int]:
    """Copy the packets of all parts into one file, each with the number of its frame as time stamp."""
    first = 0
    try:
        with av.open(str(aside), "w", format="mp4", options=_MUXER) as target:
            copy: VideoStream | None = None
            while first < film.frame_count:
                number = first // PART_FRAMES
                with opened(_part(parts, number)) as source:
                    stream = source.streams.video[0]
                    copy = copy or target.add_stream_from_template(stream)
                    for at, packet in enumerate(video_packets(source, stream), first):
                        packet.pts = packet.dts = at
                        packet.time_base, packet.stream = _TIME_BASE, copy
                        target.mux(packet)
                first += _length(film, number)
                yield first
    except WRITE_ERRORS as error:
        raise _unwritten(aside, error) from error


def _unwritten(path: Path, error: Exception) -> MediaError:
    what = tr("The small copy cannot be written: {reason}.", reason=getattr(error, "strerror", None) or error)
    return trouble(path.parent, what, tr("Make room on the disk, and begin again: what was finished is kept."))
