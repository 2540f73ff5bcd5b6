"""What an extractor is: a named, versioned way from the pictures or the sound of a film to signals.

A plug-in registers a class under the entry point group `coder.extractors`; the built-in ones are registered the
same way. The class is called with settings as text. Listing extractors and their signals must stay cheap: heavy
libraries are imported in `measure`, which runs in a child process.

What every extractor has is `Extractor`. What some have besides, and how it is told:

* `source`, "pictures" (also if it is left out) or "sound": what `measure` is given, `Picture`s or `Sound`s;
* `fitted`, see `Fits`: a setting that depends on the film, such as a rate in Hz, is settled before measuring;
* `conclusion`, see `Concludes`: what is measured is not for people yet; a second step makes signals of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any, Protocol, Self, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from coder.language import tr
from coder.model.problem import FeatureError, Problem
from coder.model.progress import Progress
from coder.model.track import Signal

GROUP = "coder.extractors"
PICTURES, SOUND = "pictures", "sound"

SOUND_HZ = 16_000
CHUNK = 512
"""Samples in one `Sound`."""
CHUNK_US = 32_000
"""Microseconds that a `Sound` lasts."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One frame. at_us: time in the file, 0 is its first frame. rgb: (height, width, 3) uint8, upright."""

    index: int
    at_us: int
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A short stretch of a film's sound, what a frame is of its pictures.

    index: from 0, on the film's clock. at_us: file time of its first sample, index · CHUNK_US; 0 is the film's
    first frame. samples: (CHUNK,) float32, -1 … 1, both channels as one, SOUND_HZ a second. The last one of a
    film is filled up with silence, and so is whatever the recorder left out.
    """

    index: int
    at_us: int
    samples: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What was measured on the frames start … stop (not included), all signals at once.

    indices, at_us: (n,) int64, the frames that were measured and their file times. values: (signals, n) float64
    in the order of the extractor's `signals`; valid: (signals, n) bool. A value that is not valid is NaN-free
    and means nothing. why: (signals, n) uint8, a `Why` for each value, SEEN where it is valid; None if the
    extractor gives no reasons. For an extractor of sound, frames are `Sound`s everywhere.
    """

    start: int
    stop: int
    indices: NDArray[np.int64]
    at_us: NDArray[np.int64]
    values: NDArray[np.float64]
    valid: NDArray[np.bool_]
    why: NDArray[np.uint8] | None = None


@runtime_checkable
class Extractor(Protocol):
    """One way to measure.

    name: the one it is registered under. name, version: stand in every track; numbers that change need a new
    version. models: names of model files,
    whose hashes stand in the track. packages: those whose versions do. settings: every setting with its value as
    text, defaults included; the class called with them is the same extractor again. segment: how many frames a
    block covers. lead: how many frames before a segment the extractor wants to be shown. step: it looks at every
    step-th frame of the film, counted from the first.

    Segments are measured in any order, by several processes, and again after a kill: what is found in one may
    depend on its own frames and those of its lead only, never on what was measured before.
    """

    name: str
    version: str
    signals: tuple[Signal, ...]
    models: tuple[str, ...]
    packages: tuple[str, ...]
    settings: Mapping[str, str]
    segment: int
    lead: int
    step: int

    def measure(self, pictures: Iterable[Any], start: int, stop: int) -> Iterator[Progress | Block]:
        """Measure frames start … stop; start is a multiple of `segment`, stop another or the film's end.

        pictures: `Picture`s, or `Sound`s if `source` is "sound"; every step-th, in order, those of the lead first
        where the film has any. Damaged frames do not come. Yields one block for each segment, in order, and now
        and then `Progress` of `stop - start` frames.

        One object measures many stretches of several films, one after the other: it may keep what is costly to
        load (models), and must forget what it saw. Whatever it raises costs this film only.
        """
        ...


@runtime_checkable
class Fits(Protocol):
    """An extractor with settings that can only be settled for a film."""

    def fitted(self, frame_rate: float) -> Self:
        """Itself for a film of so many frames a second (of so many `Sound`s, if it listens).

        What was settled stands in `settings`: a rate of 10 Hz becomes "every": "3". Fitting it again changes
        nothing.
        """
        ...


@runtime_checkable
class Concludes(Protocol):
    """An extractor whose track is a first step. conclusion: the name of the track that is made of it at the end.

    Concluding is quick, needs no pictures, and is done again whenever a person says who is who.
    """

    conclusion: str


def source_of(extractor: Extractor) -> str:
    """What it measures: PICTURES or SOUND."""
    return str(getattr(extractor, "source", PICTURES))


def fitted(extractor: Extractor, frame_rate: float) -> Extractor:
    """The extractor for a film of so many frames a second."""
    return extractor.fitted(frame_rate) if isinstance(extractor, Fits) else extractor


def names() -> tuple[str, ...]:
    """The extractors that are installed."""
    return tuple(sorted(entry_points(group=GROUP).names))


def make(name: str, settings: Mapping[str, str]) -> Extractor:
    """The extractor of that name.

    Raises FeatureError for an unknown name or setting, and for a plug-in that cannot be loaded or is no extractor.
    """
    found = entry_points(group=GROUP, name=name)
    if not found:
        known = ", ".join(names()) or "none"
        raise FeatureError(
            Problem(
                tr("No extractor “{name}” is installed.", name=name), hint=tr("Installed: {known}.", known=known)
            )
        )
    entry = next(iter(found))
    hint = tr("Update or remove the package that registers it as “{entry}”.", entry=entry.value)
    try:
        kind = entry.load()
    except Exception as error:
        raise FeatureError(
            Problem(tr("The extractor “{name}” cannot be loaded: {error}.", name=name, error=error), hint=hint)
        ) from error
    made = kind(settings)
    if not isinstance(made, Extractor):
        raise FeatureError(
            Problem(tr("“{name}” is registered as an extractor and is none.", name=name), hint=hint)
        )
    if made.name != name:  # its tracks would be taken for another's
        what = tr("The extractor registered as “{name}” calls itself “{other}”.", name=name, other=made.name)
        raise FeatureError(Problem(what, hint=hint))
    return made
