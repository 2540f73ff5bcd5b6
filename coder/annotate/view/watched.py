"""A value that several widgets look at: setting it tells them, and nothing else does."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Watched(Generic[T]):
    """Holds one value. Listeners are called with it after it has changed."""

    def __init__(self, value: T) -> None:
        self._value = value
        self._listeners: list[Callable[[T], None]] = []

    @property
    def value(self) -> T:
        """What it is now."""
        return self._value

    def set(self, value: T) -> None:
        """Change it; no one is told if it is the same already."""
        if value != self._value:
            self._value = value
            for listener in tuple(self._listeners):
                listener(value)

    def listen(self, listener: Callable[[T], None]) -> None:
        """Call `listener` from now on."""
        self._listeners.append(listener)
