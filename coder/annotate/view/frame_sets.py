"""Sets of frames: what all cameras show at one moment, asked for together and painted together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coder.annotate.view.camera import CameraView
from coder.media.clock import monotonic_us
from coder.media.worker import NotShown, Shown


@dataclass(frozen=True, eq=False)
class FrameSet:
    """The frame of the camera in front, its session time, and the frame of each camera that goes with it.

    asked_us: wall time. came: what the cameras have delivered so far.
    """

    frame: int
    at_us: int
    asked_us: int
    wanted: dict[CameraView, int]
    came: dict[CameraView, Shown | NotShown] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """True if all that were asked have delivered."""
        return len(self.came) == len(self.wanted)


class FrameSets:
    """Asks the cameras for a set, one at a time, and tells when it is complete. The pictures never part.

    front: the camera whose frames are counted; those of the others are the nearest in time. lift: steps by which
    dim film is brightened.
    """

    def __init__(self, cameras: Sequence[CameraView], gathered: Callable[[FrameSet], None]) -> None:
        """gathered: told of each complete set, to `put_up` it when it is due."""
        self.front = cameras[0]
        self.lift = 0
        self._cameras = cameras
        self._gathered = gathered
        self._asked: FrameSet | None = None
        self._up: FrameSet | None = None
        self._looked_for: int | None = None

    def ask(self, frame: int) -> None:
        """Ask for the set of a frame of the camera in front. A set that is still on its way is given up."""
        at_us = self.front.onset_us(frame)
        wanted = {self.front: frame}
        for camera in self._cameras:
            with_it = camera.frame_with(at_us) if camera.ready and camera is not self.front else None
            if with_it is not None:
                wanted[camera] = with_it
        self._looked_for = None
        self._asked = FrameSet(frame, at_us, monotonic_us(), wanted)
        for camera, each in wanted.items():
            camera.ask(each, self.lift)

    def look(self, frame: int) -> None:
        """Show a near frame of the camera in front as soon as may be, while somebody drags; the others pale."""
        self._asked = None
        self._looked_for = frame
        self.front.look(frame, self.lift)
        for camera in self._cameras:
            if camera.ready and camera is not self.front:
                camera.picture.pale()

    def give_up(self) -> None:
        """Forget what was asked for, and what is up but not painted."""
        self._asked = self._looked_for = None
        for camera in self._cameras:
            camera.picture.keep()

    def put_up(self, frames: FrameSet) -> None:
        """Let all pictures paint their frame of a complete set, in the same breath.

        The one in front comes last, so that the others are painted when its frame is told.
        """
        self._up = frames
        for camera in sorted(self._cameras, key=lambda camera: camera is self.front):
            result = frames.came.get(camera)
            if result is not None:
                camera.put_up(result)
            elif camera.ready:
                camera.put_up_nothing()

    def take(self, camera: CameraView, result: Shown | NotShown) -> None:
        """A camera has delivered."""
        exact = isinstance(result, NotShown) or result.exact
        asked, up = self._asked, self._up
        if asked is not None and exact and asked.wanted.get(camera) == result.index:
            asked.came[camera] = result
            if asked.complete:
                self._asked = None
                self._gathered(asked)
        elif self._looked_for is not None:
            if camera is self.front and (not exact or result.index == self._looked_for):
                camera.put_up(result)
        elif asked is None and up is not None and exact and up.wanted.get(camera) == result.index:
            camera.put_up(result)  # the same frame in another size
