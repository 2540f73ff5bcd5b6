"""Turns of bones: rotations, aiming, a two-bone arm, finger curl. Degrees, matrices (3, 3), numpy only."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from studio.stage.data import Floats

if TYPE_CHECKING:
    from studio.stage.body import Human

NECK = {"neck01": 0.2, "neck02": 0.2, "neck03": 0.2, "head": 0.4}
"""How a turn of the head is shared by the bones from the trunk up."""

# Hand in the rest pose, own left (mirrored in x for the right): measured on base figures of every age, they agree
# within 5 degrees. BACK points out of the back of the hand, ALONG to the knuckles.
_BACK = np.array([0.775, -0.01, 0.632])
_ALONG = np.array([0.429, -0.725, -0.538])
_THUMB = np.array([-0.42, -0.81, -0.40])
_MIRROR = np.diag([-1.0, 1.0, 1.0])

WRIST_LIMIT = 65.0
TWIST_LIMIT = 95.0


def rx(degrees: float) -> Floats:
    """Turn about x: positive leans a standing figure forwards, bows a head."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def ry(degrees: float) -> Floats:
    """Turn about y: positive tips a figure that faces -y towards its own left."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def rz(degrees: float) -> Floats:
    """Turn about z: positive turns a figure that faces -y towards +x, its own left."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def unit(vectors: Floats) -> Floats:
    """Vectors (…, 3) at length one; a zero vector stays zero."""
    lengths: Floats = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12))


def about(axis: Floats, degrees: float) -> Floats:
    """Turn about an axis (Rodrigues)."""
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    a = math.radians(degrees)
    return np.asarray(np.eye(3) + math.sin(a) * cross + (1 - math.cos(a)) * cross @ cross)


def rot_between(a: Floats, b: Floats) -> Floats:
    """The shortest turn that takes direction a to direction b."""
    a, b = unit(a), unit(b)
    axis = np.cross(a, b)
    length = float(np.linalg.norm(axis))
    if length < 1e-9:
        if float(a @ b) > 0:
            return np.eye(3)
        return about(np.cross(a, np.eye(3)[int(np.argmin(np.abs(a)))]), 180.0)
    return about(axis, math.degrees(math.atan2(length, float(a @ b))))


def aim(direction: Floats) -> tuple[float, float]:
    """(yaw, pitch) with `aim_turn(yaw, pitch)` taking -y to the direction; yaw + to +x, pitch + down."""
    d = unit(direction)
    return math.degrees(math.atan2(d[0], -d[1])), math.degrees(-math.asin(max(-1.0, min(1.0, float(d[2])))))


def aim_turn(yaw: float, pitch: float) -> Floats:
    """The turn of an eye or a head that looks along (yaw, pitch)."""
    return rz(yaw) @ rx(pitch)


def head_turn(yaw: float, pitch: float, roll: float = 0.0) -> dict[str, Floats]:
    """A turn of the head, spread over neck and head."""
    return {b: rz(yaw * k) @ rx(pitch * k) @ ry(roll * k) for b, k in NECK.items()}


def hand_axes(side: str) -> tuple[Floats, Floats]:
    """(palm, fingers): where the palm faces and the fingers point in the rest pose."""
    palm, fingers = -unit(_BACK), unit(_ALONG)
    return (palm, fingers) if side == "L" else (_MIRROR @ palm, _MIRROR @ fingers)


def curl(side: str, amount: float, index: float = 0.0) -> dict[str, Floats]:
    """Rotations that close the hand: 0 flat, 0.3 relaxed, 0.65 round a cup, 1 a fist.

    index: 0 the index finger closes with the others .. 1 it stays out and points.
    """
    palm, fingers = hand_axes(side)
    axis = np.cross(fingers, palm)
    turns: dict[str, Floats] = {}
    for finger in range(2, 6):
        # the little finger closes more than the index finger in every relaxed hand
        bend = amount * (0.85 + 0.08 * (finger - 2)) * (1.0 - 0.95 * index if finger == 2 else 1.0)
        turns[f"finger{finger}-1.{side}"] = about(axis, 68 * bend)
        turns[f"finger{finger}-2.{side}"] = about(axis, 78 * bend)
        turns[f"finger{finger}-3.{side}"] = about(axis, 50 * bend)
    along = unit(_THUMB) if side == "L" else _MIRROR @ unit(_THUMB)
    to_palm, to_fingers = np.cross(along, palm), np.cross(along, fingers)
    turns[f"finger1-1.{side}"] = about(to_palm, 22 * amount)
    turns[f"finger1-2.{side}"] = about(to_fingers, 18 * amount) @ about(to_palm, 14 * amount)
    turns[f"finger1-3.{side}"] = about(to_fingers, 30 * amount)
    return turns


def arm_ik(
    human: "Human",
    side: str,
    root: Floats,
    rot: Mapping[str, Floats],
    target: Floats,
    pole: Floats,
    palm: Floats | None = None,
    fingers: Floats | None = None,
) -> dict[str, Floats]:
    """Rotations that bring the wrist to a point.

    target: (3,) wrist in the room; pole: (3,) point that the elbow swings towards. palm, fingers: room directions
    that the palm should face and the fingers point, met as far as the forearm twists and the wrist bends.
    `rot` holds the trunk's rotations, the shoulder's included; arm entries in it are ignored.
    """
    shoulder, elbow, wrist = f"upperarm01.{side}", f"lowerarm01.{side}", f"wrist.{side}"
    frame = human.bone_frame(human.parent[shoulder], rot, root)
    inward = np.linalg.inv(frame)
    goal = inward[:3, :3] @ np.asarray(target) + inward[:3, 3]
    swing = inward[:3, :3] @ np.asarray(pole) + inward[:3, 3]
    s, e, w = human.head[shoulder], human.head[elbow], human.head[wrist]
    upper, fore = float(np.linalg.norm(e - s)), float(np.linalg.norm(w - e))
    reach = min(float(np.linalg.norm(goal - s)), (upper + fore) * 0.995)
    reach = max(reach, abs(upper - fore) * 1.05)
    ahead = unit(goal - s)
    along = (upper**2 + reach**2 - fore**2) / (2 * reach)
    aside = swing - s
    aside = unit(aside - ahead * float(aside @ ahead))
    bent = s + ahead * along + aside * math.sqrt(max(0.0, upper**2 - along**2))
    first = rot_between(e - s, bent - s)
    second = rot_between(w - e, first.T @ (s + ahead * reach - bent))
    turns = {shoulder: first, elbow: second}
    if palm is not None:
        turns |= _hand_turn(side, w - e, (frame[:3, :3] @ first @ second).T, palm, fingers)
    return turns


def _hand_turn(
    side: str, forearm: Floats, inward: Floats, palm: Floats, fingers: Floats | None
) -> dict[str, Floats]:
    """Forearm twist and wrist bend for a wished palm; `inward` takes room directions to the rest arm."""
    axis = unit(forearm)
    rest_palm, rest_fingers = hand_axes(side)
    wished = inward @ unit(np.asarray(palm))
    flat, flat_rest = (unit(v - axis * float(v @ axis)) for v in (wished, rest_palm))
    twist = math.degrees(math.atan2(float(np.cross(flat_rest, flat) @ axis), float(flat_rest @ flat)))
    twist = max(-TWIST_LIMIT, min(TWIST_LIMIT, twist))
    # half in the forearm, half in the wrist: the skin wrings less
    turn = about(axis, twist)
    bend = rot_between(turn @ rest_palm, wished)
    if fingers is not None:
        ahead = inward @ unit(np.asarray(fingers))
        palm_now = bend @ turn @ rest_palm
        now, then = (unit(v - palm_now * float(v @ palm_now)) for v in (bend @ turn @ rest_fingers, ahead))
        bend = rot_between(now, then) @ bend
    size = size_of(bend)
    if size > WRIST_LIMIT:
        bend = about(
            np.array([bend[2, 1] - bend[1, 2], bend[0, 2] - bend[2, 0], bend[1, 0] - bend[0, 1]]), WRIST_LIMIT
        )
    half = about(axis, twist * 0.5)
    return {f"lowerarm02.{side}": half, f"wrist.{side}": half.T @ bend @ turn}


def size_of(turn: Floats) -> float:
    """Size of a turn in degrees."""
    return math.degrees(math.acos(max(-1.0, min(1.0, (float(np.trace(turn)) - 1) / 2))))
