"""Which pixels are whose: the places of people in a picture, drawn from faces and bodies."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from coder.features.face import Box, Face
from coder.features.geometry import Floats
from coder.features.sighting import JOINTS, Body

Person = tuple[Face | None, Body | None]
"""What was found of one person; not both are None."""

Mask = NDArray[np.bool_]

_SEEN = 0.3  # a joint less surely seen is not drawn
_LIMB = 0.55  # how thick arms and legs are drawn, in head heights: sleeves and a hand's reach included
_SMALLER = 0.85  # of two overlapping people the one whose head is that much smaller sits in front
_SHOULDERS = 2.2  # width and length of a body that was not found, in head heights
_TRUNK = 3.0

_AT = {joint: i for i, joint in enumerate(JOINTS)}
_LIMBS = tuple(
    (_AT[f"{side}_{a}"], _AT[f"{side}_{b}"])
    for side in ("left", "right")
    for a, b in (("shoulder", "elbow"), ("elbow", "wrist"), ("wrist", "index"), ("hip", "knee"))
)
_TORSO = tuple(_AT[joint] for joint in ("left_shoulder", "right_shoulder", "right_hip", "left_hip"))


def places(persons: Sequence[Person], scale: float, height: int, width: int) -> tuple[list[Mask], Mask]:
    """Each person's own pixels (height, width), and where nobody is, in a picture `scale` times the full one.

    A face, an arm or a leg covers a trunk. Where two trunks lie on each other the smaller person is in front, as
    a child on a lap; two limbs on each other, or two trunks of people of one size, belong to nobody.
    """
    drawn = [_drawn(person, scale, height, width) for person in persons]
    limbs = [limb for limb, _ in drawn]
    trunks = [trunk for _, trunk in drawn]
    heads = [head_px(person) for person in persons]
    crowd = np.sum(limbs, axis=0) if limbs else np.zeros((height, width))
    own = []
    for i, (limb, trunk) in enumerate(drawn):
        behind = crowd > 0
        for j, other in enumerate(trunks):
            if j != i and not heads[i] < _SMALLER * heads[j]:
                behind = behind | other
        own.append((limb & (crowd == 1)) | (trunk & ~behind))
    taken = np.any([*limbs, *trunks], axis=0) if persons else np.zeros((height, width), np.bool_)
    return own, ~taken


def head_px(person: Person) -> float:
    """Height of a person's face in pixels; without one guessed from the shoulders and the trunk."""
    face, body = person
    if face is not None:
        return face.head.height_px
    assert body is not None
    left, right, low_right, low_left = body.points_px[list(_TORSO)]
    trunk = float(np.linalg.norm((low_left + low_right - left - right) / 2))
    return max(float(np.linalg.norm(left - right)) / _SHOULDERS, trunk / _TRUNK, 1.0)


def _drawn(person: Person, scale: float, height: int, width: int) -> tuple[Mask, Mask]:
    """Face, arms and legs; and the trunk."""
    face, body = person
    limb, trunk = (np.zeros((height, width), np.uint8) for _ in range(2))
    head = head_px(person) * scale
    if face is not None:
        box = face.box
        centre = ((box.left + box.right) / 2 * scale, (box.top + box.bottom) / 2 * scale)
        axes = ((box.right - box.left) * scale * 0.65, (box.bottom - box.top) * scale * 0.75)
        cv2.ellipse(limb, (centre, (2 * axes[0], 2 * axes[1]), 0), 1, -1)
    if body is None:
        assert face is not None
        _rectangle(trunk, face.box, head, scale)
        return limb > 0, trunk > 0
    points = body.points_px * scale
    if face is None:
        cv2.circle(limb, _whole(points[_AT["nose"]]), round(head * 0.75), 1, -1)
    thick = max(1, round(_LIMB * head))
    for a, b in _LIMBS:
        if min(body.seen[a], body.seen[b]) >= _SEEN:
            cv2.line(limb, _whole(points[a]), _whole(points[b]), 1, thick)
    torso = np.round(points[list(_TORSO)]).astype(np.int32)
    cv2.fillConvexPoly(trunk, cv2.convexHull(torso), 1)
    cv2.polylines(trunk, [torso], True, 1, thick)
    return limb > 0, trunk > 0


def _rectangle(trunk: NDArray[np.uint8], box: Box, head: float, scale: float) -> None:
    middle, chin = (box.left + box.right) / 2 * scale, box.bottom * scale
    start = _whole((middle - _SHOULDERS / 2 * head, chin))
    end = _whole((middle + _SHOULDERS / 2 * head, chin + _TRUNK * head))
    cv2.rectangle(trunk, start, end, 1, -1)


def _whole(point: Floats | tuple[float, float]) -> tuple[int, int]:
    """OpenCV wants whole pixels, and no farther out than 16 bits."""
    x, y = np.clip(np.round(point), -30_000, 30_000)
    return int(x), int(y)
