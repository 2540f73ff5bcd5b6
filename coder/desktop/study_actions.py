"""What can be done in a study, each with the form it needs. The page shows; this asks and calls the workflows."""

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from coder.desktop.film_actions import FilmActions
from coder.desktop.import_form import ImportForm
from coder.desktop.measure_actions import MeasureActions
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.desktop.study_forms import (
    AddCoderForm,
    AddSessionForm,
    EditCoderForm,
    ReopenForm,
    StartPassForm,
)
from coder.desktop.submit_form import SubmitForm
from coder.desktop.training_texts import submit_words
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.model.study import Coder, Purpose, Role, Session
from coder.store import StudyStore
from coder.workflows.chosen_keys import key_conflicts
from coder.workflows.passes import (
    add_coder,
    begin_pass,
    findings,
    reopen_pass,
    rules_preview,
    set_reaction,
    submit_pass,
)
from coder.workflows.reporting import report_steps
from coder.workflows.schemes import installed_remark, offered_schemes
from coder.workflows.sessions import add_session_steps
from coder.workflows.studies import Overview, SessionRow, overview
from coder.workflows.track_import import Found
from coder.workflows.track_import import import_tracks as keep_tracks


class StudyActions(QObject):
    """The commands of the study page.

    changed: the study is not as it was shown. added(str): the id of a new session. pass_wanted(str): a pass is to
    be opened on the bench. place_wanted(str, Finding): a place of a pass is to be seen. submitted(str): that pass
    has just been locked. move_wanted(str): a pass is to be moved to a newer version of its scheme. schemes_wanted:
    the page of schemes is to be shown. results_wanted(str): the results of a pass are to be shown.
    who_wanted(str): who is who in the pictures of a session. supervise_wanted(str): one of the supervisor's pages,
    by the value of a `Supervised`. train_wanted(str): one of the pages of training, by the value of a `Trained`.
    closing: the study is about to be closed. films, measuring: what can be done with the films.
    """

    changed = pyqtSignal()
    added = pyqtSignal(str)
    pass_wanted = pyqtSignal(str)
    place_wanted = pyqtSignal(str, object)
    submitted = pyqtSignal(str)
    move_wanted = pyqtSignal(str)
    schemes_wanted = pyqtSignal()
    results_wanted = pyqtSignal(str)
    who_wanted = pyqtSignal(str)
    supervise_wanted = pyqtSignal(str)
    train_wanted = pyqtSignal(str)
    closing = pyqtSignal()

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self.store = store
        self.tools = tools
        self.films = FilmActions(store, tools, window)
        self.films.setParent(self)
        self.measuring = MeasureActions(store, tools, window)
        self.measuring.setParent(self)
        self.measuring.settled.connect(lambda _outcome: self.changed.emit())
        self._window = window
        self.films.changed.connect(self.changed)

    def overview(self) -> Overview:
        """The study as it is now. Raises StoreError."""
        return overview(self.store)

    def add_session(self) -> None:
        """Ask for a film and take it in as a session."""
        preferences = self.tools.preferences
        start = Path(preferences.value.film_folder or self.store.folder.parent)
        AddSessionForm(self._window, start, self._read_film).open()

    def add_coder(self) -> None:
        """Ask for a coder."""

        def add(name: str, role: Role) -> None:
            add_coder(self.store, name, role)
            self.changed.emit()

        AddCoderForm(self._window, add).open()

    def edit_coder(self, coder: Coder) -> None:
        """Ask for a coder's reaction time."""

        def set_ms(ms: int) -> None:
            set_reaction(self.store, coder.id, ms)
            self.changed.emit()

        EditCoderForm(self._window, coder, set_ms).open()

    def start_pass(self, shown: Overview, session_id: str) -> None:
        """Ask who codes what, begin the pass and open it."""

        def start(session: str, coder: str, scheme: str, purpose: Purpose) -> None:
            header = begin_pass(self.store, session, coder, scheme, purpose)
            self.changed.emit()
            self.pass_wanted.emit(header.id)

        try:
            schemes = offered_schemes(self.store)
        except CoderError as error:
            self.tools.on_error(error)
            return
        sessions = [row.session for row in shown.sessions]
        preferences = self.tools.preferences.value
        StartPassForm(
            self._window,
            sessions,
            shown.coders,
            schemes,
            start,
            session_id=session_id,
            conflicts=lambda scheme: key_conflicts(preferences, scheme),
            remark=lambda scheme: installed_remark(self.store, scheme.id.name),
        ).open()

    def submit(self, pass_id: str, what: str) -> None:
        """Ask, listing what is to be mended and what deserves a second look, then lock the pass."""

        def submit(settled: bool) -> None:
            try:
                submit_pass(self.store, pass_id, settled=settled)
            except CoderError as error:
                self.tools.on_error(error)
                if settled:
                    self.pass_wanted.emit(pass_id)  # the rules may be applied already: show the pass as it is now
            else:
                self.tools.strip.say(tr("{what} is submitted.", what=what))
                self.submitted.emit(pass_id)
                self.changed.emit()

        try:
            found, preview = findings(self.store, pass_id), rules_preview(self.store, pass_id)
            lead = submit_words(self.store, pass_id)
        except CoderError as error:
            self.tools.on_error(error)
        else:
            SubmitForm(
                self._window,
                what,
                found,
                preview,
                submit,
                lambda finding: self.place_wanted.emit(pass_id, finding),
                lead,
            ).open()

    def reopen(self, pass_id: str, what: str) -> None:
        """Ask for the reason, then unlock the pass."""

        def reopen(reason: str) -> None:
            reopen_pass(self.store, pass_id, reason)
            self.changed.emit()

        ReopenForm(self._window, what, reopen).open()

    def measure(self, row: SessionRow) -> None:
        """Ask which sessions are to be measured, this one chosen; it goes on while other things are done."""
        self.measuring.ask([row.session.id])

    def import_tracks(self, row: SessionRow) -> None:
        """Ask for what another program measured in a session's film, and keep it as a track."""

        def take(found: Found) -> None:
            keep_tracks(self.store, found)
            count = len(found.signals)
            self.tools.strip.say(plural("{count} signal is taken.", "{count} signals are taken.", count))
            self.changed.emit()

        start = Path(self.tools.preferences.value.film_folder or self.store.folder.parent)
        ImportForm(self._window, self.store, row.session, start, take).open()

    def report(self) -> None:
        """Write the report, then offer to show it."""

        def offer(path: Path) -> None:
            self.tools.strip.say(
                tr("The report is ready: {path}", path=path.name),
                tr("Open in &browser"),
                lambda: self.tools.show_file(path),
            )

        self.tools.strip.run(
            Task(
                tr("Writing the report"),
                lambda: report_steps(self.store),
                offer,
                tr("The report was not written."),
            )
        )

    def _read_film(self, film: Path, name: str) -> None:
        self.tools.strip.follow(
            Task(
                tr("Adding “{name}”", name=name.strip() or film.stem),
                lambda: add_session_steps(self.store, film, name),
                lambda session: self._added(film, session),
                tr("The session was not added."),
            )
        )

    def _added(self, film: Path, session: Session) -> None:
        if session.note:
            self._offer_copy(film, session)
        else:
            self._done(tr("Session “{name}” is added.", name=session.name))
        self.added.emit(session.id)
        try:
            self.tools.preferences.change(film_folder=str(film.parent))
        except CoderError as error:
            self.tools.strip.say(str(error))

    def _offer_copy(self, film: Path, session: Session) -> None:
        """What is wrong with a film is in the session's note."""
        self.tools.strip.say(
            tr("Session “{name}” is added.", name=session.name),
            tr("Convert a cop&y…"),
            lambda: self.films.convert(film, lambda copy: self._read_film(copy, "")),
            session.note,
        )
        self.changed.emit()

    def _done(self, text: str) -> None:
        self.tools.strip.say(text)
        self.changed.emit()


def called(session: Session, coder: Coder) -> str:
    """`The pass of “Visit 1” by Anna`: how a person speaks of a pass."""
    return tr("The pass of “{session}” by {coder}", session=session.name, coder=coder.name)
