"""What stands out in an attempt, in sentences; each leads to the moments that show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coder.desktop.pieces import button, label
from coder.language import plural, tr

AT_ONCE = 3
"""So many sentences are shown from the start, for the film needs the room; the others on demand."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that stands out. show: lets the moments be seen that show it; None where there are none."""

    words: str
    show: Callable[[], object] | None = None


class NoticedCard(QFrame):
    """Sentences across the page, what matters most first. leave: gives the keyboard back."""

    def __init__(self, noticed: Sequence[Noticed], leave: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(tr("What stands out"))
        self.sentences = tuple(one.words for one in noticed)
        self.setAccessibleDescription(" ".join(self.sentences))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._leave = leave
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(4)
        several = len(noticed) > 1
        rows = [self._row(f"{at}" if several else "", one) for at, one in enumerate(noticed, start=1)]
        self._rest = rows[AT_ONCE:]
        rest = len(self._rest)
        self.more_button = _link(plural("{count} more", "{count} more", rest), self._show_rest)
        self._column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.more_button.setVisible(rest > 0)
        for one in self._rest:
            one.hide()

    def _show_rest(self) -> None:
        self.more_button.hide()
        for one in self._rest:
            one.show()
        self._leave()

    def _row(self, number: str, one: Noticed) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        if number:
            line.addWidget(label(number, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(one.words, wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        if one.show is not None:
            shown = _link(tr("Show"), partial(one.show))
            shown.setAccessibleName(tr("Show: {what}", what=one.words))
            self.buttons.append(shown)
            line.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(row)
        return row


def _link(text: str, do: Callable[[], object]) -> QPushButton:
    """A button as high as a line."""
    made = button(text, do, "link")
    made.setFixedHeight(made.fontMetrics().height() + 4)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made
