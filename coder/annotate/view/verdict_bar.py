"""How a disagreement is settled: a button with its key for each verdict, and a note."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.view.chips import Chip
from coder.annotate.view.differing import VERDICT_KEYS, verdict_text
from coder.annotate.view.fields import TextField
from coder.annotate.view.flow import FlowLayout
from coder.language import tr
from coder.model.disagreement import Verdict

_NAME_LETTERS = 16


class VerdictButton(Chip):
    """Says which verdict holds; pressing it asks for one, and what is on the disk decides what is shown."""

    def nextCheckState(self) -> None:
        """A press changes nothing by itself."""


class NoteField(TextField):
    """The note about one disagreement. keep: Enter was pressed, or the focus has left a changed note."""

    def __init__(self, keep: Callable[[str], None], leave: Callable[[], None]) -> None:
        super().__init__(leave)
        self._keep = keep
        self.setAccessibleName(tr("Note"))
        self.editingFinished.connect(self._hand_over)

    def show_note(self, text: str) -> None:
        """Show the note of another disagreement, or the one that was kept."""
        self._before = text
        self.setText(text)

    def _hand_over(self) -> None:
        if self.text() != self._before:
            self._before = self.text()
            self._keep(self.text().strip())


class VerdictBar(QWidget):
    """Asks for verdicts and keeps the note; owns neither. settle, keep, leave: what a person wishes.

    name_a, name_b: the coders. note_key: the key that puts the cursor into the note.
    """

    def __init__(
        self,
        name_a: str,
        name_b: str,
        note_key: str,
        settle: Callable[[Verdict], None],
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
        self.note = NoteField(keep, leave)
        self._note_key = note_key
        self._told = QLabel()
        self._told.setProperty("role", "muted")
        flow = FlowLayout(6)
        for button in self.buttons.values():
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
