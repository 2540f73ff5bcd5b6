"""The list of recent studies: two lines each, by keyboard and mouse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PyQt6.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from coder.desktop.look import theme_now
from coder.desktop.tables import mark_focus
from coder.desktop.wording import when_text
from coder.language import later, tr
from coder.settings.preferences import RecentStudy

ENTRY_ROLE = Qt.ItemDataRole.UserRole
GONE = later("not found")


@dataclass(frozen=True, slots=True)
class RecentEntry:
    """A recent study as it is listed. when: the day it was open, or that it is gone."""

    folder: Path
    name: str
    when: str
    found: bool

    @classmethod
    def of(cls, study: RecentStudy, today: date) -> "RecentEntry":
        """The entry of a remembered study; looks whether the folder is there."""
        folder = Path(study.path)
        found = folder.is_dir()
        return cls(folder, study.name, when_text(study.opened_at, today) if found else tr(GONE), found)


class RecentList(QListWidget):
    """Enter or a click opens a study, Delete takes it off the list."""

    def __init__(self, open_study: Callable[[Path], None], forget: Callable[[Path], None]) -> None:
        super().__init__()
        self._open, self._forget = open_study, forget
        self.setAccessibleName(tr("Recent studies"))
        self.setProperty("role", "bare")
        self.setItemDelegate(_TwoLines(self))
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._open_item)

    def show_entries(self, entries: Sequence[RecentEntry]) -> None:
        """Replace the list, keeping the place in it."""
        row = max(self.currentRow(), 0)
        self.clear()
        for entry in entries:
            item = QListWidgetItem(entry.name)
            item.setData(ENTRY_ROLE, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.name}, {entry.when}, {entry.folder}")
            item.setToolTip(str(entry.folder))
            self.addItem(item)
        self.setCurrentRow(min(row, self.count() - 1))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter and Delete; everything else moves in the list."""
        item = self.currentItem()
        if event is None or item is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_item(item)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._forget(item.data(ENTRY_ROLE).folder)
        else:
            super().keyPressEvent(event)

    def _open_item(self, item: QListWidgetItem) -> None:
        self._open(item.data(ENTRY_ROLE).folder)


class _TwoLines(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(200, 2 * option.fontMetrics.height() + 20)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if painter is None or not isinstance(entry, RecentEntry):
            return
        option.state &= ~QStyle.StateFlag.State_HasFocus
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        bare.text = ""
        style = option.widget.style() if option.widget else QApplication.style()
        if style is not None:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, option.widget)
        mark_focus(painter, option)
        theme = theme_now()
        area = option.rect.adjusted(10, 8, -10, -8)
        height = option.fontMetrics.height()
        painter.save()
        painter.setFont(option.font)
        painter.setPen(QColor(theme.muted if entry.found else theme.warning))
        when_px = option.fontMetrics.horizontalAdvance(entry.when)
        upper = QRect(area.left(), area.top(), area.width(), height)
        lower = QRect(area.left(), area.bottom() - height, area.width(), height)
        painter.drawText(upper, Qt.AlignmentFlag.AlignRight, entry.when)
        painter.setPen(QColor(theme.muted))
        second = option.fontMetrics.elidedText(str(entry.folder), Qt.TextElideMode.ElideMiddle, area.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft, second)
        bold = QFont(option.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(theme.text if entry.found else theme.muted))
        name = QFontMetrics(bold).elidedText(entry.name, Qt.TextElideMode.ElideRight, area.width() - when_px - 16)
        painter.drawText(upper, Qt.AlignmentFlag.AlignLeft, name)
        painter.restore()
