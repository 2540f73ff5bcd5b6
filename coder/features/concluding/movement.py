"""Movement within a session, and how two people's movement goes together over time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.row import Row
from coder.features.sighting import Look, Sighting

Times = NDArray[np.int64]


def movement(looks: Sequence[Look], sightings: Sequence[Sighting | None]) -> Row:
    """One person's motion as robust z in the session: distance from the median of its logarithm in spreads."""
    raise NotImplementedError


def synchrony(parent: Row, child: Row, times_us: Times) -> Row:
    """Windowed cross-correlation of two movements over time, above what shifted times give; 0 is chance."""
    raise NotImplementedError
