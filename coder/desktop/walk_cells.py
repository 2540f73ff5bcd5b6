"""Cells of two lines: what matters first, below it in quiet ink what goes with it."""

from PyQt6.QtCore import QModelIndex, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter
from PyQt6.QtWidgets import QStyleOptionViewItem

from coder.desktop.look import theme_now
from coder.desktop.tables import CELL_PX, BadgeDelegate, mark_focus

TWO_LINES_PX = 46
"""The height of a row, in the usual text size."""


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
