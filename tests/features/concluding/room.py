"""Two people in a room whose places, turns and eyes are known, and what a camera would be told of them.

Written from the anatomy, by projecting points of a face; it shares no formula with what it tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sin

import numpy as np

from coder.features.concluding.who import Identified
from coder.features.face import Box, Face
from coder.features.geometry import Camera, Floats, Head, iris_offset, turns_to
from coder.features.sighting import JOINTS, Body, Look, Sighting
from coder.model.persons import Role

CAMERA = Camera(1280, 720, 60.0)
STEP_US = 100_000

_CORNERS = {33: (-4.45, 2.66, 3.17), 133: (-1.86, 2.59, 3.76), 362: (1.86, 2.59, 3.76), 263: (4.45, 2.66, 3.17)}
_IRISES = {468: (33, 133), 473: (362, 263)}
_EYES = np.array((0, 2.62, 3.46))


@dataclass(frozen=True)
class Somebody:
    """at_cm: the head's middle, x right, y up, z towards the camera, which is at 0. Angles as the signals have
    them; eye_…: in the head. scale: of the face against an adult's. eyes_open: against the eye's width.
    """

    at_cm: tuple[float, float, float]
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    eye_yaw_deg: float = 0.0
    eye_pitch_deg: float = 0.0
    scale: float = 1.0
    eyes_open: float = 0.3
    meshed: bool = True
    score: float = 0.9
    hands_cm: tuple[tuple[float, float, float], ...] = ()
    trunk_deg: float | None = None

    @property
    def axes(self) -> Floats:
        """(3, 3) of the head in the camera's axes."""
        return turned(self.yaw_deg, self.pitch_deg, self.roll_deg)

    @property
    def eyes_cm(self) -> Floats:
        """Between the eyes."""
        return np.asarray(np.array(self.at_cm) + self.scale * self.axes @ _EYES)

    def looking_at(
        self, point_cm: Sequence[float] | Floats, share: float = 1.0, rest_deg: float = 0.0
    ) -> "Somebody":
        """Turned to a point: the head makes `share` of the turn from `rest_deg` and the eyes the rest."""
        way = np.asarray(point_cm) - self.eyes_cm
        yaw = float(np.degrees(np.arctan2(way[0], way[2])))
        pitch = float(np.degrees(np.arctan2(way[1], np.hypot(way[0], way[2]))))
        head_yaw, head_pitch = rest_deg + share * (yaw - rest_deg), share * pitch
        return replace(
            self,
            yaw_deg=head_yaw,
            pitch_deg=head_pitch,
            eye_yaw_deg=yaw - head_yaw,
            eye_pitch_deg=pitch - head_pitch,
        )


def turned(yaw_deg: float, pitch_deg: float, roll_deg: float = 0.0) -> Floats:
    """(3, 3): yaw about the upright axis after pitch about the sideways one after roll, + against the clock."""
    y, p, r = radians(yaw_deg), radians(pitch_deg), radians(roll_deg)
    about_nose = np.array([(cos(r), -sin(r), 0), (sin(r), cos(r), 0), (0, 0, 1)])
    about_up = np.array([(cos(y), 0, sin(y)), (0, 1, 0), (-sin(y), 0, cos(y))])
    return np.asarray(about_up @ np.array([(1, 0, 0), (0, cos(p), sin(p)), (0, -sin(p), cos(p))]) @ about_nose)


def pixel(point_cm: Sequence[float] | Floats, camera: Camera = CAMERA) -> tuple[float, float]:
    """Where a point is seen."""
    x, y, z = point_cm
    return camera.width_px / 2 + camera.focal_px * x / -z, camera.height_px / 2 - camera.focal_px * y / -z


def seen(who: Somebody, camera: Camera = CAMERA) -> Sighting:
    """What is told of somebody."""
    ray = np.array([who.at_cm]) / np.linalg.norm(who.at_cm)
    turn = turns_to(ray)[0].T @ who.axes
    px_per_cm = camera.focal_px / -who.at_cm[2] * who.scale
    head = Head(turn, pixel(who.at_cm, camera), px_per_cm)
    x, y = head.centre_px
    half = 8 * px_per_cm
    iris_px = 1.17 * px_per_cm / who.scale
    face = Face(
        Box(x - half, y - half, x + half, y + half),
        head,
        None,
        meshed=who.meshed,
        width_px=2 * half,
        iris=_iris(who, turn) if who.meshed else None,
    )
    return Sighting(
        face,
        _body(who, camera),
        who.score,
        iris_px=iris_px if who.meshed else None,
        eyes_open=who.eyes_open if who.meshed else None,
        sharpness=100.0,
        light=120.0,
    )


def _iris(who: Somebody, turn: Floats) -> tuple[float, float]:
    """The irises of eyeballs that turn between the corners of the lids, as the mesh would show them."""
    mesh = np.zeros((478, 2))
    for at, point in _CORNERS.items():
        mesh[at] = (turn @ np.array(point))[:2] * (1, -1)
    for at, corners in _IRISES.items():
        middle = np.mean([_CORNERS[corner] for corner in corners], axis=0) - (0, 0, 0.65)
        gaze = turned(who.eye_yaw_deg, who.eye_pitch_deg)[:, 2]
        mesh[at] = (turn @ (middle + gaze))[:2] * (1, -1)
    return iris_offset(mesh)


def _body(who: Somebody, camera: Camera) -> Body | None:
    if not who.hands_cm and who.trunk_deg is None:
        return None
    points, sure = np.zeros((len(JOINTS), 2)), np.zeros(len(JOINTS))
    for side, hand in zip(("left", "right"), who.hands_cm, strict=False):
        for joint in ("wrist", "index"):
            points[JOINTS.index(f"{side}_{joint}")], sure[JOINTS.index(f"{side}_{joint}")] = pixel(hand, camera), 1
    if who.trunk_deg is not None:
        half = 17.66 * who.scale * (2.1 if who.scale == 1 else 1.7) / 2
        for side, sign in (("left", 1), ("right", -1)):
            x, y, z = who.at_cm
            at = (x + sign * half * cos(radians(who.trunk_deg)), y - 25 * who.scale, z)
            points[JOINTS.index(f"{side}_shoulder")], sure[JOINTS.index(f"{side}_shoulder")] = pixel(at, camera), 1
    return Body(points, sure)


def look(number: int, people: Sequence[Somebody | None], camera: Camera = CAMERA) -> Look:
    """One look at whoever is there."""
    sightings = tuple(seen(one, camera) for one in people if one is not None)
    size = camera.width_px, camera.height_px
    return Look(number * 3, number * STEP_US, *size, sightings, light=120.0, sharpness=200.0)


def film(moments: Sequence[tuple[Somebody | None, Somebody | None]], camera: Camera = CAMERA) -> list[Look]:
    """A look at (parent, child) in each moment, ten a second."""
    return [look(number, people, camera) for number, people in enumerate(moments)]


def known(moments: Sequence[tuple[Somebody | None, Somebody | None]], confidence: float = 1.0) -> Identified:
    """Who is who in that film."""
    roles = tuple(
        tuple(role for role, one in zip((Role.PARENT, Role.CHILD), people, strict=True) if one)
        for people in moments
    )
    return Identified(
        roles,
        tuple(tuple(confidence for _ in row) for row in roles),
        tuple(tuple(range(len(row))) for row in roles),
        tuple(tuple(False for _ in row) for row in roles),
    )
