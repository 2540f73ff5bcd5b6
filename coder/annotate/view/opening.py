"""Reads a film on a thread of its own: first its index, then the outline of its sound; the window stays alive."""

from contextlib import suppress
from pathlib import Path

from PyQt6.QtCore import pyqtSignal

from coder.annotate.view.aside import Aside
from coder.media import open_index
from coder.media.peaks import peaks
from coder.media.soundtrack import has_sound
from coder.model.problem import MediaError

OUTLINE_HZ = 100


class FilmOpening(Aside):
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

    def start(self, *, outline: bool = True) -> None:
        """Begin. outline: the outline of the sound is wanted too."""
        self._begin(lambda: self._read(outline=outline), f"opening {self._film.name}")

    def _read(self, *, outline: bool) -> None:
        try:
            index = open_index(self._film, progress=lambda share: self._tell(self.progressed.emit, share))
        except MediaError as error:
            self._tell(self.failed.emit, error)
            return
        self._tell(self.opened.emit, index)
        # A film whose sound is damaged is coded without its outline.
        with suppress(MediaError):
            if outline and has_sound(self._film):
                self._tell(self.outlined.emit, peaks(index, OUTLINE_HZ, progress=lambda _: self._go_on()))
