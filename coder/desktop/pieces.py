"""The pieces that pages and dialogs are put together from: labels, buttons, cards, scrolled areas."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.desktop.look import scaled


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label with one of the theme's roles; plain text, never read as markup."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        policy = made.sizePolicy()  # which now knows that the height follows from the width
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        made.setSizePolicy(policy)
    return made


def button(text: str, do: Callable[[], object], role: str = "") -> QPushButton:
    """A button that Enter presses too. text: with its mnemonic. role: "primary" or "quiet"."""
    made = QPushButton(text)
    made.setAutoDefault(True)
    if role:
        made.setProperty("role", role)
    made.clicked.connect(do)
    return made


def toggles(*texts: str) -> tuple[QPushButton, ...]:
    """Buttons of which one stays down; Enter presses them too. texts: with their mnemonics."""
    group: QButtonGroup | None = None
    made = tuple(QPushButton(text) for text in texts)
    for one in made:
        one.setCheckable(True)
        one.setAutoDefault(True)
        group = group or QButtonGroup(one)
        group.addButton(one)
    return made


def page_head(back: QPushButton, title: QLabel, line: QLabel) -> QHBoxLayout:
    """The top of a page: the way back, its title with a line below; what a page adds stands on the right."""
    names = QVBoxLayout()
    names.setSpacing(0)
    names.addWidget(title)
    names.addWidget(line)
    head = QHBoxLayout()
    head.setSpacing(16)
    head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
    head.addLayout(names, 1)
    return head


def banner(text: str) -> QFrame:
    """A lasting word across the whole page."""
    made = QFrame()
    made.setProperty("role", "banner")
    made.setAccessibleName(text)
    row = QHBoxLayout(made)
    row.setContentsMargins(12, 6, 12, 6)
    row.addWidget(label(text, wrap=True))
    return made


class OneLine(QLabel):
    """A line that is cut where there is no room, and then says all of itself in its tool tip.

    It never makes its page wider: a session, a study or a scheme may be called anything.
    """

    def __init__(self, text: str, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """As wide as a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        """The text, or as much of it as fits."""
        room, style = self.contentsRect(), self.style()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        if style is not None:
            place, colours = int(self.alignment()), self.palette()
            style.drawItemText(QPainter(self), room, place, colours, True, shown, self.foregroundRole())


class Card(QFrame):
    """A surface with a heading and, on its right, buttons; what it holds goes into `column`."""

    def __init__(self, heading: str, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        self.heading = OneLine(heading, "heading")
        self.heading.setMinimumHeight(scaled(28))  # as high as a button: the headings of neighbours align
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        for one in buttons:
            head.addWidget(one)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(10)
        self.column.addLayout(head)


def scrolled(inside: QWidget, name: str) -> QScrollArea:
    """`inside` in an area that scrolls and lets the surface below show."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setAccessibleName(name)
    inside.setAutoFillBackground(False)
    viewport = area.viewport()
    if viewport is not None:
        viewport.setAutoFillBackground(False)
    return area
