"""The first page: begin a study, open one, or look at the demo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, label
from coder.desktop.recent_list import RecentEntry, RecentList
from coder.language import later, tr
from coder.settings.preferences import LastPass, RecentStudy

APP_NAME = "Coder Workstation"
APP_LINE = later("Code parent–child interaction from video, frame by frame, and check how well coders agree.")
WIDTH_PX = 980
_HEIGHT_PX = 640  # six cards, two of them with two lines


@dataclass(frozen=True, slots=True)
class StartActions:
    """What the start page can ask for."""

    new_study: Callable[[], None]
    open_study: Callable[[], None]
    open_demo: Callable[[], None]
    open_recent: Callable[[Path], None]
    forget: Callable[[Path], None]
    go_on: Callable[[], None]
    show_schemes: Callable[[], None]
    train: Callable[[], None]


class StartPage(QWidget):
    """Shows what can be begun and the recent studies."""

    def __init__(self, actions: StartActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.go_on_button = ActionCard(tr("Go on where you were"), "", "")
        self.go_on_button.hide()
        self.go_on_button.clicked.connect(actions.go_on)
        self.new_button = ActionCard(
            tr("New study…"), tr("Make a folder for sessions, coders and codes."), "Ctrl+N"
        )
        self.open_button = ActionCard(tr("Open study…"), tr("Go on with a study on this computer."), "Ctrl+O")
        self.demo_button = ActionCard(
            tr("Demo study"), tr("A finished small study on a sample film, to try everything."), ""
        )
        self.schemes_button = ActionCard(
            tr("Schemes"), tr("Read the coding schemes, try one on a sample, or make your own."), "Ctrl+Shift+E"
        )
        self.training_button = ActionCard(
            tr("Training"), tr("Learn to code step by step, on sample films, up to a certificate."), "Ctrl+Shift+C"
        )
        self.training_button.clicked.connect(actions.train)
        self.schemes_button.clicked.connect(actions.show_schemes)
        self.new_button.clicked.connect(actions.new_study)
        self.open_button.clicked.connect(actions.open_study)
        self.demo_button.clicked.connect(actions.open_demo)
        self.recent = RecentList(actions.open_recent, actions.forget)
        self.remark = label("", "strip-error", wrap=True)
        self.remark.hide()
        self._recent_or_none = QStackedLayout()
        gone = tr("A study that is not found was moved or deleted. Delete takes it off this list.")
        self._gone = label(gone, "muted", wrap=True)
        self._lay_out()
        self.show_recent(())

    def show_recent(self, studies: Sequence[RecentStudy]) -> None:
        """List the studies that were open on this machine, newest first."""
        today = date.today()  # noqa: DTZ011  "yesterday" is meant on the clock of the person who reads it
        entries = [RecentEntry.of(study, today) for study in studies]
        self.recent.show_entries(entries)
        self._gone.setVisible(not all(entry.found for entry in entries))
        self._recent_or_none.setCurrentIndex(1 if studies else 0)
        self.setFocusProxy(self.recent if studies else self.new_button)

    def show_last(self, last: LastPass | None) -> None:
        """Offer the pass that was on the bench when the program ended; Enter is enough."""
        self.go_on_button.setVisible(last is not None)
        if last is not None:
            self.go_on_button.say(last.name)
            self.setFocusProxy(self.go_on_button)

    def set_busy(self, busy: bool) -> None:
        """Grey what would start a second job."""
        self.demo_button.setEnabled(not busy)

    def say(self, text: str) -> None:
        """Show a remark under the title; "" takes it away."""
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(8)
        title = label(APP_NAME, "title")
        column.addWidget(title)
        column.addWidget(label(tr(APP_LINE), "muted", wrap=True))
        column.addWidget(self.remark)
        column.addSpacing(24)
        halves = QHBoxLayout()
        halves.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(8)
        for card in (
            self.go_on_button,
            self.new_button,
            self.open_button,
            self.demo_button,
            self.training_button,
            self.schemes_button,
        ):
            left.addWidget(card)
        left.addStretch(100)
        halves.addLayout(left, 5)
        halves.addWidget(self._recent_card(), 6)
        column.addLayout(halves, 1)
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(scaled(WIDTH_PX))
        inner.setMaximumHeight(scaled(_HEIGHT_PX))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(48, 24, 48, 24)
        outer.addStretch(1)
        outer.addWidget(inner, 100)
        outer.addStretch(1)

    def _recent_card(self) -> Card:
        card = Card(tr("Recent studies"))
        none = label(tr("None yet. Studies that you make or open are listed here."), "muted", wrap=True)
        none.setAlignment(Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(self._recent_or_none, 1)  # first: a stack shows what it is given
        self._recent_or_none.addWidget(none)
        self._recent_or_none.addWidget(self.recent)
        card.column.addWidget(self._gone)
        return card


class ActionCard(QPushButton):
    """A large button: what it does, one line more, and its key."""

    def __init__(self, title: str, line: str, key: str) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAutoDefault(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(label(title, "heading"))
        self._line = label(line, "muted", wrap=True)
        words.addWidget(self._line)
        words.addStretch(1)
        row.addLayout(words, 1)
        if key:
            shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            row.addWidget(label(shown, "key"), 0, Qt.AlignmentFlag.AlignVCenter)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(72)  # six of them must find room in a small window

    def say(self, line: str) -> None:
        """Put another line below the title."""
        self._line.setText(line)
        self.setAccessibleDescription(line)
