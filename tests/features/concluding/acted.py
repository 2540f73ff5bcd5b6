"""Acted scenes: people as numbers who come, go, cross and turn, so that it is known who is who.

    acted(60, parent(x=200), child(x=400, there=lambda s: not 20 < s < 40))

Places are pixels of a picture of 640 × 360, times seconds.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sin

import numpy as np
from scipy.spatial.transform import Rotation

from coder.features.concluding.who import SURE, Identified
from coder.features.face import Box, Face
from coder.features.geometry import FACE_HEIGHT_CM, Head
from coder.features.look_columns import APPEARANCE
from coder.features.sighting import JOINTS, Body, Look, Sighting
from coder.model.persons import Role
from coder.model.time import SECOND_US

WIDTH, HEIGHT, HZ = 640, 360, 10

Of = float | Callable[[float], float]
"""A number, or one for each second."""


@dataclass(frozen=True)
class Actor:
    """Somebody in a scene. size: face height. looks: seed of hair, skin and clothes; of two alike the same;
    0 if they cannot be made out.

    lively: eyes and mouth move, and the head turns by itself. shoulders: width in face heights. iris: against face
    height. meshed: share of the looks in which the mesh fits. embodied: a body is seen, too.
    """

    role: Role
    x: Of
    y: Of = 150.0
    size: Of = 70.0
    looks: int = 1
    there: Callable[[float], bool] = lambda _s: True
    lively: bool = True
    shoulders: float = 2.0
    iris: float = 0.066
    meshed: float = 1.0
    score: float = 0.85
    faced: bool = True
    embodied: bool = True


def parent(x: Of, **other: object) -> Actor:
    """An adult."""
    return replace(Actor(Role.PARENT, x, size=75.0, looks=1, y=120.0), **other)  # type: ignore[arg-type]  # fields by name, of several types


def child(x: Of, **other: object) -> Actor:
    """A child of two: a smaller face, narrow shoulders, large irises."""
    small = Actor(Role.CHILD, x, size=57.0, looks=2, y=190.0, shoulders=1.5, iris=0.078)
    return replace(small, **other)  # type: ignore[arg-type]  # fields by name, of several types


@dataclass(frozen=True)
class Scene:
    """Looks, and beside each whose its sightings are."""

    looks: list[Look]
    truth: list[list[Role]]


def acted(seconds: float, *actors: Actor, seed: int = 0, camera_px: float = 0.0) -> Scene:
    """The scene as it is seen ten times a second. camera_px: how far the camera shakes from look to look."""
    chance = np.random.default_rng(seed)
    shake = np.zeros(2)
    looks, truth = [], []
    for number in range(round(seconds * HZ)):
        at_s = number / HZ
        step = chance.normal(0, camera_px, 2) if camera_px else np.zeros(2)
        shake = 0.95 * shake + step
        here = [actor for actor in actors if actor.there(at_s)]
        chance.shuffle(here)
        looks.append(
            Look(
                index=number,
                at_us=number * SECOND_US // HZ,
                width_px=WIDTH,
                height_px=HEIGHT,
                sightings=tuple(_seen(actor, at_s, shake, chance) for actor in here),
                light=120.0,
                sharpness=100.0,
                camera_px=float(np.hypot(*step)),
                light_change=0.0,
            )
        )
        truth.append([actor.role for actor in here])
    return Scene(looks, truth)


def _seen(actor: Actor, at_s: float, shake: np.ndarray, chance: np.random.Generator) -> Sighting:
    size = _at(actor.size, at_s)
    x, y = _at(actor.x, at_s) + shake[0], _at(actor.y, at_s) + shake[1]
    if actor.lively:
        x, y = x + 0.15 * size * sin(at_s * 0.9 + actor.looks), y + 0.1 * size * sin(at_s * 1.3 + actor.looks)
    x, y = x + chance.normal(0, 0.02 * size), y + chance.normal(0, 0.02 * size)
    seen_px = size * np.exp(chance.normal(0, 0.02))
    turn = (
        (25 * sin(at_s * 0.7 + actor.looks), 12 * sin(at_s * 0.5), 4 * sin(at_s)) if actor.lively else (10, 0, 2)
    )
    turned = Rotation.from_euler("yxz", np.array(turn) + chance.normal(0, 0.5, 3), degrees=True).as_matrix()
    head = Head(turned, (x, y), seen_px / FACE_HEIGHT_CM)
    meshed = bool(chance.random() < actor.meshed)
    half = seen_px * 0.42
    face = Face(Box(x - half, y - half, x + half, y + half), head, head, meshed, 0.8 * seen_px, (0.0, 0.0))
    blinks = actor.lively and (at_s * 10) % 37 < 2
    speaks = actor.lively and (at_s + actor.looks) % 9 < 3
    eyes = 0.05 if blinks else 0.27
    mouth = 0.03 + 0.08 * abs(sin(at_s * 12)) if speaks else 0.01
    return Sighting(
        face=face if actor.faced else None,
        body=_body(x, y, size, actor.shoulders) if actor.embodied else None,
        score=actor.score + float(chance.normal(0, 0.02)),
        iris_px=seen_px * actor.iris * (1 + chance.normal(0, 0.04)) if meshed and actor.iris else None,
        eyes_open=eyes + chance.normal(0, 0.006) if meshed else None,
        mouth_open=mouth + abs(chance.normal(0, 0.003)) if meshed else None,
        sharpness=150.0,
        light=120.0,
        appearance=_appearance(actor.looks, at_s, chance) if actor.looks else (),
        motion=1.0 if actor.lively else 0.1,
    )


def _appearance(looks: int, at_s: float, chance: np.random.Generator) -> tuple[float, ...]:
    """Of the same person alike, but not the same: light and posture change slowly, noise quickly."""
    own = np.random.default_rng(looks).normal(0, 0.4, APPEARANCE)
    slow = 0.08 * np.sin(at_s / 7 + np.arange(APPEARANCE))
    return tuple((own + slow + chance.normal(0, 0.05, APPEARANCE)).tolist())


def _body(x: float, y: float, size: float, shoulders: float) -> Body:
    places = {
        "nose": (0.0, 0.0),
        "left_shoulder": (shoulders / 2, 1.2),
        "right_shoulder": (-shoulders / 2, 1.2),
    }
    points = [places.get(joint, (0.0, 2.0)) for joint in JOINTS]
    return Body(
        np.array([(x + size * right, y + size * down) for right, down in points]),
        np.array([0.9 if joint in places else 0.1 for joint in JOINTS]),
    )


def _at(value: Of, at_s: float) -> float:
    return value(at_s) if callable(value) else value


def judged(scene: Scene, found: Identified, between_s: tuple[float, float] = (0, 1e9)) -> Counter[str]:
    """How often parent and child were told right, wrong (they, or somebody else, taken for what they are not) or
    not at all, in a part of the scene."""
    counted: Counter[str] = Counter(right=0, wrong=0, unsure=0)
    for look, truth, roles, sure in zip(scene.looks, scene.truth, found.roles, found.confidence, strict=True):
        if not between_s[0] <= look.at_us / SECOND_US < between_s[1]:
            continue
        for real, told, confidence in zip(truth, roles, sure, strict=True):
            named = told if confidence >= SURE else None
            if real in {Role.PARENT, Role.CHILD}:
                counted["right" if named is real else "unsure" if named is None else "wrong"] += 1
            elif named in {Role.PARENT, Role.CHILD}:
                counted["wrong"] += 1
    return counted


def shares(counted: Counter[str]) -> tuple[float, float]:
    """(right, wrong) as shares of all."""
    total = max(sum(counted.values()), 1)
    return counted["right"] / total, counted["wrong"] / total


def of_role(found: Identified, truth: Sequence[Sequence[Role]], role: Role) -> Counter[Role | None]:
    """What those who really are `role` were taken for."""
    return Counter(
        told
        for real_row, told_row in zip(truth, found.roles, strict=True)
        for real, told in zip(real_row, told_row, strict=True)
        if real is role
    )
