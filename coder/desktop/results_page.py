"""The results of a pass: all that its scheme has computed from the codes, measure by measure."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.main_window import MainWindow
from coder.desktop.measure_words import part_text, said, value_text
from coder.desktop.pieces import Card, button, label, page_head
from coder.desktop.shared import Tools
from coder.desktop.tables import Column, Rows, Table
from coder.language import grouped, later, tr
from coder.model.measure import Measure
from coder.model.problem import CoderError
from coder.model.scheme import Derived
from coder.store import StudyStore
from coder.workflows.measures import Measured, export_measures, pass_measures


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One derived measure with its numbers."""

    derived: Derived
    numbers: tuple[Measure, ...]

    @property
    def defined(self) -> int:
        """How many of its numbers are defined."""
        return sum(one.value is not None for one in self.numbers)


def _defined_text(row: MeasureRow) -> str:
    return tr("{done} of {all}", done=grouped(row.defined), all=grouped(len(row.numbers)))


def _defined_tone(row: MeasureRow) -> str:
    return "muted" if not row.defined else "warning" if row.defined < len(row.numbers) else ""


MEASURE_COLUMNS: tuple[Column[MeasureRow], ...] = (
    Column(later("Measure"), lambda row: row.derived.label, tip=lambda row: row.derived.definition, wide=True),
    Column(
        later("Defined"),
        _defined_text,
        tip=lambda _row: tr("How many of its numbers have a value; the remarks say why others have none"),
        tone=_defined_tone,
        right=True,
        width_px=110,
    ),
)
NUMBER_COLUMNS: tuple[Column[Measure], ...] = (
    Column(later("Of"), part_text, tip=part_text, wide=True),
    Column(later("Value"), value_text, right=True, width_px=130),
    Column(
        later("From"),
        lambda one: grouped(one.n),
        tip=lambda _one: tr("How many events, stretches or units it was computed from"),
        right=True,
        width_px=60,
    ),
    Column(later("Remark"), lambda one: said(one.why), tip=lambda one: said(one.why), wide=True),
)


class ResultsPage(QWidget):
    """The derived measures of one pass: on the left which there are, on the right the chosen one's numbers."""

    def __init__(self, store: StudyStore, pass_id: str, tools: Tools, on_back: Callable[[], None]) -> None:
        super().__init__()
        self._store, self._pass_id, self._tools = store, pass_id, tools
        self.shown: Measured = pass_measures(store, pass_id)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.export_button = button(tr("&Export as CSV…"), self.ask_export)
        self.measures = Table(Rows[MeasureRow](MEASURE_COLUMNS, self), tr("Measures"))
        self.numbers = Table(Rows[Measure](NUMBER_COLUMNS, self), tr("Numbers of the chosen measure"))
        self._title = label("", "title")
        self._line = label("", "muted", wrap=True)
        self._definition = label("", wrap=True)
        self.remark = label("", "muted", wrap=True)
        self._none = label(tr("The scheme says nothing that is computed."), "muted")
        self._card = Card("")
        self._lay_out()
        self.measures.chosen.connect(lambda _row: self._show_numbers())
        self.numbers.chosen.connect(lambda _row: self._show_remark())
        self.measures.opened.connect(lambda _row: self.numbers.setFocus())
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)
        self.setFocusProxy(self.measures)
        self._show()

    def refresh(self) -> None:
        """Compute everything again from the pass as it is now."""
        try:
            self.shown = pass_measures(self._store, self._pass_id)
        except CoderError as error:
            self._tools.on_error(error)
            return
        self._show()

    def ask_export(self) -> None:
        """Ask for a file and write the numbers into it."""
        dialog = QFileDialog(self.window(), tr("Export results"), str(self._store.folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("CSV (*.csv)")
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(f"{self.shown.session} {self.shown.coder} {self.shown.scheme.id.name}.csv")
        dialog.fileSelected.connect(lambda file: self.export(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, file: Path) -> None:
        """Write the numbers as CSV."""
        try:
            export_measures([self.shown], file)
        except CoderError as error:
            self._tools.on_error(error)
        else:
            self._tools.strip.say(tr("The results are in {file}.", file=file.name))

    def _show(self) -> None:
        shown, before = self.shown, max(self.measures.row, 0)
        self._title.setText(tr("Results of “{session}” by {coder}", session=shown.session, coder=shown.coder))
        self._line.setText(
            tr(
                "{scheme} {version}. Short interruptions are absorbed and gaps filled as the scheme says; time "
                "that could not be coded is left out.",
                scheme=shown.scheme.title,
                version=shown.scheme.id.version,
            )
        )
        by_name: dict[str, list[Measure]] = {one.id: [] for one in shown.scheme.derived}
        for one in shown.measures:
            by_name[one.name].append(one)
        rows = [MeasureRow(derived, tuple(by_name[derived.id])) for derived in shown.scheme.derived]
        self.measures.lines.show(rows)
        self.measures.choose(min(before, len(rows) - 1))
        self.measures.setVisible(bool(rows))
        self._card.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.export_button.setEnabled(bool(rows))
        self._show_numbers()

    def _show_numbers(self) -> None:
        rows = self.measures.lines.rows
        if not 0 <= self.measures.row < len(rows):
            return
        row = rows[self.measures.row]
        assert isinstance(row, MeasureRow)
        self._card.heading.setText(row.derived.label)
        self._definition.setText(row.derived.definition)
        self.numbers.lines.show(row.numbers)
        self.numbers.choose(0)
        self._show_remark()

    def _show_remark(self) -> None:
        """The whole remark of the chosen number: a column may be too narrow for it."""
        rows = self.numbers.lines.rows
        one = rows[self.numbers.row] if 0 <= self.numbers.row < len(rows) else None
        text = f"{part_text(one)}: {said(one.why)}" if isinstance(one, Measure) and one.why else ""
        self.remark.setText(text)
        self.remark.setVisible(text != "")

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        head.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignVCenter)
        every = Card(tr("What is computed"))
        every.column.addWidget(self._none)
        every.column.addWidget(self.measures, 1)
        every.column.addStretch(0)
        self._card.column.addWidget(self._definition)
        self._card.column.addWidget(self.numbers, 1)
        self._card.column.addWidget(self.remark)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(every, 1)
        body.addWidget(self._card, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(body, 1)


class ResultsPages(QObject):
    """Whether the results of a pass are shown in the window; back leads where the person came from."""

    def __init__(self, window: MainWindow, tools: Tools) -> None:
        super().__init__(window)
        self._window, self._tools = window, tools
        self.page: ResultsPage | None = None

    def show(self, store: StudyStore, pass_id: str, back: Callable[[], None]) -> None:
        """Show the results of a pass. back: shows the page that was there before."""
        self.drop()
        try:
            self.page = ResultsPage(store, pass_id, self._tools, back)
        except CoderError as error:
            self._tools.on_error(error)
            back()
            return
        self._tools.strip.hush()
        self._window.show_page(self.page)
        self._window.name(f"{self.page.shown.session} – {self.page.shown.coder}")

    def drop(self) -> None:
        """Take the page away."""
        page, self.page = self.page, None
        if page is not None:
            self._window.drop_page(page)
