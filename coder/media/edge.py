"""The edge to the media library: files are opened here, and its many exceptions become one `MediaError`.

FFmpeg's messages are silenced with `set_libav_level` only: PyAV's own `set_level` can deadlock with frame threads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import av.error
import av.logging
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from coder.language import tr
from coder.media.unread import why_unread
from coder.model.problem import MediaError, Problem

av.logging.set_libav_level(av.logging.PANIC)

# What PyAV was seen to raise on damaged files: besides its own errors a blank result of the decoder (IndexError),
# wrong text in metadata (UnicodeDecodeError, a ValueError), and arithmetic on fields that are not there.
LIBRARY_ERRORS = (
    av.error.FFmpegError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
)

# What comes of writing to a disk that is full or gone.
WRITE_ERRORS = (av.error.FFmpegError, OSError)

# Demuxers that make a "film" of a picture or of plain text.
_NO_FILM = {"image2", "tty", "bin", "xbin", "idf", "adf"}


def trouble(path: Path, what: str, hint: str = "") -> MediaError:
    """A `MediaError` with one problem, placed at the file."""
    return MediaError(Problem(what, where=path.name, hint=hint))


def readable(path: str | Path) -> Path:
    """The absolute path of a file that exists, is no folder, is not empty and may be read.

    Raises MediaError with the sentence for whichever of these is not so.
    """
    path = Path(path).absolute()
    try:
        if path.is_dir():
            raise trouble(path, tr("This is a folder, not a film."), tr("Choose a file inside it."))
        if not path.exists():
            what = tr("There is no such file in {folder}.", folder=path.parent)
            raise trouble(path, what, tr("Was it moved, or is a drive missing?"))
        if path.stat().st_size == 0:
            raise trouble(path, tr("The file is empty (0 bytes)."), tr("Copy it again from the camera."))
        with path.open("rb"):
            return path
    except OSError as error:
        what = tr("The file cannot be read: {reason}.", reason=error.strerror or error)
        raise trouble(path, what) from error


def open_container(path: Path) -> InputContainer:
    """The opened container of a readable file.

    Only plain files are opened: a playlist that calls itself a film must not reach for the network.
    Raises MediaError if the file is no film or sound file.
    """
    try:
        container = av.open(str(path), metadata_errors="ignore", options={"protocol_whitelist": "file"})
    except LIBRARY_ERRORS as error:
        guess = tr("This is not a film that can be read."), tr("Is the file whole, and of the right kind?")
        raise trouble(path, *(why_unread(path) or guess)) from error
    if any(kind in _NO_FILM or kind.endswith("_pipe") for kind in container.format.name.split(",")):
        container.close()
        raise trouble(path, tr("This is a picture or a text, not a film."))
    return container


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """`open_container`, closed at the end; whatever the library raises inside becomes a MediaError."""
    container = open_container(path)
    try:
        with container:
            yield container
    except LIBRARY_ERRORS as error:
        what = tr("The file is damaged and cannot be read.")
        raise trouble(path, what, tr("Copy it again from the camera.")) from error


def film_streams(container: InputContainer) -> list[VideoStream]:
    """The video streams that can be decoded; the cover picture of a sound file is none."""
    return [
        stream
        for stream in container.streams.video
        if not stream.disposition & Disposition.attached_pic and stream.codec_context is not None
    ]


def sound_streams(container: InputContainer) -> list[AudioStream]:
    """The sound streams that can be decoded."""
    return [stream for stream in container.streams.audio if stream.codec_context is not None]


def film_stream(container: InputContainer, path: Path) -> VideoStream:
    """The first of `film_streams`. Raises MediaError if there is none."""
    streams = film_streams(container)
    if streams:
        return streams[0]
    if any(stream.codec_context is None for stream in container.streams.video):
        unknown = tr("The picture is of a kind for which this program has no decoder."), ""
        raise trouble(path, *(why_unread(path, no_decoder=True) or unknown))
    what = tr("The file has sound but no picture.") if container.streams.audio else tr("The file has no picture.")
    raise trouble(path, what, tr("Choose the film itself."))
