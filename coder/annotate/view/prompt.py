"""The detail that is asked for after a code, as one line: its values with their keys, and Esc for later."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from coder.annotate import asking
from coder.annotate.asking import Asked, Question
from coder.annotate.desk import Desk
from coder.annotate.keycaps import shown as on_cap
from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.chips import Chip
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.coding import Event
from coder.model.edit import Edit


class Asking:
    """`question`: the detail that is asked for now. It goes with the next code, another selection, or Esc."""

    def __init__(self, desk: Desk, selected: Watched[Event | None]) -> None:
        self.question: Watched[Question | None] = Watched(None)
        self._desk = desk
        self._selected = selected
        self._asked: Asked | None = None
        desk.listen(self._on_edit)
        selected.listen(self._on_selected)

    def later(self) -> bool:
        """Leave this detail for later and go on to the next; False if none was asked for."""
        question = self.question.value
        if question is None or self._asked is None:
            return False
        if question.chosen:
            self._asked = Asked(self._asked.event_id, self._asked.passed | {question.modifier.id})
        else:
            self._asked = None
        self._look()
        return True

    def _on_edit(self, edit: Edit) -> None:
        self._asked = asking.after_edit(self._asked, edit)
        self._look()

    def _on_selected(self, event: Event | None) -> None:
        if self._asked is not None and (event is None or event.id != self._asked.event_id):
            self._asked = None
        self._look()

    def _look(self) -> None:
        self.question.set(asking.question(self._asked, self._selected.value, self._desk.scheme))


class Prompt(QWidget):
    """Shows the question. answer(modifier, value): a value was clicked; later: it is left for later."""

    def __init__(
        self,
        question: Watched[Question | None],
        answer: Callable[[str, str], None],
        later: Callable[[], object],
    ) -> None:
        super().__init__()
        self._answer = answer
        self._later = later
        self._asked: QWidget | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(tr("Detail of the code"))
        self._question = question
        self._soon = AfterPaint(self, self._show)
        question.listen(lambda _: self._soon.ask())
        self.hide()

    @property
    def words(self) -> str:
        """The question with its values and their keys, to be read elsewhere; "" if nothing is asked."""
        question = self._question.value
        if question is None:
            return ""
        return "   ".join((_words(question), *(f"{on_cap(one.key)} {one.label}" for one in question.options)))

    def shown(self) -> QWidget | None:
        """What asks now; None if nothing does."""
        self._soon.now()
        return self._asked

    def _show(self) -> None:
        """Swap the question, whose chip may be in the middle of a signal."""
        question = self._question.value
        if self._asked is not None:
            self._asked.hide()
            self._asked.deleteLater()
            self._asked = None
        if question is not None:
            self._asked = self._line(question)
            self._row.addWidget(self._asked)
            self._asked.show()  # now, not with the next turn of the loop
        self.setVisible(question is not None)

    def _line(self, question: Question) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = QLabel(_words(question))
        words.setProperty("role", "asked")
        self.setAccessibleDescription(words.text())
        row.addWidget(words)
        row.addSpacing(4)
        for option in question.options:
            chip = Chip(
                option.label,
                option.key,
                of=option.modifier.label,
                chosen=option.value in question.chosen,
                press=partial(self._answer, option.modifier.id, option.value),
            )
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(chip)
        later = QToolButton()
        later.setText(tr("Esc: done") if question.chosen else tr("Esc: later"))
        later.setProperty("role", "quiet")
        later.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        later.clicked.connect(self._later)
        row.addWidget(later)
        return line


def _words(question: Question) -> str:
    return tr("{code} · {detail}?", code=question.code.label, detail=question.modifier.label)
