"""Plays and steps: asks for frames, hands them to the picture, and knows which one was painted last."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.opening import FilmOpening
from coder.annotate.view.picture import Picture
from coder.annotate.view.sound import Sound
from coder.annotate.view.transport import RATES
from coder.annotate.view.watched import Watched
from coder.media import FrameIndex
from coder.media.clock import PlayClock
from coder.media.worker import FrameWorker, NotShown, Shown
from coder.model.problem import MediaError
from coder.model.time import SECOND_US

_TICK_MS = 8
_SETTLE_MS = 120


@dataclass(frozen=True, slots=True)
class PlayerNews:
    """Whom the player tells. ready: the film is open, with this many frames. failed: it cannot be opened.

    outline: lowest and highest sample of each 1/OUTLINE_HZ of a second of sound, shape (n, 2).
    """

    ready: Callable[[int], None]
    playing: Callable[[bool], None]
    rate: Callable[[float], None]
    failed: Callable[[MediaError], None]
    outline: Callable[[NDArray[np.int16]], None]


class Player(QObject):
    """One film on one picture. Everything about time here is the film's; the outside speaks session time.

    `painted` holds the frame that was painted last: a stroke is stamped with it and with nothing else. It is None
    while there is none to see, also when a message lies over the picture.
    """

    _delivered = pyqtSignal(object)

    def __init__(self, content: BenchContent, painted: Watched[Painted | None], news: PlayerNews) -> None:
        super().__init__()
        self.picture = Picture(painted.set, self._ask_again)
        self._media = content.media
        self._start_us = content.desk.coding.window.start_us
        self._painted = painted
        self._news = news
        self._index: FrameIndex | None = None
        self._worker: FrameWorker | None = None
        self._wanted = 0
        self._clock = PlayClock()
        self._sound = Sound()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask_again)
        self._delivered.connect(self._on_delivered)
        self._opening = FilmOpening(content.film)
        self._opening.opened.connect(self._on_opened)
        self._opening.failed.connect(self._on_failed)
        self._opening.outlined.connect(news.outline)
        self._opening.progressed.connect(self._on_progress)
        self.picture.show_message("Reading the film …")
        self._opening.start()

    @property
    def playing(self) -> bool:
        """True while the film runs."""
        return self._clock.playing

    @property
    def rate(self) -> float:
        """Seconds of film per second."""
        return self._clock.rate

    @property
    def index(self) -> FrameIndex | None:
        """The film's index; None until it has been read."""
        return self._index

    def play(self) -> None:
        """Run from the frame on the screen."""
        if self._index is None or self._worker is None or self.playing:
            return
        if self._wanted >= self._index.frame_count - 1:
            return
        self._run_from(self._index.at_us(self._wanted))
        self._clock.play()
        self._timer.start()
        self._news.playing(True)

    def pause(self) -> None:
        """Stand still on the very frame that is on the screen."""
        if not self.playing:
            return
        self._timer.stop()
        self._clock.pause()
        self._sound.stop()
        self.picture.keep()
        if self._painted.value is not None:
            self._wanted = self._painted.value.index
        self._news.playing(False)

    def set_rate(self, rate: float) -> None:
        """Play `rate` times as fast."""
        self._clock.set_rate(rate)
        if self.playing:
            self._run_from(self._clock.now_us())
        self._news.rate(rate)

    def shuttle(self, by: int) -> None:
        """Play; if it plays already, one speed faster (by 1) or slower (by -1)."""
        if self.playing or by < 0:
            at = RATES.index(self.rate) + by
            self.set_rate(RATES[min(max(at, 0), len(RATES) - 1)])
        self.play()

    def step(self, frames: int, *, held: bool = False) -> None:
        """Go some frames on or back and stand still. held: the key repeats; then every frame is waited for."""
        self.pause()
        if not (held and self._awaited()):
            self._show(self._wanted + frames)

    def step_seconds(self, seconds: int, *, held: bool = False) -> None:
        """Go on or back by whole seconds; keeps playing if it plays. held: as for `step`."""
        if self._index is not None and not (held and self._awaited()):
            at_us = self._clock.now_us() if self.playing else self._index.at_us(self._wanted)
            self._go(at_us + seconds * SECOND_US)

    def go_to(self, session_us: int, *, quick: bool = False) -> None:
        """Show the frame at a session time. quick: while somebody drags; a near frame comes first."""
        self._start_us = session_us
        self._go(self._media.to_file_us(session_us), quick=quick)

    def nearest(self, session_us: int) -> int:
        """The session time at which a frame begins that is nearest to `session_us`."""
        if self._index is None:
            return session_us
        file_us = self._media.to_file_us(session_us)
        at = self._index.index_at(file_us)
        near = [n for n in (at, at + 1) if n < self._index.frame_count]
        best = min(near, key=lambda n: abs(self._session_us(n) - session_us))
        return self._session_us(best)

    def beside(self, session_us: int, frames: int) -> int:
        """The onset of the frame `frames` after the one at `session_us`, in session time."""
        if self._index is None:
            return session_us
        at = self._index.index_at(self._media.to_file_us(session_us)) + frames
        return self._session_us(min(max(at, 0), self._index.frame_count - 1))

    def shut(self) -> None:
        """End all threads; the picture stays as it is."""
        self._timer.stop()
        self._settle.stop()
        self._clock.pause()
        self._sound.stop()
        self._opening.stop()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _awaited(self) -> bool:
        """True while another frame than the one that was asked for is on the screen."""
        on_screen = self._painted.value
        return on_screen is not None and on_screen.index != self._wanted

    def _session_us(self, frame: int) -> int:
        index = self._index
        return self._media.to_session_us(index.at_us(frame)) if index is not None else 0

    def _run_from(self, file_us: int) -> None:
        self._clock.seek(file_us)
        if self._index is not None:
            self._clock.follow(self._sound.start(self._index, file_us, self._clock.rate))

    def _go(self, file_us: int, *, quick: bool = False) -> None:
        if self._index is None:
            return
        if self.playing:
            self._run_from(min(max(file_us, 0), self._index.duration_us - 1))
        self._show(self._index.index_at(file_us), quick=quick)

    def _show(self, frame: int, *, quick: bool = False) -> None:
        if self._index is None or self._worker is None:
            return
        self._wanted = min(max(frame, 0), self._index.frame_count - 1)
        size = self.picture.wanted_size()
        if quick:
            self._worker.preview(self._wanted, size.width(), size.height())
            self._settle.start()
        else:
            self._settle.stop()
            self._worker.show(self._wanted, size.width(), size.height())

    def _ask_again(self) -> None:
        self._show(self._wanted)

    def _tick(self) -> None:
        if self._index is None:
            return
        now_us = self._clock.now_us()
        due = self._index.index_at(now_us)
        if due != self._wanted:
            self._show(due)
        on_screen = self._painted.value
        last = self._index.frame_count - 1
        over_us = now_us - self._index.duration_us
        # A last frame that cannot be decoded is never painted.
        if over_us >= 0 and (over_us > SECOND_US or (on_screen is not None and on_screen.index == last)):
            self.pause()

    def _on_delivered(self, result: Shown | NotShown) -> None:
        if self._worker is None:
            return
        if isinstance(result, NotShown):
            if result.index == self._wanted:
                self.picture.show_message(str(result.error))
        elif self.playing or result.index == self._wanted or (not result.exact and self._settle.isActive()):
            frame = Painted(result.index, self._media.to_session_us(result.at_us))
            self.picture.show_frame(frame, result.bgra)

    def _on_opened(self, index: FrameIndex) -> None:
        self._index = index
        self._worker = FrameWorker(index, self._delivered.emit)
        self.picture.show_message("")
        self._news.ready(index.frame_count)
        self._wanted = index.index_at(self._media.to_file_us(self._start_us))
        self.picture.set_aspect(index.geometry.width, index.geometry.height)

    def _on_failed(self, error: MediaError) -> None:
        self.picture.show_message(str(error))
        self._news.failed(error)

    def _on_progress(self, share: float) -> None:
        if self._index is None:
            self.picture.show_message(f"Reading the film … {share:.0%}")
