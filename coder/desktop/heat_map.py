"""A heat map on the screen: gone through cell by cell with the arrow keys, each cell read out, Enter opens it."""

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view import ink
from coder.desktop.heat_grid import GridFrame, HeatCell, HeatGrid, framed
from coder.desktop.look import scaled, theme_now
from coder.language import tr

_GAP_PX = 8.0
_CELL_GAP_PX = 2.0
_LABEL_SHARE = 0.3
_MOST_PX = (132.0, 64.0)
_LEAST_STRONG = 0.1
_MOST_STRONG = {"light": 0.64, "dark": 0.4}  # above that the counts could not be read (WCAG AA)


class HeatMap(QWidget):
    """Shows a `HeatGrid`.

    pointed(str): a cell is pointed to, and what it says. opened(int, int): row and column.
    """

    pointed = pyqtSignal(str)
    opened = pyqtSignal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.grid: HeatGrid | None = None
        self.at = (0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_grid(self, grid: HeatGrid) -> None:
        """Show another table, pointing to what deserves a look first."""
        self.grid = grid
        self.setAccessibleName(grid.name)
        self.updateGeometry()
        self.point_to(*grid.first)

    def point_to(self, row: int, column: int) -> None:
        """Point to a cell, the nearest there is."""
        if self.grid is None or not self.grid.cells:
            return
        self.at = (
            min(max(row, 0), len(self.grid.rows) - 1),
            min(max(column, 0), len(self.grid.columns) - 1),
        )
        said = self.grid.cells[self.at[0]][self.at[1]].said
        self.setAccessibleDescription(tr("{cell} The arrows go from cell to cell, Enter opens one.", cell=said))
        self.pointed.emit(said)
        self.update()

    def frame_now(self) -> GridFrame:
        """Where the cells lie at the size that the map has now."""
        assert self.grid is not None
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(name) for name in (*self.grid.rows, self.grid.row_title))
        left = min(widest + 2 * _GAP_PX, self.width() * _LABEL_SHARE)
        top = 3 * metrics.height() + 2 * _GAP_PX
        most = (float(scaled(round(_MOST_PX[0]))), float(scaled(round(_MOST_PX[1]))))
        rows, columns = len(self.grid.rows), len(self.grid.columns)
        return framed(self.width(), self.height(), rows, columns, left=left, top=top, most=most)

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(480, scaled(300))

    def minimumSizeHint(self) -> QSize:
        rows = len(self.grid.rows) if self.grid else 2
        return QSize(260, round(QFontMetricsF(self.font()).height() * (3 + 1.3 * rows) + 2 * _GAP_PX))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """The arrows, Home, End and Enter."""
        if event is None or self.grid is None:
            return super().keyPressEvent(event)
        row, column = self.at
        places = {
            Qt.Key.Key_Left: (row, column - 1),
            Qt.Key.Key_Right: (row, column + 1),
            Qt.Key.Key_Up: (row - 1, column),
            Qt.Key.Key_Down: (row + 1, column),
            Qt.Key.Key_Home: (row, 0),
            Qt.Key.Key_End: (row, len(self.grid.columns) - 1),
        }
        key = Qt.Key(event.key())
        if key in places:
            self.point_to(*places[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)
        return None

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Point to a cell and open it."""
        if event is None or self.grid is None:
            return
        place, rows, columns = event.position(), len(self.grid.rows), len(self.grid.columns)
        found = self.frame_now().at(place.x(), place.y(), rows, columns)
        if found is not None:
            self.point_to(*found)
            self._open()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        if self.grid is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self.frame_now()
        self._paint_labels(painter, self.grid, frame)
        for row, line in enumerate(self.grid.cells):
            for column, cell in enumerate(line):
                box = QRectF(*frame.cell(row, column)).adjusted(0, 0, -_CELL_GAP_PX, -_CELL_GAP_PX)
                _paint_cell(painter, cell, box)
        box = QRectF(*frame.cell(*self.at)).adjusted(0, 0, -_CELL_GAP_PX, -_CELL_GAP_PX)
        theme = theme_now()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(QColor(theme.text if self.hasFocus() else theme.line_strong), 2.5 if self.hasFocus() else 1.5)
        )
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _open(self) -> None:
        if self.grid is not None and self.grid.cells[self.at[0]][self.at[1]].count:
            self.opened.emit(*self.at)

    def _paint_labels(self, painter: QPainter, grid: HeatGrid, frame: GridFrame) -> None:
        theme, metrics = theme_now(), QFontMetricsF(self.font())
        height = metrics.height()
        left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
        painter.setPen(QColor(theme.muted))
        wide = frame.cell_width * len(grid.columns)
        title = metrics.elidedText(grid.column_title, Qt.TextElideMode.ElideRight, wide)
        painter.drawText(
            QRectF(frame.left, 0, wide, height + _GAP_PX), int(centre | Qt.AlignmentFlag.AlignVCenter), title
        )
        room = frame.left - 2 * _GAP_PX
        title = metrics.elidedText(grid.row_title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(
            QRectF(_GAP_PX, frame.top - height - _GAP_PX, room, height),
            int(left | Qt.AlignmentFlag.AlignVCenter),
            title,
        )
        for column, name in enumerate(grid.columns):
            x, _, width, _ = frame.cell(0, column)
            painter.setPen(QColor(theme.text if column == self.at[1] else theme.muted))
            box = QRectF(x, height + _GAP_PX, width - 4, 2 * height)
            painter.drawText(
                box,
                int(centre | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap),
                _two_lines(name, metrics, width - 4),
            )
        for row, name in enumerate(grid.rows):
            _, y, _, high = frame.cell(row, 0)
            painter.setPen(QColor(theme.text if row == self.at[0] else theme.muted))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(_GAP_PX, y, room, high - 2), int(left | Qt.AlignmentFlag.AlignVCenter), shown)


def _paint_cell(painter: QPainter, cell: HeatCell, box: QRectF) -> None:
    """Where both say the same the accent, elsewhere the colour of a warning; the stronger, the more often."""
    theme = theme_now()
    fill = QColor(theme.surface if not cell.count else fill_of(cell))
    painter.setPen(QPen(QColor(theme.line), 1))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 4, 4)
    if not cell.count:
        painter.setPen(QColor(theme.muted))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "·" if cell.text else "")
        return
    painter.setPen(QColor(theme.text))
    font = painter.font()
    metrics = QFontMetricsF(font)
    two = bool(cell.below) and box.height() > 2.1 * metrics.height()
    if two:
        upper, lower = QRectF(box), QRectF(box)
        upper.setBottom(box.center().y() + 1)
        lower.setTop(box.center().y() - 1)
        painter.setFont(ink.scaled(font, 1.1, QFont.Weight.DemiBold))
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), cell.text)
        painter.setFont(ink.scaled(font, 0.9))
        painter.drawText(lower, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), cell.below)
    else:
        both = f"{cell.text} · {cell.below}" if cell.below else cell.text
        fits = metrics.horizontalAdvance(both) < box.width() - 4
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), both if fits else cell.text)
    painter.setFont(font)


def fill_of(cell: HeatCell) -> QColor:
    """The surface and a strong colour, mixed by the cell’s share, never so strong that text cannot be read."""
    theme = theme_now()
    ground, strong = QColor(theme.surface), QColor(theme.accent if cell.alike else theme.warning)
    most = _MOST_STRONG[theme.name]
    part = _LEAST_STRONG + (most - _LEAST_STRONG) * min(max(cell.share, 0.0), 1.0)
    return QColor.fromRgbF(
        ground.redF() + (strong.redF() - ground.redF()) * part,
        ground.greenF() + (strong.greenF() - ground.greenF()) * part,
        ground.blueF() + (strong.blueF() - ground.blueF()) * part,
    )


def _two_lines(name: str, metrics: QFontMetricsF, width: float) -> str:
    """A label that fits two lines: words are kept whole where they fit, else the line is cut."""
    lines: list[str] = []
    for word in name.split():
        if lines and metrics.horizontalAdvance(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > 2:
        lines[1:] = [" ".join(lines[1:])]
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines)
