"""The master of one clip before it is sealed: its events, and what else is right about each, beside the film."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from coder.desktop.course_making_forms import EventForm
from coder.desktop.course_making_rows import EVENT_COLUMNS, EventRow, span_text
from coder.desktop.errors import OnError
from coder.desktop.frame_viewer import FrameViewer
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.tables import Rows
from coder.desktop.walk_cells import TallTable
from coder.language import plural, tr
from coder.media import FrameIndex
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.model.training import Edge, Master
from coder.workflows.training.course_draft import DraftStep
from coder.workflows.training.master_edits import widened, with_zone

_TABLE_PX, _FILM_PX = 820, 440
_LINE = 2


class CourseMasterPage(QWidget):
    """One clip's events. keep(step) is told of every change at once. `shut` ends the film's thread."""

    def __init__(
        self,
        step: DraftStep,
        scheme: Scheme,
        film: FrameIndex,
        keep: Callable[[DraftStep], object],
        on_back: Callable[[], object],
        on_error: OnError,
    ) -> None:
        super().__init__()
        self.step, self._scheme, self._keep, self._on_error = step, scheme, keep, on_error
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.edit_button = button(tr("What is &right…"), self._ask, "primary")
        self.clear_button = button(tr("No &zones"), self._clear)
        self.table = TallTable(Rows[EventRow](EVENT_COLUMNS, self), tr("Codes of the master"))
        self.viewer = FrameViewer(tr("The clip’s film"), film, self._mark)
        self.said = label("", "muted", wrap=True)
        self._looked_at = ""
        self._lay_out()
        self.table.chosen.connect(self._look)
        self.table.opened.connect(lambda _row: self._ask())
        shortcut = QShortcut(QKeySequence("M"), self.table)
        shortcut.activated.connect(self._mark)
        self.setFocusProxy(self.table)
        self._show()
        self.table.choose(0)

    @property
    def row(self) -> EventRow | None:
        """The chosen event."""
        rows = self.table.lines.rows
        return rows[self.table.row] if 0 <= self.table.row < len(rows) else None

    def shut(self) -> None:
        """End the film's thread; may be called twice."""
        self.viewer.shut()

    def _show(self) -> None:
        chosen = max(self.table.row, 0)
        master = self.step.master
        tiers = self.step.tiers or tuple(tier.id for tier in self._scheme.tiers)
        rows = [EventRow(master, self._scheme, event) for event in master.events if event.tier in tiers]
        self.table.lines.show(rows)
        self.table.setColumnHidden(_LINE, len({row.event.tier for row in rows}) < 2)
        self.table.choose(min(chosen, len(rows) - 1))
        without = sum(not row.event.note for row in rows)
        self.said.setText(
            plural(
                "{count} code has no reason yet; trainees read reasons.",
                "{count} codes have no reason yet; trainees read reasons.",
                without,
            )
            if without
            else tr("Every code has its reason.")
        )

    def _look(self, _row: int) -> None:
        """Show the frame in which the chosen event begins; a frame that was just marked stays."""
        row = self.row
        if row is not None and row.event.id != self._looked_at:
            self._looked_at = row.event.id
            self.viewer.go_to_time(row.event.onset_us)
        for one in (self.edit_button, self.clear_button, self.viewer.mark_button):
            one.setEnabled(row is not None)

    def _ask(self) -> None:
        row = self.row
        if row is not None:
            EventForm(self.window(), self.step.master, self._scheme, row.event, self._change).open()

    def _mark(self) -> None:
        """The frame on the screen is right, too: the zone of the nearer edge reaches to it."""
        row, at_us = self.row, self.viewer.at_us
        if row is None or at_us is None:
            return
        try:
            self._change(widened(self.step.master, self._scheme, row.event.id, at_us))
        except CoderError as error:
            self._on_error(error)

    def _clear(self) -> None:
        row = self.row
        if row is not None:
            master = self.step.master
            for edge in Edge:
                master = with_zone(master, self._scheme, row.event.id, edge, None)
            self._change(master)

    def _change(self, master: Master) -> None:
        self.step = replace(self.step, master=master)
        self._keep(self.step)
        self._show()

    def _lay_out(self) -> None:
        names = {"title": self.step.title, "span": span_text(self.step.master.window)}
        line = OneLine(tr("{title}: seconds {span} of the film", **names), "muted")
        head = page_head(self.back_button, label(tr("The master"), "title"), line)
        events = Card(tr("Codes"), (self.clear_button, self.edit_button))
        events.column.addWidget(self.table, 1)
        events.column.addWidget(self.said)
        keys = tr(
            "Enter: reason, other codes that are as right, zones. Or go to a frame in which the code may begin or "
            "end as well and press M: every frame up to it is right then."
        )
        events.column.addWidget(label(keys, "muted", wrap=True))
        beside = Card(tr("The clip’s film"))
        beside.heading.hide()  # the viewer says it
        beside.column.addWidget(self.viewer, 1)
        spread = QSplitter()
        spread.setChildrenCollapsible(False)
        spread.addWidget(events)
        spread.addWidget(beside)
        spread.setStretchFactor(0, 1)
        spread.setSizes([scaled(_TABLE_PX), scaled(_FILM_PX)])
        row = QHBoxLayout()
        row.addWidget(spread, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(row, 1)
