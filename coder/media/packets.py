"""The packets of a film, read once without decoding: what the index is built from.

A frame's identity is the decode index of its packet: packets are stamped with it (pts = dts = n) before they are
decoded, and the decoder hands n back on the frame. That holds with B-frames, with frame threads, and where the
container's own time stamps are missing, doubled, or differ after a seek.
"""

from array import array
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

# What `_row` tells of each packet.
_COLUMNS = 7

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

    Raises MediaError if the file is no film.
    """
    rows = array("q")  # flat: a film of two hours has 180,000 packets, and as many tuples take 150 MB
    total, told, cut_off, corrupt = path.stat().st_size, 0.0, False, False
    with opened(path) as container:
        stream = film_stream(container, path)
        packets = video_packets(container, stream)
        while True:
            try:
                packet = next(packets, None)
            except LIBRARY_ERRORS:
                cut_off = True
                break
            if packet is None:
                break
            corrupt = packet.is_corrupt
            rows.extend(_row(packet))
            if progress and packet.pos and packet.pos / total - told > 0.01:
                told = packet.pos / total
                progress(min(told, 1.0))
        if corrupt:  # half a last packet would show half a picture
            del rows[-_COLUMNS:]
        pts, dts, pos, size, duration, key, discard = np.frombuffer(rows, np.int64).reshape(-1, _COLUMNS).T.copy()
        return Packets(
            pts=pts,
            dts=dts,
            pos=pos,
            size=size,
            duration=duration,
            key=key.astype(np.bool_),
            discard=discard.astype(np.bool_),
            time_base=stream.time_base or Fraction(1, SECOND_US),
            stream=stream.index,
            stated_rate=stream.average_rate or stream.guessed_rate,
            stated_us=container.duration or 0,
            pixel_aspect=stream.sample_aspect_ratio or Fraction(1),
            begins_us=container.start_time or 0,
            cut_off=cut_off or corrupt or _breaks_off(path, container.format.name, total),
        )


def _row(packet: "Packet[VideoStream]") -> tuple[int, ...]:
    return (
        MISSING if packet.pts is None else packet.pts,
        MISSING if packet.dts is None else packet.dts,
        -1 if packet.pos is None else packet.pos,
        packet.size,
        packet.duration or 0,
        packet.is_keyframe,
        packet.is_discard,
    )


def _breaks_off(path: Path, kind: str, total: int) -> bool:
    """True if an MP4 or AVI file says it is longer than it is: the copy or the recording broke off."""
    with path.open("rb") as file:
        if kind == "avi":
            return int.from_bytes(file.read(8)[4:], "little") + 8 > total
        if "mp4" not in kind:
            return False
        at = 0
        while at + 8 <= total:
            file.seek(at)
            head = file.read(16)
            length = int.from_bytes(head[:4], "big")
            if length == 1:
                length = int.from_bytes(head[8:16], "big")
            if length < 8:  # 0: to the end of the file
                return False
            at += length
    return at > total
