"""The detail that is asked for after a code, as one line: its values with their keys, and Esc for later."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QLayout, QToolButton, QWidget

from coder.annotate import asking
from coder.annotate.asking import Asked, Question
from coder.annotate.desk import Desk
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
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self.setAccessibleName(tr("Detail of the code"))
        question.listen(self._show)
        self.hide()

    def _show(self, question: Question | None) -> None:
        _empty(self._row)
        self.setVisible(question is not None)
        if question is None:
            return
        words = QLabel(tr("{code} · {detail}?", code=question.code.label, detail=question.modifier.label))
        words.setProperty("role", "asked")
        self.setAccessibleDescription(words.text())
        self._row.addWidget(words)
        self._row.addSpacing(4)
        for option in question.options:
            chip = Chip(
                option.label,
                option.key,
                of=option.modifier.label,
                chosen=option.value in question.chosen,
                press=partial(self._answer, option.modifier.id, option.value),
            )
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._row.addWidget(chip)
        later = QToolButton()
        later.setText(tr("Esc: done") if question.chosen else tr("Esc: later"))
        later.setProperty("role", "quiet")
        later.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        later.clicked.connect(self._later)
        self._row.addWidget(later)
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.setVisible(self._row.indexOf(part) >= 0)  # now, not with the next turn of the loop


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout; what is in the middle of a signal may finish it."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
