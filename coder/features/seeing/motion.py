"""How much moves in each person's place between two pictures, with the camera's and the light's change taken out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.face import Face
from coder.features.sighting import Body

RGB = NDArray[np.uint8]

Person = tuple[Face | None, Body | None]
"""What was found of one person; not both are None."""


@dataclass(frozen=True, slots=True)
class Motion:
    """of: mean change in each person's place, grey levels; None where nothing of it can be told from others.

    camera_px: how far the picture moved as a whole, pixels of the full picture. light_change: grey levels.
    """

    of: tuple[float | None, ...]
    camera_px: float
    light_change: float


class Small:
    """A picture made small and grey, as it is compared: keep it for the next one instead of the picture."""

    def __init__(self, rgb: RGB) -> None:
        self.width_px = rgb.shape[1]
        self.height_px = rgb.shape[0]


def motion(before: Small, now: Small, persons: Sequence[Person]) -> Motion | None:
    """What moved from one picture to the next in the places where `persons` are now; all persons, so that each
    counts the own movement only. None where the two are not pictures of one view (size changed, a cut)."""
    return Motion((None,) * len(persons), 0.0, 0.0)
