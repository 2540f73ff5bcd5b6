"""The film above rows of what was coded in it: pictures, transport, full screen, and the keys they share."""

from abc import abstractmethod
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent, QShowEvent
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.annotate.keymap import Do
from coder.annotate.view.arrangement import column
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.frames import FrameMark
from coder.annotate.view.fullscreen import FullScreen, WallPlace
from coder.annotate.view.play_keys import go_to_typed
from coder.annotate.view.player import Player, PlayerNews
from coder.annotate.view.strip import Strip, sentence
from coder.annotate.view.transport import PlayerState, Transport
from coder.annotate.view.watched import Watched
from coder.model.problem import CoderError, MediaError
from coder.model.time import Span

_ROWS_SHARE = 0.42


class FilmAbove(QWidget):
    """Call `lay_out` once the rows are made, and `shut` before letting it go.

    on_key: takes the keys that are pressed on the full screen. leave: gives the keyboard back. wants_bench:
    whether a field beside the film is typed into.
    """

    def __init__(
        self,
        content: BenchContent,
        on_key: Callable[[QKeyEvent], None],
        leave: Callable[[], None],
        wants_bench: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__()
        self._first_seen = True
        self._rows_px: Callable[[], int] = lambda: 0
        self.painted: Watched[Painted | None] = Watched(None)
        self.strip = Strip("")
        self.player = Player(content, self.painted, PlayerNews(self._on_ready, self._on_failed, self.show_outline))
        player, keymap = self.player, content.keymap
        state = PlayerState(player.motion, player.options, player.loop, player.left_out)
        self.transport = Transport(keymap, self.painted, self.do, player.set_rate, self.go_to_typed, leave, state)
        self.place = WallPlace(player.cameras.wall, keymap.first_key(Do.FULL_SCREEN))
        self.full_screen = FullScreen(
            self.place,
            on_key,
            said=lambda: self.strip.text,
            frame=lambda: self.transport.frame_text,
            wants_bench=wants_bench,
        )
        self.painted.listen(lambda _: self.full_screen.refresh())
        self.splitter = QSplitter(Qt.Orientation.Vertical)

    # what the rows are

    @abstractmethod
    def commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]:
        """What the keys of this side do. held: the key repeats."""

    @abstractmethod
    def show_outline(self, outline: NDArray[np.int16]) -> None:
        """The sound has been read."""

    @abstractmethod
    def repaint_rows(self) -> None:
        """The film is ready: the ruler of the rows shows the frames of the film in front."""

    def lay_out(self, rows: QWidget, rows_px: Callable[[], int], shares: tuple[int, int]) -> None:
        """Put the rows below the film. rows_px: how high they want to be. shares: of what room is left over."""
        self._rows_px = rows_px
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for part, share in zip((column(self.place, self.transport), rows), shares, strict=True):
            self.splitter.addWidget(part)
            self.splitter.setStretchFactor(self.splitter.count() - 1, share)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        stack.addWidget(self.splitter, 1)

    # for the page

    def do(self, do: Do, *, held: bool = False) -> None:
        """Run a command of this side, as its key or button does."""
        self.strip.calm()
        self.commands(held=held)[do]()

    def frame_at(self, at_us: int) -> FrameMark | None:
        """The frame of the film in front at a session time."""
        front = self.player.front
        if not front.ready:
            return None
        number = front.frame_at(at_us)
        return FrameMark(number, Span(front.onset_us(number), front.offset_us(number)))

    def go_to_typed(self, text: str) -> None:
        """Go to a time that was typed, or say why not."""
        go_to_typed(self.player, text, self.refuse)

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
        if self._first_seen:
            self._first_seen = False
            height_px = self.splitter.height()
            rows_px = min(self._rows_px(), round(height_px * _ROWS_SHARE))
            self.splitter.setSizes([height_px - rows_px, rows_px])

    def _on_ready(self, frame_count: int) -> None:
        self.transport.set_count(frame_count)
        self.repaint_rows()

    def _on_failed(self, error: MediaError) -> None:
        self.strip.refuse(
            sentence(error), lasts=True
        )  # the picture says it, too; what was coded can still be read
