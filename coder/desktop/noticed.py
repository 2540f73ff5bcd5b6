"""What stands out in an attempt, in sentences; each leads to the moments that show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import button, label, scrolled
from coder.language import tr

_LINES = 4


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that stands out. show: lets the moments be seen that show it; None where there are none."""

    words: str
    show: Callable[[], object] | None = None


class NoticedCard(QFrame):
    """Sentences across the page; it scrolls where there are more than a few."""

    def __init__(self, noticed: Sequence[Noticed]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(tr("What stands out"))
        self.sentences = tuple(one.words for one in noticed)
        self.setAccessibleDescription(" ".join(self.sentences))
        self.buttons: list[QPushButton] = []
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(12, 6, 12, 6)
        self._column.setSpacing(4)
        for number, one in enumerate(noticed, start=1):
            self._add(f"{number}" if len(noticed) > 1 else "", one)
        self.area = scrolled(inside, tr("What stands out"))
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(self.area)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """As high as the sentences are at this width, within limits."""
        super().resizeEvent(a0)
        self._fit()

    def changeEvent(self, a0: QEvent | None) -> None:
        """Larger text takes more room."""
        super().changeEvent(a0)
        if a0 is not None and a0.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        wanted = self._column.heightForWidth(max(self.width(), 320)) + 4
        most = scaled(26) * _LINES
        self.setFixedHeight(min(wanted, most))

    def _add(self, number: str, one: Noticed) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        if number:
            row.addWidget(label(number, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(one.words, wrap=True), 1)
        if one.show is not None:
            shown = button(tr("Show"), partial(one.show), "link")
            shown.setAccessibleName(tr("Show: {what}", what=one.words))
            shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.buttons.append(shown)
            row.addWidget(shown, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
