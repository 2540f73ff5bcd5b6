"""The built-in extractor of pictures: who can be seen in each, faces and bodies, before anybody asks who it is.

Its track is for `coder.features.concluding`; people see what is concluded of it.
"""

import atexit
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from coder.features.extractor import Block, Picture
from coder.features.look_columns import SIGNALS, numbers_of
from coder.features.setting_texts import Kind, parsed
from coder.features.sighting import Look
from coder.language import later, tr
from coder.model.progress import Progress

if TYPE_CHECKING:
    from coder.features.seeing.eyes import Eyes  # loads MediaPipe: in the child process only

_TELL_EVERY = 10  # looks between two reports of progress
_KINDS: Mapping[str, Kind] = {
    "rate_hz": Kind(float, later("Write looks a second from 1 to 120."), 1, 120),
    "every": Kind(int, later("Write a whole number from 0 to 120; 0 follows the rate."), 0, 120),
}


class Sees(Protocol):
    """What sees; see `coder.features.seeing.eyes.Eyes`."""

    def begin(self, before: Picture | None) -> None:
        """A segment begins; `before` is the picture before it."""
        ...

    def look(self, picture: Picture) -> Look:
        """The next picture of the segment."""
        ...


class People:
    """Faces and bodies of everybody in the picture, ten times a second or as often as `rate_hz` says."""

    name = "people"
    version = "2"
    signals = SIGNALS
    models = (
        "face_detector_full_range.tflite",
        "face_detector_short_range.tflite",
        "face_landmarker_full_range.task",
        "pose_landmarker_lite.task",
        "hand_landmarker.task",
    )
    packages = ("mediapipe", "opencv-contrib-python", "numpy", "av")
    segment = 500
    source = "pictures"
    conclusion = "dyad"

    def __init__(self, settings: Mapping[str, str]) -> None:
        known = parsed(settings, _KINDS)
        self._rate_hz = float(known.get("rate_hz", 10.0))
        self._every = int(known.get("every", 0))
        self._eyes: Eyes | None = None

    def fitted(self, frame_rate: float) -> Self:
        """For a film of so many frames a second: the rate becomes a whole number of frames."""
        if self._every:
            return self
        every = max(1, int(frame_rate / self._rate_hz + 0.1))
        return type(self)({"rate_hz": str(self._rate_hz), "every": str(every)})

    @property
    def settings(self) -> Mapping[str, str]:
        """Every setting as text, defaults included."""
        return {"rate_hz": str(self._rate_hz), "every": str(self._every)}

    @property
    def step(self) -> int:
        """Each how-many-th frame is looked at."""
        return self._every or 1

    @property
    def lead(self) -> int:
        """One look before the segment: what moves can be seen from its first frame on."""
        return self.step

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block for each segment; `start` is a multiple of the segment's length."""
        from coder.features.seeing.eyes import Eyes  # noqa: PLC0415  MediaPipe is loaded in the child process only

        if self._eyes is None:
            self._eyes = Eyes()
            atexit.register(self._eyes.close)  # models that are left to the end of the process complain
        yield from self.measure_with(self._eyes, pictures, start, stop)

    def measure_with(
        self, eyes: Sees, pictures: Iterable[Picture], start: int, stop: int
    ) -> Iterator[Progress | Block]:
        """As `measure`, with eyes that are given."""
        expected, before = start, None
        for number, shown in groupby(pictures, key=lambda picture: picture.index // self.segment):
            first = number * self.segment
            eyes.begin(before if before is not None and before.index >= first - self.lead else None)
            looks: list[Look] = []
            for picture in shown:
                before = picture
                if first < start:
                    continue
                looks.append(eyes.look(picture))
                if picture.index // self.step % _TELL_EVERY == 0:
                    yield Progress(picture.index - start, stop - start, tr("Looking for people"))
            if first >= start:
                yield from self._blocks((), range(expected, first, self.segment), stop)
                yield from self._blocks(looks, (first,), stop)
                expected = first + self.segment
        yield from self._blocks((), range(expected, stop, self.segment), stop)

    def _blocks(self, looks: Iterable[Look], firsts: Iterable[int], stop: int) -> Iterator[Block]:
        """A block for each first frame; without looks for segments of which no frame could be decoded."""
        for first in firsts:
            shown = list(looks)
            values, valid = numbers_of(shown)
            yield Block(
                start=first,
                stop=min(first + self.segment, stop),
                indices=np.array([look.index for look in shown], np.int64),
                at_us=np.array([look.at_us for look in shown], np.int64),
                values=values,
                valid=valid,
            )
