"""What a person does to the windows: keys that reach whatever has the keyboard, and looking for a dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

CLIP = Path(__file__).parents[2] / "sample_media" / "dyad-first.mp4"
Kind = TypeVar("Kind", bound=QWidget)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, to the window that has the keyboard."""
    window = QGuiApplication.focusWindow()
    assert window is not None, "no window has the keyboard"
    QTest.keyClick(window, key, modifier)


def write(text: str) -> None:
    """Replace what stands in the field that has the keyboard."""
    press(Qt.Key.Key_A, CTRL)
    for sign in text:
        press(sign)


def shown(qtbot: QtBot, kind: type[Kind]) -> Kind:
    """The one visible window of that kind, once it has the keyboard."""

    def found() -> list[Kind]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    window = found()[0]
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def none_shown(kind: type[QWidget]) -> bool:
    """True if no window of that kind is visible."""
    return not any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets())


def until(qtbot: QtBot, what: Callable[[], object]) -> None:
    """Wait for something that takes work, such as reading a film."""
    qtbot.waitUntil(lambda: bool(what()), timeout=60_000)


def back_to(qtbot: QtBot, window: QWidget) -> None:
    """Give a window the keyboard again once its dialog is gone: elsewhere the window manager does that."""
    qtbot.waitUntil(lambda: none_shown(QDialog))
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
