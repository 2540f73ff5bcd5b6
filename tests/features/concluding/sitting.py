"""A parent at the left and a child at the right who sit upright, with a hand where a test wants it."""

from collections.abc import Callable, Sequence

import numpy as np

from coder.features.concluding.scene import Scene
from coder.features.face import Box, Face
from coder.features.geometry import Camera, Head
from coder.features.sighting import JOINTS, Body, Look, Sighting
from coder.model.persons import Role
from coder.model.track import Why

STEP_US = 100_000
HEADS_PX = {Role.PARENT: 80.0, Role.CHILD: 60.0}
HEADS_AT = {Role.PARENT: (150.0, 100.0), Role.CHILD: (450.0, 130.0)}
Hand = tuple[float, float]

_SITS = {
    "nose": (0, 0), "shoulder": (0.9, 1.0), "elbow": (1.1, 2.2), "wrist": (0.4, 2.8), "index": (0.2, 2.8),
    "hip": (0.7, 3.4), "knee": (0.9, 4.2),
}  # fmt: skip


def sits(
    role: Role,
    *,
    head: tuple[float, float] | None = None,
    hand: Hand | None = None,
    sure: float = 1.0,
    face: bool = True,
    body: bool = True,
    motion: float | None = None,
) -> Sighting:
    """hand: where the own left wrist is (knuckles and fingers point right of it). sure: how surely it is seen."""
    x, y = head or HEADS_AT[role]
    size = HEADS_PX[role]
    points, seen = np.zeros((len(JOINTS), 2)), np.ones(len(JOINTS))
    for i, joint in enumerate(JOINTS):
        side, (across, down) = (1 if joint.startswith("left") else -1), _SITS[joint.split("_")[-1]]
        points[i] = x + side * across * size, y + down * size
        if joint in {"left_wrist", "left_index"}:
            seen[i] = sure
            if hand is not None:
                points[i] = hand[0] + (5 if joint == "left_index" else 0), hand[1]
    box = Box(x - size * 0.4, y - size / 2, x + size * 0.4, y + size / 2)
    found = Face(box, Head(np.eye(3), (x, y), size / 17.66), None, meshed=True, width_px=0.8 * size, iris=None)
    return Sighting(found if face else None, Body(points, seen) if body else None, 0.9, motion=motion)


Shown = Callable[[int], Sighting | None]


def scene(
    n: int,
    parent: Shown = lambda _: sits(Role.PARENT),
    child: Shown = lambda _: sits(Role.CHILD),
    camera_px: Sequence[float | None] | None = None,
) -> Scene:
    """n looks, ten a second; what each person shows in the i-th look."""
    people = {Role.PARENT: tuple(map(parent, range(n))), Role.CHILD: tuple(map(child, range(n)))}
    looks = tuple(
        Look(
            i, i * STEP_US, 640, 480,
            tuple(one for one in pair if one is not None),
            light=100, sharpness=50, camera_px=0.0 if camera_px is None else camera_px[i], light_change=0.0,
        )
        for i, pair in enumerate(zip(*people.values(), strict=True))
    )  # fmt: skip
    absent = {
        role: np.array([Why.SEEN if one is not None else Why.NO_FACE for one in row], np.uint8)
        for role, row in people.items()
    }
    times_us = np.arange(n, dtype=np.int64) * STEP_US
    return Scene(looks, times_us, people, absent, np.ones(n), Camera(640, 480, 60.0))
