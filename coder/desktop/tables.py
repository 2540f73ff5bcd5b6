"""Tables that show rows of the study: columns are data, a badge is painted, the rows own nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PyQt6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder.desktop.look import scaled, theme_now
from coder.language import tr

Row = TypeVar("Row")
TONE_ROLE = Qt.ItemDataRole.UserRole
ROW_PX = 38
FOCUS_PX = 3
_NAME_PX = 150  # what a wide column needs so that its lines can be told apart
_BADGE_MOST_PX = 170  # a badge that says more than this is cut
_PILL_PX = 18  # what a badge has beside its text
CELL_PX = 11  # where the style begins a cell's text: 8 of the sheet, 3 of Fusion


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column. tone: of a badge, "good", "warning", "error" or "muted"; "" is text.

    wide: has what the others leave. least_px: how narrow it may get where that is too little; 0: it stays.
    """

    label: str
    text: Callable[[Row], str]
    tone: Callable[[Row], str] = lambda _row: ""
    tip: Callable[[Row], str] = lambda _row: ""
    right: bool = False
    wide: bool = False
    width_px: int = 120
    least_px: int = 0


class Rows(QAbstractTableModel, Generic[Row]):
    """Values of the study as a table model. Replaced whole: a study page has tens of rows, not thousands."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows in place of the old ones."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature, never changed
        """The number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own signature, never changed
        """The number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The columns' labels, aligned as their cells."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(self.columns[section].label)
        return _side(self.columns[section].right) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tone, tool tip and what a screen reader says."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(column.label)}: {column.text(row)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column.right)
        return column.tone(row) if role == TONE_ROLE else None


class BadgeDelegate(QStyledItemDelegate):
    """Paints a cell that has a tone as a pill of that tone, every other cell as usual."""

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """One cell."""
        option.state &= ~QStyle.StateFlag.State_HasFocus
        self._paint_cell(painter, option, index)
        if painter is not None and index.column() == 0:
            mark_focus(painter, option)

    def _paint_bare(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The cell as usual, without its text."""
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        if style is not None:
            style.drawControl(style.ControlElement.CE_ItemViewItem, bare, painter, option.widget)

    def _paint_cell(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tone = str(index.data(TONE_ROLE) or "")
        text = str(index.data() or "")
        if painter is None or not tone or not text:
            super().paint(painter, option, index)
            return
        self._paint_bare(painter, option, index)
        ink, fill = _tones(tone)
        metrics = QFontMetricsF(option.font)
        cell = QRectF(option.rect)
        height = metrics.height() + 4
        width = min(metrics.horizontalAdvance(text) + _PILL_PX, cell.width() - 2 * CELL_PX)
        pill = QRectF(cell.left() + CELL_PX, cell.center().y() - height / 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(ink)
        painter.setFont(option.font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - 14)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()


def mark_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """A bar at the head of the chosen row, while its table or list has the keyboard."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen and option.widget is not None and option.widget.hasFocus():
        bar = QRectF(option.rect)
        bar.setWidth(FOCUS_PX)
        painter.fillRect(bar, QColor(theme_now().accent))


class Table(QTableView):
    """A table of whole rows for the keyboard: arrows choose, Enter or a double click opens, Tab leaves."""

    opened = pyqtSignal(int)
    chosen = pyqtSignal(int)

    def __init__(self, model: Rows[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setProperty("role", "bare")
        self.setItemDelegate(BadgeDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._shape(model)
        model.modelReset.connect(self._fit)
        selection = self.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(lambda now, _before: self.chosen.emit(now.row()))

    @property
    def lines(self) -> Rows[Any]:
        """What is shown, by line."""
        return self._lines

    @property
    def row(self) -> int:
        """The chosen row; -1 if there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Choose a row, as if by the arrow keys."""
        model, selection = self.model(), self.selectionModel()
        if model is not None and selection is not None and 0 <= row < model.rowCount():
            # not selectRow: while Ctrl or Shift is still down from a shortcut, that would toggle or extend
            only = selection.SelectionFlag.ClearAndSelect | selection.SelectionFlag.Rows
            selection.setCurrentIndex(model.index(row, 0), only)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter opens the chosen row."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row >= 0:
            self.opened.emit(self.row)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Small: the layout gives what is there."""
        return QSize(320, 120)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Where the names have too little, numbers and badges move closer together."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent | None) -> None:
        """Rows and columns grow with the text."""
        super().changeEvent(event)
        model = self.model()
        if event is not None and event.type() is QEvent.Type.FontChange and isinstance(model, Rows):
            self._shape(model)

    def _shape(self, model: Rows[Any]) -> None:
        rows, header = self.verticalHeader(), self.horizontalHeader()
        if rows is None or header is None:
            return
        rows.hide()
        rows.setDefaultSectionSize(scaled(ROW_PX))
        header.setHighlightSections(False)
        header.setMinimumSectionSize(56)
        for at, column in enumerate(model.columns):
            mode = QHeaderView.ResizeMode.Stretch if column.wide else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(at, mode)
            if not column.wide:
                header.resizeSection(at, self._ample_px(at, column))
        self._share()

    def _fit(self) -> None:
        """Room for the badges of the new rows; what somebody has made wider stays."""
        header, model = self.horizontalHeader(), self.model()
        if header is None or not isinstance(model, Rows):
            return
        for at, column in enumerate(model.columns):
            if not (column.wide or column.least_px):
                header.resizeSection(at, max(header.sectionSize(at), self._badges_px(column)))
        self._share()

    def _share(self) -> None:
        header, model = self.horizontalHeader(), self.model()
        if header is None or not isinstance(model, Rows):
            return
        rigid = sum(
            header.sectionSize(at) for at, one in enumerate(model.columns) if not (one.wide or one.least_px)
        )
        ample = {at: self._ample_px(at, one) for at, one in enumerate(model.columns) if one.least_px}
        names = scaled(_NAME_PX) * sum(one.wide for one in model.columns)
        lacking = names + rigid + sum(ample.values()) - header.width()
        for at, width in ample.items():
            column = model.columns[at]
            given = min(max(lacking, 0), max(width - self._least_px(column), 0))
            header.resizeSection(at, width - given)
            lacking -= given

    def _ample_px(self, _at: int, column: Column[Any]) -> int:
        return max(scaled(column.width_px), self._named_px(column), self._badges_px(column))

    def _least_px(self, column: Column[Any]) -> int:
        return max(scaled(column.least_px), self._named_px(column), self._badges_px(column))

    def _badges_px(self, column: Column[Any]) -> int:
        """What the widest badge of a column needs; 0 without any. Words differ in length by language."""
        told = {line for row in self._lines.rows if column.tone(row) for line in column.text(row).split("\n")}
        widest = max(map(self.fontMetrics().horizontalAdvance, told), default=-_PILL_PX) + _PILL_PX
        return min(widest, scaled(_BADGE_MOST_PX)) + 2 * CELL_PX if widest > 0 else 0

    def _named_px(self, column: Column[Any]) -> int:
        header = self.horizontalHeader()
        metrics = header.fontMetrics() if header is not None else self.fontMetrics()
        return metrics.horizontalAdvance(tr(column.label)) + 2 * CELL_PX + 8


def _side(right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _tones(tone: str) -> tuple[QColor, QColor]:
    theme = theme_now()
    pairs = {
        "good": (theme.good, theme.good_soft),
        "warning": (theme.warning, theme.warning_soft),
        "error": (theme.error, theme.error_soft),
    }
    ink, fill = pairs.get(tone, (theme.muted, theme.line))
    return QColor(ink), QColor(fill)
