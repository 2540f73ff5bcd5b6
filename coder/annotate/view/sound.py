"""The film's sound through the default device; without a device, or sound in the file, the film plays silently."""

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QIODevice
from PyQt6.QtMultimedia import QAudio, QAudioFormat, QAudioSink, QMediaDevices

from coder.media import FrameIndex
from coder.media.sound import SOUND_HZ, SoundReader
from coder.media.soundtrack import has_sound
from coder.model.problem import MediaError

_BYTES_PER_S = SOUND_HZ * 4
_SINK_BUFFER = int(0.35 * _BYTES_PER_S)  # shorter ones run dry on a busy machine
_AHEAD = int(0.8 * _BYTES_PER_S)
_STALL_S = 0.5


def sound_format() -> QAudioFormat:
    """How `SoundReader` gives sound."""
    form = QAudioFormat()
    form.setSampleRate(SOUND_HZ)
    form.setChannelCount(2)
    form.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return form


class SoundFeed:
    """Decodes ahead on a thread of its own; `take` hands the bytes out."""

    def __init__(self, film: FrameIndex, from_us: int, rate: float) -> None:
        self._film, self._from_us, self._rate = film, from_us, rate
        self._blocks: deque[bytes] = deque()
        self._held = 0
        self._ended = self._stopping = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._run, name=f"sound of {film.path.name}", daemon=True)
        self._thread.start()

    @property
    def ready(self) -> bool:
        """True if a sink that starts now will not run dry at once."""
        return self._held >= _SINK_BUFFER or self._ended

    @property
    def over(self) -> bool:
        """True if all sound has been handed out."""
        return self._ended and self._held == 0

    def take(self, most: int) -> bytes:
        """Up to `most` bytes, fewer or none if they are not decoded yet or the sound is over."""
        with self._news:
            taken: list[bytes] = []
            while self._blocks and most > 0:
                block = self._blocks.popleft()
                taken.append(block[:most])
                if len(block) > most:
                    self._blocks.appendleft(block[most:])
                most -= len(taken[-1])
                self._held -= len(taken[-1])
            self._news.notify()
            return b"".join(taken)

    def stop(self) -> None:
        """End the thread and wait for it."""
        with self._news:
            self._stopping = True
            self._news.notify()
        self._thread.join()

    def _run(self) -> None:
        try:
            with SoundReader(self._film, self._from_us, self._rate) as blocks:
                for block in blocks:
                    with self._news:
                        self._news.wait_for(lambda: self._held < _AHEAD or self._stopping)
                        if self._stopping:
                            return
                        self._blocks.append(block)
                        self._held += len(block)
        except MediaError:
            pass  # a film whose sound is damaged is still watched, silently
        self._ended = True


class Stall:
    """Watches whether a device that says it plays does play: some keep a film waiting for seconds at each start.

    over: it has stood still for `_STALL_S`, and is not to be listened to any more.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self.over = False
        self._now_s = now_s
        self._played_us = -1
        self._since_s = 0.0

    def stalled(self, played_us: int) -> bool:
        """True once the position has been the same for too long."""
        now_s = self._now_s()
        if played_us != self._played_us:
            self._played_us, self._since_s = played_us, now_s
        self.over = self.over or now_s - self._since_s > _STALL_S
        return self.over


class _Device(QIODevice):
    """What the sink draws from."""

    def __init__(self, feed: SoundFeed) -> None:
        super().__init__()
        self._feed = feed
        self.open(QIODevice.OpenModeFlag.ReadOnly)

    def readData(self, maxlen: int) -> bytes:
        return self._feed.take(maxlen)

    def bytesAvailable(self) -> int:
        return _SINK_BUFFER + super().bytesAvailable()

    def isSequential(self) -> bool:
        return True


class Sound:
    """Plays the sound of a film from any moment at any speed above 0; at most one stretch at a time."""

    def __init__(self) -> None:
        self._feed: SoundFeed | None = None
        self._device: _Device | None = None
        self._sink: QAudioSink | None = None
        self._has_sound: dict[Path, bool] = {}
        # The first look at the devices loads the sound system; better now than under the first Space key.
        QMediaDevices.defaultAudioOutput()

    def start(self, film: FrameIndex, from_us: int, rate: float) -> Callable[[], int | None] | None:
        """Begin at a film time; returns what tells the film time that is heard, None if nothing can be heard.

        The sound is first decoded ahead; until it begins the function returns None.
        """
        self.stop()
        output = QMediaDevices.defaultAudioOutput()
        if output.isNull() or not self._audible(film):
            return None
        sink = QAudioSink(output, sound_format())
        sink.setBufferSize(_SINK_BUFFER)
        feed = SoundFeed(film, from_us, rate)
        device = _Device(feed)
        self._feed, self._device, self._sink = feed, device, sink

        watch = Stall()

        def heard_us() -> int | None:
            healthy = sink.error() in (QAudio.Error.NoError, QAudio.Error.UnderrunError)
            healthy = healthy and not watch.over
            if healthy and sink.state() is QAudio.State.StoppedState and feed.ready:
                sink.start(device)
            # Idle is run dry, or over before the picture: the position stands still and must not be followed.
            if not healthy or sink.state() is not QAudio.State.ActiveState:
                return None
            played_us = sink.processedUSecs()
            if watch.stalled(played_us):
                sink.stop()
                return None
            return from_us + int(played_us * rate)

        return heard_us

    def stop(self) -> None:
        """Fall silent and end the thread."""
        if self._sink is not None:
            self._sink.stop()
        if self._feed is not None:
            self._feed.stop()
        self._feed = self._device = self._sink = None

    def _audible(self, film: FrameIndex) -> bool:
        if film.path not in self._has_sound:
            try:
                self._has_sound[film.path] = has_sound(film.path)
            except MediaError:
                self._has_sound[film.path] = False
        return self._has_sound[film.path]
