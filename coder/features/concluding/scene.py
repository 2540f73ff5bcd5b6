"""The parent and the child of a film in time, and what is concluded of them: values, each with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Camera, Floats
from coder.features.sighting import Look, Sighting
from coder.model.persons import Role
from coder.model.track import Why

Reasons = NDArray[np.uint8]
Times = NDArray[np.int64]


def other(role: Role) -> Role:
    """The child of the parent, the parent of the child."""
    return Role.CHILD if role is Role.PARENT else Role.PARENT


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One signal: values (n,) float64, and why (n,) uint8, a `Why`: SEEN is valid, elsewhere the value is 0."""

    values: Floats
    why: Reasons

    @classmethod
    def of(cls, values: Floats, why: Reasons | Why) -> "Series":
        """Values and reasons; one that is not a number is never valid, and nothing stands where none is valid."""
        reasons = np.full(values.shape, why, np.uint8) if isinstance(why, Why) else why.astype(np.uint8)
        reasons[(reasons == Why.SEEN) & ~np.isfinite(values)] = Why.NOT_SAID
        return cls(np.where(reasons == Why.SEEN, values, 0.0), reasons)

    @property
    def valid(self) -> NDArray[np.bool_]:
        """(n,) where the value is known."""
        return np.asarray(self.why == Why.SEEN)


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
