"""The snatch of sound that goes with a step from frame to frame, if it is wished for."""

import threading
from contextlib import suppress

import numpy as np
from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QObject, pyqtSignal
from PyQt6.QtMultimedia import QAudioSink, QMediaDevices

from coder.annotate.view.ending import stop_at_the_end
from coder.annotate.view.sound import sound_format
from coder.media import FrameIndex
from coder.media.sound import SOUND_HZ, SoundReader
from coder.model.problem import MediaError

SNATCH_S = 0.08
_FADE_S = 0.005


def snatch(film: FrameIndex, frame: int) -> bytes:
    """The sound from the onset of a frame on, `SNATCH_S` long, faded at both ends; empty if there is none.

    16 bits signed, SOUND_HZ, left and right in turn.
    """
    wanted, taken = int(SNATCH_S * SOUND_HZ) * 4, b""
    with suppress(MediaError), SoundReader(film, film.at_us(frame)) as blocks:
        for block in blocks:
            taken += block
            if len(taken) >= wanted:
                break
    samples = np.frombuffer(taken[:wanted], np.int16).reshape(-1, 2).astype(np.float32)
    fade = np.minimum(np.arange(len(samples)) / (_FADE_S * SOUND_HZ), 1)[:, None]
    return (samples * fade * fade[::-1]).astype(np.int16).tobytes()


class StepSound(QObject):
    """Reads snatches on a thread of its own, so that no step waits; of several asked for the newest counts.

    read: a snatch as bytes, just before it is played.
    """

    read = pyqtSignal(bytes)

    def __init__(self) -> None:
        super().__init__()
        self._news = threading.Condition()
        self._asked: tuple[FrameIndex, int] | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None
        self.read.connect(self._play)
        stop_at_the_end(self.stop)

    def ask(self, film: FrameIndex, frame: int) -> None:
        """Let the sound of a frame be heard soon; a device that is not there is no hindrance."""
        with self._news:
            self._asked = (film, frame)
            self._news.notify()
        if self._thread is None and not self._stopping:
            self._thread = threading.Thread(target=self._run, name="sound of a step", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it; may be called twice."""
        with self._news:
            self._stopping = True
            self._news.notify()
        if self._thread is not None:
            self._thread.join()
        self._hush()

    def _run(self) -> None:
        while True:
            with self._news:
                self._news.wait_for(lambda: self._asked is not None or self._stopping)
                asked, self._asked = self._asked, None
            if self._stopping or asked is None:
                return
            sound = snatch(*asked)
            if sound and not self._stopping:
                self.read.emit(sound)

    def _play(self, sound: bytes) -> None:
        output = QMediaDevices.defaultAudioOutput()
        self._hush()
        if self._stopping or output.isNull():
            return
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(sound))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._sink = QAudioSink(output, sound_format())
        self._sink.start(self._buffer)

    def _hush(self) -> None:
        if self._sink is not None:
            self._sink.stop()
        self._sink = self._buffer = None
