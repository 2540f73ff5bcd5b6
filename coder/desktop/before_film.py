"""What the pages have in common that go through moments in front of a film: their keys, their sheet of keys."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Protocol, TypeVar

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.annotate.commands import HOLDABLE
from coder.annotate.keymap import Command, Do, Keymap
from coder.annotate.view.content import BenchContent, Options
from coder.annotate.view.keyhelp import KeyHelp, Section
from coder.annotate.view.keys import key_texts
from coder.annotate.view.strip import Strip
from coder.annotate.view.walk_content import WalkContent
from coder.desktop.film_actions import FilmActions
from coder.desktop.film_watch import FilmBanner, FilmWatch
from coder.desktop.shared import Tools
from coder.model.problem import CoderError
from coder.settings.preferences import BenchChoices
from coder.workflows.chosen_keys import keys_of

Commands = Mapping[Do, Callable[[], object]]


Content = TypeVar("Content", WalkContent, BenchContent)


class FilmView(Protocol):
    """The side of a page that shows the film. commands: what its keys do; held: the key repeats."""

    strip: Strip

    def commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]: ...

    def shut(self) -> None: ...


def as_preferred(content: Content, tools: Tools) -> Content:
    """The content with a person's own keys and options, which are kept when they change."""
    preferences = tools.preferences.value

    def keep(options: Options) -> None:
        try:
            tools.preferences.change(bench=BenchChoices(**asdict(options)))
        except CoderError as error:
            tools.on_error(error)

    keys, options = keys_of(preferences, content.scheme), Options(**preferences.bench.model_dump())
    return replace(content, keys=keys, options=options, keep_options=keep)


class BeforeFilm(QWidget):
    """One part has the keyboard, the film shows what is chosen there. `shut` must be called before it goes.

    A page makes its `view`, puts its parts together with `_put_together`, and says what its keys do: `_commands`,
    `_own_key`.
    """

    view: FilmView

    def __init__(self, keymap: Keymap, tools: Tools) -> None:
        super().__init__()
        self._tools, self._keymap = tools, keymap
        self._watch: FilmWatch | None = None
        self._home: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    # for whoever shows the page

    def watch_films(self, watch: FilmWatch, films: FilmActions) -> None:
        """Warn above the page while a film is missing or not the one that was coded."""
        self._watch = watch
        self._column.insertWidget(1, FilmBanner(watch, films, self, can_code=False))
        watch.start()

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        if self._watch is not None:
            self._watch.stop()
        self.view.shut()

    # Qt's events

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        """The keys of the page, then the commands; fields that are typed into keep their keys."""
        if a0 is None:
            return
        texts = key_texts(a0)
        meaning = self._keymap.first_meaning(texts)
        do = meaning.do if isinstance(meaning, Command) else None
        if self.key_help.isVisible():
            if do in (Do.KEYS, Do.DESELECT):
                self.key_help.toggle()
        elif (a0.isAutoRepeat() and do not in HOLDABLE) or self._own_key(texts):
            return
        elif do is not None and do in (commands := self._commands(held=a0.isAutoRepeat())):
            self.view.strip.calm()
            commands[do]()
        else:
            super().keyPressEvent(a0)

    def event(self, a0: QEvent | None) -> bool:
        """F1 shows the keys of this page; elsewhere it is the menu's."""
        override = a0 is not None and a0.type() is QEvent.Type.ShortcutOverride
        if override and isinstance(a0, QKeyEvent) and a0.key() == Qt.Key.Key_F1:
            a0.accept()
            return True
        return super().event(a0)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        """The sheet of keys covers the page."""
        super().resizeEvent(a0)
        self.key_help.setGeometry(self.rect().adjusted(24, 24, -24, -24))

    # for the pages

    def _put_together(
        self, parts: Sequence[QWidget], whole: QWidget, home: QWidget, sections: Iterable[Section]
    ) -> None:
        """Stand the parts below each other; `whole` gets what room is left, `home` the keyboard."""
        self._home = home
        for part in parts:
            self._column.addWidget(part, 1 if part is whole else 0)
        self.key_help = KeyHelp(self, sections)
        self.setFocusProxy(home)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _commands(self, *, held: bool = False) -> Commands:
        """What the keys do. held: the key repeats."""
        return {**self.view.commands(held=held), Do.DESELECT: self._leave, Do.KEYS: self._toggle_keys}

    def _own_key(self, _texts: Sequence[str]) -> bool:
        """True if the page itself has a use for this press of a key, given in all its readings."""
        return False

    def _leave(self) -> None:
        if self._home is not None:
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle_keys(self) -> None:
        self.key_help.toggle()
