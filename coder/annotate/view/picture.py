"""The picture: paints frames and says which one is on the screen."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QApplication, QSizePolicy, QWidget

from coder.annotate.view.content import Painted
from coder.annotate.view.theme import DARK

Pixels = NDArray[np.uint8]


def letterbox(width: float, height: float, aspect: float) -> QRectF:
    """The largest rectangle of that aspect (width / height) inside the given size, centred."""
    shown_width = min(width, height * aspect)
    shown_height = shown_width / aspect
    return QRectF((width - shown_width) / 2, (height - shown_height) / 2, shown_width, shown_height)


class Picture(QWidget):
    """Shows the newest frame it was given, letterboxed, sharp on any screen.

    painted: called when another frame has been drawn, and with None when a message has covered it.
    resized: called when frames of another size are wanted.
    """

    def __init__(self, painted: Callable[[Painted | None], None], resized: Callable[[], None]) -> None:
        super().__init__()
        self._painted = painted
        self._resized = resized
        self._current: tuple[Painted, Pixels] | None = None
        self._next: tuple[Painted, Pixels] | None = None
        self._told: Painted | None = None
        self._aspect = 16 / 9
        self._message = ""
        self.setAccessibleName("Picture")
        self.setMinimumSize(320, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_aspect(self, width: int, height: int) -> None:
        """Tell the shape of the film's upright frames."""
        self._aspect = width / max(height, 1)
        self._resized()
        self.update()

    def wanted_size(self) -> QSize:
        """The size, in pixels of the screen, in which frames fill the letterbox."""
        box = letterbox(self.width(), self.height(), self._aspect)
        ratio = self.devicePixelRatioF()
        return QSize(max(round(box.width() * ratio), 2), max(round(box.height() * ratio), 2))

    def show_frame(self, frame: Painted, pixels: Pixels) -> None:
        """Paint a frame at the next occasion. pixels: BGRA, shape (height, width, 4), C-contiguous."""
        self._next = (frame, pixels)
        self.show_message("")

    def keep(self) -> None:
        """Forget a frame that was given but has not been painted: what is on the screen stays."""
        self._next = None

    def show_message(self, message: str) -> None:
        """Write a sentence in place of, or over, the picture; "" takes it away."""
        self._message = message
        self.update()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        self._current, self._next = self._next or self._current, None
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK.backdrop))
        if self._current is not None:
            self._paint_frame(painter, self._current[1])
        if self._message:
            self._paint_message(painter)
        painter.end()
        seen = self._current[0] if self._current is not None and not self._message else None
        if seen != self._told:
            self._told = seen
            self._painted(seen)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._resized()

    def _paint_frame(self, painter: QPainter, pixels: Pixels) -> None:
        height, width = pixels.shape[:2]
        image = QImage(
            pixels.data,  # type: ignore[call-overload]  # takes any buffer, its types say bytes only
            width,
            height,
            width * 4,
            QImage.Format.Format_RGB32,
        )
        exact = self.wanted_size() == QSize(width, height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        painter.drawImage(letterbox(self.width(), self.height(), self._aspect), image)

    def _paint_message(self, painter: QPainter) -> None:
        if self._current is not None:
            veil = QColor(DARK.backdrop)
            veil.setAlphaF(0.75)
            painter.fillRect(self.rect(), veil)
        painter.setPen(QColor(DARK.text))
        painter.setFont(QApplication.font())
        inner = self.rect().adjusted(32, 32, -32, -32)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._message)
