"""A Qt key event as the texts that the keymap speaks.

A letter means what is on its cap wherever that is a letter from A to Z: on a German keyboard Z is Z. Where
the keyboard types other scripts, or a sign that no key of ours has, its place counts: ф is A, because it
lies there. Signs are read from what was typed, so that it does not matter whether they need Shift or AltGr.
"""

import unicodedata

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QKeyEvent

from coder.annotate.view.key_places import us_sign

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
    Qt.Key.Key_Insert: "Insert",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Backspace: "Backspace",
    **{Qt.Key(Qt.Key.Key_F1 + n): f"F{n + 1}" for n in range(12)},
}
_KNOWN = {int(key): name for key, name in _NAMES.items()}
_DEAD = {
    Qt.Key.Key_Dead_Grave: "`",
    Qt.Key.Key_Dead_Acute: "'",
    Qt.Key.Key_Dead_Circumflex: "^",
    Qt.Key.Key_Dead_Tilde: "~",
    Qt.Key.Key_Dead_Diaeresis: '"',
}
_DEAD_SIGNS = {int(key): sign for key, sign in _DEAD.items()}
_ALTGR = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
)


def key_text(event: QKeyEvent) -> str:
    """`Ctrl+Shift+Z`, `Space`, `4`, `[`: the likeliest reading of a key press; "" if it never means anything."""
    return next(iter(key_texts(event)), "")


def key_texts(event: QKeyEvent, platform: str = "") -> tuple[str, ...]:
    """The readings of a key press, the likeliest first; the first that means something holds.

    Shift is left out for digits and for signs such as "?" and "+", which need it on some keyboards and not on
    others. platform: as `QGuiApplication.platformName` says it, which is asked if it is left out.
    """
    if event.modifiers() & Qt.KeyboardModifier.MetaModifier:
        return ()  # the system's own
    platform = platform or QGuiApplication.platformName()
    named = _KNOWN.get(event.key())
    if named is not None:
        return (_joined(event, named, shift=True),)
    typed = _typed(event)
    place = us_sign(event, platform)
    unused = _used_up(event, typed, platform)
    found = [_joined(event, typed, shift=typed.isalpha(), without=unused)] if typed else []
    if place and _by_place(event, typed, place):
        found.append(_joined(event, place, shift=place.isalpha()))
    return tuple(dict.fromkeys(found))


def _typed(event: QKeyEvent) -> str:
    """The letter from A to Z, digit or sign of ASCII that was typed; "" for anything else."""
    text = event.text()
    if len(text) == 1 and 0x20 < ord(text) < 0x7F and not text.isalpha():
        return text
    if len(text) == 1 and text.isdecimal():
        return str(unicodedata.decimal(text))
    if 0x20 < event.key() < 0x7F:
        return chr(event.key())
    return _DEAD_SIGNS.get(event.key(), "")


def _by_place(event: QKeyEvent, typed: str, place: str) -> bool:
    """Whether the place of a key counts: not for a Latin letter, which means itself, with or without an accent."""
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if typed.isalnum() or (typed and shifted):
        return False
    letter = event.text() if event.text().isalpha() else chr(event.key()) if 0x7F < event.key() < 0x10000 else ""
    latin = letter.isalpha() and "LATIN" in unicodedata.name(letter[0], "")
    return not (latin and place.isalpha())


def _used_up(event: QKeyEvent, typed: str, platform: str) -> Qt.KeyboardModifier:
    """The modifiers that were needed to type a sign: AltGr is Ctrl and Alt on Windows, and Alt on macOS."""
    if typed.isalnum() or event.text() != typed:
        return Qt.KeyboardModifier.NoModifier
    if platform == "cocoa" and event.key() != ord(typed):
        return Qt.KeyboardModifier.AltModifier
    return _ALTGR if event.modifiers() & _ALTGR == _ALTGR else Qt.KeyboardModifier.NoModifier


def _joined(
    event: QKeyEvent,
    name: str,
    *,
    shift: bool,
    without: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> str:
    held = event.modifiers() & ~without
    pressed = [
        label for flag, label in _MODIFIERS if held & flag and (shift or flag != Qt.KeyboardModifier.ShiftModifier)
    ]
    return "+".join((*pressed, name))
