"""Which study and which pass are open, and the commands of the menu. The pages show; the workflows do."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QStandardPaths
from PyQt6.QtWidgets import QFileDialog

from coder.annotate.keymap import Do
from coder.desktop.about import AboutWindow
from coder.desktop.bench_page import BenchPage
from coder.desktop.errors import show_error
from coder.desktop.forms import NewStudyForm
from coder.desktop.keys_window import KeysWindow
from coder.desktop.look import Look
from coder.desktop.main_window import MainWindow
from coder.desktop.menus import MENUS, Action, BuiltMenus
from coder.desktop.remembered import as_text, from_text
from coder.desktop.shared import Tools
from coder.desktop.start_page import StartActions, StartPage
from coder.desktop.strip import Strip, Task
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage
from coder.language import tr
from coder.model.problem import CoderError
from coder.settings.preferences import (
    LARGEST_TEXT_PT,
    NORMAL_TEXT_PT,
    SMALLEST_TEXT_PT,
    PreferencesFile,
)
from coder.store import StudyStore
from coder.workflows.demo import DemoResult, demo_folder, demo_steps
from coder.workflows.passes import open_pass
from coder.workflows.studies import new_study, open_study


class Workstation(QObject):
    """The program with its window. `menus.Action.run` names methods of this class."""

    def __init__(self, preferences: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.look = Look(preferences.value.theme, preferences.value.text_pt, self)
        self.strip = Strip(self.tell)
        self.tools = Tools(self.strip, self.tell, preferences)
        self.window = MainWindow(self.strip, self._may_close)
        self.menus = BuiltMenus(self.window.bar, MENUS, self.run)
        self.start = StartPage(
            StartActions(
                self.ask_new_study, self.ask_open_study, self.open_demo, self.open_study, self._forget_study
            )
        )
        self.study: StudyPage | None = None
        self.bench: BenchPage | None = None
        self._actions: StudyActions | None = None
        self.menus.choose("theme", preferences.value.theme)
        self.menus.submenus["recent"].aboutToShow.connect(self._fill_recent)
        self.strip.busy_changed.connect(self._show_busy)
        self.window.restoreGeometry(from_text(preferences.value.window))
        self._show_start()
        if preferences.remark is not None:
            self.start.say(str(preferences.remark))

    def run(self, action: Action) -> None:
        """Do what a line of the menu names."""
        command: Callable[..., None] = getattr(self, action.run)
        if action.value:
            command(action.value)
        else:
            command()

    def tell(self, error: CoderError) -> None:
        """Show what a person can mend."""
        show_error(self.window, error)

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
        """Put a pass on the bench."""
        if self._actions is None:
            return
        try:
            opened = open_pass(self._actions.store, pass_id)
            page = BenchPage(opened, self.preferences, self.tell, self.close_bench, self._actions.submit)
        except CoderError as error:
            self.tell(error)
            return
        self.bench = page
        self.strip.hush()
        self.window.show_page(page)
        self.window.name(f"{opened.session.name} – {opened.coder.name}")

    def close_bench(self) -> None:
        """Take the pass off the bench and show the study."""
        self._drop_bench()
        if self.study is not None and self._actions is not None:
            self.study.refresh()
            self.window.show_page(self.study)
            self.window.name(self._actions.store.study.name)

    def quit(self) -> None:
        """Close the window, and with it the program."""
        self.window.close()

    def set_theme(self, choice: str) -> None:
        """Show the light or the dark theme, or follow the system."""
        self._remember(theme=choice)
        self.look.change(self.preferences.value.theme, self.preferences.value.text_pt)
        self.menus.choose("theme", self.preferences.value.theme)

    def larger_text(self) -> None:
        """One point larger."""
        self._set_text(self.preferences.value.text_pt + 1)

    def smaller_text(self) -> None:
        """One point smaller."""
        self._set_text(self.preferences.value.text_pt - 1)

    def normal_text(self) -> None:
        """The usual size."""
        self._set_text(NORMAL_TEXT_PT)

    def show_keys(self) -> None:
        """Show all keys; the bench has its own sheet, with the codes of its scheme."""
        if self.bench is not None:
            self.bench.bench.do(Do.KEYS)
        else:
            KeysWindow(self.window).show()

    def show_about(self) -> None:
        """Show version and licence."""
        AboutWindow(self.window).open()

    def _make_study(self, folder: Path, name: str) -> None:
        store = new_study(folder, name)
        self._remember(study_folder=str(folder.parent))
        self.strip.when_idle(lambda: self._show_study(store))

    def _show_study(self, store: StudyStore) -> None:
        self._drop_study()
        actions = StudyActions(store, self.tools, self.window)
        actions.pass_wanted.connect(self.open_pass)
        actions.submitted.connect(self.close_bench)
        try:
            page = StudyPage(actions, self.close_study)
        except CoderError as error:
            store.close()
            self.tell(error)
            self._show_start()
            return
        self._actions, self.study = actions, page
        self._remembering(lambda: self.preferences.remember_study(store.folder, store.study.name))
        self.menus.set_study_open(True)
        self.window.show_page(page)
        self.window.name(store.study.name)

    def _show_start(self) -> None:
        self.menus.set_study_open(False)
        self.start.show_recent(self.preferences.value.recent)
        self.window.show_page(self.start)
        self.window.name("")

    def _drop_bench(self) -> None:
        page, self.bench = self.bench, None
        if page is not None:
            page.shut()
            self._remember_splitters(page)
            self.window.drop_page(page)

    def _drop_study(self) -> None:
        self._drop_bench()
        self.strip.hush()
        page, actions, self.study, self._actions = self.study, self._actions, None, None
        if page is not None and actions is not None:
            self._remember_splitters(page)
            self.window.drop_page(page)
            actions.deleteLater()
            self._remembering(actions.store.close)

    def _may_close(self) -> bool:
        if self.strip.busy:
            self.strip.when_idle(self.window.close)
            return False
        self._drop_study()
        self._remember(window=as_text(self.window.saveGeometry()))
        return True

    def _show_busy(self, busy: bool) -> None:
        self.start.set_busy(busy)
        self.menus.actions["demo-study"].setEnabled(not busy)

    def _set_text(self, text_pt: float) -> None:
        self._remember(text_pt=min(max(text_pt, SMALLEST_TEXT_PT), LARGEST_TEXT_PT))
        self.look.change(self.preferences.value.theme, self.preferences.value.text_pt)

    def _fill_recent(self) -> None:
        menu = self.menus.submenus["recent"]
        menu.clear()
        for study in self.preferences.value.recent:
            action = menu.addAction(study.name.replace("&", "&&"))
            if action is not None:
                action.setToolTip(study.path)
                action.triggered.connect(lambda _checked, path=study.path: self.open_study(Path(path)))
        if menu.isEmpty():
            none = menu.addAction(tr("None yet"))
            if none is not None:
                none.setEnabled(False)

    def _forget_study(self, folder: Path) -> None:
        self._remembering(lambda: self.preferences.forget_study(folder))
        self.start.show_recent(self.preferences.value.recent)

    def _remember_splitters(self, page: BenchPage | StudyPage) -> None:
        self._remember(splitters=self.preferences.value.splitters | page.sizes())

    def _remember(self, **fields: object) -> None:
        self._remembering(lambda: self.preferences.change(**fields))

    def _remembering(self, save: Callable[[], object]) -> None:
        """Comfort that fails is said once, in the strip, and stops nobody."""
        try:
            save()
        except CoderError as error:
            self.strip.say(str(error))

    def _study_folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(self.preferences.value.study_folder or documents)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == (other.parent if other.is_file() else other).resolve()
