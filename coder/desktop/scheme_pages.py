"""Which page of schemes is open: the library, the editor, or the bench with a scheme that is tried."""

from collections.abc import Callable

from PyQt6.QtCore import QObject

from coder.desktop.bench_page import BenchPage
from coder.desktop.main_window import MainWindow
from coder.desktop.scheme_actions import SchemeActions
from coder.desktop.scheme_editing import Editing
from coder.desktop.scheme_editor import SchemeEditor
from coder.desktop.schemes_page import SchemesPage
from coder.desktop.shared import Tools
from coder.language import tr
from coder.model.problem import CoderError
from coder.settings.places import PlacesFile
from coder.store import StudyStore
from coder.workflows.scheme_library import Entry
from coder.workflows.trial import Trial, begin_trial


class SchemePages(QObject):
    """Shows the pages one over the other; back leads where the person came from."""

    def __init__(self, window: MainWindow, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self._tools = tools
        self.page: SchemesPage | None = None
        self.editor: SchemeEditor | None = None
        self.bench: BenchPage | None = None
        self._trial: Trial | None = None
        self._back: Callable[[], None] = lambda: None

    def show(self, store: StudyStore | None, back: Callable[[], None]) -> None:
        """Show the library. back: shows the page that was there before."""
        self.drop()
        self._back = back
        actions = SchemeActions(store, self._tools, self._window)
        actions.trial_wanted.connect(self.try_scheme)
        actions.edit_wanted.connect(self.edit)
        self.page = SchemesPage(actions, self.leave)
        actions.setParent(self.page)
        self._show_library()

    def leave(self) -> None:
        """Go back to where the person came from."""
        self._tools.strip.hush()
        self.drop()
        self._back()

    def edit(self, entry: Entry) -> None:
        """Show the editor with one of the own schemes; back leads to the library."""
        if self.page is None:
            return

        def try_it(text: str, clip: str) -> None:
            self.try_scheme(text, clip, self._show_editor)

        self._drop_editor()
        try:
            editing = Editing(entry, self.page.verbs, self._window, try_it, self._leave_editor)
        except CoderError as error:
            self._tools.on_error(error)
            return
        self.editor = editing.page
        self._tools.strip.hush()
        self._show_editor()

    def try_scheme(self, text: str, clip: str, back: Callable[[], None] | None = None) -> None:
        """Put the scheme of this text on the bench with a sample film; nothing of what is coded there is kept.

        back: what Back shows, the library if None. What is wrong with the text is told, and nothing else happens.
        """
        self._end_trial()
        try:
            trial = begin_trial(text, clip)
        except CoderError as error:
            self._tools.on_error(error)
            return
        self._trial = trial

        def end() -> None:
            self._end_trial()
            (back or self._show_library)()

        preferences, places = self._tools.preferences, PlacesFile(trial.folder / "places.json")
        page = BenchPage(trial.opened, preferences, places, self._tools.on_error, end, lambda _pass, _what: None)
        page.practise(
            tr(
                "You are trying “{scheme}” on a sample. Nothing of what you code here is kept.",
                scheme=trial.opened.scheme.title,
            )
        )
        self.bench = page
        self._tools.strip.hush()
        self._window.show_page(page)
        self._window.name(tr("Trying {scheme}", scheme=trial.opened.scheme.title))

    def to_library(self) -> None:
        """Show the library, in the place of what is tried or edited; a draft is kept."""
        self._end_trial()
        self._leave_editor()

    def drop(self) -> None:
        """Take the pages away, end their threads, and throw away what was tried."""
        self._end_trial()
        self._drop_editor()
        page, self.page = self.page, None
        if page is not None:
            self._remember(page.sizes())
            self._window.drop_page(page)

    def _show_library(self) -> None:
        if self.page is not None:
            self._window.show_page(self.page)
            self._window.name(tr("Schemes"))

    def _show_editor(self) -> None:
        if self.editor is not None:
            self._window.show_page(self.editor)
            self._window.name(tr("Editing a scheme"))

    def _leave_editor(self) -> None:
        self._drop_editor()
        self._show_library()

    def _drop_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.shut()
            self._window.drop_page(editor)

    def _end_trial(self) -> None:
        page, self.bench = self.bench, None
        if page is not None:
            page.shut()
            self._window.drop_page(page)
        trial, self._trial = self._trial, None
        if trial is not None:
            trial.end()

    def _remember(self, sizes: dict[str, str]) -> None:
        preferences = self._tools.preferences
        try:
            preferences.change(splitters=preferences.value.splitters | sizes)
        except CoderError as error:
            self._tools.strip.say(str(error))
