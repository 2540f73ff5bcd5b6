"""Saving one frame as a PNG picture: whole or not at all."""

import os
import secrets
from fractions import Fraction
from pathlib import Path

from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from coder.media.edge import LIBRARY_ERRORS, trouble
from coder.media.frame import Frame

_HINT = "Choose another place."


def write_png(frame: Frame, path: str | Path) -> None:
    """Write the upright picture of `frame` to `path`, replacing a file that is there.

    The picture is written beside its place, flushed to the disk, checked and then put in place in one step.
    Raises MediaError if the folder is missing or closed to you, or the disk is full; nothing is left behind then.
    """
    path = Path(path)
    data = _encoded(frame, path)
    staged = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        try:
            with staged.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if staged.read_bytes() != data:
                raise trouble(path, "The disk gave back another picture than was written.", _HINT)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise trouble(path, f"The picture cannot be saved in {path.parent}: {reason}.", _HINT) from error


def _encoded(frame: Frame, path: Path) -> bytes:
    try:
        encoder = VideoCodecContext.create("png", "w")
        encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "rgb24"
        encoder.time_base = Fraction(1, 25)  # a still has no time, but the encoder asks
        picture = VideoFrame.from_ndarray(frame.rgb(), format="rgb24")
        return b"".join(bytes(packet) for packet in [*encoder.encode(picture), *encoder.encode(None)])
    except LIBRARY_ERRORS as error:
        raise trouble(path, f"Frame {frame.index} cannot be made into a PNG picture.") from error
