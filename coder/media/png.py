"""Saving one frame as a PNG picture: whole or not at all."""

from fractions import Fraction
from pathlib import Path

from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from coder.media.edge import LIBRARY_ERRORS, trouble
from coder.media.frame import Frame
from coder.model.problem import MediaError
from coder.staging import write_whole


def write_png(frame: Frame, path: str | Path) -> None:
    """Write the upright picture of `frame` to `path`, replacing a file that is there.

    Raises MediaError if the folder is missing or closed to you, or the disk is full; nothing is left behind then.
    """
    path = Path(path)
    write_whole(path, _encoded(frame, path), MediaError)


def _encoded(frame: Frame, path: Path) -> bytes:
    try:
        encoder = VideoCodecContext.create("png", "w")
        encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "rgb24"
        encoder.time_base = Fraction(1, 25)  # a still has no time, but the encoder asks
        picture = VideoFrame.from_ndarray(frame.rgb(), format="rgb24")
        return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
    except LIBRARY_ERRORS as error:
        raise trouble(path, f"Frame {frame.index} cannot be made into a PNG picture.") from error
