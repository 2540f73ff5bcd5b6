"""The list of all differences from the master, in order of time, with its filters."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.annotate.view.differing import KIND_NAMES
from coder.desktop.feedback_rows import (
    FEEDBACK_COLUMNS,
    SIDES_COLUMN,
    FeedbackRow,
    Narrowed,
    codes_of,
    kinds_of,
)
from coder.desktop.forms import Choice, filter_row
from coder.desktop.pieces import button, label
from coder.desktop.tables import Rows
from coder.desktop.walk_cells import TwoLineTable
from coder.desktop.walk_rows import Moments
from coder.language import plural, tr
from coder.model.scheme import Scheme
from coder.training.differences import Difference


class FeedbackList(QWidget):
    """Shows differences; chosen(Difference | None): another one is chosen. nothing: said where there are none."""

    chosen = pyqtSignal(object)

    def __init__(self, differences: Sequence[Difference], scheme: Scheme, nothing: str) -> None:
        super().__init__()
        self._all = tuple(FeedbackRow(one, scheme) for one in differences)
        self._nothing = nothing
        self._telling = True
        self.narrowed = Narrowed()
        self._model = Rows[FeedbackRow](FEEDBACK_COLUMNS, self)
        self.setAccessibleName(tr("Differences from the master"))
        self.table = TwoLineTable(self._model, self.accessibleName(), (SIDES_COLUMN,))
        codes = [(scheme.code(*code).label, code) for code in codes_of(self._all, scheme)]
        self.kind = Choice(
            [(tr("All classes"), None), *((tr(KIND_NAMES[one]), one) for one in kinds_of(self._all))]
        )
        self.code = Choice([(tr("All codes"), None), *codes])
        self.count = label("", "muted")
        self.all_button = button(tr("Show &all"), self.show_all)
        self.empty = label("", "muted", wrap=True)
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the keys of the page work where no row is, too
        self._lay_out()
        self.table.chosen.connect(lambda _row: self._tell())
        self._show()

    @property
    def difference(self) -> Difference | None:
        """The chosen one."""
        at, rows = self.table.row, self._model.rows
        return rows[at].difference if 0 <= at < len(rows) else None

    @property
    def rows(self) -> tuple[FeedbackRow, ...]:
        """The rows that are shown, in order."""
        return self._model.rows

    def step(self, by: int) -> None:
        """Choose the row below (by 1) or above (by -1)."""
        self.table.choose(self.table.row + by)

    def show_moments(self, moments: Moments) -> None:
        """Show only what lies at some moments: those behind a habit."""
        self.narrowed = Narrowed(moments=moments)
        self._show_narrowed()

    def show_all(self) -> None:
        """Show everything."""
        self.narrowed = Narrowed()
        self._show_narrowed()

    def _show_narrowed(self) -> None:
        for field in (self.kind, self.code):
            field.setCurrentIndex(0)
        self._show()
        self.setFocus()

    def _chose(self) -> None:
        self.narrowed = replace(self.narrowed, kind=self.kind.value, code=self.code.value)
        self._show()
        self.setFocus()

    def _tell(self) -> None:
        if self._telling:
            self.chosen.emit(self.difference)

    def _show(self) -> None:
        """Show what is wanted; what was chosen stays chosen if it is still there."""
        before, rows = self.difference, self.narrowed.rows(self._all)
        self._telling = False
        self._model.show(rows)
        self.table.choose(next((n for n, row in enumerate(rows) if row.difference is before), 0))
        self._telling = True
        whole = plural("{count} difference", "{count} differences", len(self._all))
        shown = plural("{count} shown", "{count} shown", len(rows))
        self.count.setVisible(bool(self._all))
        self.count.setText(whole if len(rows) == len(self._all) else f"{whole} · {shown}")
        self.all_button.setVisible(self.narrowed != Narrowed())
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.setFocusProxy(self.table if rows else self.empty)
        self.empty.setText(tr("Nothing is like this. Choose other filters.") if self._all else self._nothing)
        self._tell()

    def _lay_out(self) -> None:
        filters = filter_row(((self.kind, tr("Class")), (self.code, tr("Code"))), self._chose)
        for field in (self.kind, self.code) if not self._all else ():
            field.hide()
        self.all_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        told = QHBoxLayout()
        told.addWidget(self.count, 1)
        told.addWidget(self.all_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(filters)
        column.addLayout(told)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        column.addStretch(0)  # what there is instead of the table stands at the top
