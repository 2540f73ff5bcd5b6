"""The bar under the picture: play, step, speed, go to a time; which frame is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.commands import shown
from coder.annotate.keymap import Command, Do, Keymap
from coder.annotate.view.content import Options, Painted
from coder.annotate.view.fields import TextField
from coder.annotate.view.ink import theme
from coder.annotate.view.rates import RATES, rate_text
from coder.annotate.view.watched import Watched
from coder.language import plural, tr
from coder.model.time import Span, clock


def frame_text(painted: Painted | None, count: int | None = None) -> str:
    """`frame 412 of 17,981 · 00:00:13.747`, counted from 0 as everywhere; a dash before the first is painted."""
    if painted is None:
        return "–"
    frame, at = f"{painted.index:,}", clock(painted.at_us)
    if count is None:
        return tr("frame {frame} · {clock}", frame=frame, clock=at)
    return tr("frame {frame} of {count} · {clock}", frame=frame, count=f"{count:,}", clock=at)


def state_text(options: Options, loop: Span | None, left_out: int) -> str:
    """What a person should know while it lasts: `loop · no sound · brightness +2 · 3 frames left out`."""
    parts = (
        tr("loop") if loop is not None else "",
        tr("no sound") if options.muted else "",
        tr("steps are heard") if options.step_sound and not options.muted else "",
        tr("brightness +{steps}", steps=options.brightness) if options.brightness else "",
        plural("{count} frame left out", "{count} frames left out", left_out) if left_out else "",
    )
    return " · ".join(part for part in parts if part)


class _IconButton(QAbstractButton):
    """A button with a drawn sign, sharp on any screen. It takes the focus only from the Tab key."""

    def __init__(self, command: Command, wish: Callable[[Do], None], *, wide: bool = False) -> None:
        super().__init__()
        self._do = command.do
        self._playing = False
        self._wide = wide
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(command.hint)
        self.setAccessibleName(tr(command.label))
        self.clicked.connect(lambda: wish(command.do))

    def set_playing(self, playing: bool) -> None:
        """Show what a press would do now: pause or play."""
        self._playing = playing
        self.setAccessibleName(tr("Pause") if playing else tr("Play"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(48 if self._wide else 36, 32)

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        primary = self._wide
        ground = colours.accent if primary else colours.surface
        if self.underMouse() or self.isDown():
            ground = colours.accent_hover if primary else colours.accent_soft
        edge = (
            colours.text if self.hasFocus() and primary else colours.accent if self.hasFocus() or primary else None
        )
        painter.setPen(QPen(QColor(edge or colours.line_strong), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        ink = colours.on_accent if primary else colours.text
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink if self.isEnabled() else colours.muted))
        painter.translate(self.width() / 2, self.height() / 2)
        if self._do in (Do.BACK_FRAME, Do.BACK_SECOND):
            painter.scale(-1, 1)
        if self._do is Do.PLAY and self._playing:
            painter.drawRect(QRectF(-6, -6, 4, 12))
            painter.drawRect(QRectF(2, -6, 4, 12))
        elif self._do is Do.PLAY:
            painter.drawPolygon(_arrow(-4, 7, 10))
        elif self._do in (Do.BACK_SECOND, Do.NEXT_SECOND):
            painter.drawPolygon(_arrow(-7, 5, 6))
            painter.drawPolygon(_arrow(0, 5, 6))
        else:
            painter.drawRect(QRectF(-5, -5, 2, 10))
            painter.drawPolygon(_arrow(-1, 5, 7))
        painter.end()


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


class _FrameLabel(QLabel):
    """Which frame is on the screen; leaves out the number of frames where there is no room for it."""

    def __init__(self) -> None:
        super().__init__()
        self._texts = ("", "")
        self._longest = ""
        self.setAccessibleName(tr("Frame on the screen"))
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def write(self, painted: Painted | None, count: int) -> None:
        """Show another frame, of a film with `count` frames."""
        self._texts = (frame_text(painted, count), frame_text(painted))
        longest = frame_text(Painted(max(count - 1, 0), 0), count)
        if longest != self._longest:
            self._longest = longest
            self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._longest) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        short = self.fontMetrics().horizontalAdvance(self._texts[1])
        return QSize(short, super().minimumSizeHint().height())

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fit()

    def _fit(self) -> None:
        full, short = self._texts
        fits = self.fontMetrics().horizontalAdvance(full) <= self.width()
        self.setText(full if fits else short)


class _StateLabel(QLabel):
    """A few quiet words below the frame's number while there is something to say; all of them in the tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setProperty("role", "muted")
        self.setAccessibleName(tr("State of the player"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def write(self, text: str) -> None:
        """Say something else."""
        self._whole = text
        self.setToolTip(text)
        self.setVisible(bool(text))
        self._fit()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideLeft, self.width()))


@dataclass(frozen=True, slots=True)
class PlayerState:
    """What the transport shows besides the frame: options, the loop, and how many frames came too late."""

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
        self._quiet = state
        self._painted = painted
        self._play = _IconButton(keymap.command(Do.PLAY), wish, wide=True)
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
        self._frame = _FrameLabel()
        self._state = _StateLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(_IconButton(keymap.command(Do.BACK_SECOND), wish))
        row.addWidget(_IconButton(keymap.command(Do.BACK_FRAME), wish))
        row.addWidget(self._play)
        row.addWidget(_IconButton(keymap.command(Do.NEXT_FRAME), wish))
        row.addWidget(_IconButton(keymap.command(Do.NEXT_SECOND), wish))
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

    def show_playing(self, playing: bool) -> None:
        """Show whether the film plays."""
        self._play.set_playing(playing)

    def show_rate(self, rate: float) -> None:
        """Show the speed, with a minus sign backwards."""
        for n, each in enumerate(RATES):
            self._rate.setItemText(n, rate_text(each if rate > 0 else -each))
        self._rate.setCurrentIndex(RATES.index(abs(rate)))

    def _write(self) -> None:
        self._frame.write(self._painted.value, self._count)

    def _write_state(self) -> None:
        quiet = self._quiet
        self._state.write(state_text(quiet.options.value, quiet.loop.value, quiet.left_out.value))


def _arrow(left: float, half: float, width: float) -> QPolygonF:
    return QPolygonF([QPointF(left, -half), QPointF(left + width, 0), QPointF(left, half)])
