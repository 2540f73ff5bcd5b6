"""Feedback on an attempt: what stands out, in words; each difference from the master in the film; numbers."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.asked import Asked
from coder.annotate.view.in_question import InQuestion
from coder.annotate.view.keyhelp import Entry, Section
from coder.annotate.view.walk_content import Said, WalkContent
from coder.annotate.view.walk_view import WalkView
from coder.desktop.before_film import BeforeFilm, Commands, as_preferred
from coder.desktop.bench_page import cameras_of
from coder.desktop.feedback_list import FeedbackList
from coder.desktop.feedback_numbers import NumbersPage
from coder.desktop.feedback_words import about_difference
from coder.desktop.noticed import Noticed, NoticedCard
from coder.desktop.pieces import OneLine, button, page_head
from coder.desktop.shared import Tools
from coder.desktop.walk_keys import of_commands
from coder.desktop.walk_layout import spread_out
from coder.desktop.walk_rows import Moments
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.training import StepKind
from coder.training.differences import Difference
from coder.training.patterns import Pattern
from coder.workflows.training.results import Result
from coder.workflows.training.words import pattern_words, praise

FROM_HERE, FROM_START = "T", "Shift+T"


class FeedbackPage(BeforeFilm):
    """Shows one `Result`; reads, changes nothing. `shut` must be called before it goes.

    on_again(attempt id, at_us): the trainee wants another attempt that keeps their own codes before this place
    (session clock): the chosen difference, or the start of the clip. A test has one attempt only, so there nothing
    of this is offered; neither is it to somebody else who looks on, for whom `on_again` is left out. on_course:
    the trainee has seen enough and goes on with the course; left out where Back is the only way on.
    """

    view: WalkView

    def __init__(
        self,
        result: Result,
        tools: Tools,
        on_back: Callable[[], object],
        on_again: Callable[[str, int], object] | None = None,
        on_course: Callable[[], object] | None = None,
    ) -> None:
        content = as_preferred(_content(result), tools)
        super().__init__(content.keymap, tools)
        self.view = WalkView(content, self.keyPressEvent, self._leave)
        self.result = result
        self._on_again = on_again
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.start_button = button(tr("Again fr&om the start"), self._again_from_start)
        self.again_button = button(tr("&Try again from here"), self._again_from_here, "primary")
        self.again_button.setToolTip(
            tr("Keeps what you coded before the chosen difference ({key})", key=FROM_HERE)
        )
        self.course_button = button(tr("&Go on with the course"), on_course or on_back)
        self._leads_on = on_course is not None
        if not result.differences:  # nothing to look at: on it goes
            self.again_button.setProperty("role", "")
            self.course_button.setProperty("role", "primary")
        self.start_button.setToolTip(tr("Begins with nothing coded ({key})", key=FROM_START))
        self.noticed = NoticedCard(self._noticed(), self._leave)
        self.list = FeedbackList(result.differences, result.scheme, tr("There is nothing to look at again."))
        self.question = InQuestion(content, self.view.play_span, self._leave)
        self.walk = spread_out(self.list, self.question, self.view, shares=(290, 290))
        self.numbers = NumbersPage(result.score, result.scheme)
        self.tabs = QTabWidget()
        self._lay_out()
        self.list.chosen.connect(self._show)
        self.tabs.currentChanged.connect(lambda _at: self._turned())
        self._show(self.list.difference)
        self.view.strip.say(self._hint())

    @property
    def can_repeat(self) -> bool:
        """True for practice, which the trainee may do as often as they like."""
        return self.result.step.kind is StepKind.PRACTICE and self._on_again is not None

    # what the keys do

    def _commands(self, *, held: bool = False) -> Commands:
        if self.tabs.currentWidget() is self.numbers:
            return {Do.KEYS: self._toggle_keys}
        return {
            **super()._commands(held=held),
            Do.BEFORE: lambda: self.list.step(-1),
            Do.AFTER: lambda: self.list.step(+1),
            Do.DIFFERENCE_BACK: lambda: self.list.step(-1),
            Do.DIFFERENCE_ON: lambda: self.list.step(+1),
        }

    def _own_key(self, texts: Sequence[str]) -> bool:
        if not self.can_repeat:
            return False
        if FROM_HERE in texts:
            self._again_from_here()
        elif FROM_START in texts:
            self._again_from_start()
        else:
            return False
        return True

    def _again_from_here(self) -> None:
        one = self.list.difference
        if one is None:
            self.view.refuse(CodingError(Problem(tr("Nothing is chosen."))))
        elif self._on_again is not None:
            self._on_again(self.result.attempt.id, one.span.start_us)

    def _again_from_start(self) -> None:
        if self._on_again is not None:
            self._on_again(self.result.attempt.id, self.result.coding.window.start_us)

    # showing

    def _show(self, one: Difference | None) -> None:
        about = one.about if one is not None else None
        self.view.choose(about)
        self.question.show_one(about)
        self.again_button.setEnabled(one is not None)

    def _show_habit(self, pattern: Pattern) -> None:
        self.tabs.setCurrentWidget(self.walk)
        self.list.show_moments(Moments(tuple(place.span for place in pattern.places), pattern.tier))

    def _turned(self) -> None:
        """Nothing plays where it is not seen."""
        if self.tabs.currentWidget() is self.walk:
            self._leave()
        else:
            self.view.player.pause()

    def _noticed(self) -> tuple[Noticed, ...]:
        result = self.result
        if not result.differences:
            return (Noticed(tr("You and the master differ nowhere that matters. Well coded.")),)
        if not result.patterns:
            return (Noticed(praise(len(result.master), len(result.differences))),)
        return tuple(
            Noticed(pattern_words(one, result.scheme), partial(self._show_habit, one) if one.places else None)
            for one in result.patterns
        )

    def _hint(self) -> str:
        """What a newcomer may do here, by keys."""
        if not self.result.differences:
            return ""
        keys = tr("Up and Down: from difference to difference · Space: play it again and again · F1: all keys")
        again = tr("{key}: code it anew from the chosen difference on", key=FROM_HERE)
        return f"{keys} · {again}" if self.can_repeat else keys

    def _lay_out(self) -> None:
        result = self.result
        name = tr("Feedback: {step}", step=result.step.title)
        self.setAccessibleName(name)
        title = OneLine(name, "heading")
        about = tr("Attempt {number} · {course}", number=result.attempt.number, course=result.taken.course.title)
        if self._on_again is None:
            about = tr("As {coder} sees it · {about}", coder=result.coder.name, about=about)
        head = QWidget()
        row = page_head(self.back_button, title, OneLine(f"{about} · {result.scheme.title}", "muted"))
        row.setContentsMargins(12, 4, 12, 4)
        shown = {
            self.start_button: self.can_repeat,
            self.again_button: self.can_repeat,
            self.course_button: self._leads_on,
        }
        for one, wanted in shown.items():
            if not wanted:
                one.hide()  # showing it here would open a window of its own
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        for one in (self.back_button, *shown):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the list
        head.setLayout(row)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(12, 0, 12, 6)
        column.addWidget(self.noticed)
        self.tabs.addTab(self.walk, tr("&Differences"))
        self.tabs.addTab(self.numbers, tr("&Numbers"))
        bar = self.tabs.tabBar()
        for named in (self.tabs, bar):
            if named is not None:
                named.setAccessibleName(tr("Feedback"))
        parts = (head, above, self.tabs, self.view.strip)
        self._put_together(parts, self.tabs, self.list, _sections(self._keymap, self._commands(), self.can_repeat))


def _content(result: Result) -> WalkContent:
    by_about = {one.about: one for one in result.differences}

    def said(one: Asked) -> Sequence[Said]:
        return about_difference(by_about[one], result.key, result.scheme) if one in by_about else ()

    return WalkContent(
        scheme=result.scheme,
        session=result.session,
        cameras=cameras_of(result.films),
        pass_a=result.master,
        pass_b=result.coding,
        name_a=tr("Master"),
        name_b=tr("You"),
        letters=("", ""),
        differences=tuple(one.about for one in result.differences),
        said=said,
        marks_name=tr("Differences"),
    )


def _sections(keymap: Keymap, known: Commands, can_repeat: bool) -> Iterator[Section]:
    again: list[Entry] = [
        ((FROM_HERE,), tr("Try again from here")),
        ((FROM_START,), tr("Again from the start")),
    ]
    if can_repeat:
        yield tr("Try again"), again
    yield from of_commands(keymap, known, (FROM_HERE, FROM_START))
