"""Decoded pictures made ready for an encoder: another size, and colours in the way that the file's head says."""

from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from coder.media.edge import LIBRARY_ERRORS
from coder.media.frame import Frame, colours_of
from coder.media.index import FrameIndex

_BT709, _NARROW = 1, 1  # AVCOL_SPC_BT709, AVCOL_RANGE_MPEG


class Ready:
    """Makes pictures of one size: 4:2:0, BT.709, narrow range. For one thread at a time."""

    def __init__(self, film: FrameIndex, width: int, height: int) -> None:
        self._film = film
        self._size = width, height
        self._reformatter = VideoReformatter()

    def __call__(self, frame: Frame) -> VideoFrame:
        """The frame's picture, not turned. Raises MediaError if it cannot be made."""
        try:
            picture = self._reformatter.reformat(
                frame.picture,
                *self._size,
                "yuv420p",
                src_colorspace=colours_of(frame.picture),
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
                threads=1,
            )
        except LIBRARY_ERRORS as error:
            raise self._film.damaged(frame.index) from error
        picture.pict_type = PictureType.NONE  # what it was in the film must not decide what it becomes
        return picture


def announce(stream: VideoStream, width: int, height: int) -> None:
    """Write into a stream's head what `Ready` makes."""
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.codec_context.colorspace, stream.codec_context.color_range = _BT709, _NARROW
