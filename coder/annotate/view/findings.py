"""What is left to mend: a list that follows the edits, with a jump to each place."""

import re
from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.findings import Finding
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.ink import scaled, theme
from coder.annotate.view.mending import Mending
from coder.language import plural, tr
from coder.model.scheme import Scheme
from coder.model.time import clock

MOST = 200
"""More findings than this are counted and gone through, not listed."""

_UNIT = re.compile(r"(?<=\d) s\b")
_TOP = QModelIndex()
_MARK_PX, _EDGE_PX, _LINE_PX = 18, 12, 5
_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_KEYS = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
}


class Findings(QWidget):
    """Shows them; Enter or a click jumps. A button applies the scheme's rules where they mend something."""

    def __init__(
        self, scheme: Scheme, keymap: Keymap, mending: Mending, settle: Callable[[], None], *, locked: bool
    ) -> None:
        super().__init__()
        self._locked = locked
        self._mending = mending
        self._model = _Rows(scheme)
        self.list = _List()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Words(self.list))
        self.list.setAccessibleName(tr("To mend"))
        self.list.clicked.connect(self._go)
        self.list.chosen = self._go
        self._clean = _label(tr("Nothing to mend."))
        self._more = _label("")
        self.settle_button = QPushButton(tr("Apply the scheme’s rules"))
        self.settle_button.setToolTip(keymap.command(Do.SETTLE_ALL).hint)
        self.settle_button.setAccessibleName(self.settle_button.text())
        self.settle_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.settle_button.clicked.connect(settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        column.addWidget(self._clean)
        column.addWidget(self.list, 1)
        column.addWidget(self._more)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 2)
        foot.addWidget(self.settle_button)
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(0)
        mending.listen(self._show)
        self._clean.hide()
        self._more.hide()
        self.settle_button.hide()

    def sentences(self) -> list[str]:
        """What is listed."""
        return [finding.problem.what for finding in self._model.findings]

    def _show(self) -> None:
        count = self._mending.count
        self._model.show(self._mending.first(MOST))
        self._clean.setVisible(count == 0)
        self.list.setVisible(count > 0)
        self._more.setVisible(count > MOST)
        self.settle_button.setVisible(not self._locked and any(one.settles for one in self._model.findings))
        self._more.setText(plural("and {count} more", "and {count} more", max(count - MOST, 0)))

    def _go(self, index: QModelIndex) -> None:
        self._mending.go_to(self._model.findings[index.row()])


class _Rows(QAbstractListModel):
    """One row for each finding."""

    def __init__(self, scheme: Scheme) -> None:
        super().__init__()
        self._scheme = scheme
        self.findings: tuple[Finding, ...] = ()

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Show these from now on."""
        if findings != self.findings:
            self.beginResetModel()
            self.findings = findings
            self.endResetModel()

    def place(self, row: int) -> str:
        """Tier and time of a finding."""
        finding = self.findings[row]
        return tr("{tier} · {time}", tier=self._scheme.tier(finding.tier).label, time=clock(finding.span.start_us))

    def rowCount(self, parent: QModelIndex = _TOP) -> int:
        return len(self.findings)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        finding = self.findings[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _UNIT.sub("\N{NO-BREAK SPACE}s", finding.problem.what)  # a number keeps its unit beside it
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(finding.problem)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            place = f"{finding.problem.what} {self.place(index.row())}"
            return tr("Hinders submitting: {finding}", finding=place) if finding.hinders else place
        return None


class _List(QListView):
    """Arrow keys and Enter are the list's, all others the bench's."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Callable[[QModelIndex], None] = lambda _: None
        self.setProperty("role", "plain")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is None:
            return
        if e.key() not in _KEYS or e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            e.ignore()
        elif e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self.chosen(self.currentIndex())
        else:
            super().keyPressEvent(e)

    def resizeEvent(self, e: QResizeEvent | None) -> None:
        super().resizeEvent(e)
        self.scheduleDelayedItemsLayout()  # the rows wrap


class _Words(QStyledItemDelegate):
    """A sign for what hinders submitting, the sentence, and below it tier and time."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        view = self._view.viewport()
        wide = view.width() if view is not None else 200
        room = QRect(0, 0, max(wide - _EDGE_PX - _MARK_PX - _LINE_PX, 40), 2000)
        words = QFontMetrics(self._view.font()).boundingRect(room, _WORDS, str(index.data()))
        return QSize(wide, words.height() + QFontMetrics(self._view.font()).height() + 2 * _LINE_PX)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model = index.model()
        if painter is None or not isinstance(model, _Rows):
            return
        colours, area = theme(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(area, QColor(colours.accent_soft))
        hinders = model.findings[index.row()].hinders
        font = self._view.font()
        line = QFontMetrics(font).height()
        mark = QRectF(area.left() + _EDGE_PX - 4, area.top() + _LINE_PX + (line - 14) / 2, 14, 14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.error if hinders else colours.line_strong))
        painter.drawEllipse(mark if hinders else mark.adjusted(4, 4, -4, -4))
        if hinders:
            painter.setPen(QColor(colours.surface))
            painter.setFont(scaled(font, 0.85))
            painter.drawText(mark, int(Qt.AlignmentFlag.AlignCenter), "!")
        left = _EDGE_PX + _MARK_PX
        words = area.adjusted(left, _LINE_PX, -_LINE_PX, -_LINE_PX - line)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(words, _WORDS, str(index.data()))
        painter.setPen(QColor(colours.muted))
        below = QRectF(words.left(), words.bottom(), words.width(), line)
        text = QFontMetrics(font).elidedText(
            model.place(index.row()), Qt.TextElideMode.ElideRight, round(below.width())
        )
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setContentsMargins(16, 8, 12, 8)
    label.setWordWrap(True)
    return label
