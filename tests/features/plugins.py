"""Extractors that only tests install: short segments, and all the ways in which a child can go wrong."""

import os
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from coder.features.dyad import DyadFaces
from coder.features.extractor import Block, Picture
from coder.model.progress import Progress
from coder.model.track import Signal

ENTRY_POINTS = """[coder.extractors]
short-dyad = tests.features.plugins:ShortDyad
mirrored-dyad = tests.features.plugins:MirroredDyad
brightness = tests.features.plugins:Brightness
killed = tests.features.plugins:Killed
hanging = tests.features.plugins:Hanging
raising = tests.features.plugins:Raising
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


class ShortDyad(DyadFaces):
    """The real thing in segments of two seconds."""

    segment = 50
    lead = 10


class MirroredDyad(DyadFaces):
    """The real thing before a mirror: the child sits on the left."""

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """Measure the mirrored pictures."""
        mirrored = (Picture(p.index, p.at_us, np.ascontiguousarray(p.rgb[:, ::-1])) for p in pictures)
        yield from super().measure(mirrored, start, stop)


class Brightness:
    """Mean brightness: the smallest extractor that does its work."""

    name = "brightness"
    version = "1"
    signals = (Signal("brightness", "Brightness", "grey levels", 0, 255),)
    models: tuple[str, ...] = ()
    packages = ("numpy",)
    segment = 50
    lead = 0
    step = 1

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.settings = settings

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """One block of one second after the other."""
        row: list[tuple[int, int, float]] = []
        for picture in pictures:
            row.append((picture.index, picture.at_us, float(picture.rgb.mean())))
            if picture.index + 1 in (start + self.segment, stop):
                index, at_us, value = (np.array(column) for column in zip(*row, strict=True))
                yield Block(start, picture.index + 1, index, at_us, value[None], np.ones((1, len(row)), np.bool_))
                start, row = picture.index + 1, []
                yield from self.after_block()

    def after_block(self) -> Iterator[Progress]:
        """What happens after each block."""
        yield from ()


class Killed(Brightness):
    """Dies after the first block, as if the system had run out of memory."""

    def after_block(self) -> Iterator[Progress]:
        """End without a word."""
        yield Progress(1, 2, "about to die")
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


class Hanging(Brightness):
    """Says nothing any more after the first block."""

    def after_block(self) -> Iterator[Progress]:
        """Sleep."""
        time.sleep(600)
        yield Progress(1, 2, "never said")


class Raising(Brightness):
    """Has a mistake in it."""

    def after_block(self) -> Iterator[Progress]:
        """Fail."""
        yield Progress(1, 2, "about to fail")
        raise ZeroDivisionError("an extractor's own mistake")
