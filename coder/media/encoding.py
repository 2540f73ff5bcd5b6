"""Decoded pictures made ready for an encoder: another size, and colours in the way that the file's head says."""

from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange, Colorspace, VideoReformatter
from av.video.stream import VideoStream

from coder.media.edge import LIBRARY_ERRORS
from coder.media.frame import Frame, colours_of
from coder.media.index import FrameIndex
from coder.media.source import FrameSource

# As libav numbers them.
_RGB, _BT709, _UNSPECIFIED, _BT601, _NARROW = 0, 1, 2, 6, 1


class Ready:
    """Makes pictures of one size, 4:2:0 in the narrow range; their matrix stays that of the film.

    From one matrix to another whole pictures would change by a shade. For one thread at a time.
    """

    def __init__(self, film: FrameIndex, width: int, height: int) -> None:
        """Looks at the film's first frame. Raises MediaError if it does not decode."""
        self._film = film
        self.width, self.height = width, height
        self._reformatter = VideoReformatter()
        with FrameSource(film, cache_bytes=1) as source:
            picture = source.frame(0).picture
        self._from_rgb = picture.colorspace == _RGB or picture.format.is_rgb
        if picture.colorspace == _UNSPECIFIED and not self._from_rgb:
            self._matrix = _BT709 if colours_of(picture) else _BT601
        else:
            self._matrix = _BT709 if self._from_rgb else int(picture.colorspace)

    def __call__(self, frame: Frame) -> VideoFrame:
        """The frame's picture, not turned. Raises MediaError if it cannot be made."""
        try:
            picture = self._reformatter.reformat(
                frame.picture,
                self.width,
                self.height,
                "yuv420p",
                dst_colorspace=Colorspace.ITU709 if self._from_rgb else None,
                dst_color_range=ColorRange.MPEG,
                threads=1,
            )
        except LIBRARY_ERRORS as error:
            raise self._film.damaged(frame.index) from error
        picture.pict_type = PictureType.NONE  # what it was in the film must not decide what it becomes
        return picture

    def announce(self, stream: VideoStream) -> None:
        """Write into a stream's head what the pictures are."""
        stream.width, stream.height, stream.pix_fmt = self.width, self.height, "yuv420p"
        stream.codec_context.colorspace, stream.codec_context.color_range = self._matrix, _NARROW
