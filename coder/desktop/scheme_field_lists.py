"""Fields of the scheme editor's form that hold several values, and the one that takes a key.

They show a value (`show_value`) and tell what a person made of it (`edited`) as those of `scheme_fields` do.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction, QTextCursor
from PyQt6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.keycaps import shown
from coder.desktop.key_catcher import KeyCatcher
from coder.desktop.look import scaled
from coder.desktop.pieces import label
from coder.desktop.scheme_fields import Edited, Prose
from coder.formats.scheme_keys import normal_key, why_not
from coder.language import tr

_KEY_PX = 120


class Several(QListWidget):
    """Any of several values, ticked with Space; the order is kept, and what is ticked later comes last."""

    def __init__(self, edited: Edited, options: Sequence[tuple[str, Any]]) -> None:
        super().__init__()
        self._known: list[Any] = []
        self._edited = edited
        for text, value in options:
            self._add(text, value)
        self.itemChanged.connect(self._tell)

    def show_value(self, value: Any) -> None:
        """Show which values hold; what is not among the choices is shown as one more."""
        self._known = list(value) if isinstance(value, list) else []
        for missing in [one for one in self._known if one not in self._choices()]:
            self._add(str(missing), missing)
        for item in self._items():
            holds = item.data(Qt.ItemDataRole.UserRole) in self._known
            item.setCheckState(Qt.CheckState.Checked if holds else Qt.CheckState.Unchecked)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the choices, within bounds."""
        rows = min(max(self.count(), 1), 6)
        return QSize(200, rows * (self.sizeHintForRow(0) if self.count() else 24) + 8)

    def minimumSizeHint(self) -> QSize:
        """Never lower than its choices."""
        return QSize(120, self.sizeHint().height())

    def _items(self) -> list[QListWidgetItem]:
        return [item for row in range(self.count()) if (item := self.item(row)) is not None]

    def _choices(self) -> list[Any]:
        return [item.data(Qt.ItemDataRole.UserRole) for item in self._items()]

    def _add(self, text: str, value: Any) -> None:
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setCheckState(Qt.CheckState.Checked if value in self._known else Qt.CheckState.Unchecked)
        self.addItem(item)

    def _tell(self, item: QListWidgetItem) -> None:
        value = item.data(Qt.ItemDataRole.UserRole)
        checked = item.checkState() is Qt.CheckState.Checked
        if checked is not (value in self._known):
            self._known = [*self._known, value] if checked else [one for one in self._known if one != value]
            self._edited(list(self._known) or None)


class Anchors(QWidget):
    """What the ratings of a scale mean: a text for each number; an empty one has no words of its own."""

    def __init__(self, edited: Edited, numbers: Sequence[str]) -> None:
        super().__init__()
        self._known: dict[str, Any] = {}
        self._edited = edited
        self.texts: dict[str, Prose] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        for row, number in enumerate(numbers):
            text = Prose(partial(self._tell, number), optional=True, least=1)
            text.setAccessibleName(tr("What {number} means", number=number))
            self.texts[number] = text
            grid.addWidget(label(number, "muted"), row, 0)
            grid.addWidget(text, row, 1)
            if not row:
                self.setFocusProxy(text)

    def show_value(self, value: Any) -> None:
        """Show the words of each number."""
        self._known = dict(value) if isinstance(value, dict) else {}
        for number, text in self.texts.items():
            text.show_value(self._known.get(number))

    def _tell(self, number: str, words: str | None) -> None:
        known = {**self._known, number: words}
        self._known = {key: known[key] for key in (*self.texts, *known) if known.get(key) is not None}
        self._edited(dict(self._known) or None)


class Terms(QWidget):
    """Codes by their ids, one in each line, or put together by hand; a menu of all codes writes one more.

    options: (what is read, id).
    """

    def __init__(self, edited: Edited, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.text = Prose(edited, by_line=True)
        self.button = QPushButton(tr("Add a code…"))
        self.button.setAccessibleDescription(tr("It is written below the others."))
        self.menu = QMenu(self.button)
        for words, code in options:
            action = QAction(f"{words} · {code}".replace("&", "&&"), self.menu)
            action.triggered.connect(partial(self._add, code))
            self.menu.addAction(action)
        self.button.setMenu(self.menu)
        self.button.setEnabled(bool(options))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addLayout(row)
        self.setFocusProxy(self.text)

    def show_value(self, value: Any) -> None:
        """Show the terms."""
        self.text.show_value(value)

    def _add(self, code: str) -> None:
        known = self.text.toPlainText().rstrip()
        self.text.setPlainText(f"{known}\n{code}" if known else code)
        self.text.moveCursor(QTextCursor.MoveOperation.End)


class KeyField(QWidget):
    """The key of a code. Enter waits for the next key; one that the player keeps is refused with the reason."""

    def __init__(self, edited: Edited) -> None:
        super().__init__()
        self._edited = edited
        self.button = QPushButton()
        self.button.setAutoDefault(True)
        self.button.setMinimumWidth(scaled(_KEY_PX))
        self.button.clicked.connect(self.wait)
        self.catcher = KeyCatcher(self._take, self._leave)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.catcher)
        self.setFocusProxy(self.button)

    def show_value(self, value: Any) -> None:
        """Show a key."""
        key = value if isinstance(value, str) else ""
        self.button.setText(shown(normal_key(key)) if key else tr("Choose a key…"))
        self.button.setAccessibleDescription(self.button.text())

    def wait(self) -> None:
        """Wait for the next key."""
        self.catcher.wait(tr("Press the key, or Esc to leave it as it is."))

    def _take(self, key: str) -> None:
        wanted = normal_key(key)
        if reason := why_not(wanted):
            what = tr("The key “{key}” {reason}.", key=shown(key), reason=reason)
            now = tr("Press another key, or Esc to leave it as it is.")
            self.catcher.wait(f"{what} {now}")
            return
        self._leave()
        self._edited(wanted)

    def _leave(self) -> None:
        had_keyboard = self.catcher.hasFocus()
        self.catcher.hide()
        if had_keyboard:
            self.button.setFocus()
