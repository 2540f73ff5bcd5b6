"""How a trainee is learning: a curve per code with its limits and what is needed, timing bias, confusions."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QSplitter, QTabWidget, QVBoxLayout, QWidget

from coder.desktop.forms import Choice
from coder.desktop.heat_grid import confusion_grid
from coder.desktop.heat_map import HeatMap
from coder.desktop.learning_plots import CURVE_COLUMNS, CurveRow, learning_plot, learning_sentence
from coder.desktop.noticed import Noticed, NoticedCard
from coder.desktop.pieces import OneLine, button, label, page_head
from coder.desktop.plot_view import PlotView
from coder.desktop.tables import Rows
from coder.desktop.walk_cells import TallTable
from coder.language import tr
from coder.training.patterns import Pattern
from coder.workflows.training.learning import Learning
from coder.workflows.training.words import pattern_words


class LearningPage(QWidget):
    """Shows one trainee's `Learning` in one course; reads, changes nothing.

    on_attempt(step id, number): the feedback on an attempt is wanted.
    """

    def __init__(
        self, learning: Learning, on_back: Callable[[], object], on_attempt: Callable[[str, int], object]
    ) -> None:
        super().__init__()
        self.learning = learning
        self._on_attempt = on_attempt
        self._all = tuple(CurveRow(one, learning.scheme) for one in learning.curves)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        there = {row.curve.tier for row in self._all}
        tiers = [(tier.label, tier.id) for tier in learning.scheme.tiers if tier.id in there]
        self.tier = Choice([(tr("All tiers"), None), *tiers])
        statistics = dict.fromkeys((row.statistic, row.curve.statistic) for row in self._all)
        self.statistic = Choice([(tr("All numbers"), None), *statistics])
        self.curves = TallTable(Rows[CurveRow](CURVE_COLUMNS, self), tr("Learning curves"))
        self.plot, self.confusion = PlotView(), HeatMap()
        self.sentence = label("", "asked", wrap=True)
        self.lines = (label("", wrap=True), label("", wrap=True))
        self.tabs = QTabWidget()
        self.noticed = NoticedCard([self._noticed(one) for one in learning.habits], self.curves.setFocus)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.curves)
        self._narrow()

    @property
    def row(self) -> CurveRow | None:
        """The chosen curve."""
        rows, at = self.curves.lines.rows, self.curves.row
        return rows[at] if 0 <= at < len(rows) else None

    def _narrow(self) -> None:
        """Show the curves that are wanted; what was chosen stays chosen if it is still there."""
        before, tier, statistic = self.row, self.tier.value, self.statistic.value
        rows = [
            row for row in self._all if tier in (None, row.curve.tier) and statistic in (None, row.curve.statistic)
        ]
        self.curves.lines.show(rows)
        self.curves.choose(rows.index(before) if before in rows else _first(rows))
        self._show()

    def _show(self) -> None:
        row = self.row
        if row is None:
            return
        self.plot.show_plot(learning_plot(row))
        self.sentence.setText(learning_sentence(row))
        mine = (one for one in self.learning.confusions if one.tier == row.curve.tier)
        table = next((one for one in mine if one.detail == row.curve.detail), None)
        self.tabs.setTabVisible(1, table is not None)
        if table is not None:
            self.confusion.show_grid(confusion_grid(row.scheme, table, tr("the master"), self.learning.coder.name))

    def _open(self, at: int) -> None:
        if self.row is not None:
            point = self.row.curve.points[at]
            self._on_attempt(point.step_id, point.number)

    def _noticed(self, habit: Pattern) -> Noticed:
        """A habit; what it leads to is the newest attempt that shows it."""
        words = pattern_words(habit, self.learning.scheme)
        if not habit.places:
            return Noticed(words)
        score = self.learning.scores[max(place.clip for place in habit.places)]
        return Noticed(words, partial(self._on_attempt, score.step_id, score.number))

    def _connect(self) -> None:
        self.curves.chosen.connect(lambda _row: self._show())
        self.curves.opened.connect(lambda _row: self.plot.setFocus())
        self.plot.opened.connect(self._open)
        self.plot.pointed.connect(self.lines[0].setText)
        self.confusion.pointed.connect(self.lines[1].setText)
        for field in (self.tier, self.statistic):
            field.activated.connect(lambda _at: self._narrow())

    def _lay_out(self) -> None:
        learning = self.learning
        title = OneLine(tr("How {coder} is learning", coder=learning.coder.name), "title")
        line = OneLine(f"{learning.taken.course.title} · {learning.scheme.title}", "muted")
        filters = QHBoxLayout()
        for field, name in ((self.tier, tr("Tier")), (self.statistic, tr("Number"))):
            field.setAccessibleName(name)
            field.setToolTip(name)
            filters.addWidget(field)
        filters.addStretch(1)
        left = QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, 8, 0)
        beside.addLayout(filters)
        beside.addWidget(self.curves, 1)
        self.tabs.addTab(_page(self.sentence, self.plot, self.lines[0]), tr("C&urve"))
        self.tabs.addTab(_page(self.confusion, self.lines[1]), tr("&Confusions, all attempts"))
        bar = self.tabs.tabBar()
        for named in (self.tabs, bar):
            if named is not None:
                named.setAccessibleName(tr("The chosen curve"))
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setProperty("role", "gap")
        for part in (left, self.tabs):
            whole.addWidget(part)
        whole.setSizes([660, 660])
        self.empty = label(
            tr("Nothing can be shown yet. A curve begins with the first attempt that is submitted."),
            "muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        column.addLayout(page_head(self.back_button, title, line))
        column.addWidget(self.empty, int(not self._all), Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.noticed)
        self.noticed.setVisible(bool(learning.habits))
        column.addWidget(whole, 1)
        self.empty.setVisible(not self._all)
        whole.setVisible(bool(self._all))


def _first(rows: Sequence[CurveRow]) -> int:
    """The curve to look at first: one that is not there yet, else one of which something is asked."""
    reached = [row.curve.reached for row in rows]
    asked = [row.curve.criterion is not None for row in rows]
    return reached.index(False) if False in reached else asked.index(True) if True in asked else 0


def _page(*parts: QWidget) -> QWidget:
    """Parts below each other; the chart has what room is left."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(6)
    for part in parts:
        column.addWidget(part, 1 if isinstance(part, PlotView | HeatMap) else 0)
    return page
