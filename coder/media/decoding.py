"""An open film and where its decoder stands: landing on a key frame for certain, then packet after packet.

A seek is never believed. In a transport stream nearly every one lands behind the key frame that was asked for, so
the packet it landed on is looked up in the index, and if it lies too late the seek is tried one key frame earlier.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import islice

import numpy as np
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from coder.media.edge import LIBRARY_ERRORS, film_streams, open_container, trouble
from coder.media.index import FrameIndex
from coder.media.packets import MISSING, video_packets

# Seeks that are tried before the film is opened anew and read from its beginning.
_TRIES = 6

# Packet sizes in a row that tell a place in the film.
_RUN = 4

# Packets that are looked at after a seek before it counts as lost.
_LOOK = 500


class Decoding:
    """One container, one decoder, for one thread at a time.

    position: decode index of the next packet. landed: the key frame the decoder started from; frames that need an
    earlier one come out wrong.
    """

    def __init__(self, film: FrameIndex, *, threads: bool) -> None:
        """Opens the film at its beginning. threads: decode with all cores (worth it for long runs only)."""
        self._film = film
        self._threads = threads
        self._places_known = bool((film.packets.pos >= 0).all())
        self._open()

    def _open(self) -> None:
        self._container = open_container(self._film.path)
        number = self._film.packets.stream
        found = [stream for stream in film_streams(self._container) if stream.index == number]
        if not found:
            self._container.close()
            raise trouble(self._film.path, "The file is not the film it was when it was opened.")
        self._stream = found[0]
        self._stream.thread_type = "AUTO" if self._threads else "NONE"
        self._decoder = self._stream.codec_context
        self._rewound(0)

    def _rewound(self, position: int) -> None:
        self._packets: Iterator[Packet[VideoStream]] = video_packets(self._container, self._stream)
        self._pending: deque[Packet[VideoStream]] = deque()
        self._drained = False
        self.position = position
        self.landed = self._film.keys[0]

    def close(self) -> None:
        """Closes the file."""
        self._container.close()

    def land(self, key: int) -> None:
        """Stand before the key frame with decode index `key`; packets before it are read, but not decoded."""
        j = bisect_left(self._film.keys, key)
        for back in range(min(_TRIES, j + 1)):
            if self._seek(self._film.keys[j - back], careful=back > 0) and self.position <= key:
                break
        else:
            self.close()
            self._open()
        self.landed = key

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
            position = self._where()
        except LIBRARY_ERRORS:
            position = None  # this container cannot seek there: reading from the beginning always works
        self.position = 0 if position is None else position
        return position is not None

    def _where(self) -> int | None:
        """The decode index of the first packet after a seek that is told for certain; it and its like are pending.

        Packets are known by their place in the file and their size. Program streams do not tell every place (and
        tell other time stamps after a seek): there, a run of sizes must fit one stretch of the film only.
        """
        table, enough = self._film.packets, 1 if self._places_known else _RUN
        for packet in islice(self._packets, _LOOK):
            self._pending.append(packet)
            while self._pending:
                starts = np.arange(len(table) - len(self._pending) + 1)
                for offset, met in enumerate(self._pending):
                    fits = table.size[starts + offset] == met.size
                    if self._places_known:
                        fits &= table.pos[starts + offset] == met.pos
                    starts = starts[fits]
                if len(starts):
                    break
                self._pending.popleft()  # the rest of a packet that was cut by the seek
            if self._pending and len(starts) == 1 and len(self._pending) >= enough:
                return int(starts[0])
        return None

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
        if self._pending:
            return self._pending.popleft()
        if self.position >= len(self._film.packets):
            return None  # what comes behind is half a packet
        try:
            return next(self._packets, None)
        except LIBRARY_ERRORS:
            return None  # damaged end

    def lone(self, key: int) -> VideoFrame | None:
        """The key frame `key` decoded by itself, much faster than waiting for the decoder to let it go."""
        self.land(key)
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
