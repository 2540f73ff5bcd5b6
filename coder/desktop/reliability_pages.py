"""The supervisor's pages: the desk of reliability, evidence, the walk, and the assignments."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QMenu, QWidget

from coder.desktop.assignments_page import AssignmentsPage
from coder.desktop.evidence_page import EvidencePage, EvidenceWishes
from coder.desktop.evidence_work import Chosen
from coder.desktop.film_watch import FilmWatch
from coder.desktop.main_window import MainWindow
from coder.desktop.reliability_page import DeskWishes, ReliabilityPage
from coder.desktop.reliability_work import Behind, moments_steps
from coder.desktop.report_actions import ReportActions
from coder.desktop.strip import Task
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage
from coder.desktop.walk_page import WalkPage
from coder.language import plural, tr
from coder.model.agreement import Agreement
from coder.model.problem import CoderError
from coder.workflows.comparison import Pair
from coder.workflows.evidence import SessionEvidence
from coder.workflows.review import review


class Supervised(StrEnum):
    """What a supervisor may ask for from anywhere in a study."""

    DESK = "desk"
    ASSIGNMENTS = "assignments"
    WALK = "walk"
    EVIDENCE = "evidence"
    REPORT = "report"
    AGENDA = "agenda"


class ReliabilityPages(QObject):
    """Belongs to a study's page. back: shows the study again. The pages go once another page is shown."""

    def __init__(
        self, window: MainWindow, actions: StudyActions, study: StudyPage, back: Callable[[], object]
    ) -> None:
        super().__init__(study)
        self._window, self._actions, self._back = window, actions, back
        self.desk: ReliabilityPage | None = None
        self.walk: WalkPage | None = None
        self.assignments: AssignmentsPage | None = None
        self.evidence: EvidencePage | None = None
        self._study = study
        self._pair: Pair | None = None
        self._looked: tuple[str, str] | None = None  # the passes that are walked, by id; "" for none
        self._outdated = False  # the desk shows the study as it was before somebody was assigned
        self._papers = ReportActions(actions.store, actions.tools, window)
        actions.supervise_wanted.connect(lambda what: self.open(Supervised(what)))
        actions.closing.connect(self.drop)
        actions.films.relinked.connect(self._relay_walk)
        window.pages.currentChanged.connect(self._left)

    def open(self, what: Supervised) -> None:
        """Show a page from wherever the person is; what is on the bench is saved and put away."""
        if what is Supervised.REPORT:
            self._papers.report()
        elif what is Supervised.AGENDA:
            self._papers.agenda()
        elif not self._mine():
            session = self._study.session
            self._back()
            self._show_one(what, session.session.id if session is not None else "")
        else:
            self._show_one(what)

    def _show_one(self, what: Supervised, session_id: str = "") -> None:
        if what is Supervised.ASSIGNMENTS:
            self.show_assignments()
            return
        if what is Supervised.EVIDENCE:
            self.show_evidence(session_id)
            return
        self.show()
        if self.desk is not None and what is Supervised.WALK:
            self.desk.walk_when_compared()

    def show(self) -> None:
        """Show the desk of reliability."""
        if self.desk is None:
            wishes = DeskWishes(
                self._back,
                self.show_walk,
                self.show_moments,
                self.show_assignments,
                self._papers.report,
                self._papers.agenda,
            )
            self.desk = ReliabilityPage(self._actions.store, self._actions.tools, wishes)
        self._show_page(self.desk, tr("Reliability"))
        self._drop_asides()

    def show_assignments(self) -> None:
        """Show who codes what; back leads to the desk if it was there, else to the study."""
        if self.assignments is not None:
            return
        try:
            page = AssignmentsPage(self._actions.store, self._actions.tools, self._from_assignments)
        except CoderError as error:
            self._actions.tools.on_error(error)
            return
        page.pass_wanted.connect(self._actions.pass_wanted)
        page.changed.connect(self._actions.changed)
        page.changed.connect(self._outdate)
        self.assignments = page
        self._show_page(page, tr("Assignments"))
        self._drop_walk()

    def show_evidence(self, session_id: str = "") -> None:
        """Show the page of evidence; back leads to the desk if it was there, else to the study."""
        if self.evidence is None:
            wishes = EvidenceWishes(self._from_evidence, self._measure, self._review)
            self.evidence = EvidencePage(self._actions.store, self._actions.tools, wishes, session_id)
            self._actions.changed.connect(self.evidence.refresh)  # what has been measured meanwhile
        self._show_page(self.evidence, tr("Evidence"))
        self._drop_walk()
        self._drop_assignments()

    def show_walk(self, pair: Pair, behind: Behind | None = None, tier: str = "") -> None:
        """Walk the differences of two passes. behind: only those at these moments, on one tier."""
        page = self._show_review(pair.pass_a.header.id, pair.pass_b.header.id)
        if page is not None:
            self._pair = pair
            self._drop_evidence()
            if behind is not None:
                page.show_moments(behind.spans, tier)

    def _review(self, session: SessionEvidence, chosen: Chosen) -> None:
        """What evidence asks in a session: of the chosen coder's pass, else of the first two."""
        mine = [one for one in session.passes if one.scheme.id == chosen.scheme_id]
        mine = [one for one in mine if chosen.coder in ("", one.coder.name)]
        ids = [one.coding.header.id for one in mine][: 1 if chosen.coder else 2]
        page = self._show_review(*ids)
        if page is not None:
            self._pair = None
            page.show_evidence()

    def _show_review(self, pass_a: str, pass_b: str = "") -> WalkPage | None:
        store, tools = self._actions.store, self._actions.tools
        try:
            found = review(store, pass_a, pass_b)
            page = WalkPage(found, store, tools, self._walked)
        except CoderError as error:
            tools.on_error(error)
            return None
        self._drop_walk()
        self._drop_assignments()
        page.watch_films(FilmWatch(self._actions.films, found.session), self._actions.films)
        page.consensus_wanted.connect(self._actions.pass_wanted)
        self.walk, self._looked = page, (pass_a, pass_b)
        tools.strip.hush()
        self._show_page(page, f"{found.session.name} – {' / '.join(one.name for one in found.coders)}")
        return page

    def _measure(self, session_id: str) -> None:
        """Ask which sessions are to be measured: this one is chosen, else all that were not measured yet."""
        rows = self._study.shown.sessions
        missing = [row.session.id for row in rows if row.measured is None] or [row.session.id for row in rows]
        self._actions.measuring.ask([session_id] if session_id else missing)

    def show_moments(self, pairs: tuple[Pair, ...], one: Agreement, code_a: str, code_b: str) -> None:
        """Walk the moments behind a cell of a confusion table; where several sessions have some, ask which."""
        strip = self._actions.tools.strip
        if code_a == code_b:
            strip.say(tr("Both coders say the same there, so there is nothing to settle."))
            return

        def found(behind: tuple[Behind, ...]) -> None:
            if not behind:
                strip.say(tr("There are no such moments any more; F5 compares again."))
            elif len(behind) == 1:
                self.show_walk(behind[0].pair, behind[0], one.tier)
            elif self.desk is not None:
                self._ask_session(behind, one.tier, self.desk.detail.confusion)

        title = tr("Looking for the moments")
        strip.follow(Task(title, lambda: moments_steps(pairs, one, code_a, code_b), found, "", quiet=True))

    def drop(self) -> None:
        """Take all pages away."""
        self._drop_asides()
        desk, self.desk = self.desk, None
        if desk is not None:
            desk.leave_work()
            self._window.drop_page(desk)

    def _ask_session(self, behind: Sequence[Behind], tier: str, near: QWidget) -> None:
        """A small menu at the heat map: the session with most such moments first."""
        menu = QMenu(near)
        for one in sorted(behind, key=lambda each: -len(each.spans)):
            count, session = len(one.spans), one.pair.session.name
            text = plural("{session}: {count} moment", "{session}: {count} moments", count, session=session)
            action = menu.addAction(text.replace("&", "&&"))
            if action is not None:
                action.triggered.connect(lambda _checked, one=one: self.show_walk(one.pair, one, tier))
        menu.setAccessibleName(tr("In which session?"))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(near.mapToGlobal(near.rect().center()))
        menu.setActiveAction(menu.actions()[0])

    def _walked(self) -> None:
        """Back from a walk: what was settled there is counted."""
        pair = self._pair
        if pair is None and self.evidence is not None:
            self.evidence.refresh()
            self.show_evidence()
            return
        self.show()
        if self.desk is not None and pair is not None:
            self.desk.settled(pair)

    def _from_evidence(self) -> None:
        if self.desk is None:
            self._back()
        else:
            self.show()

    def _from_assignments(self) -> None:
        if self.desk is None:
            self._back()
            return
        self.show()
        if self._outdated:
            self._outdated = False
            self.desk.refresh()

    def _outdate(self) -> None:
        """Whoever is assigned or withdrawn changes what is blind, and so what may be compared."""
        self._outdated = True

    def _show_page(self, page: QWidget, name: str) -> None:
        self._window.show_page(page)
        self._window.name(name)

    def _mine(self) -> list[QWidget]:
        pages = (self.desk, self.walk, self.assignments, self.evidence)
        return [page for page in pages if page is not None]

    def _left(self) -> None:
        mine = self._mine()
        if mine and self._window.pages.currentWidget() not in mine:
            self.drop()

    def _relay_walk(self) -> None:
        """A film lies elsewhere now: the walk is begun anew with it."""
        if self.walk is not None and self._looked is not None:
            pair = self._pair
            if pair is not None:
                self._pair = replace(pair, session=self._actions.store.session(pair.session.id))
            self._show_review(*self._looked)

    def _drop_asides(self) -> None:
        self._drop_walk()
        self._drop_assignments()
        self._drop_evidence()

    def _drop_assignments(self) -> None:
        page, self.assignments = self.assignments, None
        if page is not None:
            self._window.drop_page(page)

    def _drop_evidence(self) -> None:
        page, self.evidence = self.evidence, None
        if page is not None:
            page.leave_work()
            self._window.drop_page(page)

    def _drop_walk(self) -> None:
        page, self.walk = self.walk, None
        if page is not None:
            page.shut()
            self._window.drop_page(page)
