"""Who learns: a name from the list, or a new one."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.shared import Tools
from coder.desktop.tables import ROW_PX, Column, Rows, Table
from coder.desktop.wording import ROLE_NAMES
from coder.language import later, tr
from coder.model.problem import CoderError
from coder.model.study import Coder, Role
from coder.store import StudyStore
from coder.workflows.passes import coder_for

WIDTH_PX = 640
_MOST_ROWS = 8
_COLUMNS: tuple[Column[Coder], ...] = (
    Column(later("Name"), lambda coder: coder.name, wide=True),
    Column(later("Role"), lambda coder: tr(ROLE_NAMES[coder.role]), width_px=160),
)


class TraineePage(QWidget):
    """Asks for the trainee. on_chosen(coder): known, or just entered. first: id of whom is offered first.

    on_all: a supervisor wants to see all trainees.
    """

    def __init__(
        self,
        store: StudyStore,
        tools: Tools,
        on_back: Callable[[], object],
        on_chosen: Callable[[Coder], object],
        on_all: Callable[[], object],
        first: str = "",
    ) -> None:
        super().__init__()
        self._store, self._tools, self._on_chosen = store, tools, on_chosen
        self.known = tuple(sorted(store.coders(), key=lambda one: (one.id != first, one.role is not Role.TRAINEE)))
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.all_button = button(tr("&All trainees…"), on_all)
        self.list = Table(Rows[Coder](_COLUMNS, self), tr("Who has coded here before"))
        self.list.lines.show(self.known)
        self.list.choose(0)
        self.list.opened.connect(lambda row: on_chosen(self.known[row]))
        self.choose_button = button(tr("&Go on as this person"), self._choose, "primary" if self.known else "")
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Your name"))
        self.name.setPlaceholderText(tr("A pseudonym or initials will do"))
        self.begin_button = button(tr("B&egin"), self._enter, "" if self.known else "primary")
        self.name.returnPressed.connect(self._enter)
        self.strip = label("", "strip-error", wrap=True)
        self.strip.hide()
        self._lay_out()
        self.setFocusProxy(self.list if self.known else self.name)

    def _choose(self) -> None:
        if 0 <= self.list.row < len(self.known):
            self._on_chosen(self.known[self.list.row])

    def _enter(self) -> None:
        """Whoever is known by the name goes on; anybody else is entered as a trainee."""
        try:
            coder = coder_for(self._store, self.name.text(), Role.TRAINEE)
            if coder not in self.known:
                self._store.add_coder(coder)
        except CoderError as error:
            self.strip.setText("\n".join(str(problem) for problem in error.problems))
            self.strip.show()
            self.name.setFocus()
        else:
            self._on_chosen(coder)

    def _lay_out(self) -> None:
        line = OneLine(
            tr("Watch how clips are coded and why, practise, then show in a test that you code reliably."), "muted"
        )
        known = Card(tr("Who is learning?"), (self.choose_button,))
        self.list.setFixedHeight(scaled(ROW_PX) * (min(len(self.known), _MOST_ROWS) + 1) + 4)
        known.column.addWidget(self.list)
        if not self.known:
            known.hide()
        new = Card(tr("Somebody new") if self.known else tr("Who is learning?"))
        words = tr(
            "What you do is kept under this name, on this computer only. Write the same name when you come back."
        )
        new.column.addWidget(label(words, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.begin_button)
        new.column.addLayout(row)
        new.column.addWidget(self.strip)
        cards = QWidget()
        cards.setMaximumWidth(scaled(WIDTH_PX))
        stack = QVBoxLayout(cards)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(16)
        stack.addWidget(known)
        stack.addWidget(new)
        stack.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(24)
        head = page_head(self.back_button, label(tr("Training"), "title"), line)
        head.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(head)
        centre = QHBoxLayout()
        centre.addStretch(1)
        centre.addWidget(cards, 100)
        centre.addStretch(1)
        column.addLayout(centre, 1)
        for one, after in ((self.list, self.choose_button), (self.choose_button, self.name)):
            self.setTabOrder(one, after)
        self.setTabOrder(self.name, self.begin_button)
