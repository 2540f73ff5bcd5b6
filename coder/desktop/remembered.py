"""Window places and sizes as text for the preferences."""

from base64 import b64decode, b64encode

from PyQt6.QtCore import QByteArray


def as_text(state: QByteArray) -> str:
    """Qt's saved state as text for the preferences."""
    return b64encode(state.data()).decode("ascii")


def from_text(text: str) -> QByteArray:
    """The state from `as_text`; what is no such text becomes an empty state, which Qt passes over."""
    try:
        return QByteArray(b64decode(text, validate=True))
    except ValueError:
        return QByteArray()
