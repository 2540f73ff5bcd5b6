"""A feature track: values measured from the pictures at the true times of the frames, with a validity mask."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a track comes from, complete enough to make it again.

    models: sha256 by file name. packages: version by name. settings: as text, so that they compare exactly.
    """

    extractor: str
    version: str
    media_sha256: str
    settings: Mapping[str, str]
    models: Mapping[str, str]
    packages: Mapping[str, str]
    frames_decoded: int
    frames_dropped: int


@dataclass(frozen=True, slots=True)
class Signal:
    """What a track's values mean. unit: "deg", "head heights", "0/1" …; low and high frame the curve."""

    id: str
    label: str
    unit: str
    low: float
    high: float


class Why(IntEnum):
    """Why a value is not there. Kept with it, since "nobody looked" is not "nothing was seen"."""

    SEEN = 0
    NO_FACE = 1
    TOO_SMALL = 2
    TURNED_AWAY = 3
    IDENTITY = 4
    DARK = 5
    BLURRED = 6
    OTHER_UNSEEN = 7
    NO_BODY = 8
    EYES_HIDDEN = 9
    CAMERA_MOVED = 10
    LIGHT_CHANGED = 11
    NOTHING_BEFORE = 12
    NO_SOUND = 13
    NOT_SAID = 255


@dataclass(frozen=True, slots=True, eq=False)
class FeatureTrack:
    """One signal over one session.

    times_us: (n,) int64, session time of each frame, strictly rising. values: (n,) float64; whatever stands where
    `valid` is False means nothing. valid: (n,) bool. why: (n,) uint8, a `Why` for each frame, SEEN where the value
    is valid; None if whoever measured gave no reasons.
    """

    signal: Signal
    times_us: NDArray[np.int64]
    values: NDArray[np.float64]
    valid: NDArray[np.bool_]
    provenance: Provenance = field(repr=False)
    why: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        if not (self.times_us.shape == self.values.shape == self.valid.shape) or self.times_us.ndim != 1:
            raise ValueError("times, values and mask of a track need one shape")
        if self.why is not None and self.why.shape != self.valid.shape:
            raise ValueError("the reasons of a track need the shape of its values")

    def coverage(self, window: Span) -> float | None:
        """Share of the frames in `window` that have a valid value; None if no frame lies in it."""
        inside = slice(*np.searchsorted(self.times_us, (window.start_us, window.end_us)))
        mask = self.valid[inside]
        return float(mask.mean()) if mask.size else None

    def reasons(self, window: Span) -> dict[Why, float]:
        """Why values are missing in `window`: share (0 … 1) of all its frames by reason, the commonest first."""
        inside = slice(*np.searchsorted(self.times_us, (window.start_us, window.end_us)))
        missing = ~self.valid[inside]
        if not missing.any():
            return {}
        said = np.full(missing.size, Why.NOT_SAID, np.uint8) if self.why is None else self.why[inside]
        kinds, counts = np.unique(said[missing], return_counts=True)
        shares = {Why(int(kind)): float(count) / missing.size for kind, count in zip(kinds, counts, strict=True)}
        return dict(sorted(shares.items(), key=lambda item: -item[1]))


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch in which a 0/1 signal was on: what a track shows, never a code.

    valid: share (0 … 1) of it that was seen.
    """

    signal: Signal
    span: Span
    valid: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a session could be seen at all: the first thing to know about any evidence.

    child, parent, both: share (0 … 1) of the coded window's time that shows the face; None if no frame lies in
    it. both_heads: both heads' directions are known. longest_gap_us: the longest stretch without both faces.
    """

    child: float | None
    parent: float | None
    both: float | None
    both_heads: float | None
    longest_gap_us: int
