"""All cameras of a session: their wall of pictures, the sets of their frames, and which one is in front."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from coder.annotate.view.camera import CameraNews, CameraView
from coder.annotate.view.content import Camera
from coder.annotate.view.frame_sets import FrameSet, FrameSets
from coder.annotate.view.wall import Wall
from coder.model.time import Span

MOST_CAMERAS = 4

CACHE_BYTES = 512 * 1024 * 1024
"""Memory for decoded frames, shared alike by the cameras of a session."""


class Cameras:
    """The first camera is in front at the beginning."""

    def __init__(self, films: tuple[Camera, ...], told: CameraNews, gathered: Callable[[FrameSet], None]) -> None:
        films = films[:MOST_CAMERAS]
        self.all = [CameraView(film, CACHE_BYTES // len(films), told) for film in films]
        self.wall = Wall([camera.picture for camera in self.all])
        self.sets = FrameSets(self.all, gathered)
        self.put_front(self.all[0])

    @property
    def front(self) -> CameraView:
        """The camera whose frames are stepped, counted and stamped."""
        return self.sets.front

    @property
    def film(self) -> Span:
        """What its film covers of the session; empty before it is open."""
        return Span(self.front.onset_us(0), self.front.offset_us(self.front.last))

    def open(self, outline: Callable[[NDArray[np.int16]], None]) -> None:
        """Begin to read the films. outline: told the outline of the sound of the one in front."""
        for camera in self.all:
            camera.open(outline if camera is self.front else None)

    def put_front(self, camera: CameraView) -> None:
        """Put a camera in front; its picture is marked where there are several."""
        self.sets.front = camera
        for each in self.all:
            name = each.name if len(self.all) > 1 else ""
            each.picture.set_caption(name, in_front=each is camera)
        self.wall.bring_front(camera.picture)

    def next_ready(self) -> CameraView | None:
        """The next camera after the one in front that can be shown."""
        at = self.all.index(self.front)
        others = self.all[at + 1 :] + self.all[:at]
        return next((camera for camera in others if camera.ready), None)

    def whole_pictures(self) -> None:
        """Show all pictures whole."""
        for camera in self.all:
            camera.picture.whole()

    def shut(self) -> None:
        """End all threads."""
        for camera in self.all:
            camera.shut()
