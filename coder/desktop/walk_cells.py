"""Cells of two lines: what matters first, below it in quiet ink what goes with it."""

from collections.abc import Iterable
from typing import Any

from PyQt6.QtCore import QEvent, QModelIndex, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem

from coder.desktop.look import scaled, theme_now
from coder.desktop.tables import CELL_PX, BadgeDelegate, Rows, Table, mark_focus

TWO_LINES_PX = 46
"""The height of a row, in the usual text size."""
_MOVES = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}


class TwoLines(BadgeDelegate):
    """Paints a text with a line break in two lines; every other cell as in all tables.

    even: numbers of the columns whose two lines matter alike.
    """

    even: frozenset[int] = frozenset()

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One cell."""
        first, broken, second = str(index.data() or "").partition("\n")
        if painter is None or not broken:
            super().paint(painter, option, index)
            return
        self._paint_bare(painter, option, index)
        self._write(painter, option, index, (first, second))
        if index.column() == 0:
            mark_focus(painter, option)

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, lines: tuple[str, str]
    ) -> None:
        metrics, cell = QFontMetricsF(option.font), QRectF(option.rect).adjusted(CELL_PX, 0, -CELL_PX, 0)
        height = metrics.height()
        top = cell.center().y() - height
        side = Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft))
        painter.save()
        painter.setFont(option.font)
        for at, line in enumerate(lines):
            quiet = at == 1 and index.column() not in self.even
            painter.setPen(QColor(theme_now().muted if quiet else theme_now().text))
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(QRectF(cell.left(), top + at * height, cell.width(), height), side, shown)
        painter.restore()


class TallTable(Table):
    """A table whose rows hold two lines. even: numbers of the columns whose two lines matter alike."""

    def __init__(self, model: Rows[Any], name: str, even: Iterable[int] = ()) -> None:
        super().__init__(model, name)
        lines = TwoLines(self)
        lines.even = frozenset(even)
        self.setItemDelegate(lines)
        self._grow()

    def changeEvent(self, event: QEvent | None) -> None:
        """The rows hold two lines in every text size."""
        super().changeEvent(event)
        if event is not None and event.type() is QEvent.Type.FontChange:
            self._grow()

    def _grow(self) -> None:
        rows = self.verticalHeader()
        if rows is not None:
            rows.setDefaultSectionSize(scaled(TWO_LINES_PX))


class TwoLineTable(TallTable):
    """Takes the keys that go up and down; all others belong to the page, letters too."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Up, down, and by pages."""
        if (
            event is not None
            and event.key() in _MOVES
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
        elif event is not None:
            event.ignore()
