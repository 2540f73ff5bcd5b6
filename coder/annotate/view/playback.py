"""The film while it plays: the clock, the sound, and which set of frames is due."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, QTimer

from coder.annotate.view.content import Painted
from coder.annotate.view.frame_sets import FrameSet, FrameSets
from coder.annotate.view.sound import Sound
from coder.annotate.view.stretch import Stretch
from coder.annotate.view.watched import Watched
from coder.media.clock import PlayClock, monotonic_us
from coder.model.time import SECOND_US

_TICK_MS = 8

# Late by no more than this, pictures catch up without leaving any out; sound and picture may be that far apart.
_LATE_S = 0.08

# What a machine that is too slow does: it shows a set at least so often, and if the pictures have fallen so far
# behind the clock all the same, clock and sound wait for them. Leaps to where the clock is would only grow.
_LEAP_S = 0.15
_BEHIND_S = 0.5


class Playback(QObject):
    """Asks for one set ahead and puts it up when its time has come.

    What cannot be decoded in time is left out as whole sets, evenly: the next set is chosen by the clock, with the
    time that a set takes counted in. Wherever it starts or jumps, the clock waits for the pictures.
    """

    def __init__(
        self, sets: FrameSets, painted: Watched[Painted | None], left_out: Watched[int], ended: Callable[[], None]
    ) -> None:
        """left_out: frames that were left out since `start`. ended: the last frame has had its time."""
        super().__init__()
        self.muted = False
        self._sets = sets
        self._painted = painted
        self._left_out = left_out
        self._ended = ended
        self._clock = PlayClock()
        self._sound = Sound()
        self._stretch = Stretch(0, 0)
        self._at = 0  # the frame of the set that was put up last
        self._seen = 0  # the frame that was painted last
        self._ready: FrameSet | None = None
        self._held = False  # the clock waits for the pictures of a new place
        self._over = False
        self._took_s = 0.0  # for a set, and for each frame that it went on; smoothed
        self._frame_took_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        painted.listen(self._count)

    @property
    def on(self) -> bool:
        """True from `start` to `stop`."""
        return self._timer.isActive()

    @property
    def at(self) -> int:
        """The frame that was put up last."""
        return self._at

    @property
    def rate(self) -> float:
        """Seconds of film per second; below 0 backwards."""
        return self._clock.rate

    def start(self, frame: int, rate: float, stretch: Stretch) -> None:
        """Run from a frame on, over the frames of `stretch`; goes on from there if it runs already."""
        if not self.on:
            self._left_out.set(0)
            self._timer.start()
        self._clock.pause()
        self._clock.set_rate(rate)
        self._stretch = stretch
        self._ready, self._held, self._over = None, True, False
        self._at = self._seen = frame
        self._sound.stop()
        self._sets.ask(frame)

    def hold(self) -> None:
        """Let the clock wait until the next `start`: somebody drags."""
        self._clock.pause()
        self._sound.stop()
        self._ready, self._held, self._over = None, True, False

    def stop(self) -> None:
        """Stand still on what is painted."""
        self._timer.stop()
        self._clock.pause()
        self._sound.stop()
        self._ready = None
        self._sets.give_up()

    def gathered(self, frames: FrameSet) -> None:
        """A set is complete."""
        if self._held:
            self._put_up(frames)
            self._go(frames.frame)
        else:
            took_s = (monotonic_us() - frames.asked_us) / SECOND_US
            self._took_s += 0.2 * (took_s - self._took_s)
            frame_took_s = took_s / max(abs(frames.frame - self._at), 1)
            self._frame_took_s += 0.2 * (frame_took_s - self._frame_took_s)
            self._ready = frames
            self._tick()

    @property
    def _way(self) -> int:
        return 1 if self._clock.rate > 0 else -1

    def _go(self, frame: int) -> None:
        """Let clock and sound run from the beginning of a frame (backwards: from its end)."""
        front = self._sets.front
        self._held = False
        self._clock.seek(front.onset_us(frame) if self._way > 0 else front.offset_us(frame) - 1)
        self._clock.follow(None)
        if self._way > 0 and not self.muted and front.index is not None:
            heard_us = self._sound.start(front.index, front.index.at_us(frame), self._clock.rate)
            if heard_us is not None:
                self._clock.follow(lambda: None if (at := heard_us()) is None else front.media.to_session_us(at))
        self._clock.play()

    def _tick(self) -> None:
        if self._held or not self.on:
            return
        now_us, ready = self._clock.now_us(), self._ready
        if ready is not None and self._stretch.turns(self._at, ready.frame, self._way):
            if self._finished(now_us):
                self._held = True
                self._put_up(ready)
                self._go(ready.frame)
        elif ready is not None and self._due(ready, now_us):
            behind_us = (now_us - ready.at_us) * self._way
            self._held = behind_us > _BEHIND_S * abs(self._clock.rate) * SECOND_US
            self._put_up(ready)
            if self._held:
                self._go(ready.frame)
        elif self._over and self._finished(now_us):
            self._ended()

    def _put_up(self, frames: FrameSet) -> None:
        self._ready = None
        self._at = frames.frame
        self._sets.put_up(frames)
        following = self._stretch.after(frames.frame, self._way, frames.frame if self._held else self._soon())
        self._over = following is None
        if following is not None:
            self._sets.ask(following)

    def _soon(self) -> int:
        """The frame that will be due when the next set can be there; the present one if there is time for all."""
        front, rate, now_us = self._sets.front, self._clock.rate, self._clock.now_us()
        late_us = (now_us - front.onset_us(min(max(self._at + self._way, 0), front.last))) / rate
        if late_us < _LATE_S * SECOND_US:
            return self._at
        due = front.frame_at(now_us + int(self._took_s * rate * SECOND_US))
        leap = max(int(_LEAP_S / max(self._frame_took_s, 0.001)), 1)
        return min(max(due, self._at - leap), self._at + leap)

    def _due(self, frames: FrameSet, now_us: int) -> bool:
        if self._way > 0:
            return now_us >= frames.at_us
        return now_us < self._sets.front.offset_us(frames.frame)

    def _finished(self, now_us: int) -> bool:
        """True if the frame that is up has been painted and has had its time."""
        front = self._sets.front
        end_us = front.offset_us(self._at) if self._way > 0 else front.onset_us(self._at)
        beyond_us = (now_us - end_us) * self._way
        seen = self._painted.value
        # What cannot be decoded, or lies behind a window that is not painted, must not keep the film for ever.
        return beyond_us >= 0 and (seen is None or seen.index == self._at or beyond_us > SECOND_US)

    def _count(self, seen: Painted | None) -> None:
        if self.on and not self._held and seen is not None:
            gone = (seen.index - self._seen) * self._way
            if gone > 1:
                self._left_out.set(self._left_out.value + gone - 1)
            self._seen = seen.index
