"""What a person wants of the film: play, step, go somewhere, loop. It knows which frame is painted."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, QTimer

from coder.annotate.view.camera import CameraNews, CameraView
from coder.annotate.view.cameras import Cameras
from coder.annotate.view.choices import Choices
from coder.annotate.view.content import BenchContent, Options, Painted
from coder.annotate.view.frame_sets import FrameSet
from coder.annotate.view.picture import Picture
from coder.annotate.view.playback import Playback
from coder.annotate.view.rates import Motion, shuttled, stepped
from coder.annotate.view.step_sound import StepSound
from coder.annotate.view.stretch import Stretch, loop_from, loop_to
from coder.annotate.view.watched import Watched
from coder.media import FrameIndex
from coder.media.worker import NotShown, Shown
from coder.model.problem import MediaError
from coder.model.time import SECOND_US, Span

_SETTLE_MS = 120


@dataclass(frozen=True, slots=True)
class PlayerNews:
    """Whom the player tells. ready: the film in front is open, with this many frames.

    failed: a film cannot be opened. outline: lowest and highest sample of each 1/OUTLINE_HZ of a second of sound,
    shape (n, 2).
    """

    ready: Callable[[int], None]
    failed: Callable[[MediaError], None]
    outline: Callable[[NDArray[np.int16]], None]


class Player(QObject):
    """One to four cameras on the session's clock. Frames are those of the one in front, times the session's.

    `painted` holds the frame in front that was painted last: a stroke is stamped with it and with nothing else. It
    is None while there is none to see, also when a message lies over the picture. `loop`: what is played again and
    again, None if nothing is. `left_out`: frames that came too late since the film runs. `motion`: told on each
    change, after the film has begun to run or stands.
    """

    def __init__(self, content: BenchContent, painted: Watched[Painted | None], news: PlayerNews) -> None:
        super().__init__()
        self.choices = Choices(content.options, content.keep_options)
        self.options = self.choices.options
        self.options.listen(self._follow)
        self.loop: Watched[Span | None] = Watched(None)
        self.left_out = Watched(0)
        self.motion = Watched(Motion())
        self._content = content
        self._painted = painted
        self._news = news
        self._start_us = content.place.at_us if content.place is not None else content.desk.coding.window.start_us
        self._wanted = 0
        self._speed = 1.0
        self._until_us: int | None = None
        told = CameraNews(
            self._on_opened, self._on_failed, self._on_came, self._on_painted, self._ask_again, self.bring_front
        )
        self.cameras = Cameras(content.cameras, told, self._on_gathered)
        self._show_persons(content.options)
        self._sets = self.cameras.sets
        self._sets.lift = content.options.brightness
        self._playback = Playback(self._sets, painted, self.left_out, self.pause)
        self._playback.muted = content.options.muted
        self._step_sound = StepSound()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._on_rest)
        self.cameras.open(news.outline)

    @property
    def front(self) -> CameraView:
        """The camera whose frames are stepped, counted and stamped."""
        return self.cameras.front

    @property
    def picture(self) -> Picture:
        """Its picture."""
        return self.front.picture

    @property
    def index(self) -> FrameIndex | None:
        """Its film's index; None until it has been read."""
        return self.front.index

    @property
    def shows_persons(self) -> bool:
        """True if somebody may be drawn over the pictures."""
        return self._content.persons is not None

    @property
    def playing(self) -> bool:
        """True while the film runs."""
        return self._playback.on

    @property
    def rate(self) -> float:
        """Seconds of film per second, below 0 backwards; while it stands the speed at which it would play."""
        return self._playback.rate if self.playing else self._speed

    # play

    def play(self) -> None:
        """Run forwards from the frame on the screen, at the speed that was chosen."""
        if not self.playing:
            self._run(self._wanted, self._speed)

    def pause(self) -> None:
        """Stand still on the very frames that are on the screen."""
        if not self.playing:
            return
        dragged = self._settle.isActive()
        self._settle.stop()
        self._playback.stop()
        self._until_us = None
        if self._painted.value is not None:
            self._wanted = self._painted.value.index
        self._tell_motion()
        if dragged:
            self._show(self._wanted)

    def set_rate(self, speed: float) -> None:
        """Choose a speed, above 0; it holds in the present direction and whenever the film is played later."""
        self._speed = speed
        if self.playing:
            self._run(self._playback.at, speed if self.rate > 0 else -speed)
        else:
            self._tell_motion()

    def faster(self, by: int) -> None:
        """One speed up (by 1) or down (by -1), in the present direction."""
        self.set_rate(abs(stepped(self.rate, by)))

    def shuttle(self, by: int) -> None:
        """J (by -1) and L (by 1), see `rates.shuttled`; the chosen speed comes back with the next pause."""
        at = self._playback.at if self.playing else self._wanted
        if not self._run(at, shuttled(self.rate if self.playing else None, by)):
            self.pause()  # at the end of the film in that direction

    def replay(self) -> None:
        """Play again what came last, `options.replay_us` of it, and on from there."""
        if self.front.ready:
            at_us = self.front.onset_us(self._here) - self.options.value.replay_us
            self._run(self.front.frame_at(at_us), self.rate if self.rate > 0 else self._speed)

    def play_until(self, session_us: int) -> None:
        """Play, and stand still on the last frame that begins before `session_us`.

        If that frame is behind the one on the screen nothing is played. Pausing or going elsewhere gives it up. A
        loop rests meanwhile.
        """
        self.pause()
        self._until_us = session_us
        if not self._run(self._wanted, self._speed):
            self._until_us = None

    # loop

    def toggle_loop(self, span: Span | None) -> None:
        """End the loop; if there is none, play `span` again and again."""
        if self.loop.value is None and span is not None:
            self.set_loop(span)
            self._run(self._wanted, self._speed)
        else:
            self.set_loop(None)

    def set_loop(self, span: Span | None) -> None:
        """Play within `span` from now on; None: without a loop. What stands keeps standing."""
        self.loop.set(span)
        if self.playing:
            self._run(self._playback.at, self.rate)

    def loop_from(self) -> None:
        """Let the loop begin with the frame on the screen; it goes on to its old end, or to that of the film."""
        if self.front.ready:
            self.set_loop(loop_from(self.loop.value, self._here_span, self.cameras.film))

    def loop_to(self) -> None:
        """Let the loop end with the frame on the screen; it begins where it did, or with the film."""
        if self.front.ready:
            self.set_loop(loop_to(self.loop.value, self._here_span, self.cameras.film))

    # step and go

    def step(self, frames: int, *, held: bool = False) -> None:
        """Go some frames on or back and stand still. held: the key repeats; then every frame is waited for."""
        self.pause()
        if self.front.index is not None and not (held and self._awaited()):
            before = self._wanted
            self._show(self._wanted + frames)
            if self.options.value.step_sound and not self.options.value.muted and self._wanted != before:
                self._step_sound.ask(self.front.index, self._wanted)

    def stride(self, by: int, *, held: bool = False) -> None:
        """Go `options.stride` frames on (by 1) or back (by -1). held: as for `step`."""
        self.step(by * self.options.value.stride, held=held)

    def step_seconds(self, seconds: int, *, held: bool = False) -> None:
        """Go on or back by whole seconds; keeps playing if it plays. held: as for `step`."""
        index = self.front.index
        if index is not None and not (held and self._awaited()):
            at = self._playback.at if self.playing else self._wanted
            self._go(index.index_at(index.at_us(at) + seconds * SECOND_US))

    def go_to(self, session_us: int, *, quick: bool = False) -> None:
        """Show the frame at a session time. quick: while somebody drags; a near frame comes first."""
        self._start_us = session_us
        if self.front.ready:
            self._go(self.front.frame_at(session_us), quick=quick)

    def nearest(self, session_us: int) -> int:
        """The session time at which a frame begins that is nearest to `session_us`."""
        front = self.front
        return front.onset_us(front.frame_near(session_us)) if front.index is not None else session_us

    def beside(self, session_us: int, frames: int) -> int:
        """The onset of the frame `frames` after the one at `session_us`, in session time."""
        front = self.front
        beside = min(max(front.frame_at(session_us) + frames, 0), front.last)
        return front.onset_us(beside) if front.index is not None else session_us

    # cameras

    def bring_front(self, camera: CameraView) -> None:
        """Put a camera in front, with its frame nearest to the moment on the screen.

        One that is still being read waits its turn, unless there is none to see anyway.
        """
        if camera is self.front or camera.failed or (self.front.ready and not camera.ready):
            return
        seen = self._painted.value
        at_us = seen.at_us if seen is not None else self.front.onset_us(self._wanted)
        rate, had_film = self.rate, self.front.index is not None
        self.cameras.put_front(camera)
        if not camera.ready:
            return
        self._news.ready(camera.last + 1)
        self._go(camera.frame_near(at_us if had_film else self._start_us), rate=rate)
        shown = camera.picture.on_screen
        self._painted.set(shown[0] if shown is not None else None)

    def next_camera(self) -> None:
        """Put the next camera in front that can be shown."""
        following = self.cameras.next_ready()
        if following is not None:
            self.bring_front(following)

    def whole_picture(self) -> None:
        """All pictures whole and as bright as filmed."""
        self.cameras.whole_pictures()
        self.choices.as_filmed()

    def shut(self) -> None:
        """End all threads; the pictures stay as they are."""
        self._settle.stop()
        self._playback.stop()
        self._step_sound.stop()
        self.cameras.shut()

    # within

    @property
    def _here(self) -> int:
        """The frame on the screen, or else the one that was asked for."""
        return self._painted.value.index if self._painted.value is not None else self._wanted

    @property
    def _here_span(self) -> Span:
        return Span(self.front.onset_us(self._here), self.front.offset_us(self._here))

    def _awaited(self) -> bool:
        """True while another frame than the one that was asked for is on the screen."""
        seen = self._painted.value
        return seen is not None and seen.index != self._wanted

    def _run(self, frame: int, rate: float) -> bool:
        """Run from a frame, within the loop if there is one. False if there is nothing to run over."""
        stretch = self._stretch()
        inside = stretch.first <= frame <= stretch.last
        if stretch.around and not inside:
            frame = stretch.first if rate > 0 else stretch.last
        can_go_on = stretch.after(frame, 1 if rate > 0 else -1, frame) is not None
        standing_at_until = self._until_us is not None and frame == stretch.last
        if not self.front.ready or not (can_go_on or standing_at_until):
            return False
        self._playback.start(frame, rate, stretch)
        self._tell_motion()
        return True

    def _tell_motion(self) -> None:
        self.motion.set(Motion(self.playing, self.rate))

    def _stretch(self) -> Stretch:
        front, loop = self.front, self.loop.value
        if self._until_us is not None:
            return Stretch(0, front.frame_at(self._until_us - 1))
        if loop is None:
            return Stretch(0, front.last)
        first = front.frame_at(loop.start_us)
        return Stretch(first, max(front.frame_at(loop.end_us - 1), first), around=True)

    def _go(self, frame: int, *, quick: bool = False, rate: float | None = None) -> None:
        """Show a frame; if the film runs it runs on from there, at the end of the film it stops."""
        self._until_us = None
        if self.playing and quick:
            self._playback.hold()
        elif self.playing:
            if self._run(frame, rate or self.rate):
                return
            self.pause()
        self._show(frame, quick=quick)

    def _show(self, frame: int, *, quick: bool = False) -> None:
        if not self.front.ready:
            return
        self._wanted = min(max(frame, 0), self.front.last)
        if quick:
            self._sets.look(self._wanted)
            self._settle.start()
        else:
            self._settle.stop()
            self._sets.ask(self._wanted)

    def _ask_again(self) -> None:
        if not self.playing:
            self._show(self._wanted)

    def _on_rest(self) -> None:
        self._go(self._wanted)

    def _follow(self, options: Options) -> None:
        """The options have changed."""
        if options.brightness != self._sets.lift:
            self._sets.lift = options.brightness
            self._ask_again()
        if options.muted != self._playback.muted:
            self._playback.muted = options.muted
            if self.playing:
                self._run(self._playback.at, self.rate)

        self._show_persons(options)

    def _show_persons(self, options: Options) -> None:
        find = self._content.persons if options.persons else None
        for camera in self.cameras.all:
            camera.show_persons(find, rays=options.persons > 1)

    # what the cameras tell

    def _on_opened(self, camera: CameraView) -> None:
        self.cameras.wall.arrange()
        if camera is self.front:
            self._wanted = camera.frame_at(self._start_us)
            self._news.ready(camera.last + 1)
        self._ask_again()

    def _on_failed(self, camera: CameraView, error: MediaError) -> None:
        good = next((other for other in self.cameras.all if not other.failed), None)
        if camera is self.front and good is not None:
            self.bring_front(good)
        self._news.failed(error)

    def _on_came(self, camera: CameraView, result: Shown | NotShown) -> None:
        self._sets.take(camera, result)

    def _on_painted(self, camera: CameraView, seen: Painted | None) -> None:
        if camera is self.front:
            self._painted.set(seen)

    def _on_gathered(self, frames: FrameSet) -> None:
        if self.playing:
            self._playback.gathered(frames)
        else:
            self._sets.put_up(frames)
