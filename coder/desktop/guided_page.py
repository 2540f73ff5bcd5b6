"""The guided step: the master's codes at their moments with their reasons, then one question at a time."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSplitter, QStackedWidget, QWidget

from coder.annotate.desk import Desk, submitted
from coder.annotate.keymap import Do
from coder.annotate.view.content import BenchContent
from coder.annotate.view.guided_view import GuidedView
from coder.annotate.view.keyhelp import Section
from coder.desktop.before_film import BeforeFilm, Commands, as_preferred
from coder.desktop.bench_page import cameras_of
from coder.desktop.guided_ask import AskPanel
from coder.desktop.guided_end import EndPanel
from coder.desktop.guided_stops import in_play, questions, stops
from coder.desktop.guided_watch import WatchPanel
from coder.desktop.pieces import OneLine, button, page_head
from coder.desktop.shared import Tools
from coder.language import tr
from coder.model.coding import CodingPass
from coder.model.edit import Edit
from coder.training.exercises import Grade
from coder.workflows.training.results import Watched

_SIDE_PX = 380
ENTER = "Return"


class GuidedPage(BeforeFilm):
    """Shows one guided step. `shut` must be called before it goes: it has threads.

    on_back: leave without finishing. on_done(right, asked): all codes were seen and all questions answered, so
    many of them right the first time; whoever shows the page writes it down (`finish_guided`) and leads on.
    """

    view: GuidedView

    def __init__(
        self,
        watched: Watched,
        tools: Tools,
        on_back: Callable[[], object],
        on_done: Callable[[int, int], object],
    ) -> None:
        content = as_preferred(_content(watched), tools)
        super().__init__(content.keymap, tools)
        self.watched, self._on_done = watched, on_done
        self._first: tuple[int, int] | None = None  # right and asked, of the first round of questions
        self._panels = QStackedWidget()
        self.stops = stops(watched)
        self.questions = questions(watched, self.stops)
        keymap = self._keymap
        self.view = GuidedView(content, in_play(watched), self._play, self.keyPressEvent)
        self.watching = WatchPanel(watched, keymap, self.view, self.stops, len(self.questions), self._seen)
        self.asking = AskPanel(watched, keymap, self.view, self.stops, self.questions, self._answered)
        self.end = EndPanel(self.view, self._finish, self._watch_again, self._ask)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.back_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        parts = (self._head(), self._spread(), self.view.strip)
        self._put_together(parts, parts[1], self.view, self._sections())
        self.setAccessibleName(watched.step.title)
        self.watching.begin()

    # what the keys do

    def _commands(self, *, held: bool = False) -> Commands:
        commands: dict[Do, Callable[[], object]] = {**super()._commands(held=held)}
        for do in self.view.commands(held=held):
            commands[do] = partial(self.view.do, do, held=held)
        if self._panel is self.watching:
            commands |= dict.fromkeys((Do.EVENT_BACK, Do.BEFORE), partial(self.watching.go, -1))
            commands |= dict.fromkeys((Do.EVENT_ON, Do.AFTER), partial(self.watching.go, +1))
            commands[Do.REPLAY] = self.watching.look_again
        return commands

    def _own_key(self, texts: Sequence[str]) -> bool:
        """An answer to a question, or Enter."""
        if self._panel is self.asking and self.asking.take(texts):
            return True
        if ENTER in texts:
            self.view.strip.calm()
            self._enter()
        return ENTER in texts

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

    def _head(self) -> QWidget:
        watched, made = self.watched, QWidget()
        course = tr("{course} · {scheme}", course=watched.taken.course.title, scheme=watched.scheme.title)
        head = page_head(self.back_button, OneLine(watched.step.title, "heading"), OneLine(course, "muted"))
        head.setContentsMargins(12, 4, 12, 4)
        made.setLayout(head)
        return made

    def _spread(self) -> QWidget:
        """The film on the left; what is said about it on the right."""
        for panel in (self.watching, self.asking, self.end):
            self._panels.addWidget(panel)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setChildrenCollapsible(False)
        whole.setHandleWidth(1)
        for part, share in ((self.view, 1), (self._panels, 0)):
            whole.addWidget(part)
            whole.setStretchFactor(whole.count() - 1, share)
        whole.setSizes([1366 - _SIDE_PX, _SIDE_PX])
        return whole

    def _sections(self) -> Iterator[Section]:
        """What the sheet of keys lists."""
        keymap, there = self._keymap, set(self._commands())
        yield (
            tr("In this step"),
            [
                (keymap.keys_of(Do.PLAY), tr("To the next code, or stand still")),
                (keymap.keys_of(Do.EVENT_BACK), tr("The code before")),
                (keymap.keys_of(Do.EVENT_ON), tr("The code after")),
                (keymap.keys_of(Do.REPLAY), tr("Look at this one again")),
                ((ENTER,), tr("On to what comes next; answer with the frame on the screen")),
            ],
        )
        for tier in self.watched.scheme.tiers:
            keyed = [(keymap.key_of(tier.id, code.id), code.label) for code in tier.codes]
            if tier.id in in_play(self.watched):
                yield tr("Answer: {tier}", tier=tier.label), [((key,), name) for key, name in keyed if key]
        own = {Do.PLAY, Do.EVENT_BACK, Do.EVENT_ON, Do.BEFORE, Do.AFTER, Do.REPLAY, Do.DESELECT, Do.PERSONS}
        for name, commands in keymap.groups():
            listed = [(one.keys, tr(one.label)) for one in commands if one.do in there - own and one.keys]
            yield tr(name), listed


def _content(watched: Watched) -> BenchContent:
    tiers = in_play(watched)
    shown = CodingPass.of(watched.coding.header, (one for one in watched.coding if one.tier in tiers))
    return BenchContent(
        desk=Desk(shown, _refuse, watched.scheme),
        scheme=watched.scheme,
        session=watched.session,
        cameras=cameras_of(watched.films),
        readonly=True,
    )


def _refuse(_edit: Edit) -> None:
    raise submitted()
