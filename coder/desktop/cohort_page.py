"""All trainees of a study, for the supervisor: who is due, who drifts, who is stuck and on what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from coder.desktop.cohort_detail import CohortDetail, MemberWishes
from coder.desktop.cohort_rows import COHORT_COLUMNS, CohortRow, cohort_rows, counts_text, courses_in
from coder.desktop.forms import Chooser
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.reliability_cards import choosing
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.desktop.tables import Rows
from coder.desktop.walk_cells import TallTable
from coder.desktop.wording import breakable
from coder.language import tr
from coder.model.problem import CoderError
from coder.store import StudyStore
from coder.workflows.steps import Steps
from coder.workflows.training.cohort import Cohort, cohort_steps

_LEFT, _RIGHT = 700, 620
_EMPTY_PX = 640


@dataclass(frozen=True, slots=True)
class CohortWishes:
    """What the page may ask for. courses: where a first course is begun. bring: a record from elsewhere."""

    back: Callable[[], object]
    courses: Callable[[], object]
    bring: Callable[[], object]
    member: MemberWishes


@dataclass(frozen=True, slots=True)
class _Damaged:
    """The trainees cannot be looked at; the error says why."""

    error: CoderError


class CohortPage(QWidget):
    """Looks at everybody when it is shown, unless `found` is given; F5 does it again, and the chosen one stays.

    chosen: whom to look at first, as `CohortRow.key`. today: UTC; now if it is left out.
    """

    def __init__(
        self,
        store: StudyStore,
        tools: Tools,
        wishes: CohortWishes,
        found: Cohort | None = None,
        chosen: tuple[str, str] = ("", ""),
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._store, self._tools, self._today = store, tools, today
        self.found = found
        self._wanted = chosen
        self._task: Task | None = None
        self._all: tuple[CohortRow, ...] = ()
        self._line = OneLine("", "muted")
        self.back_button = button(tr("← &Back"), wishes.back, "quiet")
        self.bring_button = button(tr("B&ring in a record…"), wishes.bring)
        self.course, self.who = Chooser(), Chooser()
        self.who.addItems([tr("Everybody"), tr("Who needs somebody")])
        self.list = TallTable(Rows[CohortRow](COHORT_COLUMNS, self), tr("Trainees, who is due first"))
        self.detail = CohortDetail(wishes.member)
        self.nobody = label(tr("Nobody here needs somebody."), "muted", wrap=True)
        self.empty = Card("")
        self.empty_text = label("", "muted", wrap=True)
        self.courses_button = button(tr("C&ourses…"), wishes.courses, "primary")
        self._lay_out()
        self.list.chosen.connect(lambda _row: self.detail.show_row(self.row))
        self.list.opened.connect(lambda _row: self.detail.show_learning())
        self.course.activated.connect(lambda _at: self._narrow())
        self.who.activated.connect(lambda _at: self._narrow())
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)
        self.setFocusProxy(self.list)
        if found is None:
            self.refresh()
        else:
            self._show(found)

    @property
    def row(self) -> CohortRow | None:
        """The chosen trainee."""
        rows = self.list.lines.rows
        return rows[self.list.row] if 0 <= self.list.row < len(rows) else None

    def refresh(self) -> None:
        """Look at everybody again."""
        self.shut()
        self._task = Task(
            tr("Looking at the trainees"),
            lambda: _looked_steps(self._store, self._today),
            self._show,
            tr("Looking was stopped; F5 begins it again."),
            quiet=True,
        )
        self._tools.strip.follow(self._task)

    def shut(self) -> None:
        """End what is being looked at: nobody waits for it any more. Must be called before the page goes."""
        if self._task is not None:
            self._tools.strip.forget(self._task)

    def choose(self, coder_id: str) -> None:
        """Choose somebody once everybody has been looked at again."""
        self._wanted = (coder_id, "")

    def _show(self, found: Cohort | _Damaged) -> None:
        self._task = None
        if isinstance(found, _Damaged):
            self.found, self._all = None, ()
            text = "\n".join(breakable(str(problem)) for problem in found.error.problems)
            self._say(tr("The trainees cannot be shown"), text, courses=False)
            return
        self.found, self._all = found, cohort_rows(found)
        if not self._all:
            text = tr(
                "A trainee is here once they have begun a course in this study. Who learns on another computer "
                "saves a training record there, and it is brought in here."
            )
            self._say(tr("Nobody is in training here yet"), text, courses=True)
            return
        before, courses = self.course.currentData(), courses_in(self._all)
        self.course.clear()
        self.course.addItem(tr("All courses"), None)
        for title, name in courses:
            self.course.addItem(title, name)
        self.course.setCurrentIndex(max(self.course.findData(before), 0) if before else 0)
        for part in (self._choosing, self._body):
            part.show()
        self._nothing.hide()
        self._room.hide()
        self._narrow()

    def _narrow(self) -> None:
        """Show whom the choice leaves; the chosen one stays chosen if still there."""
        wanted = self._wanted if any(self._wanted) else self.row.key if self.row is not None else ("", "")
        self._wanted = ("", "")
        rows = [row for row in self._all if self._is_wanted(row)]
        self._line.setText(counts_text(rows))
        self.list.lines.show(rows)
        exact = [at for at, row in enumerate(rows) if row.key == wanted]
        alike = [at for at, row in enumerate(rows) if row.coder.id == wanted[0]]
        self.list.choose((exact or alike or [0])[0])
        self.nobody.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.detail.setVisible(bool(rows))
        self.detail.show_row(self.row)

    def _is_wanted(self, row: CohortRow) -> bool:
        course = self.course.currentData()
        if course is not None and row.course[1] != course:
            return False
        return self.who.currentIndex() == 0 or row.needs_somebody

    def _say(self, heading: str, text: str, *, courses: bool) -> None:
        for part in (self._choosing, self._body, self._room):
            part.hide()
        self._line.setText("")
        self.empty.heading.setText(heading)
        self.empty.setAccessibleName(heading)
        self.empty_text.setText(text)
        self.courses_button.setVisible(courses)
        self._nothing.show()
        (self.courses_button if courses else self.back_button).setFocus()

    def _lay_out(self) -> None:
        head = page_head(self.back_button, label(tr("All trainees"), "title"), self._line)
        head.addWidget(self.bring_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._choosing = choosing(((tr("&Course"), self.course), (tr("&Trainees"), self.who)), QWidget())
        trainees = Card(tr("Who is due first"))
        trainees.column.addWidget(self.nobody)
        trainees.column.addWidget(self.list, 1)
        trainees.column.addStretch(0)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        self._body.setHandleWidth(16)
        self._body.setProperty("role", "gap")
        for card in (trainees, self.detail):
            self._body.addWidget(card)
        self._body.setSizes([_LEFT, _RIGHT])
        self.empty.setFixedWidth(scaled(_EMPTY_PX))
        self.empty.column.addWidget(self.empty_text)
        self.empty.column.addWidget(self.courses_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._nothing = QWidget()
        middle = QHBoxLayout(self._nothing)
        middle.addStretch(1)
        middle.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignVCenter)
        middle.addStretch(1)
        self._room = QWidget()  # below the head while everybody is looked at
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._choosing)
        for part in (self._body, self._nothing, self._room):
            column.addWidget(part, 1)
        for part in (self._choosing, self._body, self._nothing):
            part.hide()


def _looked_steps(store: StudyStore, today: date | None) -> Steps[Cohort | _Damaged]:
    """Everybody; `_Damaged` where they cannot be looked at, for the page to say."""
    try:
        return (yield from cohort_steps(store, today))
    except CoderError as error:
        return _Damaged(error)
