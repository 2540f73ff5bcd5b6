"""What an extractor is: a named, versioned way from frames to signals.

A plug-in registers a class under the entry point group `coder.extractors`; the built-in ones are registered the
same way. The class is called with settings as text. Listing extractors and their signals must stay cheap: heavy
libraries are imported in `measure`, which runs in a child process.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from coder.language import tr
from coder.model.problem import FeatureError, Problem
from coder.model.progress import Progress
from coder.model.track import Signal

GROUP = "coder.extractors"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One frame. at_us: time in the file, 0 is its first frame. rgb: (height, width, 3) uint8, upright."""

    index: int
    at_us: int
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """What was measured on the frames start … stop (not included), all signals at once.

    indices, at_us: (n,) int64, the frames that were measured and their file times. values: (signals, n) float64
    in the order of the extractor's `signals`; valid: (signals, n) bool. A value that is not valid is NaN-free
    and means nothing.
    """

    start: int
    stop: int
    indices: NDArray[np.int64]
    at_us: NDArray[np.int64]
    values: NDArray[np.float64]
    valid: NDArray[np.bool_]


@runtime_checkable
class Extractor(Protocol):
    """One way to measure pictures.

    settings: every setting with its value as text, defaults included. segment: blocks are that many frames long;
    measuring can start at any multiple of it and gives the same numbers as measuring from the beginning. lead:
    how many frames before `start` the extractor wants to be shown. step: it looks at every step-th frame.
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

    def measure(self, pictures: Iterable[Picture], start: int, stop: int) -> Iterator[Progress | Block]:
        """Measure frames start … stop of `pictures`, which begin `lead` frames earlier where there are any."""
        ...


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
    return made
