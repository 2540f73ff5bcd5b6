"""Small buttons beside what they are about."""

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QToolButton


def small_button(text: str, name: str) -> QToolButton:
    """A button with `name` as tool tip and for screen readers. It takes the focus only from the Tab key."""
    made = QToolButton()
    made.setText(text)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
