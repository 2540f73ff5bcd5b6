"""One frame of a film: its number, its time, and its picture upright with square pixels."""

import threading
from dataclasses import dataclass
from functools import cache

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Colorspace, VideoReformatter
from numpy.typing import NDArray

from coder.language import tr
from coder.media.edge import LIBRARY_ERRORS
from coder.media.index import FrameIndex
from coder.model.problem import MediaError, Problem

Picture = NDArray[np.uint8]

# Steps by which a picture can be brightened; each adds a quarter to the gamma.
MOST_LIFT = 6

_UNSPECIFIED = 2  # AVCOL_SPC_UNSPECIFIED
_LOCAL = threading.local()  # a reformatter keeps its tables between frames, and serves one thread


@dataclass(frozen=True, slots=True)
class Frame:
    """Frame `index` of a film, beginning `at_us` after the first one.

    pts: ticks in the file. width, height: px as displayed, upright. rotation: degrees clockwise that the stored
    picture was turned by. picture: the decoder's own frame, as stored.
    """

    index: int
    at_us: int
    pts: int
    width: int
    height: int
    rotation: int
    picture: VideoFrame

    @classmethod
    def of(cls, film: FrameIndex, i: int, picture: VideoFrame) -> "Frame":
        """Frame i of `film` with its decoded picture."""
        shape = film.geometry
        return cls(i, film.at_us(i), film.pts(i), shape.width, shape.height, shape.rotation, picture)

    def rgb(self) -> Picture:
        """The upright picture, shape (height, width, 3), uint8."""
        return self._upright("rgb24", self.width, self.height)

    def bgra(self, width: int, height: int, lift: int = 0) -> Picture:
        """The upright picture scaled for painting, shape (height, width, 4), uint8, C-contiguous.

        lift: steps by which dim film is brightened for the eye, 0 to MOST_LIFT; black and white stay as they are.
        """
        picture = self._upright("bgra", width, height)
        return picture if lift == 0 else _lift_table(lift)[picture.view(np.uint16)].view(np.uint8)

    def luma(self) -> Picture:
        """The first plane as stored (not rotated, not scaled), shape (stored height, stored width)."""
        plane = self.picture.planes[0]
        rows = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
        return np.ascontiguousarray(rows[:, : plane.width])

    def _upright(self, pixels: str, width: int, height: int) -> Picture:
        on_side = self.rotation in (90, 270)
        try:
            scaled = _reformatter().reformat(
                self.picture,
                height if on_side else width,
                width if on_side else height,
                pixels,
                src_colorspace=colours_of(self.picture),
                threads=1,
            )
            stored = np.asarray(scaled.to_ndarray(), np.uint8)
        except LIBRARY_ERRORS as error:
            what = tr(
                "Frame {index} cannot be turned into a picture of {width} × {height} px.",
                index=self.index,
                width=width,
                height=height,
            )
            raise MediaError(Problem(what)) from error
        return np.ascontiguousarray(np.rot90(stored, -(self.rotation // 90)))


def colours_of(picture: VideoFrame) -> Colorspace | None:
    """The matrix of a decoded picture's colours, None for the one that it is marked with.

    Unmarked film in high definition is BT.709; the library would take all unmarked film for BT.601.
    """
    return Colorspace.ITU709 if picture.colorspace == _UNSPECIFIED and picture.height >= 720 else None


def _reformatter() -> VideoReformatter:
    made: VideoReformatter | None = getattr(_LOCAL, "reformatter", None)
    if made is None:
        made = _LOCAL.reformatter = VideoReformatter()
    return made


@cache
def _lift_table(lift: int) -> NDArray[np.uint16]:
    """The brighter values of two bytes at a time, which halves the look-ups; shape (65536,)."""
    gamma = 1 + min(max(lift, 0), MOST_LIFT) / 4
    one = np.round(255 * (np.arange(256) / 255) ** (1 / gamma)).astype(np.uint8)
    return one[np.arange(65536, dtype=np.uint16).view(np.uint8)].view(np.uint16)
