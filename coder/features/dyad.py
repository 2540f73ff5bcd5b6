"""The built-in extractor: two faces, where their heads point, and how far apart they are."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from itertools import groupby

import numpy as np

from coder.features.ahead import Faces, Finders
from coder.features.dyad_settings import DyadSettings
from coder.features.extractor import Block, Picture
from coder.features.face import Box, Face
from coder.features.geometry import Camera
from coder.features.signals import SIGNALS, Seen, measured
from coder.language import tr
from coder.model.progress import Progress

_SAME = 0.2  # a face of the frame before that no face of this frame overlaps by as much was missed
_TELL_EVERY = 10  # measured frames between two reports of progress
_THREADS = 4  # more hardly help: decoding and Python's own work take their turn


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
        """One block for each segment; `start` is a multiple of the segment's length."""
        from coder.features.faces import FaceFinder  # noqa: PLC0415  MediaPipe is loaded in the child process only

        with ExitStack() as models:
            threads = min(_THREADS, os.cpu_count() or 1)
            finders = Finders([models.enter_context(closing(FaceFinder())) for _ in range(threads)])
            yield from self.measure_with(finders, pictures, start, stop)

    def measure_with(
        self, finders: Finders, pictures: Iterable[Picture], start: int, stop: int
    ) -> Iterator[Progress | Block]:
        """As `measure`, with finders of faces that are given.

        Identity and hysteresis are settled within a segment and the few frames before it, its lead. Of the lead
        only what each frame shows by itself is used: so a resumed measurement equals an unbroken one.
        """
        with closing(finders.find_all(pictures)) as looks:
            yield from self._segments(finders, looks, start, stop)

    def _segments(
        self, finders: Finders, looks: Iterable[tuple[Picture, Faces]], start: int, stop: int
    ) -> Iterator[Progress | Block]:
        expected, lead = start, list[Seen]()
        for number, shown in groupby(looks, key=lambda look: max(look[0].index, start) // self.segment):
            first = number * self.segment
            yield from self._empty(range(expected, first, self.segment), stop)
            found, own = list[Seen](), list[Seen]()
            for picture, faces in shown:
                seen = Seen(picture.index, picture.at_us, faces)
                if picture.index < first:
                    lead.append(seen)
                    continue
                missed = _missed(finders, picture, faces, own[-1].faces if own else _newest(lead))
                found.append(seen)
                own.append(replace(seen, faces=(*faces, *missed)))
                if picture.index // self.step % _TELL_EVERY == 0:
                    yield Progress(picture.index - start, stop - start, tr("Measuring faces"))
            height, width = picture.rgb.shape[:2]
            yield self._block(lead, own, Camera(width, height, self._settings.horizontal_fov_deg), first, stop)
            expected = first + self.segment
            lead = [seen for seen in found if seen.index >= expected - self.lead]
        yield from self._empty(range(expected, stop, self.segment), stop)

    def _block(self, lead: Sequence[Seen], own: Sequence[Seen], camera: Camera, first: int, stop: int) -> Block:
        """The segment's own frames, measured together with those before them."""
        values, valid = measured([*lead, *own], camera, self._settings)
        return Block(
            start=first,
            stop=min(first + self.segment, stop),
            indices=np.array([seen.index for seen in own], np.int64),
            at_us=np.array([seen.at_us for seen in own], np.int64),
            values=values[:, len(lead) :],
            valid=valid[:, len(lead) :],
        )

    def _empty(self, firsts: Iterable[int], stop: int) -> Iterator[Block]:
        """Blocks of segments of which no frame could be decoded."""
        for first in firsts:
            yield self._block((), (), Camera(1, 1, self._settings.horizontal_fov_deg), first, stop)


def _newest(frames: Sequence[Seen]) -> tuple[Face, ...]:
    """The newest look at each place where a face was."""
    newest: list[Face] = []
    for seen in reversed(frames):
        newest.extend(face for face in seen.faces if not _among(face.box, newest))
    return tuple(newest)


def _missed(finders: Finders, picture: Picture, found: Sequence[Face], before: Sequence[Face]) -> tuple[Face, ...]:
    """Faces of the frame before that the detectors missed in this one, where the mesh model still sees them."""
    there = list(found)
    for face in before:
        if not _among(face.box, there):
            again = finders.look(picture, face.box)
            if again is not None and not _among(again.box, there):
                there.append(again)
    return tuple(there[len(found) :])


def _among(box: Box, faces: Sequence[Face]) -> bool:
    return any(box.overlap(face.box) > _SAME for face in faces)
