"""An open film and where its decoder stands: landing on a key frame for certain, then packet after packet.

A seek is never believed. In a transport stream nearly every one lands behind the key frame that was asked for, so
the packet it landed on is looked up in the index, and if it lies too late the seek is tried one key frame earlier.
"""

from bisect import bisect_left
from collections.abc import Iterator

import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.media.edge import LIBRARY_ERRORS, open_container
from coder.media.index import FrameIndex
from coder.media.packets import MISSING, video_packets

# Seeks that are tried before the film is opened anew and read from its beginning.
_TRIES = 6


class Decoding:
    """One container, one decoder, for one thread at a time.

    position: decode index of the next packet. landed: the key frame the decoder started from; frames that need an
    earlier one come out wrong.
    """

    def __init__(self, film: FrameIndex, *, threads: bool) -> None:
        """Opens the film at its beginning. threads: decode with all cores (worth it for long runs only)."""
        self._film = film
        self._threads = threads
        self._open()

    def _open(self) -> None:
        self._container = open_container(self._film.path)
        stream = self._container.streams[self._film.packets.stream]
        if not isinstance(stream, VideoStream):
            raise TypeError("the film's index names a stream that is no video stream")
        self._stream = stream
        self._stream.thread_type = "AUTO" if self._threads else "NONE"
        self._decoder = stream.codec_context
        self._rewound(0)

    def _rewound(self, position: int) -> None:
        self._packets: Iterator[Packet[VideoStream]] = video_packets(self._container, self._stream)
        self._pending: Packet[VideoStream] | None = None
        self._drained = False
        self.position = position
        self.landed = self._film.keys[0]

    def close(self) -> None:
        """Closes the file."""
        self._container.close()

    def land(self, key: int) -> None:
        """Stand so that the next packet to decode is the key frame with decode index `key`, or an earlier key."""
        j = bisect_left(self._film.keys, key)
        for back in range(min(_TRIES, j + 1)):
            if self._seek(self._film.keys[j - back], careful=back > 0) and self.position <= key:
                self.landed = self._film.keys[bisect_left(self._film.keys, self.position)]
                return
        self.close()
        self._open()

    def _seek(self, key: int, *, careful: bool) -> bool:
        pts, dts = int(self._film.packets.pts[key]), int(self._film.packets.dts[key])
        stamp = dts if pts == MISSING else pts
        if stamp == MISSING:
            return False
        if careful and dts != MISSING:
            stamp = min(stamp, dts)
        try:
            self._container.seek(stamp, stream=self._stream, backward=True)
            self._rewound(0)
            for packet in self._packets:
                at = self._identify(packet)
                if at is not None:
                    self._pending, self.position = packet, at
                    return True
        except LIBRARY_ERRORS:
            pass  # this container cannot seek there: reading from the beginning always works
        return False

    def _identify(self, packet: "Packet[VideoStream]") -> int | None:
        """The decode index of a packet met after a seek, None if it is not certain."""
        table = self._film.packets
        pos = -1 if packet.pos is None else packet.pos
        found = np.flatnonzero((table.pos == pos) & (table.size == packet.size))
        if len(found) > 1 and packet.dts is not None:
            found = found[table.dts[found] == packet.dts]
        return int(found[0]) if len(found) == 1 else None

    def step(self, skip_from: int = 0, skip_to: int = 0) -> list[VideoFrame] | None:
        """Decode the next packet; the frames that come out carry their decode index as pts. None at the end.

        Packets with skip_from <= decode index < skip_to are wanted for what leans on them only: of these the
        decoder drops the ones that nothing leans on.
        """
        packet = self._next_packet()
        try:
            if packet is None:
                if self._drained:
                    return None
                self._drained = True
                return self._decoder.decode(None)
            number, self.position = self.position, self.position + 1
            if number < self.landed:
                return []
            packet.pts = packet.dts = number
            self._decoder.skip_frame = "NONREF" if skip_from <= number < skip_to else "DEFAULT"
            return self._decoder.decode(packet)
        except LIBRARY_ERRORS:
            return []  # a damaged frame: whoever waits for it sees that it does not come

    def _next_packet(self) -> "Packet[VideoStream] | None":
        if self._pending is not None:
            packet, self._pending = self._pending, None
            return packet
        try:
            return next(self._packets, None)
        except LIBRARY_ERRORS:
            return None  # damaged end

    def lone(self, key: int) -> VideoFrame | None:
        """The key frame `key` decoded by itself, much faster than waiting for the decoder to let it go."""
        self.land(key)
        self.landed = key
        while self.position <= key:
            frames = self.step()
            if frames is None:
                return None
            if frames:
                break
        else:
            try:
                frames = self._decoder.decode(None)
            except LIBRARY_ERRORS:
                frames = []
        self._decoder.flush_buffers()
        return next((frame for frame in frames if frame.pts == key), None)
