"""Splitters that stand where a person left them, on this machine."""

from base64 import b64decode, b64encode

from PyQt6.QtCore import QByteArray
from PyQt6.QtWidgets import QSplitter, QWidget

from coder.settings.preferences import PreferencesFile


def as_text(state: QByteArray) -> str:
    """Qt's saved state as text for the preferences."""
    return b64encode(state.data()).decode("ascii")


def from_text(text: str) -> QByteArray:
    """The state from `as_text`; what is no such text becomes an empty state, which Qt passes over."""
    try:
        return QByteArray(b64decode(text, validate=True))
    except ValueError:
        return QByteArray()


def keep_splitter(splitter: QSplitter, name: str, preferences: PreferencesFile) -> None:
    """Name a splitter and put it where it was left; `remember_splitters` finds it by its name."""
    splitter.setObjectName(name)
    splitter.restoreState(from_text(preferences.value.splitters.get(name, "")))


def restore_splitters(page: QWidget, preferences: PreferencesFile) -> None:
    """Put every named splitter of a page where it was left."""
    for splitter in page.findChildren(QSplitter):
        if splitter.objectName():
            splitter.restoreState(from_text(preferences.value.splitters.get(splitter.objectName(), "")))


def splitters_of(page: QWidget) -> dict[str, str]:
    """Where the named splitters of a page stand now, by name."""
    return {
        splitter.objectName(): as_text(splitter.saveState())
        for splitter in page.findChildren(QSplitter)
        if splitter.objectName()
    }
