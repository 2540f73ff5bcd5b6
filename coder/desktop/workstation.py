"""Which study and which pass are open, and the commands of the menu. The pages show; the workflows do."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, QStandardPaths
from PyQt6.QtWidgets import QFileDialog

from coder.annotate.findings import Finding
from coder.desktop.bench_page import BenchPage
from coder.desktop.film_commands import FilmCommands
from coder.desktop.film_pages import FilmPages
from coder.desktop.film_watch import FilmWatch
from coder.desktop.forms import NewStudyForm
from coder.desktop.main_window import MainWindow
from coder.desktop.menus import MENUS, Action, BuiltMenus
from coder.desktop.move_pages import MovePages
from coder.desktop.recent_menu import fill_recent
from coder.desktop.reliability_pages import ReliabilityPages
from coder.desktop.remembered import as_text, from_text
from coder.desktop.results_page import ResultsPages
from coder.desktop.scheme_pages import SchemePages
from coder.desktop.shared import Tools
from coder.desktop.start_page import StartActions, StartPage
from coder.desktop.strip import Strip, Task
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage
from coder.desktop.training_pages import TrainingPages
from coder.desktop.who_pages import WhoPages
from coder.language import tr
from coder.model.problem import CoderError
from coder.settings.preferences import LastPass, PreferencesFile
from coder.store import StudyStore
from coder.workflows.demo import DemoResult, demo_folder, demo_steps
from coder.workflows.passes import open_pass
from coder.workflows.studies import new_study, open_study
from coder.workflows.training.courses import training_folder, training_study


class Workstation(FilmCommands):
    """The program with its window. `menus.Action.run` names methods of this class."""

    def __init__(self, preferences: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(preferences, parent)
        self.strip = Strip(self.tell, beside=Strip(self.tell, stop=tr("Stop me&asuring")))
        self.tools = Tools(self.strip, self.tell, preferences)
        self.window = MainWindow(self.strip, self._may_close)
        self.menus = BuiltMenus(self.window.bar, MENUS, self.run)
        self.start = StartPage(
            StartActions(
                self.ask_new_study,
                self.ask_open_study,
                self.open_demo,
                self.open_recent,
                self._forget_study,
                self.go_on,
                self.show_schemes,
                partial(self.train, "courses"),
            )
        )
        self.schemes = SchemePages(self.window, self.tools)
        self.results = ResultsPages(self.window, self.tools)
        self.study: StudyPage | None = None
        self.bench: BenchPage | None = None
        self.films: FilmPages | None = None
        self.training: TrainingPages | None = None
        self._actions: StudyActions | None = None
        self.menus.choose("theme", preferences.value.theme)
        self.menus.choose("language", preferences.value.language)
        self.menus.set_pass_open(False)
        recent = self.menus.submenus["recent"]
        recent.aboutToShow.connect(lambda: fill_recent(recent, self.preferences.value.recent, self.open_study))
        self.strip.busy_changed.connect(self._show_busy)
        self.window.restoreGeometry(from_text(preferences.value.window))
        self._show_start()
        if preferences.remark is not None:
            self.start.say(str(preferences.remark))

    @property
    def store(self) -> StudyStore | None:
        """The study that is open."""
        return self._actions.store if self._actions is not None else None

    @property
    def bench_shown(self) -> BenchPage | None:
        """The bench that is in sight, be it with a pass or with a scheme that is tried."""
        return self.bench or self.schemes.bench

    def run(self, action: Action) -> None:
        """Do what a line of the menu names."""
        command: Callable[..., None] = getattr(self, action.run)
        if action.value:
            command(action.value)
        else:
            command()

    def ask_new_study(self) -> None:
        """Ask for a name and a place, make the study and open it."""
        NewStudyForm(self.window, self._study_folder(), self._make_study).open()

    def ask_open_study(self) -> None:
        """Ask for a study's folder and open it."""
        dialog = QFileDialog(self.window, tr("Open study: choose its folder"), str(self._study_folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.open_study(Path(folder)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_study(self, folder: Path) -> None:
        """Open the study in `folder`; the one that is open stays until that has worked."""
        if self._actions is not None and _same(self._actions.store.folder, folder):
            self.close_bench()
            return
        try:
            store = open_study(folder)
        except CoderError as error:
            self.tell(error)
        else:
            self.strip.when_idle(lambda: self._show_study(store))

    def open_recent(self, folder: Path) -> None:
        """Open a study of the list; whoever opens the one that is kept for training wants to learn."""
        self.open_study(folder)
        if _same(folder, training_folder()):
            self.strip.when_idle(lambda: self.train("courses") if self._actions is not None else None)

    def open_demo(self) -> None:
        """Make the demo study, or find it made, and open it."""
        folder = demo_folder()

        def opened(demo: DemoResult) -> None:
            self.open_study(demo.folder)

        def build() -> None:
            self._drop_study()
            self._show_start()
            stopped = tr("The demo study is not finished. Choose it again to go on.")
            self.strip.run(Task(tr("Building the demo study"), lambda: demo_steps(folder), opened, stopped))

        self.strip.when_idle(build)

    def close_study(self) -> None:
        """Close the study that is open and go to the start page."""

        def close() -> None:
            self._drop_study()
            self._show_start()

        self.strip.when_idle(close)

    def open_pass(self, pass_id: str) -> None:
        """Put a pass on the bench, in the place of the one that is there."""
        if self._actions is None:
            return
        store = self._actions.store
        try:
            watch = FilmWatch(self._actions.films, store.session(store.header(pass_id).session_id))
            opened = open_pass(store, pass_id, watch.may_code)
            page = BenchPage(
                opened, self.preferences, self.places, self.tell, self.close_bench, self._actions.submit
            )
        except CoderError as error:
            self.tell(error)
            return
        self._drop_bench()
        self._drop_asides()
        page.watch_films(watch, self._actions.films)
        if self.training is not None:
            self.training.prepare(page)
        self.bench = page
        self.strip.hush()
        self.window.show_page(page)
        name = f"{opened.session.name} – {opened.coder.name}"
        self.window.name(name)
        self.menus.set_pass_open(True)
        if not self.preferences.value.tour_seen:
            page.start_tour()
        self._remember(last_pass=LastPass(study=str(self._actions.store.folder), pass_id=pass_id, name=name))

    def go_on(self) -> None:
        """Put the pass on the bench that was there when the program ended."""
        last = self.preferences.value.last_pass
        if last is not None:
            self._remember(last_pass=None)
            self.open_study(Path(last.study))
            if self.training is not None and _same(Path(last.study), training_folder()):
                self.training.leave = self.close_study
            self.open_pass(last.pass_id)

    def close_bench(self) -> None:
        """Take the pass off the bench and show the study."""
        if self._drop_bench():
            self._remember(last_pass=None)
        self._drop_asides()
        if self.films is not None:
            self.films.drop()
        if self.study is not None and self._actions is not None:
            self.study.refresh()
            self.window.show_page(self.study)
            self.window.name(self._actions.store.study.name)
            if self.training is not None and self.training.alone:
                self.training.resume()

    def show_films(self) -> None:
        """Show the films of the session that is open or chosen; back leads to where the person was."""
        session_id, bench = self._session_id(), self.bench
        if self.films is None:
            return
        self._drop_asides()
        if not session_id:
            self.strip.say(tr("Add a session first."))
        elif bench is not None:
            pass_id = bench.opened.header.id
            self._drop_bench()
            self.films.show(session_id, lambda: self.open_pass(pass_id))
        elif self.films.films is None:
            self.films.show(session_id, self.close_bench)

    def show_schemes(self) -> None:
        """Show all schemes; back leads to where the person was."""
        if self.schemes.page is not None:
            self.schemes.to_library()
            return
        bench, store = self.bench, self.store
        back = self.close_bench if store is not None else self._show_start
        if bench is not None:
            pass_id = bench.opened.header.id
            self._drop_bench()
            back = partial(self.open_pass, pass_id)
        self.results.drop()
        self.schemes.show(store, back)

    def show_results(self, pass_id: str = "") -> None:
        """Show what is computed from a pass: the one on the bench, else the chosen one; back leads back."""
        store, bench, back = self.store, self.bench, self.close_bench
        chosen = self.study.coding if self.study is not None else None
        pass_id = bench.opened.header.id if bench is not None else pass_id or (chosen.header.id if chosen else "")
        if store is None or not pass_id or self.results.page is not None:
            return
        if bench is not None:
            self._drop_bench()
            back = partial(self.open_pass, pass_id)
        self.schemes.drop()
        if self.films is not None:
            self.films.drop()
        self.results.show(store, pass_id, back)

    def supervise(self, what: str) -> None:
        """Show one of the supervisor's pages, or make what they make; what: a value of `Supervised`."""
        if self._actions is not None:
            self._actions.supervise_wanted.emit(what)

    def train(self, what: str) -> None:
        """Show one of the pages of training; without a study, in the one that is kept for it."""
        if self._actions is not None:
            self._actions.train_wanted.emit(what)
            return
        try:
            store = training_study()
        except CoderError as error:
            self.tell(error)
        else:
            self.strip.when_idle(lambda: self._train_in(store, what))

    def _train_in(self, store: StudyStore, what: str) -> None:
        self._show_study(store)
        if self._actions is not None and self.training is not None:
            self.training.leave = self.close_study
            self._actions.train_wanted.emit(what)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self.window.close()

    def _make_study(self, folder: Path, name: str) -> None:
        store = new_study(folder, name)
        self._remember(study_folder=str(folder.parent))
        self.strip.when_idle(lambda: self._show_study(store))

    def _show_study(self, store: StudyStore) -> None:
        self._drop_study()
        actions = StudyActions(store, self.tools, self.window)
        actions.pass_wanted.connect(self.open_pass)
        actions.place_wanted.connect(self._show_place)
        actions.submitted.connect(lambda _pass_id: self.close_bench())
        actions.films.page_wanted.connect(self.show_films)
        actions.schemes_wanted.connect(self.show_schemes)
        actions.results_wanted.connect(self.show_results)
        actions.films.relinked.connect(self.relay_bench)
        try:
            page = StudyPage(actions, self.close_study)
        except CoderError as error:
            store.close()
            self.tell(error)
            self._show_start()
            return
        self._actions, self.study = actions, page
        MovePages(self.window, actions, page, self.close_bench)
        WhoPages(self.window, actions, page, self.close_bench)
        ReliabilityPages(self.window, actions, page, self.close_bench)
        self.training = TrainingPages(self.window, actions, page, self.close_bench)
        self.films = FilmPages(self.window, actions.films)
        self._remembering(lambda: self.preferences.remember_study(store.folder, store.study.name))
        self.menus.set_study_open(True)
        self.window.show_page(page)
        self.window.name(store.study.name)

    def _show_start(self) -> None:
        self.schemes.drop()
        self.menus.set_study_open(False)
        self.start.show_recent(self.preferences.value.recent)
        self.start.show_last(self.preferences.value.last_pass)
        self.window.show_page(self.start)
        self.window.name("")

    def _drop_bench(self) -> bool:
        page, self.bench = self.bench, None
        self.menus.set_pass_open(False)
        if page is not None:
            page.shut()
            self._remember_splitters(page)
            self.window.drop_page(page)
        return page is not None

    def _show_place(self, pass_id: str, finding: Finding) -> None:
        """On the bench, the first frame of what was found, and the event it is about."""
        if self.bench is None or self.bench.opened.header.id != pass_id:
            self.open_pass(pass_id)
        if self.bench is not None:
            self.bench.bench.go_to(finding.span.start_us)
            self.bench.bench.select(finding.event)
            self.bench.setFocus()

    def relay_bench(self) -> None:
        """Lay the bench anew, at the same place: it shows another film, or goes by other keys."""
        if self.bench is not None:
            pass_id = self.bench.opened.header.id
            self._drop_bench()
            self.open_pass(pass_id)

    def _session_id(self) -> str:
        """The session on the bench, the one whose films are shown, or the chosen one; "" if there is none."""
        if self.bench is not None:
            return self.bench.opened.session.id
        if self.films is not None and self.films.films is not None:
            return self.films.films.session.id
        return self.study.session.session.id if self.study is not None and self.study.session is not None else ""

    def _drop_asides(self) -> None:
        """Let go of the pages that stand beside study and bench."""
        self.schemes.drop()
        self.results.drop()

    def _drop_study(self) -> None:
        self._drop_bench()
        self._drop_asides()
        films, self.films, self.training = self.films, None, None
        if films is not None:
            films.drop()
        self.strip.hush()
        page, actions, self.study, self._actions = self.study, self._actions, None, None
        if page is not None and actions is not None:
            self._remember_splitters(page)
            self.window.drop_page(page)
            actions.closing.emit()
            actions.deleteLater()
            self._remembering(actions.store.close)

    def _may_close(self) -> bool:
        if self.strip.any_busy:
            self.strip.when_idle(self.window.close)
            return False
        self._drop_study()
        self._remember(window=as_text(self.window.saveGeometry()))
        return True

    def _show_busy(self, busy: bool) -> None:
        self.start.set_busy(busy)
        self.menus.actions["demo-study"].setEnabled(not busy)

    def _forget_study(self, folder: Path) -> None:
        self._remembering(lambda: self.preferences.forget_study(folder))
        self.start.show_recent(self.preferences.value.recent)

    def _remember_splitters(self, page: BenchPage | StudyPage) -> None:
        self._remember(splitters=self.preferences.value.splitters | page.sizes())

    def _study_folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(self.preferences.value.study_folder or documents)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == (other.parent if other.is_file() else other).resolve()
