"""The parent and the child of a film in time: what concluding starts from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.row import Reasons
from coder.features.geometry import Camera, Floats
from coder.features.sighting import Look, Sighting
from coder.model.persons import Role

DYAD = (Role.PARENT, Role.CHILD)


def other(role: Role) -> Role:
    """The child of the parent, the parent of the child."""
    return Role.CHILD if role is Role.PARENT else Role.PARENT


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """n looks of one film, and in each who is the parent and who the child.

    times_us: (n,) int64, file time. people: each one's sighting in each look, None where nobody is that. absent:
    (n,) uint8 by role, why a sighting is missing (NO_FACE or IDENTITY), SEEN where it is there. confidence: (n,),
    0 … 1, how sure it is who is who.
    """

    looks: Sequence[Look]
    times_us: NDArray[np.int64]
    people: Mapping[Role, tuple[Sighting | None, ...]]
    absent: Mapping[Role, Reasons]
    confidence: Floats
    camera: Camera

    def __len__(self) -> int:
        return len(self.looks)
