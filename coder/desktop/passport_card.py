"""A film's timing passport on a card: facts in a grid, some of which a click copies."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QFont, QGuiApplication
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder.desktop.film_facts import Fact, Group
from coder.desktop.pieces import label
from coder.language import tr

_COPIED_MS = 1200


class FactsGrid(QWidget):
    """Groups of facts side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(32)
        self.copies: list[CopyButton] = []

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Show these facts in place of the old ones."""
        while (item := self._row.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.copies = []
        for group in groups:
            self._row.addWidget(self._column(group), 1)

    def _column(self, group: Group) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        title = label(group.title)
        bold = title.font()
        bold.setWeight(QFont.Weight.DemiBold)
        title.setFont(bold)
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, fact in enumerate(group.facts):
            grid.addWidget(label(fact.name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._value(fact), row, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(grid)
        column.addStretch(1)
        return made

    def _value(self, fact: Fact) -> QWidget:
        if fact.copy:
            made = CopyButton(fact)
            self.copies.append(made)
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(made)
            row.addStretch(1)
            return box
        value = label(fact.value, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setToolTip(fact.tip)
        return value


class CopyButton(QPushButton):
    """A value that a click, Enter or Space puts on the clipboard."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.value)
        self._fact = fact
        self.setProperty("role", "link")
        self.setAutoDefault(True)
        self.setAccessibleName(f"{fact.name}: {fact.value}")
        self.setAccessibleDescription(fact.tip)
        self.setToolTip(fact.tip)
        self.clicked.connect(self._copy)
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_COPIED_MS)
        self._back.timeout.connect(lambda: self.setText(fact.value))

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self._fact.copy)
            self.setText(tr("Copied"))
            self._back.start()
