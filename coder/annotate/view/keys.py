"""A Qt key event as the text that the keymap speaks."""

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent

_NAMES = {
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Backspace: "Backspace",
    **{Qt.Key(Qt.Key.Key_F1 + n): f"F{n + 1}" for n in range(12)},
}
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)


def key_text(event: QKeyEvent) -> str:
    """`Ctrl+Shift+Z`, `Space`, `4`, `[`; "" for a key that never means anything.

    Shift is left out for digits and for signs such as "?" and "+", which need it on some keyboards and not on
    others.
    """
    name = _NAMES.get(Qt.Key(event.key())) if event.key() in _KNOWN else None
    shift_counts = name is not None
    if name is None and 0x20 < event.key() < 0x7F:
        name = chr(event.key())
        shift_counts = name.isalpha()
    if name is None:
        return ""
    pressed = [
        label
        for flag, label in _MODIFIERS
        if event.modifiers() & flag and (shift_counts or flag != Qt.KeyboardModifier.ShiftModifier)
    ]
    return "+".join((*pressed, name))


_KNOWN = frozenset(int(key) for key in _NAMES)


def shown(key: str) -> str:
    """A key as it is printed on a key cap: arrows as arrows."""
    parts = key.split("+") if key != "+" else ["+"]
    return "+".join(_CAPS.get(part, part) for part in parts)


_CAPS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "Delete": "Del", "Backspace": "⌫"}
