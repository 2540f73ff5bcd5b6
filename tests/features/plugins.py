"""Extractors that only tests install: short segments, and all the ways in which a child can go wrong."""

import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from coder.features.extractor import Block, Picture, Sound
from coder.features.people import People
from coder.model.progress import Progress
from coder.model.track import Signal, Why

ENTRY_POINTS = """[coder.extractors]
short-people = tests.features.plugins:ShortPeople
mirrored-people = tests.features.plugins:MirroredPeople
brightness = tests.features.plugins:Brightness
quick = tests.features.plugins:Quick
change = tests.features.plugins:Change
loudness = tests.features.plugins:Loudness
killed = tests.features.plugins:Killed
aborting = tests.features.plugins:Aborting
greedy = tests.features.plugins:Greedy
hanging = tests.features.plugins:Hanging
raising = tests.features.plugins:Raising
careless = tests.features.plugins:Careless
misnamed = tests.features.plugins:Change
lost = tests.features.plugins:Lost
unfinished = tests.features.plugins:Unfinished
"""


def install(folder: Path) -> None:
    """Lay out an installed distribution that registers the extractors of this file."""
    info = folder / "coder_test_extractors-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: coder-test-extractors\nVersion: 1\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)


class Unfinished:
    """Takes settings and can do nothing."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = settings


class ShortPeople(People):
    """The real thing in segments of two seconds."""

    name = "short-people"
    segment = 50


class MirroredPeople(People):
    """The real thing before a mirror: the child sits on the left."""

    name = "mirrored-people"

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """Measure the mirrored pictures."""
        mirrored = (Picture(p.index, p.at_us, np.ascontiguousarray(p.rgb[:, ::-1])) for p in pictures)
        yield from super().measure(mirrored, start, stop)


class Brightness:
    """Mean brightness of each picture: the smallest extractor that does its work.

    notes: a folder in which each segment that was measured leaves a file; while there is a file “hold” in it that
    names a frame, no segment from that one on is done; “hold only” holds the one that it names.
    """

    name = "brightness"
    version = "1"
    signals: tuple[Signal, ...] = (Signal("brightness", "Brightness", "grey levels", 0, 255),)
    models: tuple[str, ...] = ()
    packages = ("numpy",)
    segment = 50
    lead = 0
    step = 1

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = settings

    def measure(self, pictures: Iterable[Any], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block."""
        shown = list(pictures)
        yield Progress(stop - start, stop - start, "Measuring brightness")
        self.before_block(start)
        while self.held(start):
            time.sleep(0.02)
        own = [one for one in shown if one.index >= start]
        values = np.array([self.value(one, shown) for one in own]).reshape(1, -1)
        index = np.array([one.index for one in own], np.int64)
        at_us = np.array([one.at_us for one in own], np.int64)
        yield Block(start, stop, index, at_us, np.nan_to_num(values), ~np.isnan(values))
        if "notes" in self.settings:
            (Path(self.settings["notes"]) / f"{start}").write_text(f"{os.getpid()}")

    def held(self, start: int) -> bool:
        """Whether a segment is to wait."""
        notes = Path(self.settings.get("notes", "nowhere"))
        hold, only = notes / "hold", notes / "hold only"
        return (hold.is_file() and start >= int(hold.read_text())) or (
            only.is_file() and start == int(only.read_text())
        )

    def value(self, one: Any, shown: list[Any]) -> float:
        """The value of one frame; NaN for none."""
        return float(one.rgb.mean())

    def before_block(self, start: int) -> None:
        """What happens before a segment is done."""


class Quick(Brightness):
    """Looks at nothing, and is done at once."""

    name = "quick"

    def measure(self, pictures: Iterable[Any], start: int, stop: int) -> Iterator[Progress | Block]:
        """A block without a frame."""
        yield from super().measure((), start, stop)


class Change(Brightness):
    """Mean change since the picture before, for which it wants to be shown that one."""

    name = "change"

    lead, step = 2, 2

    def value(self, one: Picture, shown: list[Picture]) -> float:
        """NaN where there is no picture before."""
        before = [other for other in shown if other.index == one.index - self.step]
        return float(np.abs(one.rgb.astype(float) - before[0].rgb).mean()) if before else np.nan

    def fitted(self, frame_rate: float) -> "Change":
        """Remember the rate."""
        return Change({"frame_rate": f"{frame_rate:g}", **self.settings})


class Loudness(Brightness):
    """Of a film's sound, with reasons."""

    name = "loudness"

    source = "sound"

    def measure(self, pictures: Iterable[Sound], start: int, stop: int) -> Iterator[Progress | Block]:
        """As brightness, and why a value is missing."""
        for message in super().measure(pictures, start, stop):
            if isinstance(message, Block):
                why = np.where(message.valid, Why.SEEN, Why.NO_SOUND).astype(np.uint8)
                message = Block(  # noqa: PLW2901  the same message, with reasons
                    start, stop, message.indices, message.at_us, message.values, message.valid, why
                )
            yield message

    def value(self, one: Sound, shown: list[Sound]) -> float:
        """Root of the mean square; NaN for silence."""
        return float(np.sqrt((one.samples.astype(float) ** 2).mean())) or np.nan


class _Failing(Brightness):
    """Goes wrong in its second segment, or in the one that starts at the frame named `at`."""

    def before_block(self, start: int) -> None:
        if start == int(self.settings.get("at", "50")):
            self.fail()

    def fail(self) -> None:
        raise NotImplementedError


class Killed(_Failing):
    """As if the system had run out of memory."""

    name = "killed"

    def fail(self) -> None:
        """End without a word."""
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class Aborting(_Failing):
    """As a decoder or a model does that finds its own memory spoiled."""

    name = "aborting"

    def fail(self) -> None:
        """Abort."""
        os.abort()


class Greedy(_Failing):
    """Wants more memory than there is."""

    name = "greedy"

    def fail(self) -> None:
        """Ask for it."""
        np.zeros((1 << 50,), np.uint8)


class Hanging(_Failing):
    """Says nothing any more."""

    name = "hanging"

    def fail(self) -> None:
        """Sleep."""
        time.sleep(600)


class Raising(_Failing):
    """Has a mistake in it."""

    name = "raising"

    def fail(self) -> None:
        """Fail."""
        raise ZeroDivisionError("an extractor's own mistake")


class Careless(Brightness):
    """Counts its frames from the start of the segment."""

    name = "careless"

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """A block of frames of another segment."""
        for message in super().measure(pictures, start, stop):
            if isinstance(message, Block):
                yield Block(
                    start, stop, message.indices - start, message.at_us, message.values, message.valid, message.why
                )
