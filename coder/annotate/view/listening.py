"""Computes the spectrogram on a thread of its own, when somebody first wants to see it."""

import threading
from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from coder.media import FrameIndex
from coder.media.spectrogram import kept_spectrogram, spectrogram
from coder.model.problem import MediaError


class Listening(QObject):
    """Tells `heard` with the levels of the spectrogram, or `failed` with the MediaError; and how far it is.

    folder: where spectrograms are kept; None: nowhere.
    """

    heard = pyqtSignal(object)
    failed = pyqtSignal(object)
    progressed = pyqtSignal(float)

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder
        self._given_up = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def started(self) -> bool:
        """True if it was begun."""
        return self._thread is not None

    def start(self, film: FrameIndex) -> None:
        """Begin, once."""
        if self._thread is None and not self._given_up.is_set():
            self._thread = threading.Thread(
                target=self._run, args=(film,), name=f"spectrogram {film.path.name}", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Give up, and wait for the thread; nothing is told afterwards."""
        self._given_up.set()
        if self._thread is not None and self._thread.is_alive():
            self._thread.join()

    def _run(self, film: FrameIndex) -> None:
        with suppress(_GivenUpError):
            try:
                if self._folder is None:
                    levels = spectrogram(film, self._on_progress)
                else:
                    levels = kept_spectrogram(film, self._folder, self._on_progress)
            except MediaError as error:
                if not self._given_up.is_set():
                    self.failed.emit(error)
                return
            if not self._given_up.is_set():
                self.heard.emit(levels)

    def _on_progress(self, share: float) -> None:
        if self._given_up.is_set():
            raise _GivenUpError
        self.progressed.emit(share)


class _GivenUpError(Exception):
    """Leaves the reading when nobody waits for it any more."""
