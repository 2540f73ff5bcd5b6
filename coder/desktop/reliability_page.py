"""The supervisor's desk: how far coders agree, line by line, and the way from a number to its moments."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.desktop.agreement_table import AgreementTable
from coder.desktop.forms import Chooser
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.reliability_cards import Empty, Waiting, choosing
from coder.desktop.reliability_detail import DetailCard, DetailWishes, Shown
from coder.desktop.reliability_rows import Depth, rows_of
from coder.desktop.reliability_work import (
    Charts,
    Choice,
    charts_steps,
    ids_of,
    pairs_shown,
    pooled_for,
    walked_of,
)
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.language import plural, tr
from coder.model.agreement import Agreement
from coder.model.scheme import SchemeId
from coder.store import StudyStore
from coder.workflows.compared import agreed_with
from coder.workflows.comparison import Comparison, Pair, Pooled, compare_study_steps
from coder.workflows.scheme_languages import in_language
from coder.workflows.settled import Settled

_LEFT, _RIGHT = 560, 440  # how table and charts share the page


@dataclass(frozen=True)
class DeskWishes:
    """What the page may ask for.

    leave: go back. walk: the differences of two passes. moments: those behind a cell of a confusion table, of the
    pairs that it is made of. assignments: who codes what. report: of all schemes. agenda: of the chosen one.
    """

    leave: Callable[[], object]
    walk: Callable[[Pair], object]
    moments: Callable[[tuple[Pair, ...], Agreement, str, str], object]
    assignments: Callable[[], object]
    report: Callable[[], object]
    agenda: Callable[[SchemeId], object]


class ReliabilityPage(QWidget):
    """Compares the study when it is shown; F5 does it again. What is chosen stays chosen."""

    def __init__(self, store: StudyStore, tools: Tools, wishes: DeskWishes) -> None:
        super().__init__()
        self._store, self._tools, self._wishes = store, tools, wishes
        self.comparison: Comparison | None = None
        self.charts: Charts | None = None
        self._task: Task | None = None
        self._shown: Shown | None = None
        self._choices: list[Choice] = []
        self._walks = False  # as soon as the study is compared
        self._title = OneLine(tr("Reliability"), "title")
        self._line = OneLine("", "muted")
        self.back_button = button(tr("← &Back"), wishes.leave, "quiet")
        self.walk_button = button(tr("&Walk the disagreements…"), self.walk, "primary")
        self.assign_button = button(tr("&Assignments…"), wishes.assignments)
        self.agenda_button = button(tr("A&genda…"), self.agenda)
        self.report_button = button(tr("&Report…"), wishes.report)
        self.scheme, self.pair = Chooser(), Chooser()
        self.table = AgreementTable(tr("Agreement per tier and code"))
        self.detail = DetailCard(DetailWishes(wishes.walk, self._moments, self._choose))
        self.empty = Empty(wishes.assignments)
        self.waiting = Waiting()
        self.waiting_button = button("", lambda: None, "quiet")
        self.waiting_button.setCheckable(True)
        self._room = QWidget()  # below the head while the first comparison goes on, or was stopped
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)
        self.refresh()

    @property
    def choice(self) -> Choice | None:
        """The scheme and the coders that are looked at."""
        at = self.pair.currentIndex()
        return self._choices[at] if 0 <= at < len(self._choices) else None

    def refresh(self) -> None:
        """Compare the study again as it is now."""
        self._follow(
            Task(
                tr("Comparing the coders"),
                lambda: compare_study_steps(self._store),
                self.show_comparison,
                tr("The comparison was stopped; F5 begins it again."),
                quiet=True,
            )
        )

    def leave_work(self) -> None:
        """End what is being computed: nobody waits for it any more."""
        if self._task is not None:
            self._tools.strip.forget(self._task)

    def show_comparison(self, comparison: Comparison) -> None:
        """Show another comparison; scheme and coders stay as they were chosen, where they are still there."""
        self.comparison, self._task = comparison, None
        before = self.scheme.currentData(), self.pair.currentText()
        self._show_waiting([one.spoken for one in comparison.waiting])
        self.scheme.clear()
        for pooled in comparison.pooled:
            scheme = in_language(pooled.scheme)
            self.scheme.addItem(f"{scheme.title} {scheme.id.version}", pooled.scheme.id)
        ids = [self.scheme.itemData(at) for at in range(self.scheme.count())]
        self.scheme.setCurrentIndex(ids.index(before[0]) if before[0] in ids else 0)
        self._fill_pairs(before[1])
        self._show_what_there_is()
        if self._walks:
            self._walks = False
            self.walk()

    def show_charts(self, charts: Charts) -> None:
        """Show the charts of a choice, unless another was chosen meanwhile."""
        self._task = None
        if charts.choice == self.choice:
            self._with_charts(charts)

    def settled(self, pair: Pair) -> None:
        """Some differences of two passes were settled meanwhile: count again how many are left."""
        if self.charts is not None:
            walked = {**self.charts.walked, ids_of(pair): walked_of(Settled(self._store, pair.session.id), pair)}
            self._with_charts(replace(self.charts, walked=walked))

    def walk_when_compared(self) -> None:
        """`walk`, at once or as soon as there is something to walk."""
        self._walks = self.comparison is None
        if not self._walks:
            self.walk()

    def walk(self) -> None:
        """Walk the differences of the one session there is, or choose among several."""
        if self._shown is None:
            return
        if len(self._shown.pairs) == 1:
            self._wishes.walk(self._shown.pairs[0])
        else:
            self.detail.show_sessions()

    def agenda(self) -> None:
        """Ask for the agenda of the chosen scheme."""
        if self.choice is not None:
            self._wishes.agenda(self.choice.scheme_id)

    def _fill_pairs(self, before: str = "") -> None:
        """The choices of coders for the chosen scheme: all pairs first, where there are several."""
        scheme_id = self.scheme.currentData()
        self.pair.clear()
        self._choices = []
        if self.comparison is None or scheme_id is None:
            return
        of_two = [one for one in self.comparison.by_pair if one.scheme.id == scheme_id and one.coder_a]
        choices: list[tuple[str, Choice]] = []
        if len(of_two) != 1:
            choices.append((tr("All sessions"), Choice(scheme_id)))
        for one in of_two:
            name = tr("{a} and {b}", a=one.coder_a, b=one.coder_b)
            choices.append((name, Choice(scheme_id, one.coder_a, one.coder_b)))
        for one in agreed_with(self.comparison):
            if one.scheme.id == scheme_id:
                name = tr("Consensus and {coder}", coder=one.coder_b)
                choices.append((name, Choice(scheme_id, one.coder_a, one.coder_b, against=True)))
        self._choices = [choice for _, choice in choices]
        for name, _ in choices:
            self.pair.addItem(name)
        self.pair.setCurrentIndex(max(self.pair.findText(before), 0))

    def _scheme_chosen(self) -> None:
        if self.comparison is not None:
            self._fill_pairs(self.pair.currentText())
            self._show_what_there_is()

    def _show_what_there_is(self) -> None:
        """The table of the choice; its charts follow when they are computed."""
        choice, comparison = self.choice, self.comparison
        pooled = pooled_for(comparison, choice) if comparison is not None and choice is not None else None
        self._shown = None
        self._body.setVisible(pooled is not None)
        self._choosing.setVisible(pooled is not None)
        self.empty.setVisible(comparison is not None and pooled is None)
        self._room.setVisible(comparison is None)
        self.waiting.setVisible(self.waiting.told and (pooled is None or self.waiting_button.isChecked()))
        for one in (self.walk_button, self.report_button, self.agenda_button):
            one.setEnabled(pooled is not None)
        if comparison is None or choice is None or pooled is None:
            self._line.setText(tr("No two coders have submitted the same session yet.") if comparison else "")
            if comparison is not None:
                self.empty.button.setFocus()
            return
        self._line.setText(_summary(pooled))
        self.charts = None
        scheme, pairs = in_language(pooled.scheme), pairs_shown(comparison, choice)
        chosen = self.table.chosen_row
        self._shown = Shown(scheme, pooled.agreements, pairs, pooled.coder_a, pooled.coder_b, None)
        rows = rows_of(scheme, pooled.agreements, master=choice.against)
        self.table.show_rows(rows)
        keys = [(row.tier.id, row.depth, row.label) for row in rows]
        wanted = (chosen.tier.id, chosen.depth, chosen.label) if chosen is not None else None
        first = next((at for at, row in enumerate(rows) if row.depth is Depth.STATISTIC), 0)
        self.table.choose(keys.index(wanted) if wanted in keys else first)
        self._show_line()
        self._follow(
            Task(
                tr("Computing the charts"),
                lambda: charts_steps(self._store, comparison, choice),
                self.show_charts,
                tr("The charts were not computed; F5 begins again."),
                quiet=True,
            )
        )

    def _show_line(self) -> None:
        if self._shown is not None:
            self.detail.show_line(self._shown, self.table.chosen_row)

    def _with_charts(self, charts: Charts) -> None:
        self.charts = charts
        if self._shown is not None:
            self._shown = replace(self._shown, charts=charts)
            self._show_line()

    def _choose(self, one: str, other: str) -> None:
        """Look at two coders alone, whichever of them is A."""
        for at, choice in enumerate(self._choices):
            if not choice.against and {choice.coder_a, choice.coder_b} == {one, other}:
                self.pair.setCurrentIndex(at)
                self._show_what_there_is()

    def _moments(self, one: Agreement, code_a: str, code_b: str) -> None:
        if self._shown is not None:
            self._wishes.moments(self._shown.pairs, one, code_a, code_b)

    def _show_waiting(self, texts: list[str]) -> None:
        self.waiting.show_remarks(texts)
        self.waiting_button.setText(plural("{count} re&mark", "{count} re&marks", len(texts)))
        self.waiting_button.setVisible(bool(texts))
        self.waiting_button.setChecked(self.waiting_button.isChecked() and bool(texts))

    def _follow(self, task: Task) -> None:
        self.leave_work()
        self._task = task
        self._tools.strip.follow(task)

    def _connect(self) -> None:
        self.scheme.activated.connect(lambda _at: self._scheme_chosen())
        self.pair.activated.connect(lambda _at: self._show_what_there_is())
        self.table.chosen.connect(lambda _row: self._show_line())
        self.table.opened.connect(lambda _row: self.detail.enter())
        self.waiting_button.toggled.connect(lambda on: self.waiting.setVisible(on and self.waiting.told))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        for one in (self.assign_button, self.agenda_button, self.report_button, self.walk_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self._choosing = choosing(((tr("Sch&eme"), self.scheme), (tr("&Coders"), self.pair)), self.waiting_button)
        card = Card(tr("Agreement"))
        card.column.addWidget(self.table, 1)
        card.column.addWidget(label(_legend(), "muted", wrap=True))
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setChildrenCollapsible(False)
        self._body.setHandleWidth(16)
        self._body.setProperty("role", "gap")
        self._body.addWidget(card)
        self._body.addWidget(self.detail)
        self._body.setSizes([_LEFT, _RIGHT])
        self._body.setStretchFactor(0, _LEFT)
        self._body.setStretchFactor(1, _RIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._choosing)
        column.addWidget(self.waiting)
        column.addWidget(self._body, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self._room, 1)
        for part in (self._choosing, self.waiting, self._body, self.empty):
            part.hide()
        for one in (self.walk_button, self.report_button, self.agenda_button):
            one.setEnabled(False)  # until there is something to walk and to report


def _legend() -> str:
    return tr(
        "Green: where the scheme’s target lies. Dotted: its floor. Full dot: on target or without one; ring: "
        "below the target, or too few to say; triangle: below the floor."
    )


def _summary(pooled: Pooled) -> str:
    """`Shared Play 1.0 · 5 double-coded sessions`."""
    count = plural("{count} double-coded session", "{count} double-coded sessions", pooled.sessions)
    if pooled.coder_a and pooled.coder_b:
        who = tr("A is {a}, B is {b}", a=pooled.coder_a, b=pooled.coder_b)
    else:
        who = tr("different coders; each session counts once, with its main pass")
    return " · ".join(part for part in (count, who) if part)
