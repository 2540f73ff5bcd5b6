"""Who codes the chosen session, and what can be done about it: begin, open, withdraw."""

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent

from coder.desktop.assignment_rows import TASK_COLUMNS, SessionLine, origin_text
from coder.desktop.pieces import Card, button, label
from coder.desktop.tables import Rows, Table
from coder.language import tr
from coder.workflows.assignments import Task, TaskState


class TaskTable(Table):
    """The coders of a session; Enter begins or opens, Delete withdraws."""

    removed = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Delete withdraws, all other keys as in every table."""
        if event is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class TaskCard(Card):
    """The tasks of one session. open_task: begin or open its pass. withdraw: ask why it is taken back."""

    def __init__(self, open_task: Callable[[Task], None], withdraw: Callable[[Task], None]) -> None:
        self.open_button = button(tr("&Open pass"), self._open)
        self.withdraw_button = button(tr("&Withdraw…"), self._withdraw)
        super().__init__(tr("Coders"), (self.withdraw_button, self.open_button))
        self._open_task, self._withdraw_task = open_task, withdraw
        self._can_change = True
        self.table = TaskTable(Rows[Task](TASK_COLUMNS, self), tr("Who codes the chosen session"))
        self.remark = label("", "muted", wrap=True)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.remark)
        self.column.addStretch(0)
        self.table.chosen.connect(lambda _row: self._show_task())
        self.table.opened.connect(lambda _row: self._open())
        self.table.removed.connect(self._withdraw)
        self.setFocusProxy(self.table)
        self._line: SessionLine | None = None

    @property
    def task(self) -> Task | None:
        """The chosen one."""
        rows = self._rows.rows
        return rows[self.table.row] if 0 <= self.table.row < len(rows) else None

    def show_line(self, line: SessionLine | None, *, can_change: bool) -> None:
        """Show who codes a session; of the same session the chosen coder stays chosen."""
        before = self.table.row if line and self._line and line.session.id == self._line.session.id else 0
        self._line, self._can_change = line, can_change
        tasks = line.tasks if line is not None else ()
        self.heading.setText(line.session.name if line is not None else tr("Coders"))
        self._rows.show(tasks)
        self.table.choose(min(max(before, 0), len(tasks) - 1))
        self.table.setVisible(bool(tasks))
        self._show_task()

    @property
    def _rows(self) -> Rows[Task]:
        return self.table.lines

    def _show_task(self) -> None:
        task, line = self.task, self._line
        begun = task is not None and task.header is not None
        submitted = task is not None and task.state is TaskState.SUBMITTED
        self.open_button.setText(
            tr("L&ook at pass") if submitted else tr("&Open pass") if begun else tr("Begin &coding")
        )
        self.open_button.setEnabled(task is not None and (begun or self._can_change))
        self.withdraw_button.setEnabled(
            self._can_change and task is not None and (task.assignment is not None or not submitted)
        )
        said = []
        if task is None:
            said.append(tr("Nobody is to code this session with this scheme yet.") if line is not None else "")
        else:
            said.append(origin_text(task))
        if line is not None and line.waits:
            said.append(tr("Blind until all have submitted; missing: {names}.", names=", ".join(line.waits)))
        self.remark.setText(" ".join(said))

    def _open(self) -> None:
        if self.task is not None and self.open_button.isEnabled():
            self._open_task(self.task)

    def _withdraw(self) -> None:
        if self.task is not None and self.withdraw_button.isEnabled():
            self._withdraw_task(self.task)
