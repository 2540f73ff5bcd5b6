"""One camera of the session: its film, the thread that decodes it, and its picture."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QPainter

from coder.annotate.view.content import Camera, FindPersons, Painted
from coder.annotate.view.ending import stop_at_the_end
from coder.annotate.view.lens import Box
from coder.annotate.view.opening import FilmOpening
from coder.annotate.view.paint_persons import paint_persons
from coder.annotate.view.picture import Picture, PictureNews
from coder.language import tr
from coder.media import FrameIndex
from coder.media.worker import FrameWorker, NotShown, Shown
from coder.model.problem import MediaError


@dataclass(frozen=True, slots=True)
class CameraNews:
    """Whom a camera tells. opened: its film can be shown. failed: it cannot be opened. came: a frame.

    painted, resized, chosen: what its picture tells.
    """

    opened: Callable[["CameraView"], None]
    failed: Callable[["CameraView", MediaError], None]
    came: Callable[["CameraView", Shown | NotShown], None]
    painted: Callable[["CameraView", Painted | None], None]
    resized: Callable[[], None]
    chosen: Callable[["CameraView"], None]


class CameraView(QObject):
    """Everything about time that comes in or goes out is session time; inside it is the film's."""

    _delivered = pyqtSignal(object)

    def __init__(self, camera: Camera, cache_bytes: int, news: CameraNews) -> None:
        super().__init__()
        self.media = camera.media
        self.name = camera.media.role or camera.film.stem
        self.index: FrameIndex | None = None
        self.failed = False
        self.picture = Picture(
            PictureNews(lambda seen: news.painted(self, seen), news.resized, lambda: news.chosen(self))
        )
        self._camera = camera
        self._cache_bytes = cache_bytes
        self._news = news
        self._worker: FrameWorker | None = None
        self._delivered.connect(self._on_delivered)
        stop_at_the_end(self.shut)
        self._opening = FilmOpening(camera.film)
        self._opening.opened.connect(self._on_opened)
        self._opening.failed.connect(self._on_failed)
        self._opening.progressed.connect(self._on_progress)

    def open(self, outline: Callable[[NDArray[np.int16]], None] | None = None) -> None:
        """Begin to read the film. outline: told the outline of its sound afterwards, if anybody wants it."""
        if outline is not None:
            self._opening.outlined.connect(outline)
        self.picture.show_message(tr("Reading the film …"))
        self._opening.start(outline=outline is not None)

    def shut(self) -> None:
        """End the threads; the picture stays as it is."""
        self._opening.stop()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    @property
    def ready(self) -> bool:
        """True if frames can be asked for."""
        return self._worker is not None

    @property
    def last(self) -> int:
        """The number of its last frame; 0 before the film is open."""
        return self.index.frame_count - 1 if self.index is not None else 0

    def onset_us(self, frame: int) -> int:
        """When a frame begins."""
        return self.media.to_session_us(self.index.at_us(frame)) if self.index is not None else 0

    def offset_us(self, frame: int) -> int:
        """When a frame ends: the onset of the next one, or the end of the film."""
        if self.index is None:
            return 0
        if frame < self.last:
            return self.onset_us(frame + 1)
        return self.media.to_session_us(self.index.duration_us)

    def frame_at(self, at_us: int) -> int:
        """The last frame that begins at or before a time; the first or last one outside the film."""
        return self.index.index_at(self.media.to_file_us(at_us)) if self.index is not None else 0

    def frame_near(self, at_us: int) -> int:
        """The frame whose onset is nearest to a time; of two the earlier one."""
        at = self.frame_at(at_us)
        later = min(at + 1, self.last)
        return min((at, later), key=lambda frame: abs(self.onset_us(frame) - at_us))

    def frame_with(self, at_us: int) -> int | None:
        """The frame that goes with one of another camera at this time: the nearest; None outside the film.

        Beyond its first and last frame a film reaches as far as its frames lie near the time: half a usual frame.
        """
        if self.index is None:
            return None
        frame = self.frame_near(at_us)
        half_us = (self.offset_us(self.last) - self.onset_us(0)) // (2 * self.index.frame_count)
        if self.onset_us(0) - half_us <= at_us <= self.onset_us(self.last) + half_us:
            return frame
        return None

    def ask(self, frame: int, lift: int) -> None:
        """Ask for a frame as the picture wants it, brightened by `lift` steps."""
        if self._worker is not None:
            size = self.picture.wanted_size()
            self._worker.show(frame, size.width(), size.height(), lift)

    def look(self, frame: int, lift: int) -> None:
        """Ask for a quick look near a frame."""
        if self._worker is not None:
            size = self.picture.wanted_size()
            self._worker.preview(frame, size.width(), size.height(), lift)

    def put_up(self, result: Shown | NotShown) -> None:
        """Show what came, or why it cannot be shown."""
        if isinstance(result, NotShown):
            self.picture.show_message(str(result.error))
        else:
            frame = Painted(result.index, self.media.to_session_us(result.at_us))
            self.picture.show_frame(frame, result.bgra)

    def show_persons(self, find: FindPersons | None, *, rays: bool) -> None:
        """Draw over the frames who is seen in them; None: nobody. rays: also where they look."""
        if find is None:
            self.picture.draw_over(None)
            return

        def over(painter: QPainter, box: Box, frame: Painted) -> None:
            paint_persons(painter, box, find(self.media, self.media.to_file_us(frame.at_us)), rays=rays)

        self.picture.draw_over(over)

    def put_up_nothing(self) -> None:
        """Say that the camera was not running."""
        self.picture.show_nothing(tr("Not filmed at this moment"))

    def _on_delivered(self, result: Shown | NotShown) -> None:
        if self._worker is not None:
            self._news.came(self, result)

    def _on_opened(self, index: FrameIndex) -> None:
        self.index = index
        self._worker = FrameWorker(
            index, self._delivered.emit, cache_bytes=self._cache_bytes, proxy=self._camera.proxy
        )
        self.picture.show_message("")
        self.picture.set_native(index.geometry.width, index.geometry.height)
        self._news.opened(self)

    def _on_failed(self, error: MediaError) -> None:
        self.failed = True
        self.picture.show_message(str(error))
        self._news.failed(self, error)

    def _on_progress(self, share: float) -> None:
        if self.index is None:
            self.picture.show_message(tr("Reading the film … {share}", share=f"{share:.0%}"))
