"""Fields to type into on the bench. All their keys are theirs: what they do not use must not code or select."""

from collections.abc import Callable

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QSpinBox


class TextField(QLineEdit):
    """A line of text. Enter and Esc leave it; Esc puts back what stood there. leave: gives the focus away."""

    def __init__(self, leave: Callable[[], None], text: str = "") -> None:
        super().__init__(text)
        self._before = text
        self._leave = leave
        self.returnPressed.connect(leave)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        if a0.key() == Qt.Key.Key_Escape:
            self.setText(self._before)
            self._leave()
        else:
            super().keyPressEvent(a0)
        a0.accept()


class EditedField(TextField):
    """A text that is handed over when the focus leaves it, if it was changed.

    unsaved: what was typed before and could not be saved. It is handed over again with Enter, or when more is
    typed, and not each time the focus leaves; Esc drops it.
    """

    def __init__(
        self, text: str, hand_over: Callable[[str], None], leave: Callable[[], None], unsaved: str | None = None
    ) -> None:
        super().__init__(leave, text)
        self._hand_over = hand_over
        self._due = unsaved is None
        if unsaved is not None:
            self.setText(unsaved)
        self.textEdited.connect(self._fall_due)
        self.editingFinished.connect(self.finish)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._fall_due()
        super().keyPressEvent(a0)

    def _fall_due(self) -> None:
        self._due = True

    def finish(self) -> None:
        """Hand over what was typed, as when the focus leaves."""
        if self._due and self.text() != self._before:
            wanted, self._before = self.text(), self.text()
            self._hand_over(wanted)


class TimeField(EditedField):
    """A time on the session clock, just wide enough for one."""

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("00:00:00.0000") + 20, super().sizeHint().height())


class NumberField(QSpinBox):
    """A whole number."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        super().keyPressEvent(event)
        if event is not None:
            event.accept()
