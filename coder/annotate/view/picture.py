"""One camera's picture: paints frames, whole or enlarged, and says which one is on the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QSize, Qt
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.content import Painted
from coder.annotate.view.lens import Box, Lens, Room
from coder.annotate.view.picture_paint import Pixels, paint_caption, paint_message, paint_pixels, paint_veil
from coder.annotate.view.theme import DARK
from coder.language import tr

Over = Callable[[QPainter, Box, Painted], None]
"""Draws over a frame: where its whole picture lies, and which frame it is."""

_NOTCH = 1.25
_PAN_PX = 40
_CLICK_PX = 4
_ARROWS = {
    Qt.Key.Key_Left: (_PAN_PX, 0),
    Qt.Key.Key_Right: (-_PAN_PX, 0),
    Qt.Key.Key_Up: (0, _PAN_PX),
    Qt.Key.Key_Down: (0, -_PAN_PX),
}


@dataclass(frozen=True, slots=True)
class PictureNews:
    """Whom a picture tells. painted: another frame has been drawn; None when a message has covered it.

    resized: frames of another size are wanted. chosen: it was clicked.
    """

    painted: Callable[[Painted | None], None]
    resized: Callable[[], None]
    chosen: Callable[[], None]


class Picture(QWidget):
    """Shows the newest frame it was given, letterboxed or enlarged, sharp on any screen.

    The wheel enlarges at the pointer. Dragging moves an enlarged picture, as do the arrow keys once the Tab key
    has brought the focus here.
    """

    def __init__(self, news: PictureNews) -> None:
        super().__init__()
        self._news = news
        self._current: tuple[Painted, Pixels] | None = None
        self._next: tuple[Painted, Pixels] | None = None
        self._told: Painted | None = None
        self._native = QSize(1920, 1080)
        self._lens = Lens()
        self._message = ""
        self._pale = False
        self._caption, self._in_front = "", False
        self._over: Over | None = None
        self._grip: QPointF | None = None
        self._moved = False
        self.setAccessibleName(tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def aspect(self) -> float:
        """Width of the film's frames by their height."""
        return self._native.width() / self._native.height()

    @property
    def zoom(self) -> float:
        """How many times larger than the whole picture; 1 is the whole one."""
        return self._lens.zoom

    @property
    def on_screen(self) -> tuple[Painted, Pixels] | None:
        """The frame that was drawn last, and its pixels; None while there is none to see."""
        return self._current if self._told is not None else None

    @property
    def message(self) -> str:
        """What is written over the picture, "" if nothing is."""
        return self._message

    def set_native(self, width: int, height: int) -> None:
        """Tell the size of the film's upright frames in px."""
        self._native = QSize(max(width, 1), max(height, 1))
        self.update()

    def set_caption(self, caption: str, *, in_front: bool) -> None:
        """The camera's name, where there are several, and whether it is the one in front."""
        self._caption, self._in_front = caption, in_front
        self.setAccessibleName(tr("Picture of the camera “{name}”", name=caption) if caption else tr("Picture"))
        self.update()

    def wanted_size(self) -> QSize:
        """The size, in pixels of the screen, in which frames are wanted.

        As the picture lies on the screen; enlarged at most as large as they were filmed.
        """
        ratio = self.devicePixelRatioF()
        whole, box = self._room.letterbox, self._lens.box(self._room)
        most = max(whole.width * ratio, self._native.width())
        share = min(1.0, most / (box.width * ratio))
        return QSize(
            max(round(box.width * ratio * share), 2),
            max(round(box.height * ratio * share), 2),
        )

    def show_frame(self, frame: Painted, pixels: Pixels) -> None:
        """Paint a frame at the next occasion. pixels: BGRA, shape (height, width, 4), C-contiguous."""
        self._next = (frame, pixels)
        self._pale = False
        self.show_message("")

    def draw_over(self, over: Over | None) -> None:
        """What is drawn over each frame from now on; None for nothing."""
        self._over = over
        self.update()

    def keep(self) -> None:
        """Forget a frame that was given but has not been painted: what is on the screen stays."""
        self._next = None

    def show_message(self, message: str) -> None:
        """Write a sentence in place of, or over, the picture; "" takes it away."""
        self._message = message
        self.update()

    def show_nothing(self, message: str) -> None:
        """Take the frame away and say why."""
        self._current = self._next = None
        self.show_message(message)

    def pale(self) -> None:
        """The frame on the screen is not of the moment that is looked at, until the next one is shown."""
        self._pale = True
        self.update()

    def enlarge(self, notches: float, at: QPointF | None = None) -> None:
        """Zoom in by so many notches, out if below 0. at: the point that stays, in px; the middle if None."""
        self._look(self._lens.zoomed(_NOTCH**notches, self._room, (at.x(), at.y()) if at is not None else None))

    def whole(self) -> None:
        """Show the whole picture."""
        self._look(Lens())

    # Qt's events

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        self._current, self._next = self._next or self._current, None
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.backdrop))
        if self._current is not None:
            box = self._lens.box(self._room)
            paint_pixels(painter, box, self.rect(), self._current[1])
            if self._over is not None:
                self._over(painter, box, self._current[0])
        if self._message:
            paint_message(painter, self.rect(), self._message, over_picture=self._current is not None)
        elif self._pale:
            paint_veil(painter, self.rect(), 0.6)
        if self._caption:
            paint_caption(painter, self.rect(), self._caption, in_front=self._in_front)
        if self.hasFocus():
            painter.setPen(QPen(QColor(DARK.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()
        seen = self._current[0] if self._current is not None and not self._message else None
        if seen != self._told:
            self._told = seen
            self._news.painted(seen)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._news.resized()

    def wheelEvent(self, a0: QWheelEvent | None) -> None:
        if a0 is not None:
            self.enlarge(a0.angleDelta().y() / 120, a0.position())
            a0.accept()

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() is Qt.MouseButton.LeftButton:
            self._grip, self._moved = a0.position(), False

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None or self._grip is None:
            return
        way = a0.position() - self._grip
        if self._moved or way.manhattanLength() > _CLICK_PX:
            self._moved = True
            self._grip = a0.position()
            self._look(self._lens.panned(way.x(), way.y(), self._room))

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if self._grip is not None and not self._moved:
            self._news.chosen()
        self._grip = None

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        way = _ARROWS.get(Qt.Key(a0.key())) if a0 is not None and a0.key() in _ARROW_KEYS else None
        if a0 is not None and way and self.zoom > 1 and a0.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._look(self._lens.panned(*way, self._room))
        else:
            super().keyPressEvent(a0)

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        super().focusInEvent(a0)
        self.update()

    def focusOutEvent(self, a0: QFocusEvent | None) -> None:
        super().focusOutEvent(a0)
        self.update()

    # painting

    @property
    def _room(self) -> Room:
        return Room(max(self.width(), 1), max(self.height(), 1), self.aspect)

    def _look(self, lens: Lens) -> None:
        if lens != self._lens:
            larger = lens.zoom != self._lens.zoom
            self._lens = lens
            self.setCursor(Qt.CursorShape.OpenHandCursor if lens.zoom > 1 else Qt.CursorShape.ArrowCursor)
            if larger:
                self._news.resized()
            self.update()


_ARROW_KEYS = frozenset(int(key) for key in _ARROWS)
