"""How what is asked is decided: a button with its key for each verdict or answer, and a note."""

from collections.abc import Callable, Iterator
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.view.asked import ANSWER_KEYS, answer_text
from coder.annotate.view.chips import Chip
from coder.annotate.view.differing import VERDICT_KEYS, verdict_text
from coder.annotate.view.fields import TextField
from coder.annotate.view.flow import FlowLayout
from coder.language import tr
from coder.model.disagreement import Verdict
from coder.model.evidence import Answer, Concern

_NAME_LETTERS = 16


class VerdictButton(Chip):
    """Says which verdict or answer holds; pressing it asks for one, and what is on the disk is what is shown."""

    def nextCheckState(self) -> None:
        """A press changes nothing by itself."""


class NoteField(TextField):
    """The note about what is asked. keep: Enter was pressed, or the focus has left a changed note."""

    def __init__(self, keep: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__(leave)
        self._keep = keep
        self.setAccessibleName(tr("Note"))
        self.editingFinished.connect(self._hand_over)

    def show_note(self, text: str) -> None:
        """Show the note about something else, or the one that was kept."""
        self._before = text
        self.setText(text)

    def _hand_over(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self._keep(self.text().strip())


class VerdictBar(QWidget):
    """Asks for verdicts or answers and keeps the note; owns none of them.

    name_a, name_b: the coders; B's is "" where there is none. note_key: the key that opens the note.
    settle, answer, keep, leave: what a person wishes.
    """

    def __init__(
        self,
        name_a: str,
        name_b: str,
        note_key: str,
        settle: Callable[[Verdict], None],
        answer: Callable[[Answer], None],
        keep: Callable[[str], None],
        leave: Callable[[], None],
    ) -> None:
        super().__init__()
        names = _short(name_a), _short(name_b)
        self.buttons = {
            verdict: VerdictButton(
                verdict_text(verdict, *names),
                key,
                of=tr("Verdict"),
                chosen=False,
                press=partial(settle, verdict),
            )
            for verdict, key in VERDICT_KEYS.items()
        }
        self.answers: dict[Concern, dict[Answer, VerdictButton]] = {
            concern: {
                one: VerdictButton(
                    answer_text(one, concern), key, of=tr("Answer"), chosen=False, press=partial(answer, one)
                )
                for one, key in ANSWER_KEYS.items()
            }
            for concern in Concern
            if concern is not Concern.COLLEAGUE
        }
        self.note = NoteField(keep, leave)
        self._note_key = note_key
        self._told = QLabel()
        self._told.setProperty("role", "muted")
        flow = FlowLayout(6)
        for button in self._all():
            flow.addWidget(button)
        caption = QLabel(tr("Note"))
        caption.setBuddy(self.note)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(caption)
        line.addWidget(self.note, 1)
        line.addWidget(self._told)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(12, 8, 12, 8)
        stack.setSpacing(6)
        stack.addLayout(flow)
        stack.addLayout(line)
        self.show_settled(None, "", "")

    def show_settled(self, verdict: Verdict | None, note: str, told: str, *, can: bool = True) -> None:
        """Show what holds. told: who settled it, or what the note waits for. can: there is something to settle."""
        for one, button in self.buttons.items():
            button.setChecked(one is verdict)
            button.setEnabled(can)
        self._show(set(self.buttons.values()), note, told, can=can)

    def show_answered(self, concern: Concern, answer: Answer | None, note: str, told: str) -> None:
        """The same for a question of evidence."""
        shown = self.answers[concern]
        for one, button in shown.items():
            button.setChecked(one is answer)
        self._show(set(shown.values()), note, told, can=True)

    def _all(self) -> Iterator[VerdictButton]:
        yield from self.buttons.values()
        for buttons in self.answers.values():
            yield from buttons.values()

    def _show(self, buttons: set[VerdictButton], note: str, told: str, *, can: bool) -> None:
        for button in self._all():
            button.setVisible(button in buttons)
        self.note.setEnabled(can)
        key = shown(self._note_key)
        self.note.setPlaceholderText(tr("{key} to write, Enter keeps it", key=key) if key else "")
        self.note.show_note(note)
        self._told.setText(told)
        self._told.setToolTip(told)

    def write_note(self) -> None:
        """Put the cursor into the note."""
        self.note.setFocus()
        self.note.end(False)


def _short(name: str) -> str:
    return name if len(name) <= _NAME_LETTERS else f"{name[: _NAME_LETTERS - 1]}…"
