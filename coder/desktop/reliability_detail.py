"""What stands beside the table of agreement: the chosen line's sessions, confusions, charts, all its numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coder.desktop.agreement_table import LowTable
from coder.desktop.forms import Chooser
from coder.desktop.heat_grid import confusion_grid
from coder.desktop.heat_map import HeatMap
from coder.desktop.pieces import Card, label
from coder.desktop.plot_view import PlotView
from coder.desktop.reliability_lists import (
    NUMBER_COLUMNS,
    SESSION_COLUMNS,
    NumberRow,
    SessionRow,
    counts_text,
    remark,
    session_rows,
)
from coder.desktop.reliability_plots import (
    curve_plot,
    curve_sentence,
    differences_plot,
    differences_sentence,
    drift_plot,
    drift_sentence,
    like_of,
    several_grid,
    several_sentence,
)
from coder.desktop.reliability_rows import AgreementRow, Depth, all_numbers, detail_label, table_of
from coder.desktop.reliability_texts import sentence
from coder.desktop.reliability_words import statistic_name
from coder.desktop.reliability_work import Charts
from coder.desktop.tables import Rows
from coder.language import tr
from coder.model.agreement import Agreement, Drift
from coder.model.scheme import Scheme
from coder.model.statistic import BIAS
from coder.workflows.comparison import Pair


@dataclass(frozen=True)
class DetailWishes:
    """What the charts may ask for.

    walk: two passes are to be walked. moments: those behind a cell of a table. choose: two coders, by name, are to
    be looked at alone.
    """

    walk: Callable[[Pair], object]
    moments: Callable[[Agreement, str, str], object]
    choose: Callable[[str, str], object]


@dataclass(frozen=True)
class Shown:
    """What the charts are of. scheme: in the language that is spoken. charts: None while they are computed."""

    scheme: Scheme
    agreements: tuple[Agreement, ...]
    pairs: tuple[Pair, ...]
    coder_a: str
    coder_b: str
    charts: Charts | None


class DetailCard(Card):
    """The chosen line of the table, from all sides. Each tab is hidden where it has nothing to show."""

    def __init__(self, wishes: DetailWishes) -> None:
        super().__init__("")
        self._wishes = wishes
        self._shown: Shown | None = None
        self._row: AgreementRow | None = None
        self._table: Agreement | None = None
        self._drifts: tuple[Drift, ...] = ()
        self.sentence = label("", "", wrap=True)
        self.tabs = QTabWidget()
        self.sessions = LowTable(Rows[SessionRow](SESSION_COLUMNS, self), tr("Sessions behind the chosen line"))
        self.confusion, self.drift, self.curve = HeatMap(), PlotView(), PlotView()
        self.coders, self.values = HeatMap(), PlotView()
        self.which = Chooser()
        self.which.setAccessibleName(tr("Which statistic of which two coders over time"))
        self.numbers = LowTable(Rows[NumberRow](NUMBER_COLUMNS, self), tr("All numbers of the chosen line"))
        self.lines = {part: label("", "muted", wrap=True) for part in self._parts()}
        self._pages = {part: self._page(part) for part in self._parts()}
        self._lay_out()
        self._connect()

    def show_line(self, shown: Shown, row: AgreementRow | None) -> None:
        """Show a line of the table; None where there is none."""
        self._shown, self._row = shown, row
        if row is None:
            return
        one = row.agreement
        title = row.label if row.depth is Depth.TIER else f"{row.tier.label}: {row.label}"
        self.heading.setText(title)
        self.sentence.setText(sentence(one) if one is not None else _tier_sentence(row))
        before = self.tabs.currentWidget()
        self._show_sessions(shown, row)
        self._show_confusion(shown, row)
        self._show_drifts(shown, row)
        self._show_curve(shown, row)
        self._show_coders(shown, row)
        self._show_values(shown, row)
        self._show_numbers(shown, row)
        if before is not None and self.tabs.isTabVisible(self.tabs.indexOf(before)):
            self.tabs.setCurrentWidget(before)

    def show_sessions(self) -> None:
        """Bring the list of sessions to the front and give it the keyboard."""
        self.tabs.setCurrentWidget(self._pages[self.sessions])
        self.sessions.setFocus()

    def enter(self) -> None:
        """Give the keyboard to what is in front."""
        for part, page in self._pages.items():
            if page is self.tabs.currentWidget():
                part.setFocus()

    def _parts(self) -> tuple[QWidget, ...]:
        return (self.sessions, self.confusion, self.drift, self.curve, self.coders, self.values, self.numbers)

    def _show_sessions(self, shown: Shown, row: AgreementRow) -> None:
        walked = dict(shown.charts.walked) if shown.charts is not None else {}
        like = row.agreement or next((one for one in shown.agreements if one.tier == row.tier.id), None)
        rows = session_rows(shown.pairs, like, walked)
        self.sessions.lines.show(rows)
        self.sessions.choose(0)
        name = statistic_name(like.statistic) if like is not None else ""
        self.lines[self.sessions].setText(
            tr("Value: {statistic}, session by session. Enter walks the differences of a session.", statistic=name)
        )

    def _show_confusion(self, shown: Shown, row: AgreementRow) -> None:
        self._table = table_of(shown.agreements, row)
        self._show_tab(self.confusion, self._table is not None)
        if self._table is not None:
            self.confusion.show_grid(confusion_grid(shown.scheme, self._table, shown.coder_a, shown.coder_b))

    def _show_drifts(self, shown: Shown, row: AgreementRow) -> None:
        mine = [one for one in shown.charts.drifts if one.tier == row.tier.id] if shown.charts else []
        mine = [one for one in mine if len(one.points) > 1]
        mine.sort(key=lambda one: (one.left_at is None, one.statistic != BIAS))
        self._drifts = tuple(mine)
        before = self.which.currentText()
        self.which.clear()
        for one in mine:
            name = statistic_name(one.statistic)
            self.which.addItem(tr("{statistic}: {a} and {b}", statistic=name, a=one.coder_a, b=one.coder_b))
        self.which.setCurrentIndex(max(self.which.findText(before), 0))
        self._show_tab(self.drift, bool(mine))
        self._show_drift()

    def _show_drift(self) -> None:
        at, shown = self.which.currentIndex(), self._shown
        if shown is None or not 0 <= at < len(self._drifts):
            return
        drift = self._drifts[at]
        self.drift.show_plot(drift_plot(drift, like_of(shown.agreements, drift.tier, drift.statistic)))
        self._drift_line.setText(drift_sentence(drift))
        self._drift_line.setVisible(self._drift_line.text() != "")

    def _show_curve(self, shown: Shown, row: AgreementRow) -> None:
        curves = [one for one in shown.charts.curves if one.tier == row.tier.id] if shown.charts else []
        self._show_tab(self.curve, bool(curves))
        if curves:
            self.curve.show_plot(
                curve_plot(curves[0], like_of(shown.agreements, row.tier.id, curves[0].statistic))
            )
            self._curve_line.setText(curve_sentence(curves[0]))

    def _show_coders(self, shown: Shown, row: AgreementRow) -> None:
        found = [one for one in shown.charts.several if one.tier == row.tier.id] if shown.charts else []
        self._show_tab(self.coders, bool(found))
        if found:
            self.coders.show_grid(several_grid(found[0]))
            self._coders_line.setText(several_sentence(found[0]))

    def _show_values(self, shown: Shown, row: AgreementRow) -> None:
        mine = [row.agreement] if row.agreement is not None else []
        totals = shown.charts.totals if shown.charts is not None else ()
        code = row.agreement.code if row.agreement is not None else None
        mine += [one for one in all_numbers(shown.agreements, row) if one.code == code]
        mine += [one for one in totals if one.tier == row.tier.id and one.code == code]
        plots = ((one, differences_plot(one)) for one in mine)
        one, plot = next(((one, plot) for one, plot in plots if plot is not None), (None, None))
        self._show_tab(self.values, plot is not None)
        if one is not None and plot is not None:
            self.values.show_plot(plot)
            self._values_line.setText(differences_sentence(one))

    def _show_numbers(self, shown: Shown, row: AgreementRow) -> None:
        found = all_numbers(shown.agreements, row)
        if shown.charts is not None:
            found += all_numbers(shown.charts.totals, row)
        labels = {code.id: code.label for code in row.tier.codes}
        rows = [
            NumberRow(one, _about(shown.scheme, row, one, labels) if row.agreement is None else "")
            for one in found
        ]
        self.numbers.lines.show(rows)
        self.numbers.choose(0)

    def _number_line(self) -> None:
        rows = self.numbers.lines.rows
        row = rows[self.numbers.row] if 0 <= self.numbers.row < len(rows) else None
        if isinstance(row, NumberRow):
            told = (remark(row.agreement), counts_text(row.agreement))
            self.lines[self.numbers].setText(". ".join(part.rstrip(".") for part in told if part) + ".")

    def _open_cell(self, row: int, column: int) -> None:
        grid = self.confusion.grid
        if grid is not None and self._table is not None:
            self._wishes.moments(self._table, grid.row_ids[row], grid.column_ids[column])

    def _open_pair(self, row: int, column: int) -> None:
        if self.coders.grid is not None:
            self._wishes.choose(self.coders.grid.rows[row], self.coders.grid.columns[column])

    def _open_session(self, at: int) -> None:
        row = self.sessions.lines.rows[at]
        if isinstance(row, SessionRow):
            self._wishes.walk(row.pair)

    def _show_tab(self, part: QWidget, visible: bool) -> None:
        self.tabs.setTabVisible(self.tabs.indexOf(self._pages[part]), visible)

    def _page(self, part: QWidget) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(part, 1)
        line = self.lines[part]
        line.setMinimumHeight(2 * line.fontMetrics().lineSpacing())
        line.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(line)
        return page

    def _above(self, part: QWidget, widget: QWidget) -> None:
        layout = self._pages[part].layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)

    def _lay_out(self) -> None:
        self._drift_line = label("", "asked", wrap=True)
        self._curve_line, self._coders_line = label("", wrap=True), label("", wrap=True)
        self._values_line = label("", wrap=True)
        for chart, widget in (
            (self.drift, self._drift_line),
            (self.drift, self.which),
            (self.curve, self._curve_line),
            (self.coders, self._coders_line),
            (self.values, self._values_line),
        ):
            self._above(chart, widget)
        for part, name in zip(
            self._parts(),
            (
                tr("Sessi&ons"),
                tr("Conf&usions"),
                tr("Over &time"),
                tr("To&lerance"),
                tr("Every &pair"),
                tr("D&ifferences"),
                tr("All numbers"),
            ),
            strict=True,
        ):
            self.tabs.addTab(self._pages[part], name)
        self.tabs.setAccessibleName(tr("The chosen line from all sides"))
        bar = self.tabs.tabBar()
        if bar is not None:
            bar.setAccessibleName(self.tabs.accessibleName())
        self.column.addWidget(self.sentence)
        self.column.addWidget(self.tabs, 1)

    def _connect(self) -> None:
        for plot in (self.drift, self.curve, self.values):
            plot.pointed.connect(self.lines[plot].setText)
        for grid in (self.confusion, self.coders):
            grid.pointed.connect(self.lines[grid].setText)
        self.confusion.opened.connect(self._open_cell)
        self.coders.opened.connect(self._open_pair)
        self.sessions.opened.connect(self._open_session)
        self.drift.opened.connect(self._open_point)
        self.which.currentIndexChanged.connect(lambda _at: self._show_drift())
        self.numbers.chosen.connect(lambda _row: self._number_line())

    def _open_point(self, at: int) -> None:
        """Walk the session of a point of the drift."""
        which, shown = self.which.currentIndex(), self._shown
        if shown is None or not 0 <= which < len(self._drifts):
            return
        drift = self._drifts[which]
        names, session_id = (drift.coder_a, drift.coder_b), drift.points[at].session_id
        for pair in shown.pairs:
            if pair.session.id == session_id and (pair.coder_a.name, pair.coder_b.name) == names:
                self._wishes.walk(pair)


def _about(scheme: Scheme, row: AgreementRow, one: Agreement, labels: dict[str, str]) -> str:
    """Which part of a tier a number is about."""
    if one.detail:
        return detail_label(scheme, row.tier, one.detail)
    return labels.get(one.code, one.code) if one.code is not None else ""


def _tier_sentence(row: AgreementRow) -> str:
    return row.tier.rule or tr("Choose a line below to read its number in full.")
