"""One person's head and limbs over a film, as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Floats
from coder.features.sighting import JOINTS, Sighting

_SHOULDERS, _TRUNK = 2.2, 3.0  # breadth of shoulders and length of the trunk in face heights
_AT = {joint: i for i, joint in enumerate(JOINTS)}
_TORSO = [_AT[f"{side}_{joint}"] for joint in ("shoulder", "hip") for side in ("left", "right")]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """One person in n looks.

    joints_px: (n, joints, 2). seen: (n, joints) 0 … 1, 0 without a body. head_px: (n, 2) middle of the head;
    height_px: (n,) face height as from ahead. both NaN where neither face nor body tells. there, embodied: (n,)
    bool, the person, and the person's body, are in the look.
    """

    joints_px: Floats
    seen: Floats
    head_px: Floats
    height_px: Floats
    there: NDArray[np.bool_]
    embodied: NDArray[np.bool_]

    def joint(self, name: str) -> Floats:
        """(n, 2) where a joint is."""
        return self.joints_px[:, _AT[name]]

    def surely(self, *names: str) -> Floats:
        """(n,) how surely the least sure of some joints is seen."""
        return np.asarray(self.seen[:, [_AT[name] for name in names]].min(axis=1))


def figures(people: Sequence[Sighting | None]) -> Figures:
    """A person's sightings in a row of looks, None where the person was not seen."""
    n = len(people)
    joints, seen = np.full((n, len(JOINTS), 2), np.nan), np.zeros((n, len(JOINTS)))
    head, height = np.full((n, 2), np.nan), np.full(n, np.nan)
    embodied = np.zeros(n, np.bool_)
    for i, one in enumerate(people):
        if one is None:
            continue
        if one.body is not None:
            joints[i], seen[i], embodied[i] = one.body.points_px, one.body.seen, True
        if one.face is not None:
            head[i], height[i] = one.face.head.centre_px, one.face.head.height_px
    faceless = embodied & np.isnan(height)
    if faceless.any():
        left, right, low_left, low_right = np.moveaxis(joints[faceless][:, _TORSO], 1, 0)
        trunk = np.linalg.norm((low_left + low_right - left - right) / 2, axis=1)
        across = np.linalg.norm(left - right, axis=1)
        height[faceless] = np.maximum(np.maximum(across / _SHOULDERS, trunk / _TRUNK), 1.0)
        head[faceless] = joints[faceless, _AT["nose"]]
    there = np.array([one is not None for one in people], np.bool_)
    return Figures(joints, seen, head, height, there, embodied)
