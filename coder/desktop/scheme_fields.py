"""The fields of the scheme editor's form, one class for each kind of value.

Each shows a value (`show`) and tells what a person made of it (`edited`); None means that the field is left out.
"""

from collections.abc import Callable, Sequence
from typing import Any

from PyQt6.QtCore import QEvent, QSize, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from coder.desktop.forms import Choice
from coder.desktop.look import scaled
from coder.desktop.pieces import label
from coder.formats.toml_writing import folded
from coder.language import tr

Edited = Callable[[Any], None]
_SHORT_PX = 110
_IN_SECONDS = ("every_ms", "shortest_ms")
_MOST_LINES = 9


def _is_undo(event: QEvent | None) -> bool:
    """Undo and redo belong to the editor, which takes whole edits back, not to a field."""
    if not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class Line(QLineEdit):
    """A text of one line."""

    def __init__(self, edited: Edited, *, optional: bool = False) -> None:
        super().__init__()
        self.textEdited.connect(lambda text: edited(None if optional and not text else text))

    def show_value(self, value: Any) -> None:
        """Show a value; what cannot be shown in a line is shown as it is written."""
        text = "" if value is None else str(value)
        if text != self.text():
            self.setText(text)

    def event(self, e: QEvent | None) -> bool:
        """Leaves undo to the editor."""
        if e is not None and e.type() is QEvent.Type.ShortcutOverride and _is_undo(e):
            return False
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        """Leaves undo to the editor."""
        if not _is_undo(e):
            super().keyPressEvent(e)


class Number(QWidget):
    """A number with its unit; an empty field leaves it out, and what is no number is told by the problems.

    name: of the field; those in _ms are milliseconds, and long ones are written in seconds.
    """

    def __init__(self, edited: Edited, name: str, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole
        self._times = 1000 if name in _IN_SECONDS else 1
        self.line = Line(lambda text: edited(self._value(text)))
        self.line.setMaximumWidth(scaled(_SHORT_PX))
        unit = tr("seconds") if self._times > 1 else tr("ms") if name.endswith("_ms") else ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        row.addWidget(label(unit, "muted"))
        row.addStretch(1)
        self.setFocusProxy(self.line)

    def show_value(self, value: Any) -> None:
        """Show a number, and leave what is being typed alone if it means the same."""
        if self._value(self.line.text()) != value:
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            self.line.show_value(f"{value / self._times:g}" if is_number and self._times > 1 else value)

    def _value(self, text: str) -> Any:
        """The number; the text itself if it is none, so that the problems tell it."""
        if not text.strip():
            return None
        try:
            number = float(text.strip().replace(",", ".")) * self._times
        except ValueError:
            return text
        return round(number) if self._whole and number.is_integer() else number


class Prose(QPlainTextEdit):
    """A text of several lines, as high as it needs, `least` lines at least.

    by_line: each line is an entry of a list of texts.
    """

    def __init__(self, edited: Edited, *, by_line: bool = False, optional: bool = False, least: int = 2) -> None:
        super().__init__()
        self._least = least
        self._edited, self._by_line, self._optional = edited, by_line, optional
        self._known: Any = None
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._tell)
        self.textChanged.connect(self.updateGeometry)

    def show_value(self, value: Any) -> None:
        """Show a value, and leave what is being typed alone if it means the same."""
        self._known = self._tidy(value)
        if self._tidy(self._read()) != self._known:
            self.setPlainText("\n".join(self._known) if isinstance(self._known, list) else self._known)

    def sizeHint(self) -> QSize:
        """As high as the text, within bounds."""
        document = self.document()
        lines = document.size().height() if document is not None else 1
        margins = 20 + self.fontMetrics().leading()
        return QSize(
            200, round(min(max(lines, self._least), _MOST_LINES) * self.fontMetrics().lineSpacing() + margins)
        )

    def minimumSizeHint(self) -> QSize:
        """Never lower than its text."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, e: QResizeEvent | None) -> None:
        """Another width needs another height."""
        super().resizeEvent(e)
        self.updateGeometry()

    def event(self, e: QEvent | None) -> bool:
        """Leaves undo to the editor."""
        if e is not None and e.type() is QEvent.Type.ShortcutOverride and _is_undo(e):
            return False
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        """Leaves undo to the editor."""
        if not _is_undo(e):
            super().keyPressEvent(e)

    def _read(self) -> Any:
        return self.toPlainText().split("\n") if self._by_line else self.toPlainText()

    def _tidy(self, value: Any) -> Any:
        """A value as far as it means something: lines that are not empty, words with one space between."""
        if not self._by_line:
            return " ".join(value.split()) if isinstance(value, str) else ""
        lines = value if isinstance(value, list) else []
        return [tidy for line in lines if (tidy := " ".join(str(line).split()))]

    def _tell(self) -> None:
        now = self._tidy(self._read())
        if now != self._known:
            self._known = now
            written = now if self._by_line else folded(now)
            self._edited(None if self._optional and not now else written)


class Flag(QCheckBox):
    """Yes or no; no leaves the field out."""

    def __init__(self, edited: Edited) -> None:
        super().__init__()
        self.clicked.connect(lambda checked: edited(checked or None))

    def show_value(self, value: Any) -> None:
        """Show a value."""
        self.setChecked(value is True)


class OneOf(Choice[str]):
    """One of several values. options: (what is read, value); "" leaves the field out."""

    def __init__(self, edited: Edited, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(options)
        self._options = list(options)
        self.activated.connect(lambda _index: edited(self.value or None))

    def wheelEvent(self, e: QWheelEvent | None) -> None:
        """The wheel scrolls the form, and never changes a choice on its way."""
        if e is not None:
            e.ignore()

    def show_value(self, value: Any) -> None:
        """Show a value; one that is not among the choices is shown as one more."""
        wanted = value if isinstance(value, str) else ""
        if wanted not in self._values:
            self._values.append(wanted)
            self.addItem(wanted or "–")
        self.setCurrentIndex(self._values.index(wanted))
