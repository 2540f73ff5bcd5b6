"""Colours come back as they were filmed, whether the film says how it holds them or not."""

from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from av.video.stream import VideoStream

from coder.media import FrameSource, open_index

SKIN, GRASS, SKY = (224, 172, 105), (60, 130, 50), (90, 150, 220)


def painted(path: Path, height: int, space: Colorspace, tag: int | None) -> Path:
    """A film of two frames with three bars of colour. tag: the colour space it states, None to say nothing."""
    width = height * 16 // 9
    bars = np.zeros((height, width, 3), np.uint8)
    for bar, colour in enumerate((SKIN, GRASS, SKY)):
        bars[:, bar * width // 3 : (bar + 1) * width // 3] = colour
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"preset": "ultrafast", "crf": "4"})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        if tag is not None:
            stream.colorspace = tag
        for i in range(2):
            picture = VideoFrame.from_ndarray(bars, format="rgb24").reformat(
                format="yuv420p", dst_colorspace=space, dst_color_range=ColorRange.MPEG
            )
            picture.colorspace = 2 if tag is None else tag
            picture.pts = i
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("height", "space", "tag"),
    [
        (720, Colorspace.ITU709, 1),
        (720, Colorspace.ITU709, None),
        (288, Colorspace.ITU601, 6),
        (288, Colorspace.ITU601, None),
        (288, Colorspace.ITU709, 1),
    ],
)
def test_colours_come_back(tmp_path: Path, height: int, space: Colorspace, tag: int | None) -> None:
    with FrameSource(open_index(painted(tmp_path / "bars.mp4", height, space, tag))) as source:
        frame = source.frame(1)
    rgb, bgra = frame.rgb(), frame.bgra(frame.width, frame.height)
    for bar, colour in enumerate((SKIN, GRASS, SKY)):
        across = (2 * bar + 1) * frame.width // 6
        assert np.abs(rgb[height // 2, across].astype(int) - colour).max() <= 4
        assert np.abs(bgra[height // 2, across, 2::-1].astype(int) - colour).max() <= 4
        assert bgra[height // 2, across, 3] == 255
