"""The built-in extractor: two faces, where their heads point, and how far apart they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from coder.features.dyad_settings import DyadSettings
from coder.features.extractor import Block, Picture
from coder.features.face import Face
from coder.features.geometry import Camera
from coder.features.signals import SIGNALS, Seen, measured
from coder.model.progress import Progress

if TYPE_CHECKING:
    from coder.features.faces import FaceFinder

_SAME = 0.2  # a face of the frame before that no face of this frame overlaps by as much was missed
_TELL_EVERY = 10  # measured frames between two reports of progress


class DyadFaces:
    """Parent and child: faces found, head directions, who is turned to whom, distance of heads."""

    name = "dyad-faces"
    version = "1"
    signals = SIGNALS
    models = (
        "face_detector_full_range.tflite",
        "face_detector_short_range.tflite",
        "face_landmarker_full_range.task",
    )
    packages = ("mediapipe", "opencv-contrib-python", "numpy", "av")
    segment = 500
    lead = 25

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._settings = DyadSettings.of(settings)

    @property
    def settings(self) -> Mapping[str, str]:
        """Every setting as text, defaults included."""
        return self._settings.texts()

    @property
    def step(self) -> int:
        """Each how-many-th frame is measured."""
        return self._settings.every

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block for each segment; `start` is a multiple of the segment's length.

        Identity and hysteresis are settled within a segment and the few frames before it. Of those frames only
        what each shows by itself is used, which is what makes a resumed measurement equal to an unbroken one.
        """
        from coder.features.faces import FaceFinder  # noqa: PLC0415  MediaPipe is loaded in the child process only

        finder = FaceFinder()
        try:
            yield from self._segments(finder, pictures, start, stop)
        finally:
            finder.close()

    def _segments(
        self, finder: "FaceFinder", pictures: Iterable[Picture], start: int, stop: int
    ) -> Iterator[Progress | Block]:
        """Walk through the segments, each with the looks at the frames before it."""
        expected, lead = start, list[Seen]()
        camera = Camera(1, 1, self._settings.horizontal_fov_deg)
        for number, shown in groupby(pictures, key=lambda picture: max(picture.index, start) // self.segment):
            first = number * self.segment
            for gap in range(expected, first, self.segment):  # a whole segment of damaged frames
                yield self._block([], gap, stop, camera)
            looks, frames = lead, list(lead)
            for picture in shown:
                height, width = picture.rgb.shape[:2]
                camera = Camera(width, height, self._settings.horizontal_fov_deg)
                found = finder.find(picture.rgb)
                looks.append(Seen(picture.index, picture.at_us, found))
                if picture.index >= first and frames:
                    found = (*found, *_missed(finder, picture, found, frames[-1].faces))
                frames.append(Seen(picture.index, picture.at_us, found))
                if picture.index // self.step % _TELL_EVERY == 0 and picture.index >= start:
                    yield Progress(picture.index - start, stop - start, "Measuring faces")
            yield self._block(frames, first, stop, camera)
            expected = first + self.segment
            lead = [look for look in looks if look.index >= expected - self.lead]
        for gap in range(expected, stop, self.segment):
            yield self._block([], gap, stop, camera)

    def _block(self, frames: Sequence[Seen], first: int, stop: int, camera: Camera) -> Block:
        """The segment's block; frames before it only help to settle its beginning."""
        values, valid = measured(frames, camera, self._settings)
        own = np.array([frame.index >= first for frame in frames], np.bool_)
        return Block(
            start=first,
            stop=min(first + self.segment, stop),
            indices=np.array([frame.index for frame in frames], np.int64)[own],
            at_us=np.array([frame.at_us for frame in frames], np.int64)[own],
            values=values[:, own],
            valid=valid[:, own],
        )


def _missed(
    finder: "FaceFinder", picture: Picture, found: Sequence[Face], before: Sequence[Face]
) -> Iterator[Face]:
    """Faces of the frame before that the detectors missed in this one, where the mesh model still sees them."""
    there = [face.box for face in found]
    for face in before:
        if any(face.box.overlap(box) > _SAME for box in there):
            continue
        again = finder.look(picture.rgb, face.box)
        if again is not None and not any(again.box.overlap(box) > _SAME for box in there):
            there.append(again.box)
            yield again
