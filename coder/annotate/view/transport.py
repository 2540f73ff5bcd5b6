"""The bar under the picture: play, step, speed, go to a time; which frame is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.content import Options, Painted
from coder.annotate.view.fields import TextField
from coder.annotate.view.icon_button import IconButton
from coder.annotate.view.ink import theme
from coder.annotate.view.rates import RATES, Motion, rate_text
from coder.annotate.view.readout import FrameLabel, StateLabel, state_text
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.time import Span


class _RateBox(QComboBox):
    """A list of speeds; draws the arrow that its style sheet leaves out."""

    def paintEvent(self, e: QPaintEvent | None) -> None:
        super().paintEvent(e)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme().muted), 1.5))
        x, y = self.width() - 16, self.height() / 2
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]))
        painter.end()


class GoToField(TextField):
    """Takes a time to go to; Esc leaves it alone."""

    def __init__(self, go_to: Callable[[str], None], leave: Callable[[], None], key: str) -> None:
        super().__init__(leave)
        self._go_to = go_to
        self.setPlaceholderText(tr("Go to time"))
        self.setAccessibleName(tr("Go to time"))
        self.setToolTip(tr("Type 13.747 or 1:02.5 and press Enter ({key})", key=shown(key)))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.returnPressed.connect(self._go)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("00:00:00.000") + 28, super().sizeHint().height())

    def _go(self) -> None:
        text = self.text()
        self.clear()
        self._go_to(text)


def _rate_tip(keymap: Keymap) -> str:
    slower, faster = shown(keymap.first_key(Do.SLOWER)), shown(keymap.first_key(Do.FASTER))
    return tr("Speed (slower {slower}, faster {faster})", slower=slower, faster=faster)


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What the transport shows besides the frame. left_out: how many frames came too late."""

    motion: Watched[Motion]
    options: Watched[Options]
    loop: Watched[Span | None]
    left_out: Watched[int]


class Transport(QWidget):
    """wish: a command was asked for; set_rate: a speed was chosen; go_to: a time was typed; leave: focus back."""

    def __init__(
        self,
        keymap: Keymap,
        painted: Watched[Painted | None],
        wish: Callable[[Do], None],
        set_rate: Callable[[float], None],
        go_to: Callable[[str], None],
        leave: Callable[[], None],
        state: PlayerState,
    ) -> None:
        super().__init__()
        self._count = 0
        self._player = state
        self._painted = painted
        self._play = IconButton(keymap.command(Do.PLAY), wish, wide=True)
        self._rate = _RateBox()
        for rate in RATES:
            self._rate.addItem(rate_text(rate), rate)
        self._rate.setCurrentIndex(RATES.index(1.0))
        self._rate.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._rate.setAccessibleName(tr("Speed"))
        self._rate.setToolTip(_rate_tip(keymap))
        self._rate.activated.connect(lambda n: set_rate(RATES[n]))
        self._rate.activated.connect(leave)
        self.time_field = GoToField(go_to, leave, keymap.first_key(Do.GO_TIME))
        self._frame = FrameLabel()
        self._state = StateLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(IconButton(keymap.command(Do.BACK_SECOND), wish))
        row.addWidget(IconButton(keymap.command(Do.BACK_FRAME), wish))
        row.addWidget(self._play)
        row.addWidget(IconButton(keymap.command(Do.NEXT_FRAME), wish))
        row.addWidget(IconButton(keymap.command(Do.NEXT_SECOND), wish))
        row.addSpacing(8)
        row.addWidget(self._rate)
        row.addWidget(self.time_field)
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addStretch(1)
        told.addWidget(self._frame)
        told.addWidget(self._state)
        told.addStretch(1)
        row.addLayout(told, 1)
        painted.listen(lambda _: self._write())
        state.motion.listen(self._show_motion)
        state.options.listen(lambda _: self._write_state())
        state.loop.listen(lambda _: self._write_state())
        state.left_out.listen(lambda _: self._write_state())
        self._write()
        self._write_state()

    @property
    def frame_text(self) -> str:
        """What is written about the frame on the screen."""
        return self._frame.text()

    @property
    def state_text(self) -> str:
        """What is written about the state of the player."""
        return self._state.toolTip()

    @property
    def rate_text(self) -> str:
        """The speed that is shown."""
        return self._rate.currentText()

    def type_time(self) -> None:
        """Put the focus where a time is typed."""
        self.time_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_count(self, count: int) -> None:
        """Tell the number of frames of the film."""
        self._count = count
        self._write()

    def _show_motion(self, motion: Motion) -> None:
        """Speeds have a minus sign while the film runs backwards."""
        self._play.set_playing(motion.playing)
        for n, each in enumerate(RATES):
            self._rate.setItemText(n, rate_text(each if motion.rate > 0 else -each))
        self._rate.setCurrentIndex(RATES.index(abs(motion.rate)))

    def _write(self) -> None:
        self._frame.write(self._painted.value, self._count)

    def _write_state(self) -> None:
        player = self._player
        self._state.write(state_text(player.options.value, player.loop.value, player.left_out.value))
