"""Parts of the pages of reliability and evidence: what is looked at, what it takes, what waits or is to know."""

from collections.abc import Callable, Iterable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label, scrolled
from coder.language import tr


def choosing(choosers: Iterable[tuple[str, QComboBox]], beside: QWidget) -> QWidget:
    """What is looked at: each chooser with its name and mnemonic, in a row. beside: what stands at its end."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for text, chooser in choosers:
        named = label(text)
        named.setBuddy(chooser)
        chooser.setAccessibleName(text.replace("&", ""))
        chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        chooser.setMinimumContentsLength(24)
        row.addWidget(named)
        row.addWidget(chooser)
        row.addSpacing(16)
    row.addStretch(1)
    row.addWidget(beside)
    return whole


class Empty(QWidget):
    """What it takes for two coders to be compared, and the way there."""

    def __init__(self, assignments: Callable[[], object]) -> None:
        super().__init__()
        self.button: QPushButton = button(tr("Assign sessions…"), assignments, "primary")
        card = Card(tr("Nothing to compare yet"))
        card.setMaximumWidth(scaled(640))
        card.column.addWidget(
            label(
                tr(
                    "Two coders must have coded the same session with the same version of a scheme, and both must "
                    "have submitted their passes. Choose who codes what; a share of the sessions can be drawn to "
                    "be coded twice, blind."
                ),
                "muted",
                wrap=True,
            )
        )
        card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


class Waiting(Card):
    """What keeps passes from being compared, or what must be known of those that are."""

    def __init__(self) -> None:
        super().__init__(tr("What waits, and what to know"))
        self.text = label("", wrap=True)
        area = scrolled(self.text, tr("What waits, and what to know"))
        area.setMaximumHeight(scaled(110))
        self.column.addWidget(area)

    @property
    def told(self) -> bool:
        """True if there is anything to know."""
        return self.text.text() != ""

    def show_remarks(self, texts: list[str]) -> None:
        """One line for each remark."""
        self.text.setText("\n".join(texts))
