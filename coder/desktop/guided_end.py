"""The end of a guided step: how the questions went, and the way on."""

from collections.abc import Callable, Sequence
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.view.guided_view import GuidedView
from coder.desktop.guided_card import paragraph
from coder.desktop.guided_choices import asked_text
from coder.desktop.guided_stops import Question
from coder.desktop.guided_words import GRADES, rating_words
from coder.desktop.pieces import button, label, scrolled
from coder.language import plural, tr
from coder.model.time import clock
from coder.model.training import Ask
from coder.training.exercises import Grade, Judged


class EndPanel(QWidget):
    """Beside the film. finish, watch_again, ask_again: what may be done now."""

    def __init__(
        self,
        view: GuidedView,
        finish: Callable[[], object],
        watch_again: Callable[[], object],
        ask_again: Callable[[], object],
    ) -> None:
        super().__init__()
        self._view = view
        self.title = paragraph("", "heading")
        self.words = paragraph("")
        self.finish = button(tr("Finish this step ({key})", key=shown("Return")), finish, "primary")
        self.watch_again = button(tr("&Watch again"), watch_again)
        self.ask_again = button(tr("&Ask me again"), ask_again)
        for one in (self.finish, self.watch_again, self.ask_again):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self._lay_out()

    def show_end(self, seen: int, questions: Sequence[Question], given: Sequence[Judged]) -> None:
        """Say how it went. seen: how many codes the master has."""
        right = sum(one.grade is Grade.RIGHT for one in given)
        if questions:
            self.title.setText(tr("{right} of {all} right", right=right, all=len(given)))
        else:
            self.title.setText(
                plural("You have seen the master’s code", "You have seen all {count} codes of the master", seen)
            )
        self.words.setText(_words(right, len(given)))
        self.ask_again.setVisible(bool(questions))
        self._clear()
        for question, result in zip(questions, given, strict=True):
            self._list.addWidget(self._line(question, result))

    def _line(self, question: Question, result: Judged) -> QWidget:
        """One question, what came of it, and a way to see it again."""
        made = QWidget()
        role = "badge-good" if result.grade is Grade.RIGHT else "badge-warning"
        again = button(tr("Look again"), partial(self._look, question))
        again.setAccessibleName(tr("Look again: {question}", question=asked_text(question)))
        again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(label(tr(GRADES[result.grade]), role))
        below.addStretch(1)
        below.addWidget(again)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(paragraph(asked_text(question)))
        column.addWidget(paragraph(_right(question), "muted"))
        column.addLayout(below)
        return made

    def _look(self, question: Question, _checked: bool = False) -> None:
        self._view.shown.set(question.stop.event)
        self._view.play_again(question.stop.around)
        self._view.take_keys()

    def _clear(self) -> None:
        while self._list.count():
            item = self._list.takeAt(0)
            part = item.widget() if item is not None else None
            if part is not None:
                part.hide()
                part.deleteLater()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addLayout(self._list)
        column.addStretch(1)
        others = QHBoxLayout()
        others.addWidget(self.watch_again, 1)
        others.addWidget(self.ask_again, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(8)
        foot.addLayout(others)
        foot.addWidget(self.finish)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inside, tr("How it went")), 1)
        whole.addLayout(foot)


def _right(question: Question) -> str:
    """What would have been right: a code, a moment, a rating."""
    if question.rates:
        return rating_words(question.stop)
    if question.exercise.ask is Ask.ONSET:
        return clock(question.stop.event.onset_us)
    return tr("“{code}”", code=question.stop.code.label)


def _words(right: int, asked: int) -> str:
    if not asked:
        return tr("That is all of this step.")
    if right == asked:
        return tr("Well seen. That is all of this step.")
    look = tr("Look again at those that went otherwise, as often as you like.")
    counts = tr("Nothing of this step counts for a certificate.")
    return f"{look} {counts}"
