"""Computes the spectrogram on a thread of its own, when somebody first wants to see it."""

from pathlib import Path

from PyQt6.QtCore import pyqtSignal

from coder.annotate.view.aside import Aside
from coder.media import FrameIndex
from coder.media.spectrogram import kept_spectrogram, spectrogram
from coder.model.problem import MediaError


class Listening(Aside):
    """Tells `heard` with the levels of the spectrogram, or `failed` with the MediaError; and how far it is.

    folder: where spectrograms are kept; None: nowhere.
    """

    heard = pyqtSignal(object)
    failed = pyqtSignal(object)
    progressed = pyqtSignal(float)

    def __init__(self, folder: Path | None) -> None:
        super().__init__()
        self._folder = folder

    def start(self, film: FrameIndex) -> None:
        """Begin, once."""
        self._begin(lambda: self._listen(film), f"spectrogram {film.path.name}")

    def _listen(self, film: FrameIndex) -> None:
        try:
            if self._folder is None:
                levels = spectrogram(film, self._on_progress)
            else:
                levels = kept_spectrogram(film, self._folder, self._on_progress)
        except MediaError as error:
            self._tell(self.failed.emit, error)
        else:
            self._tell(self.heard.emit, levels)

    def _on_progress(self, share: float) -> None:
        self._tell(self.progressed.emit, share)
