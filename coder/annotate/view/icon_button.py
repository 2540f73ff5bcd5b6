"""The buttons that play and step, with signs drawn sharp on any screen."""

from collections.abc import Callable

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QAbstractButton

from coder.annotate.commands import Command, Do
from coder.annotate.view.ink import theme
from coder.language import tr


class IconButton(QAbstractButton):
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


def _arrow(left: float, half: float, width: float) -> QPolygonF:
    return QPolygonF([QPointF(left, -half), QPointF(left + width, 0), QPointF(left, half)])
