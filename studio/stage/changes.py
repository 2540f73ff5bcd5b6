"""What looks different between two moments, as rectangles of the picture: only they need to be drawn again.

Numpy only. Light and shadow reach a little farther than what moves; a margin around it takes them in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from studio.acts import PEOPLE
from studio.stage import plan
from studio.stage.body import Human, Posed
from studio.stage.data import BODY, Floats
from studio.stage.exposure import Box, box_of
from studio.stage.pose import Frame

MARGIN_PX, FACE_MARGIN_PX = 26, 9
_MOVED_M, _TURNED = 1e-4, 1e-4
# hair stands off the head, and hanging hair reaches the shoulders
_HAIR_M, _HANGING_M = 0.03, 0.20
# every third point of the skin: the points lie nearer together than the margin is wide
_STRIDE = 3


@dataclass(frozen=True)
class Scene:
    """One moment with its bodies posed."""

    frame: Frame
    posed: Mapping[str, Posed]


def scene_of(frame: Frame, humans: Mapping[str, Human]) -> Scene:
    """The moment with its bodies posed."""
    return Scene(frame, {who: humans[who].posed(getattr(frame, who)) for who in PEOPLE})


def changed(
    before: Scene, after: Scene, humans: Mapping[str, Human], hanging: frozenset[str], camera: plan.Camera
) -> list[Box]:
    """Rectangles outside of which the two moments look the same; `hanging`: who has hair that hangs down."""
    boxes = [
        box
        for who in PEOPLE
        for box in _figure(humans[who], before.posed[who], after.posed[who], camera, who in hanging)
        if box[0] < box[2] and box[1] < box[3]
    ]
    boxes += [box for box in _toys(before.frame, after.frame, camera) if box[0] < box[2] and box[1] < box[3]]
    return _merged(boxes)


def area(boxes: list[Box]) -> int:
    """Pixels in the rectangles."""
    return sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)


def _figure(human: Human, before: Posed, after: Posed, camera: plan.Camera, hanging: bool) -> list[Box]:
    """One rectangle for the head, one for the rest."""
    old, new = before.verts[:BODY:_STRIDE], after.verts[:BODY:_STRIDE]
    moved = np.abs(new - old).max(1) > _MOVED_M
    of_head = human.share("head")[:BODY:_STRIDE] > 0.5
    face = [old[moved & of_head], new[moved & of_head]]
    turned = np.abs(after.bones - before.bones).max((1, 2)) > _TURNED
    if turned[human.bi["head"]]:
        face += [_hair(human, posed.bones[human.bi["head"]], hanging) for posed in (before, after)]
    for side, eye in after.eyes.items():
        was = before.eyes[side]
        if np.abs(eye.turn - was.turn).max() > _TURNED:
            around = 1.4 * human.eye[side].radius * np.array([[1.0, 0, 0], [-1, 0, 0], [0, 0, 1], [0, 0, -1]])
            face += [was.centre + around, eye.centre + around]
    body = [old[moved & ~of_head], new[moved & ~of_head]]
    face_margin = MARGIN_PX if turned.any() else FACE_MARGIN_PX
    parts = ((np.concatenate(face), face_margin), (np.concatenate(body), MARGIN_PX))
    return [box_of(camera.project(points), camera, margin) for points, margin in parts if len(points)]


def _hair(human: Human, head: Floats, hanging: bool) -> Floats:
    """Corners of a box around all hair of a head, in the room."""
    skull = human.rest[:BODY][human.share("head")[:BODY] > 0.5]
    low, high = skull.min(0) - _HAIR_M, skull.max(0) + _HAIR_M
    if hanging:
        low[2] -= _HANGING_M
    corners = np.array(
        [[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])]
    )
    return np.asarray(corners @ head[:3, :3].T + head[:3, 3])


def _toys(before: Frame, after: Frame, camera: plan.Camera) -> list[Box]:
    boxes = []
    for toy, placed in after.props.items():
        was = before.props[toy]
        if np.abs(placed - was).max() > _MOVED_M:
            corners = np.concatenate([plan.toy_corners(toy, was), plan.toy_corners(toy, placed)])
            boxes.append(box_of(camera.project(corners), camera, MARGIN_PX))
    return boxes


def _merged(boxes: list[Box]) -> list[Box]:
    """The same pixels in fewer rectangles, where one is not larger than the two that it replaces."""
    left = list(boxes)
    joined = True
    while joined:
        joined = False
        for one, two in combinations(left, 2):
            both = (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))
            if area([both]) <= area([one, two]):
                left = [box for box in left if box not in (one, two)] + [both]
                joined = True
                break
    return left
