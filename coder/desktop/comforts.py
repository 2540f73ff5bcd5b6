"""What the program does for whoever sits before it, whatever study is open: look, language, settings, help."""

from collections.abc import Callable

from PyQt6.QtCore import QObject, QUrl
from PyQt6.QtGui import QDesktopServices

from coder.annotate.keymap import Do
from coder.annotate.view.content import Options
from coder.desktop.about import AboutWindow
from coder.desktop.bench_page import BenchPage
from coder.desktop.errors import show_error
from coder.desktop.keys_window import KeysWindow
from coder.desktop.look import Look
from coder.desktop.main_window import MainWindow
from coder.desktop.menus import BuiltMenus
from coder.desktop.settings_window import SettingsWindow, SettingsWishes
from coder.desktop.strip import Strip
from coder.language import tr
from coder.model.problem import CoderError
from coder.settings.folders import data_folder
from coder.settings.places import PlacesFile
from coder.settings.preferences import (
    LARGEST_TEXT_PT,
    NORMAL_TEXT_PT,
    SMALLEST_TEXT_PT,
    BenchChoices,
    PreferencesFile,
)
from coder.store import StudyStore
from coder.workflows.chosen_keys import keys_of
from coder.workflows.key_card import write_key_card
from coder.workflows.schemes import offered_schemes


class Comforts(QObject):
    """The half of the workstation that belongs to a person and a machine, not to a study."""

    strip: Strip
    window: MainWindow
    menus: BuiltMenus
    bench: BenchPage | None

    def __init__(self, preferences: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preferences = preferences
        self.places = PlacesFile()
        self.look = Look(preferences.value.theme, preferences.value.text_pt, self)

    @property
    def store(self) -> StudyStore | None:
        """The study that is open."""
        raise NotImplementedError

    @property
    def bench_shown(self) -> BenchPage | None:
        """The bench that is in sight."""
        raise NotImplementedError

    def relay_bench(self) -> None:
        """Lay the bench anew, at the same place."""
        raise NotImplementedError

    def tell(self, error: CoderError) -> None:
        """Show what a person can mend."""
        show_error(self.window, error)

    def set_theme(self, choice: str) -> None:
        """Show the light or the dark theme, or follow the system."""
        self._remember(theme=choice)
        self.look.change(self.preferences.value.theme, self.preferences.value.text_pt)
        self.menus.choose("theme", self.preferences.value.theme)

    def set_language(self, choice: str) -> None:
        """Speak another language from the next start on."""
        self._remember(language=choice)
        self.menus.choose("language", choice)
        self.strip.say(tr("The language changes when you start the program again."))

    def larger_text(self) -> None:
        """One point larger."""
        self.set_text(self.preferences.value.text_pt + 1)

    def smaller_text(self) -> None:
        """One point smaller."""
        self.set_text(self.preferences.value.text_pt - 1)

    def normal_text(self) -> None:
        """The usual size."""
        self.set_text(NORMAL_TEXT_PT)

    def set_text(self, text_pt: float) -> None:
        """The size of the text, in points."""
        self._remember(text_pt=min(max(text_pt, SMALLEST_TEXT_PT), LARGEST_TEXT_PT))
        self.look.change(self.preferences.value.theme, self.preferences.value.text_pt)

    def show_settings(self) -> None:
        """Show everything that can be chosen for this machine; keys that were changed hold when it is closed."""
        if self.bench_shown is not None:
            self.bench_shown.bench.player.pause()  # nobody watches the film while choosing
        before = self.preferences.value
        scheme = self.bench_shown.opened.scheme.id.name if self.bench_shown is not None else ""
        wishes = SettingsWishes(self.set_language, self.set_theme, self.set_text, self._set_bench)
        try:
            settings = SettingsWindow(self.window, self.preferences, offered_schemes(self.store), wishes, scheme)
        except CoderError as error:
            self.tell(error)
            return

        def closed() -> None:
            now = self.preferences.value
            if (now.command_keys, now.code_keys) != (before.command_keys, before.code_keys):
                self.relay_bench()

        settings.finished.connect(closed)
        settings.open()

    def show_keys(self) -> None:
        """Show all keys; the bench has its own sheet, with the codes of its scheme."""
        if self.bench_shown is not None:
            self.bench_shown.bench.do(Do.KEYS)
        else:
            KeysWindow(self.window).show()

    def show_key_card(self) -> None:
        """Write the card with the keys of the scheme on the bench, and offer to show it in the browser."""
        if self.bench is None:
            return
        scheme = self.bench.opened.scheme
        out = data_folder() / "key-cards" / f"{scheme.id.name}.html"
        try:
            write_key_card(scheme, keys_of(self.preferences.value, scheme), out)
        except CoderError as error:
            self.tell(error)
            return
        self.strip.say(
            tr("The key card is ready; print it from the browser."),
            tr("Open in &browser"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(out))),
        )

    def show_tour(self) -> None:
        """Show the bench part by part."""
        if self.bench is not None:
            self.bench.start_tour()
        else:
            self.strip.say(tr("The tour shows the bench: open a pass first."))

    def show_about(self) -> None:
        """Show version and licence."""
        AboutWindow(self.window).open()

    def _set_bench(self, choices: BenchChoices) -> None:
        self._remember(bench=choices)
        if self.bench_shown is not None:
            self.bench_shown.bench.player.options.set(Options(**choices.model_dump()))

    def _remember(self, **fields: object) -> None:
        self._remembering(lambda: self.preferences.change(**fields))

    def _remembering(self, save: Callable[[], object]) -> None:
        """Comfort that fails is said once, in the strip, and stops nobody."""
        try:
            save()
        except CoderError as error:
            self.strip.say(str(error))
