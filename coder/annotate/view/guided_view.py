"""The film of a guided step: pictures, transport, and the master's codes on the timeline, to be looked at."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

from coder.annotate.families import InPlay
from coder.annotate.keymap import Do
from coder.annotate.view.canvas import TimelineState
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.film_above import FilmAbove
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.opening import OUTLINE_HZ
from coder.annotate.view.play_keys import PlayKeys
from coder.annotate.view.pointer import PointerWishes
from coder.annotate.view.scale import Scale
from coder.annotate.view.selection import Selection
from coder.annotate.view.timeline import Timeline, TimelineWishes
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Wave, on_session_clock
from coder.language import tr
from coder.model.coding import Event
from coder.model.time import SECOND_US, Span

_SOUND_PX = 64  # a row that comes when the sound has been read
_FIRST_PX = 1000


class GuidedView(FilmAbove):
    """Shows a master that nobody can change here. Call `shut` before letting it go.

    tiers: ids of those in play; the others have no row. play: what playing means in this step. on_key: takes the
    keys that are pressed on the full screen. `shown`: the event that is marked on the timeline, also by a click.
    """

    def __init__(
        self,
        content: BenchContent,
        tiers: frozenset[str],
        play: Callable[[], None],
        on_key: Callable[[QKeyEvent], None],
    ) -> None:
        super().__init__(content, on_key, self.take_keys)
        self._content, self._tiers, self._play = content, tiers, play
        self._asked: int | None = None  # the frame that was asked for, until it is on the screen
        self.painted.listen(self._on_painted)
        player = self.player
        selection = Selection()
        self.shown: Watched[Event | None] = selection.primary
        self._in_play = Watched(InPlay(tiers, hidden=True))
        window = content.desk.coding.window
        self.timeline = Timeline(
            content,
            TimelineState(
                Watched(Scale.fitting(window, _FIRST_PX)), selection, self.painted, self._in_play, player.loop
            ),
            Lanes(content.desk),
            TimelineWishes(
                PointerWishes(self._drag_to, lambda _event, _span: None, lambda _by_us: None, player.nearest),
                lambda _event, _at: None,
                self.frame_at,
            ),
        )
        self._play_keys = PlayKeys(
            player, self.full_screen, self.shown, lambda: window, self.transport.type_time, self.refuse
        )
        self.setFocusProxy(self.timeline)
        self.setAccessibleName(tr("Film and codes"))
        self.lay_out(self.timeline, lambda: self.timeline.content_height() + _SOUND_PX, shares=(1, 0))

    # for the page

    @property
    def here(self) -> int | None:
        """The frame on the screen, or the one that was asked for and is about to be; None before there is one."""
        painted = self.painted.value
        return self._asked if self._asked is not None else painted.index if painted is not None else None

    @property
    def at_us(self) -> int | None:
        """When the frame on the screen begins, on the session's clock; None while there is none to see."""
        painted = self.painted.value
        return painted.at_us if painted is not None and self._asked is None else None

    @property
    def ready(self) -> bool:
        """True once frames can be asked for."""
        return self.player.front.ready

    def frame_of(self, at_us: int) -> int:
        """The number of the frame at a session time; asked only of a film that is ready."""
        return self.player.front.frame_at(at_us)

    def stand_at(self, at_us: int) -> None:
        """Stand still on the frame at a session time."""
        self.player.pause()
        self.player.set_loop(None)
        if self.ready:
            frame, painted = self.frame_of(at_us), self.painted.value
            self._asked = frame if painted is None or painted.index != frame else None
        self.player.go_to(at_us)
        self.timeline.come_back()

    def play_to(self, at_us: int) -> None:
        """Play from the frame on the screen, and stand still on the frame at a session time."""
        self.player.set_loop(None)
        self._asked = None
        self.timeline.come_back()
        self.player.play_until(at_us + 1)

    def loop_over(self, span: Span) -> None:
        """Let the film, which stands, play this stretch again and again once it is played."""
        self.player.set_loop(span)

    def play_again(self, span: Span) -> None:
        """Play a stretch again and again, from its beginning."""
        self.stand_at(span.start_us)
        self._asked = None
        self.player.set_loop(span)
        self.player.play()

    def hide_tier(self, tier: str | None) -> None:
        """Take the row of a tier away while its codes are asked for; None: show all that are in play."""
        self._in_play.set(InPlay(self._tiers - {tier}, hidden=True))

    def commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]:
        """What the keys of the film do. held: the key repeats."""
        timeline = self.timeline
        return {
            **self._play_keys.commands(held=held),
            Do.PLAY: self._play,
            Do.ZOOM_IN: lambda: timeline.zoom(1.5),
            Do.ZOOM_OUT: lambda: timeline.zoom(1 / 1.5),
            Do.ZOOM_ALL: timeline.zoom_all,
            Do.ZOOM_FRAMES: timeline.zoom_frames,
        }

    def do(self, do: Do, *, held: bool = False) -> None:
        """As of any film; playing asks where it is about to stand."""
        if do is not Do.PLAY:
            self._asked = None
        super().do(do, held=held)

    def go_to_typed(self, text: str) -> None:
        """As of any film."""
        self._asked = None
        super().go_to_typed(text)

    def show_outline(self, outline: NDArray[np.int16]) -> None:
        """The sound has been read: it is a row."""
        start_us, step_us = on_session_clock(self._content.media, SECOND_US / OUTLINE_HZ)
        self.timeline.set_wave(Wave(outline, start_us, step_us))

    def repaint_rows(self) -> None:
        """The ruler shows the frames of the film in front."""
        self.timeline.repaint_rows()

    def take_keys(self) -> None:
        """Give the keyboard back to the page."""
        self.timeline.setFocus(Qt.FocusReason.OtherFocusReason)

    # within

    def _drag_to(self, at_us: int) -> None:
        self._asked = None
        self.player.go_to(at_us, quick=True)

    def _on_painted(self, painted: Painted | None) -> None:
        if painted is not None and painted.index == self._asked:
            self._asked = None
