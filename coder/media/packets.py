"""The packets of a film, read once without decoding: what the index is built from.

A frame's identity is the decode index of its packet: packets are stamped with it (pts = dts = n) before they are
decoded, and the decoder hands n back on the frame. That holds with B-frames, with frame threads, and where the
container's own time stamps are missing, doubled, or differ after a seek.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream
from numpy.typing import NDArray

from coder.media.edge import LIBRARY_ERRORS, film_stream, opened
from coder.model.time import SECOND_US

Ticks = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Stands for "no time stamp" in the arrays.
MISSING = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Packets:
    """Every packet of the film's video stream in decode order; all arrays have the same length n.

    pts, dts: ticks of time_base or MISSING. pos: byte in the file, -1 if unknown. size: bytes. duration: ticks, 0
    if unknown. key: a decoder may start here. discard: cut away by an edit list. stream: its number in the
    container. stated_rate, stated_us: frames per second and length as the header says, None or 0 if it says
    nothing. pixel_aspect: width of a pixel over its height. begins_us: the container's start. cut_off: reading
    stopped at damage, or the last packet is not whole.
    """

    pts: Ticks
    dts: Ticks
    pos: Ticks
    size: Ticks
    duration: Ticks
    key: Flags
    discard: Flags
    time_base: Fraction
    stream: int
    stated_rate: Fraction | None
    stated_us: int
    pixel_aspect: Fraction
    begins_us: int
    cut_off: bool

    def __len__(self) -> int:
        return len(self.pts)


def video_packets(container: InputContainer, stream: VideoStream) -> Iterator["Packet[VideoStream]"]:
    """The stream's packets that carry data: an empty one stands for a dropped frame, or for the end."""
    return (packet for packet in container.demux(stream) if packet.size)


def read_packets(path: Path, progress: Callable[[float], None] | None = None) -> Packets:
    """Read all packets of the film. progress is told the share of the file that is read, 0.0 … 1.0.

    Raises MediaError if the file is no film or not one packet can be read.
    """
    rows: list[tuple[int, int, int, int, int, bool, bool]] = []
    total, told, cut_off, corrupt = path.stat().st_size, 0.0, False, False
    with opened(path) as container:
        stream = film_stream(container, path)
        try:
            for packet in video_packets(container, stream):
                corrupt = packet.is_corrupt
                rows.append(
                    (
                        MISSING if packet.pts is None else packet.pts,
                        MISSING if packet.dts is None else packet.dts,
                        -1 if packet.pos is None else packet.pos,
                        packet.size,
                        packet.duration or 0,
                        packet.is_keyframe,
                        packet.is_discard,
                    )
                )
                if progress and packet.pos and packet.pos / total - told > 0.01:
                    told = packet.pos / total
                    progress(min(told, 1.0))
        except LIBRARY_ERRORS:
            cut_off = True
        if corrupt:  # half a last packet would show half a picture
            rows.pop()
        table = np.array([row[:5] for row in rows], np.int64).reshape(len(rows), 5)
        marks = np.array([row[5:] for row in rows], np.bool_).reshape(len(rows), 2)
        if progress:
            progress(1.0)
        pts, dts, pos, size, duration = table.T.copy()
        key, discard = marks.T.copy()
        return Packets(
            pts=pts,
            dts=dts,
            pos=pos,
            size=size,
            duration=duration,
            key=key,
            discard=discard,
            time_base=stream.time_base or Fraction(1, SECOND_US),
            stream=stream.index,
            stated_rate=stream.average_rate or stream.guessed_rate,
            stated_us=container.duration or 0,
            pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
            begins_us=container.start_time or 0,
            cut_off=cut_off or corrupt,
        )
