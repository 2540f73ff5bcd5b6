"""A field that takes the next key press, whatever it is, and says how it is written."""

from collections.abc import Callable

from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QFocusEvent, QKeyEvent
from PyQt6.QtWidgets import QLabel

from coder.annotate.view.keys import key_text

_ALONE = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class KeyCatcher(QLabel):
    """Waits for a key while it has the keyboard.

    caught: told of the key. left: Esc was pressed, or the keyboard went elsewhere.
    """

    def __init__(self, caught: Callable[[str], None], left: Callable[[], None]) -> None:
        super().__init__()
        self._caught, self._left = caught, left
        self.setProperty("role", "banner")
        self.setContentsMargins(10, 6, 10, 6)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def wait(self, text: str) -> None:
        """Say what is waited for, and wait."""
        self.setText(text)
        self.setAccessibleName(text)
        self.show()
        self.setFocus()

    def event(self, e: QEvent | None) -> bool:
        """A key of the menus is caught too, instead of doing what it does."""
        if e is not None and e.type() is QEvent.Type.ShortcutOverride:
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, ev: QKeyEvent | None) -> None:
        """Esc leaves; Ctrl, Alt and Shift alone are only the beginning of a key."""
        if ev is None or ev.key() in _ALONE:
            return
        if ev.key() == Qt.Key.Key_Escape:
            self._left()
        elif key := key_text(ev):
            self._caught(key)

    def focusOutEvent(self, ev: QFocusEvent | None) -> None:
        """Whoever goes elsewhere does not want another key any more."""
        super().focusOutEvent(ev)
        if ev is not None and ev.reason() is not Qt.FocusReason.ActiveWindowFocusReason and self.isVisible():
            self._left()
