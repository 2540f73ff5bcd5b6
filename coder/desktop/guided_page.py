"""The guided step: the master's codes at their moments with their reasons, then one question at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coder.annotate.commands import HOLDABLE
from coder.annotate.desk import Desk, submitted
from coder.annotate.keymap import Command, Do
from coder.annotate.view.content import BenchContent, Options
from coder.annotate.view.guided_view import GuidedView
from coder.annotate.view.keyhelp import KeyHelp, Section
from coder.annotate.view.keys import key_texts
from coder.desktop.bench_page import cameras_of
from coder.desktop.film_actions import FilmActions
from coder.desktop.film_watch import FilmBanner, FilmWatch
from coder.desktop.guided_ask import AskPanel
from coder.desktop.guided_end import EndPanel
from coder.desktop.guided_stops import in_play, questions, stops
from coder.desktop.guided_watch import WatchPanel
from coder.desktop.pieces import OneLine, button, page_head
from coder.desktop.shared import Tools
from coder.language import tr
from coder.model.coding import CodingPass
from coder.model.edit import Edit
from coder.model.problem import CoderError
from coder.settings.preferences import BenchChoices
from coder.training.exercises import Grade
from coder.workflows.chosen_keys import keys_of
from coder.workflows.training.results import Watched

_SIDE_PX = 380
ENTER = "Return"


class GuidedPage(QWidget):
    """Shows one guided step. `shut` must be called before it goes: it has threads.

    on_back: leave without finishing. on_done(right, asked): all codes were seen and all questions answered, so
    many of them right the first time; whoever shows the page writes it down (`finish_guided`) and leads on.
    """

    def __init__(
        self,
        watched: Watched,
        tools: Tools,
        on_back: Callable[[], object],
        on_done: Callable[[int, int], object],
    ) -> None:
        super().__init__()
        self.watched = watched
        self._tools, self._on_done = tools, on_done
        self._watch: FilmWatch | None = None
        self._first: tuple[int, int] | None = None  # right and asked, of the first round of questions
        content = self._content(watched)
        keymap = self._keymap = content.keymap
        self.stops = stops(watched)
        self.questions = questions(watched, self.stops)
        self.view = GuidedView(content, in_play(watched), self._play, self.keyPressEvent)
        self.watching = WatchPanel(watched, keymap, self.view, self.stops, len(self.questions), self._seen)
        self.asking = AskPanel(watched, keymap, self.view, self.stops, self.questions, self._answered)
        self.end = EndPanel(self.view, self._finish, self._watch_again, self._ask)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.key_help = KeyHelp(self, self._sections())
        self.setFocusProxy(self.view)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(watched.step.title)
        self.watching.begin()

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
        """Answers, then the commands of the film and the way on."""
        if a0 is None:
            return
        texts = key_texts(a0)
        meaning = self._keymap.first_meaning(texts)
        do = meaning.do if isinstance(meaning, Command) else None
        if self.key_help.isVisible():
            if do in (Do.KEYS, Do.DESELECT):
                self.key_help.toggle()
        elif (a0.isAutoRepeat() and do not in HOLDABLE) or self._takes(texts):
            return
        elif ENTER in texts:
            self.view.strip.calm()
            self._enter()
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

    # what the keys do

    def _commands(self, *, held: bool = False) -> dict[Do, Callable[[], None]]:
        film = {do: self._on_film(do, held=held) for do in self.view.commands(held=held)}
        own: dict[Do, Callable[[], None]] = {Do.DESELECT: self.view.take_keys, Do.KEYS: self._toggle_keys}
        if self._panel is self.watching:
            own |= {do: lambda: self.watching.go(-1) for do in (Do.EVENT_BACK, Do.BEFORE)}
            own |= {do: lambda: self.watching.go(+1) for do in (Do.EVENT_ON, Do.AFTER)}
        return {**film, **own}

    def _toggle_keys(self) -> None:
        self.key_help.toggle()

    def _takes(self, texts: Sequence[str]) -> bool:
        """True if a press of a key was an answer to a question."""
        return self._panel is self.asking and self.asking.take(texts)

    def _on_film(self, do: Do, *, held: bool) -> Callable[[], None]:
        return lambda: self.view.do(do, held=held)

    def _play(self) -> None:
        """What Space and the button of the transport do."""
        if self._panel is self.watching:
            self.watching.play()
        elif self._panel is self.asking:
            self.asking.play()
        elif self.view.player.playing:
            self.view.player.pause()
        else:
            self.view.player.play()

    def _enter(self) -> None:
        if self._panel is self.watching:
            self.watching.enter()
        elif self._panel is self.asking:
            self.asking.enter()
        else:
            self._finish()

    # from one half to the next

    @property
    def _panel(self) -> QWidget | None:
        return self._panels.currentWidget()

    def _seen(self) -> None:
        """All codes were seen."""
        self.watching.leave()
        if self.questions:
            self._ask()
        else:
            self._answered()

    def _ask(self) -> None:
        self._panels.setCurrentWidget(self.asking)
        self.asking.begin()

    def _answered(self) -> None:
        given = self.asking.given
        right = sum(one.grade is Grade.RIGHT for one in given)
        self._first = self._first or (right, len(given))
        self.end.show_end(len(self.stops), self.questions, given)
        self._panels.setCurrentWidget(self.end)
        self.view.take_keys()

    def _watch_again(self) -> None:
        self._panels.setCurrentWidget(self.watching)
        self.watching.restart()
        self.view.take_keys()

    def _finish(self) -> None:
        self.view.player.pause()
        right, asked = self._first or (0, 0)
        self._on_done(right, asked)

    # putting it together

    def _lay_out(self) -> None:
        watched = self.watched
        head = page_head(
            self.back_button,
            OneLine(watched.step.title, "heading"),
            OneLine(
                tr("{course} · {scheme}", course=watched.taken.course.title, scheme=watched.scheme.title), "muted"
            ),
        )
        head.setContentsMargins(12, 4, 12, 4)
        self._panels = QStackedWidget()
        for panel in (self.watching, self.asking, self.end):
            self._panels.addWidget(panel)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        for part, share in ((self.view, 1), (self._panels, 0)):
            whole.addWidget(part)
            whole.setStretchFactor(whole.count() - 1, share)
        whole.setSizes([1366 - _SIDE_PX, _SIDE_PX])
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(whole, 1)
        self._column.addWidget(self.view.strip)

    def _sections(self) -> Iterator[Section]:
        """What the sheet of keys lists."""
        keymap, there = self._keymap, set(self._commands())
        yield (
            tr("In this step"),
            [
                (keymap.keys_of(Do.PLAY), tr("To the next code, or stand still")),
                (keymap.keys_of(Do.EVENT_BACK), tr("The code before")),
                (keymap.keys_of(Do.EVENT_ON), tr("The code after")),
                ((ENTER,), tr("On to what comes next; answer with the frame on the screen")),
            ],
        )
        for tier in self.watched.scheme.tiers:
            keyed = [(keymap.key_of(tier.id, code.id), code.label) for code in tier.codes]
            if tier.id in in_play(self.watched):
                yield tr("Answer: {tier}", tier=tier.label), [((key,), name) for key, name in keyed if key]
        own = {Do.PLAY, Do.EVENT_BACK, Do.EVENT_ON, Do.BEFORE, Do.AFTER}
        for name, commands in keymap.groups():
            listed = [(one.keys, tr(one.label)) for one in commands if one.do in there - own and one.keys]
            yield tr(name), listed

    def _content(self, watched: Watched) -> BenchContent:
        tiers, preferences = in_play(watched), self._tools.preferences.value
        shown = CodingPass.of(watched.coding.header, (one for one in watched.coding if one.tier in tiers))
        return BenchContent(
            desk=Desk(shown, _refuse, watched.scheme),
            scheme=watched.scheme,
            session=watched.session,
            cameras=cameras_of(watched.films),
            readonly=True,
            keys=keys_of(preferences, watched.scheme),
            options=Options(**preferences.bench.model_dump()),
            keep_options=self._keep_options,
        )

    def _keep_options(self, options: Options) -> None:
        try:
            self._tools.preferences.change(bench=BenchChoices(**asdict(options)))
        except CoderError as error:
            self._tools.on_error(error)


def _refuse(_edit: Edit) -> None:
    raise submitted()
