"""The tour of the bench: a small bubble that goes from part to part, and is gone for good when it is put away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.look import scaled, theme_now
from coder.desktop.pieces import button, label
from coder.language import tr

GAP_PX = 12
BUBBLE_PX = 400


@dataclass(frozen=True)
class Stop:
    """One stop. part: what it is about; None for the whole bench."""

    part: QWidget | None
    title: str
    text: str


class Tour(QFrame):
    """Next (Enter), Back (Backspace), Skip (Esc). The bench goes on working below: nothing is blocked.

    done: called once, when the tour is over or skipped.
    """

    def __init__(self, page: QWidget, stops: Sequence[Stop], done: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._done = page, done
        self.stops = [stop for stop in stops if stop.part is None or stop.part.isVisibleTo(page)]
        self.at = 0
        self._ring = _Ring(page)
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = label("", "heading", wrap=True)
        self._text = label("", wrap=True)
        self._count = label("", "muted")
        self.skip_button = button(tr("Skip"), self.finish, "quiet")
        self.back_button = button(tr("Back"), lambda: self.go(-1))
        self.next_button = button("", lambda: self.go(+1), "primary")
        self._lay_out()
        page.installEventFilter(self)
        self._show_stop()
        self.show()
        self.next_button.setFocus()

    def go(self, step: int) -> None:
        """To the next stop or the one before; behind the last one the tour is over."""
        if self.at + step >= len(self.stops):
            self.finish()
        else:
            self.at = max(self.at + step, 0)
            self._show_stop()

    def finish(self) -> None:
        """Put the tour away and give the keys back to coding."""
        self._page.removeEventFilter(self)
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()
        self._page.setFocus()
        self._done()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """The keys of the tour; none of them reaches the bench."""
        key = a0.key() if a0 is not None else None
        if key == Qt.Key.Key_Escape:
            self.finish()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go(+1)
        elif key == Qt.Key.Key_Backspace:
            self.go(-1)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        """Stay beside the part when the window changes."""
        if a1 is not None and a1.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(a0, a1)

    def _show_stop(self) -> None:
        stop = self.stops[self.at]
        last = self.at == len(self.stops) - 1
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        self._count.setText(tr("{number} of {count}", number=self.at + 1, count=len(self.stops)))
        self.back_button.setEnabled(self.at > 0)
        self.skip_button.setVisible(not last)
        self.next_button.setText(tr("Done") if last else tr("Next"))
        self.setAccessibleName(stop.title)
        self.setAccessibleDescription(stop.text)
        self._place()

    def _place(self) -> None:
        part = self.stops[self.at].part
        room = self._page.rect().adjusted(GAP_PX, GAP_PX, -GAP_PX, -GAP_PX)
        width = min(scaled(BUBBLE_PX), room.width())
        self.setFixedWidth(width)
        layout = self.layout()
        height = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
        self.setFixedHeight(height)
        target = room if part is None else QRect(part.mapTo(self._page, QPoint(0, 0)), part.size())
        self._ring.around(None if part is None else target)
        self.setGeometry(QRect(beside(target, QSize(width, height), room), QSize(width, height)))
        self.raise_()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        for one in (self.skip_button, self.back_button, self.next_button):
            row.addWidget(one)
        column.addLayout(row)


class _Ring(QWidget):
    """A line around the part that is told about; the mouse goes through it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def around(self, part: QRect | None) -> None:
        """Lie around a part; None: nowhere."""
        self.setVisible(part is not None)
        if part is not None:
            self.setGeometry(part)
            self.raise_()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """The line, inside the part's edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme_now().accent), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 6, 6)
        painter.end()


def beside(part: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a bubble stands: right, left, below or above a part, where it fits; else in the part's middle."""
    middle = part.center() - QPoint(size.width() // 2, size.height() // 2)
    places = (
        QPoint(part.right() + GAP_PX, middle.y()),
        QPoint(part.left() - GAP_PX - size.width(), middle.y()),
        QPoint(middle.x(), part.bottom() + GAP_PX),
        QPoint(middle.x(), part.top() - GAP_PX - size.height()),
    )
    kept = [_kept(place, size, room) for place in places]
    free = [place for place in kept if not QRect(place, size).intersects(part)]
    return free[0] if free else _kept(middle, size, room)


def _kept(place: QPoint, size: QSize, room: QRect) -> QPoint:
    return QPoint(
        min(max(place.x(), room.left()), room.right() - size.width() + 1),
        min(max(place.y(), room.top()), room.bottom() - size.height() + 1),
    )
