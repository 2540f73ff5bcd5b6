"""The list of all that a walk asks about, with its filters, its order and how much is settled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.annotate.view.asked import CONCERN_NAMES
from coder.annotate.view.differing import KIND_NAMES
from coder.desktop.forms import Choice as Field
from coder.desktop.forms import filter_row
from coder.desktop.pieces import button, label
from coder.desktop.walk_cells import TwoLineTable
from coder.desktop.walk_rows import (
    SIDES_COLUMN,
    WALK_COLUMNS,
    Choice,
    Moments,
    Order,
    Source,
    WalkRow,
    WalkRows,
    Which,
    decided,
    kind_of,
)
from coder.language import grouped, later, plural, tr
from coder.model.disagreement import DisagreementKind
from coder.model.evidence import Concern, Question
from coder.model.scheme import Scheme
from coder.workflows.review import Decision

_SOURCE_NAMES = {
    Source.ALL: later("Colleagues and evidence"),
    Source.COLLEAGUES: later("Colleagues differ"),
    Source.EVIDENCE: later("Evidence asks"),
}
_KIND_NAMES: dict[DisagreementKind | Concern, str] = dict([*KIND_NAMES.items(), *CONCERN_NAMES.items()])
_WHICH_NAMES = {
    Which.ALL: later("Settled or not"),
    Which.OPEN: later("Not settled"),
    Which.SETTLED: later("Settled"),
}
_ORDER_NAMES = {Order.WEIGHT: later("Most time in dispute first"), Order.TIME: later("In order of time")}


class WalkList(QWidget):
    """Shows rows; chosen(WalkRow | None): another one is chosen. Changes only what `settled` tells it.

    nothing: what is said where there are no rows at all.
    """

    chosen = pyqtSignal(object)

    def __init__(self, rows: Sequence[WalkRow], scheme: Scheme, nothing: str) -> None:
        super().__init__()
        self._nothing = nothing
        self._all = list(rows)
        self._places = {row.key: n for n, row in enumerate(self._all)}
        self._done = sum(row.decided is not None for row in rows)
        self.choice = Choice()
        self._model = WalkRows(WALK_COLUMNS, self)
        self.table = TwoLineTable(self._model, tr("What is asked"), (SIDES_COLUMN,))
        there = {row.about.tier for row in rows}
        tiers = [(tier.label, tier.id) for tier in scheme.tiers if tier.id in there]
        tiers += [(tr("Computed from the codes"), "")] if "" in there else []
        kinds = [kind for kind in _KIND_NAMES if any(kind_of(row.about) is kind for row in rows)]
        self.source = Field([(tr(name), source) for source, name in _SOURCE_NAMES.items()])
        self.tier = Field([(tr("All tiers"), None), *tiers])
        self.kind = Field([(tr("All classes"), None), *((tr(_KIND_NAMES[kind]), kind) for kind in kinds)])
        self.which = Field([(tr(name), which) for which, name in _WHICH_NAMES.items()])
        self.order = Field([(tr(name), order) for order, name in _ORDER_NAMES.items()])
        self.count = label("", "muted")
        self.errors = label("", "muted")
        self.everywhere = button(tr("Show &all moments"), lambda: self.show_moments(None))
        self.empty = label("", "muted", wrap=True)
        self._lay_out()
        self._telling = True
        self.table.chosen.connect(lambda _row: self._tell())
        self._show(None)

    @property
    def row(self) -> WalkRow | None:
        """The chosen row."""
        at = self.table.row
        return self._model.rows[at] if 0 <= at < len(self._model.rows) else None

    @property
    def rows(self) -> tuple[WalkRow, ...]:
        """The rows that are shown, in order."""
        return self._model.rows

    @property
    def settled_count(self) -> int:
        """How many of all are settled."""
        return self._done

    @property
    def open_count(self) -> int:
        """How many are not."""
        return len(self._all) - self._done

    def show_moments(self, moments: Moments | None) -> None:
        """Show only what lies at some moments, e.g. of a cell of a confusion table; None: of the whole session."""
        self.choice = replace(self.choice, moments=moments)
        for field in self._filters() if moments is not None else ():
            field.setCurrentIndex(0)
        self._read_fields()
        self.table.choose(0)
        self.table.setFocus()

    def choose_key(self, key: str) -> None:
        """Choose a row; where a filter hides it, the filters are opened first."""
        if key in self._places and all(row.key != key for row in self._model.rows):
            self.choice = Choice(order=self.choice.order)
            for field in self._filters():
                field.setCurrentIndex(0)
            self._show(key)
        at = next((n for n, row in enumerate(self._model.rows) if row.key == key), -1)
        self.table.choose(at)

    def show_source(self, source: Source) -> None:
        """Show what colleagues, or evidence, ask; all of it where these ask nothing."""
        if any(replace(Choice(), source=source).takes(row) for row in self._all):
            self.source.setCurrentIndex(list(_SOURCE_NAMES).index(source))
            self._read_fields()

    def show_errors(self, wrong: int, judged: int) -> None:
        """How often the feature was found wrong so far, among what was judged; nothing while nothing was."""
        text = tr("Feature wrong: {wrong} of {judged} judged", wrong=grouped(wrong), judged=grouped(judged))
        self.errors.setText(text if judged else "")

    def step(self, by: int) -> None:
        """Choose the row below (by 1) or above (by -1)."""
        self.table.choose(self.table.row + by)

    def next_open(self) -> bool:
        """Choose the next row that is not settled, after the chosen one and round from the top; False: none is."""
        return self._go_on(self.table.row + 1)

    def settled(self, key: str, decision: Decision | None, *, go_on: bool) -> None:
        """Show what is on the disk about a row. go_on: choose the next one that is not settled."""
        place, at, shown = self._places[key], self.table.row, len(self._model.rows)
        before, after = self._all[place], decided(self._all[place], decision)
        self._all[place] = after
        self._done += (after.decided is not None) - (before.decided is not None)
        self._telling = False  # what is chosen is told once, when all is in its place
        self._model.change(after, keep=self.choice.takes(after))
        gone = len(self._model.rows) < shown
        if go_on and not self._go_on(at if gone else at + 1):
            self.table.choose(min(at, len(self._model.rows) - 1))
        self._telling = True
        self._count()
        self._tell()

    def _go_on(self, at: int) -> bool:
        rows = self._model.rows
        for n in (*range(at, len(rows)), *range(min(at, len(rows)))):
            if rows[n].decided is None:
                self.table.choose(n)
                return True
        return False

    def _tell(self) -> None:
        if self._telling:
            self.chosen.emit(self.row)

    def _read_fields(self) -> None:
        self.choice = replace(
            self.choice,
            source=self.source.value,
            tier=self.tier.value,
            kind=self.kind.value,
            which=self.which.value,
            order=self.order.value,
        )
        row = self.row
        self._show(row.key if row is not None else None)

    def _show(self, chosen: str | None) -> None:
        self._telling = False
        self._model.show(self.choice.rows(self._all))
        at = next((n for n, row in enumerate(self._model.rows) if row.key == chosen), 0)
        self.table.choose(at)
        self._telling = True
        self._count()
        self._tell()

    def _count(self) -> None:
        done, every, shown = grouped(self._done), grouped(len(self._all)), len(self._model.rows)
        text = tr("{done} of {all} settled", done=done, all=every)
        if shown != len(self._all):
            rest = plural("{count} shown", "{count} shown", shown)
            text = f"{text} · {rest}"
        self.count.setText(text)
        self.everywhere.setVisible(self.choice.moments is not None)
        self.table.setVisible(shown > 0)
        self.empty.setVisible(shown == 0)
        self.empty.setText(self._why_empty())

    def _why_empty(self) -> str:
        if not self._all:
            return self._nothing
        if self.choice.moments is not None:
            return tr("No disagreement lies at these moments: what differs there is within the tolerance.")
        if self.choice.which is Which.OPEN and self._done == len(self._all):
            return tr("Everything is settled.")
        return tr("Nothing is like this. Choose other filters.")

    def _lay_out(self) -> None:
        named = (
            (self.source, tr("Who asks")),
            (self.tier, tr("Tier")),
            (self.kind, tr("Class")),
            (self.which, tr("Settled or not")),
            (self.order, tr("Order")),
        )
        filters = filter_row(named, self._chose)
        if not 0 < self._of_evidence() < len(self._all):
            self.source.hide()
        self.everywhere.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        told = QHBoxLayout()
        told.addWidget(self.count, 1)
        told.addWidget(self.errors)
        told.addWidget(self.everywhere)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(filters)
        column.addLayout(told)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)

    def _of_evidence(self) -> int:
        return sum(isinstance(row.about, Question) for row in self._all)

    def _filters(self) -> tuple[Field[Any], ...]:
        return (self.source, self.tier, self.kind, self.which)

    def _chose(self) -> None:
        self._read_fields()
        self.table.setFocus()
