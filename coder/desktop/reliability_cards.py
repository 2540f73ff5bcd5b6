"""Two cards of the desk of reliability: what it takes to compare, and what waits or must be known."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, button, label, scrolled
from coder.language import tr


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
