"""A study at a glance: its sessions, who coded what, what was measured, and the next thing to do."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from coder.desktop.lost_films import LostFilms
from coder.desktop.newer_row import NewerRow
from coder.desktop.pieces import Card, OneLine, button, label, page_head
from coder.desktop.remembered import as_text, from_text
from coder.desktop.study_actions import StudyActions, called
from coder.desktop.study_side import AdviceCard, CodersCard, EvidenceCard
from coder.desktop.study_tables import PASS_COLUMNS, SESSION_COLUMNS, Next, advice
from coder.desktop.tables import Rows, Table
from coder.language import later, tr
from coder.model.coding import PassStatus
from coder.model.problem import CoderError
from coder.workflows.studies import Overview, PassRow, SessionRow

_TABLES = "study-tables"
NOT_CODED = later("Nobody has coded this session yet.")
NO_SESSION = later("Passes are listed here once there is a session.")


class StudyPage(QWidget):
    """Shows an overview (`shown`) and keeps the chosen session and pass over a refresh."""

    def __init__(self, actions: StudyActions, on_back: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verbs = actions
        self.shown: Overview = actions.overview()
        self._name = OneLine("", "title")
        self._place = OneLine("", "muted")
        self.sessions = Table(Rows[SessionRow](SESSION_COLUMNS, self), tr("Sessions"))
        self.passes = Table(Rows[PassRow](PASS_COLUMNS, self), tr("Passes of the chosen session"))
        self._no_sessions = label(tr("No sessions yet."), "muted")
        self._no_passes = label("", "muted")
        self.tables = QSplitter(Qt.Orientation.Vertical)
        self.missing = LostFilms(actions.films)
        self.back_button = button(tr("← S&tudies"), on_back, "quiet")
        self.report_button = button(tr("&Write report"), actions.report)
        self.reliability_button = button(tr("Relia&bility…"), lambda: actions.supervise_wanted.emit("desk"))
        self.assign_button = button(tr("Assignments…"), lambda: actions.supervise_wanted.emit("assignments"))
        self.schemes_button = button(tr("Codin&g schemes…"), actions.schemes_wanted.emit)
        self.add_session_button = button(tr("Add s&ession…"), actions.add_session)
        self.start_button = button(tr("Start a &pass…"), self.start_pass)
        self.open_button = button(tr("&Open pass"), self._open_pass, "primary")
        self.submit_button = button(tr("S&ubmit…"), self._submit)
        self.reopen_button = button(tr("&Reopen…"), self._reopen)
        self.newer = NewerRow(self._move)
        self.results_button = button(tr("Resu&lts…"), self._show_results)
        self.films_button = button(tr("F&ilms…"), actions.films.show_page)
        self._sessions_card = Card(tr("Sessions"), (self.films_button, self.add_session_button))
        changes = (self.reopen_button, self.submit_button, self.start_button)
        self._passes_card = Card(tr("Passes"), (self.results_button, *changes, self.open_button))
        self.advice = AdviceCard(self._take_step)
        self.coders = CodersCard(actions.add_coder, actions.edit_coder)
        self.evidence = EvidenceCard(
            self._measure, lambda: actions.supervise_wanted.emit("evidence"), self._who, self._import
        )
        self._lay_out()
        self._connect()
        self.refresh()

    @property
    def session(self) -> SessionRow | None:
        """The chosen session."""
        rows = self.shown.sessions
        return rows[self.sessions.row] if 0 <= self.sessions.row < len(rows) else None

    @property
    def coding(self) -> PassRow | None:
        """The chosen pass."""
        rows = self.session.passes if self.session else ()
        return rows[self.passes.row] if 0 <= self.passes.row < len(rows) else None

    def refresh(self, session_id: str = "") -> None:
        """Read the study again; choose the session of that id, else the one that was chosen."""
        before = session_id or (self.session.session.id if self.session else "")
        pass_before = self.coding.header.id if self.coding else ""
        try:
            self.shown = self.verbs.overview()
        except CoderError as error:
            self.verbs.tools.on_error(error)
            return
        self._name.setText(self.shown.study.name)
        self._place.setText(str(self.verbs.store.folder))
        self._place.setToolTip(str(self.verbs.store.folder))
        self.sessions.lines.show(self.shown.sessions)
        ids = [row.session.id for row in self.shown.sessions]
        self.sessions.choose(ids.index(before) if before in ids else 0)
        self._show_session(pass_before)
        self.coders.show_coders(self.shown.coders)
        self.sessions.setVisible(bool(ids))
        self._no_sessions.setVisible(not ids)
        step = advice(self.shown)
        self.advice.show_advice(step)
        self.setFocusProxy(self.advice.button if step else self.sessions)

    def sizes(self) -> dict[str, str]:
        """How the tables share the page, under a name for the preferences."""
        return {_TABLES: as_text(self.tables.saveState())}

    def choose_pass(self, pass_id: str) -> None:
        """Choose a pass of the chosen session and give the passes the keyboard."""
        self._show_session(pass_id)
        self.passes.setFocus()

    def start_pass(self) -> None:
        """Ask for a new pass of the chosen session."""
        self.verbs.start_pass(self.shown, self.session.session.id if self.session else "")

    def _show_session(self, pass_id: str = "") -> None:
        row = self.session
        passes = row.passes if row else ()
        self.passes.lines.show(passes)
        ids = [one.header.id for one in passes]
        self.passes.choose(ids.index(pass_id) if pass_id in ids else 0)
        self._passes_card.heading.setText(
            tr("Passes of “{session}”", session=row.session.name) if row else tr("Passes")
        )
        self._no_passes.setText(tr(NOT_CODED) if row else tr(NO_SESSION))
        self._no_passes.setVisible(not passes)
        self.passes.setVisible(bool(passes))
        self._show_can_do()

    def _show_can_do(self) -> None:
        row, coding, focus = self.session, self.coding, self.focusWidget()
        idle = not self.verbs.tools.strip.busy
        film = row is not None and row.any_film
        lost = row.lost if row else ()
        place = self.verbs.store.media_path(lost[0]) if lost else None
        self.missing.show_lost(lost, place, can_do=idle)
        self.films_button.setEnabled(row is not None)
        submitted = coding is not None and coding.header.status is PassStatus.SUBMITTED
        self.start_button.setEnabled(film and bool(self.shown.coders))
        self.open_button.setEnabled(coding is not None and film)
        self.open_button.setText(tr("L&ook at pass") if submitted else tr("&Open pass"))
        self.submit_button.setEnabled(coding is not None and not submitted)
        self.reopen_button.setEnabled(submitted)
        self.results_button.setEnabled(coding is not None)
        self.newer.show_pass(coding)
        self.add_session_button.setEnabled(idle)
        self.report_button.setEnabled(idle and any(one.passes for one in self.shown.sessions))
        self.evidence.show_measured(
            row.measured if row else None,
            can_measure=row is not None and row.any_film,
            busy=self.verbs.tools.measuring.busy,
        )
        if focus is not None and not focus.isEnabled():
            self.passes.setFocus()  # Qt would go on to the button that cancels what has just begun

    def _open_pass(self) -> None:
        if self.coding is not None and self.open_button.isEnabled():
            self.verbs.pass_wanted.emit(self.coding.header.id)

    def _submit(self) -> None:
        if self.session and self.coding:
            self.verbs.submit(self.coding.header.id, called(self.session.session, self.coding.coder))

    def _who(self) -> None:
        if self.session is not None:
            self.verbs.who_wanted.emit(self.session.session.id)

    def _move(self) -> None:
        if self.coding is not None:
            self.verbs.move_wanted.emit(self.coding.header.id)

    def _show_results(self) -> None:
        if self.coding is not None:
            self.verbs.results_wanted.emit(self.coding.header.id)

    def _reopen(self) -> None:
        if self.session and self.coding:
            self.verbs.reopen(self.coding.header.id, called(self.session.session, self.coding.coder))

    def _measure(self) -> None:
        if self.session:
            self.verbs.measure(self.session)

    def _import(self) -> None:
        if self.session:
            self.verbs.import_tracks(self.session)

    def _take_step(self, step: Next) -> None:
        steps = {
            Next.SESSION: self.verbs.add_session,
            Next.CODER: self.verbs.add_coder,
            Next.PASS: self.start_pass,
        }
        steps[step]()

    def _connect(self) -> None:
        self.sessions.chosen.connect(lambda _row: self._show_session())
        self.sessions.opened.connect(lambda _row: self.passes.setFocus())
        self.passes.chosen.connect(lambda _row: self._show_can_do())
        self.passes.opened.connect(lambda _row: self._open_pass())
        self.verbs.changed.connect(self.refresh)
        self.verbs.added.connect(self.refresh)
        for strip in {self.verbs.tools.strip, self.verbs.tools.measuring}:
            strip.busy_changed.connect(self._show_can_do)
        QShortcut(QKeySequence("F5"), self).activated.connect(self.refresh)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._name, self._place)
        for one in (self.schemes_button, self.assign_button, self.reliability_button, self.report_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        tables = self.tables
        tables.setChildrenCollapsible(False)
        tables.setHandleWidth(16)
        tables.setProperty("role", "gap")
        tables.addWidget(_filled(self._sessions_card, (self._no_sessions, self.sessions)))
        tables.addWidget(_filled(self._passes_card, (self.missing, self._no_passes, self.passes, self.newer)))
        tables.restoreState(from_text(self.verbs.tools.preferences.value.splitters.get(_TABLES, "")))
        side = QVBoxLayout()
        side.setSpacing(16)
        side.addWidget(self.coders, 1)
        side.addWidget(self.evidence)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(tables, 1)
        body.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.advice)
        column.addLayout(body, 1)


def _filled(card: Card, parts: tuple[QWidget, ...]) -> Card:
    for part in parts:
        card.column.addWidget(part, 1 if isinstance(part, Table) else 0)
    card.column.addStretch(0)
    return card
