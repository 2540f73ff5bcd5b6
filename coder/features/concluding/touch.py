"""Hands at the other's body, touch candidates, leaning in and withdrawing: from what the picture plane shows.

One camera cannot tell a hand on an arm from a hand before it: a touch is a candidate, never a fact.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.row import Row
from coder.features.geometry import Floats
from coder.features.sighting import Sighting

Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One person over a film. points_px: (n, joints, 2). seen: (n, joints) 0 … 1; 0 without a body.

    head_px: (n, 2) middle of the head; height_px: (n,) face height, both NaN where neither face nor body tells.
    there: (n,) bool, the person is in the look.
    """

    points_px: Floats
    seen: Floats
    head_px: Floats
    height_px: Floats
    there: NDArray[np.bool_]


def figures(sightings: Sequence[Sighting | None]) -> Figures:
    """One person's sightings in a row of looks, None where the person was not seen."""
    raise NotImplementedError


def hand_gap(own: Figures, other: Figures) -> Row:
    """From the nearest own hand to the other's body in the picture plane, in own head heights; 0 where they overlap."""
    raise NotImplementedError


def hand_near(gap: Row, times_us: Times) -> Row:
    """0/1: a hand is at the other's body, with hysteresis in time and distance."""
    raise NotImplementedError


def touch(parent: Figures, child: Figures, times_us: Times) -> Row:
    """0/1: a touch candidate. Known as soon as one person's hands are at the other; denied when both are known off."""
    raise NotImplementedError


def leaning(own: Figures, other: Figures, times_us: Times) -> Row:
    """How fast the own head goes towards the other's (+) or away (−), own head heights a second, smoothed."""
    raise NotImplementedError
