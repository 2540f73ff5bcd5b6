"""Reads a film on a thread of its own: first its index, then the outline of its sound; the window stays alive."""

import threading
from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from coder.media import open_index
from coder.media.peaks import peaks
from coder.media.soundtrack import has_sound
from coder.model.problem import MediaError

OUTLINE_HZ = 100


class FilmOpening(QObject):
    """Tells `opened` with the FrameIndex, or `failed` with the MediaError; never both.

    Then `outlined` with the lowest and highest sample of each 1/OUTLINE_HZ of a second, if the film has sound.
    """

    opened = pyqtSignal(object)
    failed = pyqtSignal(object)
    outlined = pyqtSignal(object)
    progressed = pyqtSignal(float)

    def __init__(self, film: Path) -> None:
        super().__init__()
        self._film = film
        self._with_outline = True
        self._given_up = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"opening {film.name}", daemon=True)

    def start(self, *, outline: bool = True) -> None:
        """Begin. outline: the outline of the sound is wanted too."""
        self._with_outline = outline
        self._thread.start()

    def stop(self) -> None:
        """Give up, and wait for the thread; nothing is told afterwards."""
        self._given_up.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with suppress(_GivenUpError):
            try:
                index = open_index(self._film, progress=self._on_progress)
            except MediaError as error:
                self._go_on()
                self.failed.emit(error)
                return
            self._go_on()
            self.opened.emit(index)
            # A film whose sound is damaged is coded without its outline.
            with suppress(MediaError):
                if self._with_outline and has_sound(self._film):
                    outline = peaks(index, OUTLINE_HZ, progress=lambda _: self._go_on())
                    self._go_on()
                    self.outlined.emit(outline)

    def _on_progress(self, share: float) -> None:
        self._go_on()
        self.progressed.emit(share)

    def _go_on(self) -> None:
        if self._given_up.is_set():
            raise _GivenUpError


class _GivenUpError(Exception):
    """Leaves the reading when nobody waits for it any more."""
