"""Writes down where a coder is, a little later and on a thread of its own: no key press waits for the disk."""

import threading
from collections.abc import Callable
from dataclasses import asdict

from PyQt6.QtCore import QObject, QTimer

from coder.annotate.view.content import Place
from coder.model.problem import CoderError
from coder.settings.places import KeptPlace, PlacesFile

WAIT_MS = 1_500
"""After a crash at most this much of the way, and one write, is lost."""


class PlaceKeeper(QObject):
    """Keeps the place in one pass. `finish` must be called before the keeper goes.

    tell: called once, on the window's thread, if the places cannot be saved.
    """

    def __init__(self, file: PlacesFile, pass_id: str, tell: Callable[[CoderError], None]) -> None:
        super().__init__()
        self._file, self._pass_id, self._tell = file, pass_id, tell
        self._newest: Place | None = None
        self._failure: CoderError | None = None
        self._told = False
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._write_aside)

    def begin(self) -> Place | None:
        """Where the coder was the last time."""
        kept = self._file.of(self._pass_id)
        return None if kept is None else Place(**kept.model_dump())

    def keep(self, place: Place) -> None:
        """Take note of a place; it is written soon, also while the film goes on."""
        self._newest = place
        if not self._timer.isActive():
            self._timer.start()

    def finish(self) -> None:
        """Write what is not written yet, and wait for it."""
        self._timer.stop()
        if self._thread is not None:
            self._thread.join()
        self._write()
        self._report()

    def _write_aside(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            self._timer.start()  # a slow disk: the place is written when the one before is
            return
        self._report()
        self._thread = threading.Thread(target=self._write, name="place")
        self._thread.start()

    def _write(self) -> None:
        place, self._newest = self._newest, None
        if place is None:
            return
        try:
            self._file.keep(self._pass_id, KeptPlace(**asdict(place)))
        except CoderError as error:
            self._failure = error

    def _report(self) -> None:
        if self._failure is not None and not self._told:
            self._told = True
            self._tell(self._failure)
