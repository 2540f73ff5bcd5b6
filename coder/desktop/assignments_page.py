"""Who codes what: sessions with their coders and how far these are, a second coding drawn, all by keyboard."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.assignment_forms import AssignForm, GroupForm, WithdrawForm
from coder.desktop.assignment_rows import SESSION_COLUMNS, SessionLine, lines_of
from coder.desktop.draw_form import DrawForm
from coder.desktop.forms import Choice
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.progress_card import ProgressCard
from coder.desktop.shared import Tools
from coder.desktop.tables import Rows, Table
from coder.desktop.task_card import TaskCard
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.model.study import Coder, Purpose, Session
from coder.store import StudyStore
from coder.workflows.assignments import (
    Standing,
    Task,
    assign,
    begin_assigned,
    progress,
    set_aside,
    set_groups,
    withdraw,
)
from coder.workflows.drawing import Draw, Stratum, carry_out, draw
from coder.workflows.schemes import offered_schemes

_SIDE_PX = 184  # twice this at the usual text size; it grows with the text, but less


class AssignmentsPage(QWidget):
    """Shows `standing` for one scheme at a time; the chosen sessions are kept over a refresh.

    pass_wanted(str): a pass is to be opened on the bench. changed: something was written into the study.
    """

    pass_wanted = pyqtSignal(str)
    changed = pyqtSignal()

    def __init__(self, store: StudyStore, tools: Tools, on_back: Callable[[], object]) -> None:
        """Raises CoderError if the study cannot be read."""
        super().__init__()
        self._store, self._tools = store, tools
        self._schemes: tuple[Scheme, ...] = offered_schemes(store)
        self._coders: tuple[Coder, ...] = store.coders()
        self._sessions: tuple[Session, ...] = store.sessions()
        self.standing: Standing = progress(store)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.draw_button = button(tr("&Draw a second coding…"), self._ask_draw)
        self.assign_button = button(tr("&Assign…"), self._ask_assign, "primary")
        self.group_button = button(tr("&Group…"), self._ask_group)
        self.scheme = Choice[str](
            [(one.title, one.id.name) for one in self._schemes], _most_used(self.standing, self._schemes)
        )
        self.scheme.setAccessibleName(tr("Scheme"))
        self.table = Table(Rows[SessionLine](SESSION_COLUMNS, self), tr("Sessions and who codes them"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.empty = label("", "muted", wrap=True)
        self.task = TaskCard(self._open, self._ask_withdraw)
        self.progress = ProgressCard()
        self._title = OneLine(tr("Who codes what"), "title")
        self._line = OneLine("", "muted")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self._show()

    @property
    def scheme_name(self) -> str:
        """The scheme whose coding is shown."""
        return self.scheme.value

    @property
    def chosen(self) -> tuple[SessionLine, ...]:
        """The chosen sessions, in the order of the table."""
        selection = self.table.selectionModel()
        rows = sorted(index.row() for index in selection.selectedRows()) if selection is not None else []
        return tuple(self._rows.rows[row] for row in rows if row < len(self._rows.rows))

    def refresh(self) -> None:
        """Read the study again."""
        try:
            self._coders, self._sessions = self._store.coders(), self._store.sessions()
            self.standing = progress(self._store)
        except CoderError as error:
            self._tools.on_error(error)
            return
        self._show()

    @property
    def _rows(self) -> Rows[SessionLine]:
        return self.table.lines

    def _show(self) -> None:
        before, at = {line.session.id for line in self.chosen}, max(self.table.row, 0)
        lines = lines_of(self._sessions, self.standing, self.scheme_name)
        self._rows.show(lines)
        self.table.choose(min(at, len(lines) - 1))
        selection = self.table.selectionModel()
        if selection is not None:
            rows = selection.SelectionFlag.Rows | selection.SelectionFlag.Select
            for row, line in enumerate(lines):
                if line.session.id in before:
                    selection.select(self._rows.index(row, 0), rows)
        self.empty.setText(self._why_empty())
        self.empty.setVisible(bool(self.empty.text()))
        self.table.setVisible(bool(lines))
        self._line.setText(_line(lines))
        self.progress.show_standing(self.standing)
        self._show_chosen()

    def _why_empty(self) -> str:
        if not self._sessions:
            return tr("The study has no sessions yet. Add one on the page of the study.")
        if not self._coders:
            return tr("The study has no coders yet. Add one on the page of the study.")
        if self._store.readonly:
            return tr("The study is open for reading only, so nothing can be assigned here.")
        return ""

    def _show_chosen(self) -> None:
        can, chosen = not self._store.readonly and bool(self._coders), self.chosen
        self.assign_button.setEnabled(can and bool(chosen))
        self.group_button.setEnabled(not self._store.readonly and bool(chosen))
        self.draw_button.setEnabled(can and bool(self._sessions))
        row = self.table.row
        line = self._rows.rows[row] if 0 <= row < len(self._rows.rows) else None
        self.task.show_line(line, can_change=not self._store.readonly)

    def _ask_assign(self) -> None:
        sessions = [line.session for line in self.chosen]
        taken = all(line.main for line in self.chosen)

        def write(coder_id: str, purpose: Purpose) -> None:
            made = assign(self._store, [one.id for one in sessions], coder_id, self.scheme_name, purpose)
            self._written(
                plural(
                    "{count} session is assigned to {coder}.",
                    "{count} sessions are assigned to {coder}.",
                    len(made),
                    coder=self._store.coder(coder_id).name,
                )
            )

        purpose = Purpose.RELIABILITY if taken else Purpose.MAIN
        AssignForm(self.window(), sessions, self.scheme.currentText(), self._coders, write, purpose=purpose).open()

    def _ask_group(self) -> None:
        sessions = [line.session for line in self.chosen]

        def write(group: str) -> None:
            name = set_groups(self._store, [one.id for one in sessions], group)
            self._written(tr("In the group “{group}” now.", group=name) if name else tr("In no group now."))

        groups = sorted({session.group for session in self._sessions} - {""})
        GroupForm(self.window(), sessions, groups, write).open()

    def _ask_draw(self) -> None:
        def preview(share: Fraction, coders: Sequence[str], seed: int, within: Sequence[Stratum]) -> Draw:
            return draw(self._store, self.scheme_name, share, coders, seed, within)

        def write(found: Draw) -> None:
            made = carry_out(self._store, found)
            self._written(
                plural(
                    "{count} session is to be coded a second time: {words}.",
                    "{count} sessions are to be coded a second time: {words}.",
                    len(made),
                    words=found.words,
                )
            )

        DrawForm(self.window(), self.scheme.currentText(), self._coders, preview, write).open()

    def _ask_withdraw(self, task: Task) -> None:
        def write(reason: str) -> None:
            if task.assignment is not None:
                withdraw(self._store, task.assignment.id, reason)
            elif task.header is not None:
                set_aside(self._store, task.header.id, reason)
            self._written(tr("{coder} is not waited for any more.", coder=task.coder.name))

        WithdrawForm(self.window(), task, write).open()

    def _open(self, task: Task) -> None:
        try:
            header = task.header
            if header is None and task.assignment is not None:
                header = begin_assigned(self._store, task.assignment.id)
                self._written("")
        except CoderError as error:
            self._tools.on_error(error)
            return
        if header is not None:
            self.pass_wanted.emit(header.id)

    def _written(self, said: str) -> None:
        if said:
            self._tools.strip.say(said)
        self.changed.emit()
        self.refresh()

    def _connect(self) -> None:
        self.scheme.currentIndexChanged.connect(lambda _at: self._show())
        self.table.opened.connect(lambda _row: self.task.setFocus())
        selection = self.table.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(lambda *_: self._show_chosen())
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        head.addWidget(self.scheme, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.draw_button, 0, Qt.AlignmentFlag.AlignVCenter)
        sessions = Card(tr("Sessions"), (self.group_button, self.assign_button))
        sessions.column.addWidget(self.empty)
        sessions.column.addWidget(self.table, 1)
        keys = tr("Shift and the arrow keys choose several, Ctrl+A all. Enter goes to who codes the session.")
        sessions.column.addWidget(label(keys, "muted", wrap=True))
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self.task, 3)
        side.addWidget(self.progress, 4)
        for one in (self.task, self.progress):
            one.setFixedWidth(_SIDE_PX + scaled(_SIDE_PX))
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(sessions, 1)
        body.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(body, 1)


def _most_used(standing: Standing, schemes: Sequence[Scheme]) -> str | None:
    """The scheme that most is to be coded with; the first one in a study that is not under way."""
    names = [task.scheme.name for task in standing.tasks]
    return max((one.id.name for one in schemes), key=names.count, default=None)


def _line(lines: Sequence[SessionLine]) -> str:
    """`12 of 35 sessions are coded twice`, with this scheme."""
    double = sum(len({task.coder.id for task in line.tasks}) > 1 for line in lines)
    return plural(
        "{double} of {count} session is to be coded twice with this scheme.",
        "{double} of {count} sessions are to be coded twice with this scheme.",
        len(lines),
        double=double,
    )
