"""The second half of a guided step: one question at a time, answered by a key, judged at once."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.annotate.view.guided_view import GuidedView
from coder.desktop.guided_card import EventCard, paragraph
from coder.desktop.guided_choices import Answer, Choices, asked_text, how_to_answer
from coder.desktop.guided_stops import Question, Stop, judge
from coder.desktop.guided_words import GRADES, judged_text
from coder.desktop.pieces import button, label
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.scheme import Code
from coder.model.training import Ask
from coder.training.exercises import Grade, Judged
from coder.workflows.training.results import Watched


class AskPanel(QWidget):
    """Beside the film. `given`: what came of the answers so far, in their order. done: all are answered."""

    def __init__(
        self,
        watched: Watched,
        keymap: Keymap,
        view: GuidedView,
        stops: tuple[Stop, ...],
        questions: tuple[Question, ...],
        done: Callable[[], object],
    ) -> None:
        super().__init__()
        self._watched, self._keymap, self._view = watched, keymap, view
        self._stops, self._questions, self._done = stops, questions, done
        self.at = 0
        self.given: list[Judged] = []
        self.choices: Choices | None = None
        self.count = label("", "muted")
        self.question = paragraph("", "heading")
        self.hint = paragraph("", "muted")
        self.grade = label("", "badge-good")
        self.verdict = paragraph("", "asked")
        self.card = EventCard(watched, keymap, view.play_again)
        self.again = button("", self.look_again)
        self.primary = button("", self.press, "primary")
        self._lay_out()

    @property
    def answered(self) -> bool:
        """True while the answer to the question on the screen is shown."""
        return len(self.given) > self.at

    # for the page

    def begin(self) -> None:
        """Ask the first question; what was answered before is forgotten."""
        self.at, self.given = 0, []
        self._ask()

    def take(self, texts: Sequence[str]) -> bool:
        """Answer with a key, if it is one that answers: a code's, or a number."""
        if self.answered or self.choices is None:
            return False
        try:
            answer = self.choices.answer_of(texts)
        except CodingError as error:
            self._view.refuse(error)
            return True
        if answer is not None:
            self._give(answer)
        return answer is not None

    def enter(self) -> None:
        """What Enter does: answer with the frame on the screen where that is asked, or on to the next question."""
        if self.answered:
            self._next()
        elif self._here.exercise.ask is not Ask.ONSET:
            self._view.refuse(CodingError(Problem(how_to_answer(self._here, self._keymap))))
        elif self._view.at_us is None:
            self._view.refuse(CodingError(Problem(tr("There is no picture yet."), hint=tr("Wait for it."))))
        elif self._unmoved:  # Enter was pressed once too often, or before reading
            self._view.refuse(CodingError(Problem(how_to_answer(self._here, self._keymap))))
        else:
            self._give(self._view.at_us)

    def press(self) -> None:
        """What the button does that leads on."""
        self.enter()
        self._view.take_keys()

    def play(self) -> None:
        """Play what is asked about, or stand still."""
        player = self._view.player
        if player.playing:
            player.pause()
        elif self.answered and player.loop.value is None:
            self.look_again()
        else:
            player.play()

    def look_again(self) -> None:
        """Play the event that was asked about, with the codes on the timeline."""
        self._view.play_again(self._here.stop.around)
        self._view.take_keys()

    # within

    @property
    def _here(self) -> Question:
        return self._questions[self.at]

    @property
    def _unmoved(self) -> bool:
        """True while the film stands where the search begins, unless it could be right there."""
        at, begin, onset = map(
            self._view.frame_of, (self._view.at_us or 0, self._here.begin_us, self._here.stop.event.onset_us)
        )
        return at == begin != onset

    def _ask(self) -> None:
        question, view = self._here, self._view
        view.shown.set(None)
        view.hide_tier(question.stop.tier.id)
        view.stand_at(question.begin_us)
        view.loop_over(question.loop)
        self.count.setText(tr("Question {n} of {all}", n=self.at + 1, all=len(self._questions)))
        self.question.setText(asked_text(question))
        self.hint.setText(how_to_answer(question, self._keymap))
        self._replace_choices(Choices(question, self._watched.scheme, self._keymap, self._clicked))
        self._show(answered=False)
        view.strip.say(
            tr("The line of “{tier}” is hidden until you have answered.", tier=question.stop.tier.label)
        )
        view.take_keys()

    def _clicked(self, answer: Answer) -> None:
        self._give(answer)
        self._view.take_keys()

    def _give(self, answer: Answer) -> None:
        question, view = self._here, self._view
        result = judge(question, answer, self._watched)
        self.given.append(result)
        view.hide_tier(None)
        view.stand_at(question.stop.event.onset_us)
        view.shown.set(result.event)
        view.strip.say("")
        self._badge(result.grade)
        self.verdict.setText(judged_text(question, result, answer, self._watched))
        self.card.show_stop(self._explained(question, result), _mistaken(question, result, answer))
        self._show(answered=True)

    def _explained(self, question: Question, result: Judged) -> Stop:
        """The event that was meant: another of the master's may begin in the same frame."""
        return next((stop for stop in self._stops if stop.event.id == result.event.id), question.stop)

    def _badge(self, grade: Grade) -> None:
        self.grade.setText(tr(GRADES[grade]))
        self.grade.setProperty("role", "badge-good" if grade is Grade.RIGHT else "badge-warning")
        style = self.grade.style()
        if style is not None:
            style.unpolish(self.grade)
            style.polish(self.grade)

    def _next(self) -> None:
        if self.at + 1 < len(self._questions):
            self.at += 1
            self._ask()
        else:
            self._view.stand_at(self._here.stop.event.onset_us)
            self._done()

    def _show(self, *, answered: bool) -> None:
        onset, last = self._here.exercise.ask is Ask.ONSET, self.at + 1 == len(self._questions)
        self._body.setCurrentIndex(int(answered))
        self.hint.setVisible(not answered)
        self.grade.setVisible(answered)
        self.verdict.setVisible(answered)
        self.again.setVisible(answered)
        self.primary.setVisible(answered or onset)
        enter = shown("Return")
        if not answered:
            self.primary.setText(tr("It begins at this frame ({key})", key=enter))
        else:
            self.primary.setText(
                tr("See how it went ({key})", key=enter) if last else tr("Next question ({key})", key=enter)
            )

    def _replace_choices(self, choices: Choices) -> None:
        before, self.choices = self.choices, choices
        self._asking.addWidget(choices)
        if before is not None:
            self._asking.removeWidget(before)
            before.hide()
            before.deleteLater()

    def _lay_out(self) -> None:
        self.again.setText(tr("Look again ({key})", key=shown(self._keymap.first_key(Do.PLAY))))
        for one in (self.again, self.primary):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the film
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        badge = QHBoxLayout()
        badge.addWidget(self.grade)
        badge.addStretch(1)
        for part in (self.count, self.question, self.hint):
            head.addWidget(part)
        head.addLayout(badge)
        head.addWidget(self.verdict)
        asking = QWidget()
        self._asking = QVBoxLayout(asking)
        self._asking.setContentsMargins(0, 0, 0, 0)
        self._body = QStackedWidget()
        self._body.addWidget(asking)
        self._body.addWidget(self.card)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addWidget(self.again)
        foot.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._body, 1)
        column.addLayout(foot)


def _mistaken(question: Question, result: Judged, answer: Answer) -> Code | None:
    """The code that was taken for the right one."""
    wrong = result.grade is not Grade.RIGHT and question.exercise.ask is Ask.CODE and not question.rates
    return question.stop.tier.code(str(answer)) if wrong else None
