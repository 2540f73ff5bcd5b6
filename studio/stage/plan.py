"""The floor plan: where table, seats, toys and cameras are. Numpy only: the truth projects points without Blender.

Metres; x to the picture's right, y away from the front camera, z up.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from studio.scenario import Camera as ScriptCamera
from studio.scenario import Scenario
from studio.stage.body import Human
from studio.stage.bones import rx, rz, unit
from studio.stage.data import Floats

SENSOR_MM = 36.0
"""Width of every camera's sensor: lens and picture width give the angle of view."""

TABLE_TOP = 0.665
TABLE_CENTRE = np.array([0.0, -0.21])
TABLE_RADII = np.array([0.47, 0.30])
"""The low round table is an ellipse seen from above; it ends where the two sit: no trunk passes through it."""

WALL_Y = 1.35
TOY_SIZES: Mapping[str, Floats] = {
    "ball": np.array([0.084, 0.084, 0.084]),
    "cup": np.array([0.070, 0.070, 0.078]),
    "block": np.array([0.046, 0.046, 0.046]),
    "rattle": np.array([0.13, 0.05, 0.05]),
    "car": np.array([0.105, 0.056, 0.048]),
}
"""Length, width and height of each toy's box; its origin is the box's middle."""

_SPOTS = {
    "parent": np.array([-0.13, -0.215]),
    "middle": np.array([-0.01, -0.175]),
    "child": np.array([0.115, -0.205]),
}
_ASIDE = np.array([[0.0, 0.0], [0.075, -0.045], [-0.08, -0.05], [0.06, 0.075], [-0.07, 0.07]])

SITTING: Mapping[str, Floats] = {
    f"{bone}.{side}": rx(angle) for side in "LR" for bone, angle in (("upperleg01", -82.0), ("lowerleg01", 86.0))
}
"""Leg rotations of a seated figure."""


@dataclass(frozen=True)
class Seat:
    """Where a figure sits: eyes (3,) is the point between the eyes when upright; yaw 0 faces the front camera,
    + turns to the own left (the picture's right); recline leans back. Degrees."""

    eyes: Floats
    yaw: float
    recline: float = 0.0

    def root(self, human: Human) -> Floats:
        """(4, 4) that seats a figure."""
        placed = np.eye(4)
        placed[:3, :3] = rz(self.yaw) @ rx(-self.recline)
        middle = (human.eye["L"].centre + human.eye["R"].centre) / 2
        placed[:3, 3] = self.eyes - placed[:3, :3] @ middle
        return placed


@dataclass(frozen=True)
class Camera:
    """A camera: position (3,), target (3,), lens in mm over a 36 mm wide sensor, picture size in pixels."""

    position: Floats
    target: Floats
    lens: float
    width: int
    height: int

    @property
    def turn(self) -> Floats:
        """(3, 3), columns the picture's right, up and backwards in the room."""
        back = unit(self.position - self.target)
        right = unit(np.cross(np.array([0.0, 0.0, 1.0]), back))
        return np.stack([right, np.cross(back, right), back], 1)

    @property
    def matrix(self) -> Floats:
        """(4, 4) from the camera to the room."""
        placed = np.eye(4)
        placed[:3, :3] = self.turn
        placed[:3, 3] = self.position
        return placed

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.lens / SENSOR_MM * self.width

    def project(self, points: Floats) -> Floats:
        """(…, 3) room points as (…, 3): x_px and y_px from the picture's upper left corner, depth in metres.

        Pixel centres are at halves; depth is along the camera's axis, not positive behind the camera.
        """
        seen = (np.asarray(points, float) - self.position) @ self.turn
        depth = -seen[..., 2]
        safe = np.where(np.abs(depth) < 1e-9, 1e-9, depth)
        x = self.width / 2 + self.focal_px * seen[..., 0] / safe
        y = self.height / 2 - self.focal_px * seen[..., 1] / safe
        return np.stack([x, y, depth], -1)


VIEWS: Mapping[str, Mapping[str, tuple[Sequence[float], Sequence[float], float]]] = {
    "table": {
        "front": ((-0.02, -1.42, 1.18), (-0.02, 0.0, 0.883), 47.0),
        "left": ((-0.95, -1.22, 1.25), (0.03, -0.06, 0.90), 50.0),
        "right": ((0.95, -1.22, 1.25), (-0.03, -0.06, 0.90), 50.0),
        "portrait": ((0.42, -1.36, 1.30), (-0.03, -0.02, 0.87), 58.0),
    },
    "seat": {
        "front": ((-0.02, -1.36, 1.08), (-0.02, 0.0, 0.845), 52.0),
        "left": ((-0.95, -1.22, 1.20), (0.0, -0.04, 0.85), 52.0),
        "right": ((0.95, -1.22, 1.20), (-0.03, -0.04, 0.85), 52.0),
        "portrait": ((0.42, -1.36, 1.22), (-0.02, 0.0, 0.80), 58.0),
    },
}
"""Seating -> view -> (position, target, lens)."""


def camera(seating: str, view: str, width: int, height: int) -> Camera:
    """A named view of a seating."""
    position, target, lens = VIEWS[seating][view]
    return Camera(np.array(position, float), np.array(target, float), lens, width, height)


def camera_of(scenario: Scenario, camera: ScriptCamera) -> Camera:
    """A scenario's camera: its own place where it names one, else its view of the seating."""
    position, target, lens = VIEWS[scenario.room.seating][camera.view]
    return Camera(
        np.array(camera.position or position, float),
        np.array(camera.target or target, float),
        camera.lens_mm or lens,
        scenario.picture.width,
        scenario.picture.height,
    )


def seats(seating: str, child: Human) -> dict[str, Seat]:
    """The seats of parent and child, by the child's size."""
    tall = child.height_m
    if seating == "table":
        child_eyes = np.array([0.225, -0.02, TABLE_TOP + 0.04 + 0.30 * tall])
        return {"parent": Seat(np.array([-0.255, 0.02, 1.06]), 40.0), "child": Seat(child_eyes, -36.0)}
    return {
        "parent": Seat(np.array([-0.225, 0.02, 0.97]), 46.0),
        "child": Seat(np.array([0.205, -0.05, TABLE_TOP + 0.215 * tall + 0.05]), -42.0, recline=28.0),
    }


def toy_rest_height(toy: str) -> float:
    """Height of a toy's middle above what it stands on, metres."""
    return float(TOY_SIZES[toy][2]) / 2


def toy_place(toy: str, spot: str, nth: int = 0) -> Floats:
    """(3,) where a toy's middle is when it lies on the table at a spot: parent, middle or child; nth sets several
    toys apart."""
    x, y = _SPOTS[spot] + _ASIDE[nth % len(_ASIDE)]
    return np.array([x, y, TABLE_TOP + toy_rest_height(toy)])


def toy_corners(toy: str, placed: Floats) -> Floats:
    """(8, 3) corners of a toy's box; placed: (4, 4) of its middle."""
    signs = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
    return np.asarray((signs * TOY_SIZES[toy]) @ placed[:3, :3].T + placed[:3, 3])


def on_table(x: float, y: float, margin: float = 0.0) -> bool:
    """Whether a point lies over the table top, at least `margin` metres inside its edge."""
    across = (np.array([x, y]) - TABLE_CENTRE) / (TABLE_RADII - margin)
    return math.hypot(*across) <= 1.0
