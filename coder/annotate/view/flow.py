"""A layout that sets its items in lines, like words."""

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem


class FlowLayout(QLayout):
    """Items from left to right, then on the next line. spacing_px: between items and between lines."""

    def __init__(self, spacing_px: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = spacing_px
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, a0: QLayoutItem | None) -> None:
        if a0 is not None:
            self._items.append(a0)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, a0: int) -> int:
        return self._arrange(QRect(0, 0, a0, 0), place=False)

    def setGeometry(self, a0: QRect) -> None:
        super().setGeometry(a0)
        self._arrange(a0, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        tallest = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(widest, tallest)

    def _arrange(self, area: QRect, *, place: bool) -> int:
        x, y, line = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue  # what is hidden takes no room
            size = item.sizeHint()
            if x > area.x() and x + size.width() > area.right() + 1:
                x, y, line = area.x(), y + line + self._gap, 0
            if place:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - area.y()
