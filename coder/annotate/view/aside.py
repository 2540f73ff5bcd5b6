"""Slow reading on a thread of its own that tells the window through signals, and can be given up at any moment."""

import threading
from collections.abc import Callable
from contextlib import suppress

from PyQt6.QtCore import QObject, pyqtSignal

from coder.annotate.view.ending import stop_at_the_end


class GivenUpError(Exception):
    """Leaves the reading when nobody waits for it any more."""


class Aside(QObject):
    """Runs once. What the thread tells arrives on the window's own thread; after `stop` nothing arrives.

    That holds for what is on its way as well: a signal that was emitted before `stop` would be delivered after it,
    to widgets that are gone.
    """

    _on_its_way = pyqtSignal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None
        self._on_its_way.connect(self._arrived)
        stop_at_the_end(self.stop)

    @property
    def started(self) -> bool:
        """True if it was begun."""
        return self._thread is not None

    def stop(self) -> None:
        """Give up, and wait for the thread; may be called twice."""
        self._given_up.set()
        if self._thread is not None:
            self._thread.join()

    def _begin(self, work: Callable[[], None], name: str) -> None:
        if self._thread is None and not self._given_up.is_set():
            self._thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
            self._thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        with suppress(GivenUpError):
            work()

    def _tell(self, emit: Callable[[object], None], what: object) -> None:
        """From the thread: let a signal be emitted. Raises GivenUpError if nobody waits for it any more."""
        self._go_on()
        self._on_its_way.emit(emit, what)

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise GivenUpError

    def _arrived(self, emit: Callable[[object], None], what: object) -> None:
        if not self._given_up.is_set():
            emit(what)
