"""The page of evidence: how much could be seen, what rules found beside the codes, and the way to the film."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from coder.desktop.agreement_table import LowTable
from coder.desktop.evidence_cards import Nothing
from coder.desktop.evidence_detail import EvidenceDetail
from coder.desktop.evidence_tables import SEEN_COLUMNS, RulesTable
from coder.desktop.evidence_words import seen_sentence
from coder.desktop.evidence_work import (
    Chosen,
    Damaged,
    SeenRow,
    coders_in,
    looked_steps,
    rule_rows,
    schemes_in,
    seen_rows,
)
from coder.desktop.forms import Chooser
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.reliability_cards import Waiting, choosing
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.desktop.tables import Rows
from coder.language import plural, tr
from coder.store import StudyStore
from coder.workflows.evidence import SessionEvidence, StudyEvidence

_LEFT, _RIGHT = 620, 640


@dataclass(frozen=True)
class EvidenceWishes:
    """What the page may ask for.

    leave: go back. measure: measure pictures, of the session of this id, "" for any. review: look at the questions
    of a session, and of one coder's pass alone if one is named.
    """

    leave: Callable[[], object]
    measure: Callable[[str], object]
    review: Callable[[SessionEvidence, Chosen], object]


class EvidencePage(QWidget):
    """Reads the study when it is shown; F5 does it again. What is chosen stays chosen.

    session_id: what is looked at first, "" for all.
    """

    def __init__(self, store: StudyStore, tools: Tools, wishes: EvidenceWishes, session_id: str = "") -> None:
        super().__init__()
        self._store, self._tools, self._wishes = store, tools, wishes
        self.evidence: StudyEvidence | None = None
        self._task: Task | None = None
        self._wanted = session_id  # to be looked at once the study is read
        self._title = OneLine(tr("Evidence"), "title")
        self._line = OneLine("", "muted")
        self.back_button = button(tr("← &Back"), wishes.leave, "quiet")
        self.review_button = button(tr("&Questions…"), self.review, "primary")
        self.measure_button = button(tr("Meas&ure…"), lambda: wishes.measure(self.session_id))
        self.misses_button = button(tr("&What features miss"), self._show_misses)
        self.scheme, self.coder = Chooser(), Chooser()
        self.seen = LowTable(Rows[SeenRow](SEEN_COLUMNS, self), tr("What could be seen, session by session"))
        self.seen_line = label("", wrap=True)
        self.rules = RulesTable(tr("What the rules found, code by code"))
        self.detail = EvidenceDetail()
        self.nothing = Nothing(lambda: wishes.measure(""))
        self.waiting = Waiting()
        self.waiting_button = button("", lambda: None, "quiet")
        self.waiting_button.setCheckable(True)
        self._room = QWidget()  # below the head while the study is read
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.seen)
        self.refresh()

    @property
    def chosen(self) -> Chosen | None:
        """What is looked at."""
        scheme_id = self.scheme.currentData()
        return None if scheme_id is None else Chosen(scheme_id, self.session_id, self.coder.currentData() or "")

    @property
    def session(self) -> SessionEvidence | None:
        """The chosen session; None for all."""
        rows = self.seen.lines.rows
        row = rows[self.seen.row] if 0 <= self.seen.row < len(rows) else None
        return row.session if isinstance(row, SeenRow) else None

    @property
    def session_id(self) -> str:
        """The same, by id; "" for all."""
        return self.session.session.id if self.session is not None else ""

    def refresh(self) -> None:
        """Read the study again as it is now."""
        self.leave_work()
        self._task = Task(
            tr("Reading the evidence"),
            lambda: looked_steps(self._store),
            self._show_found,
            tr("Reading was stopped; F5 begins it again."),
            quiet=True,
        )
        self._tools.strip.follow(self._task)

    def leave_work(self) -> None:
        """End what is being read: nobody waits for it any more."""
        if self._task is not None:
            self._tools.strip.forget(self._task)

    def choose_session(self, session_id: str) -> None:
        """Look at one session, if it is there."""
        rows = [row.session.session.id if row.session else "" for row in self.seen.lines.rows]
        if session_id in rows:
            self.seen.choose(rows.index(session_id))

    def review(self) -> None:
        """Look at the questions of the chosen session; of all sessions, at those of the one with most of them."""
        chosen = self.chosen
        rows = [row for row in self.seen.lines.rows if isinstance(row, SeenRow) and row.session is not None]
        if chosen is None or not rows:
            return
        session = self.session or max(rows, key=lambda row: row.asked).session
        if session is not None:
            self._wishes.review(session, chosen)

    def _show_found(self, found: StudyEvidence | Damaged) -> None:
        self._task = None
        self._room.hide()
        if isinstance(found, Damaged):
            self.evidence = None
            self._show_nothing()
            self.nothing.show_damaged(found.error.problems)
            self.nothing.take_focus(self.back_button)
            return
        before = self.scheme.currentData(), self._wanted or self.session_id
        self.evidence, self._wanted = found, ""
        self.scheme.clear()
        for scheme in schemes_in(found):
            self.scheme.addItem(f"{scheme.title} {scheme.id.version}", scheme.id)
        ids = [self.scheme.itemData(at) for at in range(self.scheme.count())]
        self.scheme.setCurrentIndex(ids.index(before[0]) if before[0] in ids else 0)
        self._show_remarks(found)
        if not found.schemes:
            self._show_nothing()
            self.nothing.show_why(found)
            self.nothing.take_focus(self.back_button)
            return
        self.nothing.hide()
        self._body.show()
        self._choosing.show()
        self._fill_coders()
        self._show_seen(before[1])

    def _show_nothing(self) -> None:
        for part in (self._body, self._choosing, self.waiting):
            part.hide()
        self._line.setText(tr("Nothing can be shown yet."))
        self.review_button.setEnabled(False)
        self.misses_button.setEnabled(False)
        self.nothing.show()

    def _fill_coders(self) -> None:
        before, scheme_id = self.coder.currentText(), self.scheme.currentData()
        self.coder.clear()
        names = coders_in(self.evidence, scheme_id) if self.evidence is not None and scheme_id else ()
        if len(names) != 1:
            self.coder.addItem(tr("All coders"), "")
        for name in names:
            self.coder.addItem(name, name)
        self.coder.setCurrentIndex(max(self.coder.findText(before), 0))

    def _scheme_chosen(self) -> None:
        self._fill_coders()
        self._show_seen(self.session_id)

    def _show_seen(self, session_id: str = "") -> None:
        """The sessions of the choice; the chosen one stays, where it is still there."""
        chosen = self.chosen
        if self.evidence is None or chosen is None:
            return
        rows = seen_rows(self.evidence, chosen)
        self.seen.lines.show(rows)
        self.seen.choose(0)
        self.choose_session(session_id)
        count = sum(row.session is not None for row in rows)
        sessions = plural("{count} measured session", "{count} measured sessions", count)
        asked = plural("{count} open question", "{count} open questions", rows[0].asked if rows else 0)
        self._line.setText(f"{sessions} · {asked}")
        self._show_rules()

    def _show_rules(self) -> None:
        chosen, before = self.chosen, self.rules.chosen_row
        rows = self.seen.lines.rows
        if self.evidence is None or chosen is None or not 0 <= self.seen.row < len(rows):
            return
        row = rows[self.seen.row]
        assert isinstance(row, SeenRow)
        self.seen_line.setText(seen_sentence(row))
        self.seen_line.setProperty("role", "asked" if row.silent else "muted")
        style = self.seen_line.style()
        if style is not None:
            style.polish(self.seen_line)
        found = rule_rows(self.evidence, chosen)
        self.rules.lines.show(found)
        keys = [(one.sum.tier, one.sum.code, one.sum.rule) for one in found]
        wanted = (before.sum.tier, before.sum.code, before.sum.rule) if before is not None else None
        self.rules.choose(keys.index(wanted) if wanted in keys else 0)
        self.rules.setVisible(bool(found))
        self._no_rules.setVisible(not found)
        self.detail.setVisible(bool(found))
        self.review_button.setEnabled(True)
        self.misses_button.setEnabled(bool(found))
        self._show_rule()

    def _show_rule(self) -> None:
        if self.evidence is not None and self.chosen is not None:
            self.detail.show_rule(self.evidence, self.chosen, self.rules.chosen_row)

    def _show_misses(self) -> None:
        self.detail.show_misses()

    def _show_remarks(self, found: StudyEvidence) -> None:
        texts = [str(one) for one in (*found.withheld, *found.damaged)]
        if found.unmeasured:
            texts.append(tr("Not measured: {sessions}.", sessions=", ".join(found.unmeasured)))
        self.waiting.show_remarks(texts)
        self.waiting_button.setText(plural("{count} remar&k", "{count} remar&ks", len(texts)))
        self.waiting_button.setVisible(bool(texts))
        self.waiting.setVisible(self.waiting_button.isChecked() and bool(texts))

    def _connect(self) -> None:
        self.scheme.activated.connect(lambda _at: self._scheme_chosen())
        self.coder.activated.connect(lambda _at: self._show_seen(self.session_id))
        self.seen.chosen.connect(lambda _row: self._show_rules())
        self.seen.opened.connect(lambda _row: self.review())
        self.rules.chosen.connect(lambda _row: self._show_rule())
        self.rules.opened.connect(lambda _row: self.detail.enter())
        self.waiting_button.toggled.connect(lambda on: self.waiting.setVisible(on and self.waiting.told))
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        for one in (self.misses_button, self.measure_button, self.review_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        self._choosing = choosing(((tr("Sch&eme"), self.scheme), (tr("Code&r"), self.coder)), self.waiting_button)
        coverage = Card(tr("What could be seen"))
        coverage.column.addWidget(self.seen, 1)
        coverage.column.addWidget(self.seen_line)
        self._no_rules = label(
            tr("The scheme has no rules of evidence, so nothing is compared."), "muted", wrap=True
        )
        found = Card(tr("What was found beside the codes"))
        found.column.addWidget(self._no_rules)
        found.column.addWidget(self.rules, 1)
        left = QSplitter(Qt.Orientation.Vertical)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        both: tuple[tuple[QSplitter, tuple[QWidget, ...]], ...]
        both = ((left, (coverage, found)), (self._body, (left, self.detail)))
        for splitter, cards in both:
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(16)
            splitter.setProperty("role", "gap")
            for card in cards:
                splitter.addWidget(card)
        left.setSizes([240, 340])
        self._body.setSizes([_LEFT, _RIGHT])
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._choosing)
        column.addWidget(self.waiting)
        column.addWidget(self._body, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(self._room, 1)
        for part in (self._choosing, self.waiting, self._body, self.nothing):
            part.hide()
        for one in (self.review_button, self.misses_button):
            one.setEnabled(False)  # until there is something to look at
