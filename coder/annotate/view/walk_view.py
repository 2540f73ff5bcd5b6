"""The film of a walk: pictures, transport, the passes; the moment that is asked about in a loop."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QLineEdit, QScrollArea, QSplitter, QVBoxLayout, QWidget

from coder.annotate.keymap import Do
from coder.annotate.view.arrangement import column
from coder.annotate.view.asked import Asked
from coder.annotate.view.both_rows import BothRowsView, BothState
from coder.annotate.view.content import Painted
from coder.annotate.view.frames import FrameMark
from coder.annotate.view.fullscreen import FullScreen, WallPlace
from coder.annotate.view.layout import RULER_PX
from coder.annotate.view.play_keys import PlayKeys, go_to_typed
from coder.annotate.view.player import Player, PlayerNews
from coder.annotate.view.strip import Strip, sentence
from coder.annotate.view.transport import PlayerState, Transport
from coder.annotate.view.walk_content import WalkContent
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.problem import CoderError, CodingError, MediaError, Problem
from coder.model.time import SECOND_US, Span

LEAD_US = SECOND_US
"""So much before and after a moment is played with it."""

_SOUND_PX = 40  # a row that comes when the sound has been read
_ROWS_SHARE = 0.42


class WalkView(QWidget):
    """Shows one thing that is asked about at a time in front of the film. Call `shut` before letting it go.

    on_key: takes the keys that are pressed on the full screen. leave: gives the keyboard back.
    """

    def __init__(
        self, content: WalkContent, on_key: Callable[[QKeyEvent], None], leave: Callable[[], None]
    ) -> None:
        super().__init__()
        self._content = content
        self.chosen: Watched[Asked | None] = Watched(None)
        self.painted: Watched[Painted | None] = Watched(None)
        self._seen = False
        self._began_us: int | None = None  # the frame that choosing the moment has shown
        self.strip = Strip("")
        news = PlayerNews(self._on_ready, self._on_failed, self._on_outline)
        self.player = Player(content.bench, self.painted, news)
        player = self.player
        state = PlayerState(player.motion, player.options, player.loop, player.left_out)
        self.transport = Transport(
            content.keymap, self.painted, self.do, player.set_rate, self._go_to_typed, leave, state
        )
        self.place = WallPlace(player.cameras.wall, content.keymap.first_key(Do.FULL_SCREEN))
        self.full_screen = FullScreen(
            self.place,
            on_key,
            said=lambda: self.strip.text,
            frame=lambda: self.transport.frame_text,
            wants_bench=lambda: isinstance((self.window() or self).focusWidget(), QLineEdit),
        )
        self.painted.listen(lambda _: self.full_screen.refresh())
        nothing: Watched[Event | None] = Watched(None)
        self._play_keys = PlayKeys(
            player, self.full_screen, nothing, lambda: content.pass_a.window, self.transport.type_time, self.refuse
        )
        both = BothState(self.chosen, self.painted, player.loop)
        self.rows = BothRowsView(content, both, lambda at_us: player.go_to(at_us, quick=True), self.frame_at)
        self._lay_out()

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

    def do(self, do: Do, *, held: bool = False) -> None:
        """Run a command of this side, as its key does."""
        self.strip.calm()
        self.commands(held=held)[do]()

    def frame_at(self, at_us: int) -> FrameMark | None:
        """The frame of the film in front at a session time."""
        front = self.player.front
        if not front.ready:
            return None
        number = front.frame_at(at_us)
        return FrameMark(number, Span(front.onset_us(number), front.offset_us(number)))

    def refuse(self, error: CoderError) -> None:
        """Say why something cannot be done."""
        self.strip.refuse(sentence(error))

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        self.full_screen.close()
        self.player.shut()

    def showEvent(self, a0: QShowEvent | None) -> None:
        """At the first sight the rows get what they need, within limits."""
        super().showEvent(a0)
        if not self._seen:
            self._seen = True
            height_px = self.splitter.height()
            rows_px = min(self.rows.sizeHint().height() + _SOUND_PX, round(height_px * _ROWS_SHARE))
            self.splitter.setSizes([height_px - rows_px, rows_px])

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

    def _go_to_typed(self, text: str) -> None:
        go_to_typed(self.player, text, self.refuse)

    def _on_ready(self, frame_count: int) -> None:
        self.transport.set_count(frame_count)
        self.rows.repaint_rows()  # the ruler shows the frames of the film in front

    def _on_outline(self, outline: NDArray[np.int16]) -> None:
        self.rows.set_outline(outline)

    def _on_failed(self, error: MediaError) -> None:
        self.strip.refuse(sentence(error), lasts=True)  # the picture says it, too; the rest goes on

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidget(self.rows)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumHeight(RULER_PX + 88)
        area.setAccessibleName(tr("Both passes"))
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for part, share in ((column(self.place, self.transport), 3), (area, 2)):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, share)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.splitter, 1)
