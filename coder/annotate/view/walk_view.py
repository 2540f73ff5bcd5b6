"""The film of a walk: pictures, transport, the passes; the moment that is asked about in a loop."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QLineEdit, QScrollArea

from coder.annotate.keymap import Do
from coder.annotate.view.asked import Asked
from coder.annotate.view.both_rows import BothRowsView, BothState
from coder.annotate.view.film_above import FilmAbove
from coder.annotate.view.layout import RULER_PX
from coder.annotate.view.play_keys import PlayKeys
from coder.annotate.view.walk_content import WalkContent
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CodingError, Problem
from coder.model.time import SECOND_US, Span

LEAD_US = SECOND_US
"""So much before and after a moment is played with it."""

_SOUND_PX = 40  # a row that comes when the sound has been read


class WalkView(FilmAbove):
    """Shows one thing that is asked about at a time in front of the film. Call `shut` before letting it go.

    on_key: takes the keys that are pressed on the full screen. leave: gives the keyboard back.
    """

    def __init__(
        self, content: WalkContent, on_key: Callable[[QKeyEvent], None], leave: Callable[[], None]
    ) -> None:
        super().__init__(
            content.bench, on_key, leave, lambda: isinstance((self.window() or self).focusWidget(), QLineEdit)
        )
        self._content = content
        player = self.player
        self.chosen: Watched[Asked | None] = Watched(None)
        self._began_us: int | None = None  # the frame that choosing the moment has shown
        nothing: Watched[Event | None] = Watched(None)
        self._play_keys = PlayKeys(
            player, self.full_screen, nothing, lambda: content.pass_a.window, self.transport.type_time, self.refuse
        )
        both = BothState(self.chosen, self.painted, player.loop)
        self.rows = BothRowsView(content, both, lambda at_us: player.go_to(at_us, quick=True), self.frame_at)
        self._lay_out_rows()

    # for the page

    def choose(self, one: Asked | None) -> None:
        """Stand on the first frame of what is asked, ready to loop it; if the film runs, run on in this one."""
        playing = self.player.playing
        self.chosen.set(one)
        if one is None:
            self.player.set_loop(None)
            return
        span = self.around(one)
        self.player.pause()
        self.player.set_loop(span)
        self._began_us = None if playing else one.span.start_us
        self.player.go_to(span.start_us if playing else one.span.start_us)
        if playing:
            self.player.play()

    def play_span(self, span: Span) -> None:
        """Play another stretch in a loop, such as what justifies a rating."""
        self.player.pause()
        self._began_us = None
        self.player.set_loop(span)
        self.player.go_to(span.start_us)
        self.player.play()

    def around(self, one: Asked) -> Span:
        """What is played of it: with a lead-in and a lead-out, as far as there is film."""
        bounds = self._content.bench.bounds
        start_us = max(one.span.start_us - LEAD_US, bounds.start_us)
        return Span(start_us, max(min(one.span.end_us + LEAD_US, bounds.end_us), start_us))

    def commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]:
        """What the keys of this side do. held: the key repeats."""
        return {
            **self._play_keys.commands(held=held),
            Do.PLAY: self._play,
            Do.LOOP: self._toggle_loop,
            Do.GO_ONSET: self._go_to_onset,
            Do.ZOOM_IN: lambda: self.rows.zoom(1.5),
            Do.ZOOM_OUT: lambda: self.rows.zoom(1 / 1.5),
            Do.ZOOM_ALL: self.rows.zoom_all,
            Do.ZOOM_FRAMES: self.rows.zoom_frames,
        }

    def show_outline(self, outline: NDArray[np.int16]) -> None:
        """The sound has been read: it is a row."""
        self.rows.set_outline(outline)

    def repaint_rows(self) -> None:
        """The ruler shows the frames of the film in front."""
        self.rows.repaint_rows()

    # what these do

    def _play(self) -> None:
        """Play or pause; from the frame on which choosing has put the film, with the lead-in."""
        player, began_us, loop = self.player, self._began_us, self.player.loop.value
        if player.playing:
            player.pause()
            return
        painted = self.painted.value
        here = began_us is not None and painted is not None and painted.index == player.front.frame_at(began_us)
        self._began_us = None
        if here and loop is not None:
            player.go_to(loop.start_us)
        player.play()

    def _toggle_loop(self) -> None:
        one = self.chosen.value
        if one is None and self.player.loop.value is None:
            self.refuse(CodingError(Problem(tr("Nothing is chosen."))))
        else:
            self.player.toggle_loop(self.around(one) if one is not None else None)

    def _go_to_onset(self) -> None:
        one = self.chosen.value
        if one is None:
            self.refuse(CodingError(Problem(tr("Nothing is chosen."))))
        else:
            self.player.go_to(one.span.start_us)

    def _lay_out_rows(self) -> None:
        area = QScrollArea()
        area.setWidget(self.rows)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(RULER_PX + 88)
        area.setAccessibleName(tr("Both passes"))
        self.lay_out(area, lambda: self.rows.sizeHint().height() + _SOUND_PX, shares=(3, 2))
