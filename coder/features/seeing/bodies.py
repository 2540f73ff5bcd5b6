"""Bodies in one picture: the pose model on a crop around each face, and on the whole picture for the rest.

Asked for all bodies of a picture, the pose model often finds one of two; on a crop it finds one, but in about one
of four crops that of the neighbour. So the neighbours' heads are painted over, and a body counts as a face's own
only if its nose is there. MediaPipe runs in its image mode: what it says depends on the one picture only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from numpy.typing import NDArray

from coder.features.face import Box, Face
from coder.features.geometry import Floats
from coder.features.seeing.hands import DOUBTED, HandJudge
from coder.features.sighting import JOINTS, Body
from coder.features.weights import load

MODEL = "pose_landmarker_lite.task"

RGB = NDArray[np.uint8]

_OF_MODEL = (0, 11, 12, 13, 14, 15, 16, 19, 20, 23, 24, 25, 26)  # the model's points in the order of JOINTS
_CONFIDENCE = 0.3  # on a crop that a face has vouched for
_WHOLE_CONFIDENCE = 0.5
_MOST_WHOLE = 4
_CROP_PX = 320  # what a crop is scaled to; the model itself looks at 224 and 256 px
_VIEWS = ((1.0, 5.2), (0.7, 3.6))  # tried in turn: sides of the face box above its top and below it
_OWN = 0.6  # farthest a nose may lie from the middle of its own face, in sides of the face box
_TILTED_DEG = 35.0  # from here on the crop is turned upright: the model expects people who sit or stand
_GREY = (128, 128, 128)
_SAME_ARM = 0.25  # elbows and wrists of two bodies that lie closer, in face sides, are one arm seen twice

_NOSE = JOINTS.index("nose")
_ARMS = tuple(
    tuple(JOINTS.index(f"{side}_{joint}") for joint in ("elbow", "wrist", "index")) for side in ("left", "right")
)
_TORSO = tuple(JOINTS.index(f"{side}_{joint}") for joint in ("shoulder", "hip") for side in ("left", "right"))


@dataclass(frozen=True, slots=True)
class Bodies:
    """of_faces: the body of each face that was given, None where none was found that is surely its own.

    others: bodies without a face (a person turned away), each with how surely it is one, 0 … 1.
    """

    of_faces: tuple[Body | None, ...]
    others: tuple[tuple[Body, float], ...] = ()


class BodyFinder:
    """Finds bodies. Not to be shared between threads."""

    def __init__(self, model: str = MODEL) -> None:
        content = load(model)
        self._one = _landmarker(content, 1, _CONFIDENCE)
        self._all = _landmarker(content, _MOST_WHOLE, _WHOLE_CONFIDENCE)
        self._judge = HandJudge()

    def close(self) -> None:
        """Give the models back."""
        self._one.close()
        self._all.close()
        self._judge.close()

    def find(self, rgb: RGB, faces: Sequence[Face], *, whole: bool = False) -> Bodies:
        """The bodies of the faces of a picture (height, width, 3).

        whole: look over the whole picture as well, for people whose faces were not found. Depends on this picture
        and these faces only.
        """
        own = _untangled([self._of_face(rgb, face, faces) for face in faces], faces)
        own = self._judge.settled(rgb, own, [face.head.height_px for face in faces])
        others = self._without_face(rgb, faces, own) if whole else ()
        return Bodies(tuple(own), others)

    def _of_face(self, rgb: RGB, face: Face, faces: Sequence[Face]) -> Body | None:
        """The body whose nose is in the face; looked for nearer by if the wide view shows none."""
        neighbours = [other.box for other in faces if other is not face]
        for above, below in _VIEWS:
            shown, back = _upright(rgb, face, neighbours, above, below)
            for body in _poses(self._one, shown, back):
                if _apart(body, face.box) <= _OWN:
                    return body
        return None

    def _without_face(
        self, rgb: RGB, faces: Sequence[Face], own: Sequence[Body | None]
    ) -> tuple[tuple[Body, float], ...]:
        """Bodies in the whole picture that belong to none of the faces, the surest first."""
        painted = rgb.copy()
        for face in faces:
            _paint(painted, face.box)
        scale = np.array([[rgb.shape[1], 0, 0], [0, rgb.shape[0], 0]], np.float64)
        known = [body for body in own if body is not None]
        found = []
        for body in _poses(self._all, painted, scale):
            headed = any(_apart(body, face.box) <= 1 for face in faces)
            if not headed and not any(_one_torso(body, other) for other in known):
                found.append((body, float(body.seen[list(_TORSO)].mean())))
                known.append(body)
        return tuple(sorted(found, key=lambda one: -one[1]))


def _landmarker(content: bytes, most: int, confidence: float) -> vision.PoseLandmarker:
    return vision.PoseLandmarker.create_from_options(
        vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=content),
            num_poses=most,
            min_pose_detection_confidence=confidence,
            min_pose_presence_confidence=confidence,
        )
    )


def _poses(model: vision.PoseLandmarker, shown: RGB, back: Floats) -> list[Body]:
    """The bodies in a picture; `back` (2, 3) takes shares of its width and height to pixels of the full one."""
    seen = model.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(shown)))
    bodies = []
    for landmarks in seen.pose_landmarks:
        points = [landmarks[at] for at in _OF_MODEL]
        shares = np.array([(point.x, point.y, 1.0) for point in points])
        surely = np.array([min(point.visibility, point.presence) for point in points])
        bodies.append(Body(shares @ back.T, np.clip(surely, 0, 1)))
    return bodies


def _upright(rgb: RGB, face: Face, neighbours: Sequence[Box], above: float, below: float) -> tuple[RGB, Floats]:
    """The face with what is below it, upright, and the way back (2, 3) from shares of the crop to pixels.

    Of a tilted head the crop is turned: a lying infant's body goes on where its chin points.
    """
    box = face.box
    middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    down = _down(face)
    across = np.array([down[1], -down[0]])
    side = (above + below) * box.side
    corner = middle - (above + 0.5) * box.side * down - side / 2 * across
    back = np.stack([across * side, down * side, corner], axis=1)
    per_px = np.concatenate([back[:, :2] / _CROP_PX, back[:, 2:]], axis=1)
    painted = rgb
    if neighbours:
        painted = rgb.copy()
        for other in neighbours:
            _paint(painted, other)
        _unpaint(painted, rgb, box)
    flags = cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR
    if side > 2 * _CROP_PX:  # halved first: linear interpolation alone would skip pixels
        painted, per_px = cv2.resize(painted, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), per_px / 2
    return np.asarray(cv2.warpAffine(painted, per_px, (_CROP_PX, _CROP_PX), flags=flags), np.uint8), back


def _down(face: Face) -> Floats:
    """Where the body goes on, a unit direction in the picture (y down)."""
    up = face.head.rotation[:2, 1]
    length = float(np.linalg.norm(up))
    if length < 0.5 or up[1] / length > np.cos(np.radians(_TILTED_DEG)):
        return np.array([0.0, 1.0])
    return np.array([-up[0], up[1]]) / length


def _paint(rgb: RGB, box: Box) -> None:
    """Hide a head, hair included."""
    wide, high = (box.right - box.left) / 4, (box.bottom - box.top) / 2
    corners = (int(box.left - wide), int(box.top - high)), (int(box.right + wide), int(box.bottom + high / 4))
    cv2.rectangle(rgb, *corners, _GREY, -1)


def _unpaint(painted: RGB, rgb: RGB, box: Box) -> None:
    """Show the own face where a neighbour's hidden head had covered it."""
    rows = slice(max(int(box.top), 0), max(int(box.bottom), 0))
    columns = slice(max(int(box.left), 0), max(int(box.right), 0))
    painted[rows, columns] = rgb[rows, columns]


def _apart(body: Body, box: Box) -> float:
    """From a body's nose to the middle of a face, in sides of the face box."""
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    return float(np.linalg.norm(body.points_px[_NOSE] - middle)) / box.side


def _one_torso(a: Body, b: Body) -> bool:
    """Two bodies whose torsos lie on each other."""
    torso = list(_TORSO)
    size = max(float(np.ptp(a.points_px[torso], axis=0).max()), float(np.ptp(b.points_px[torso], axis=0).max()))
    gap = np.linalg.norm(a.points_px[torso].mean(axis=0) - b.points_px[torso].mean(axis=0))
    return bool(gap < size / 2)


def _untangled(bodies: Sequence[Body | None], faces: Sequence[Face]) -> list[Body | None]:
    """Where two bodies claim one arm, neither is believed: its `seen` is lowered in both."""
    seen = [None if body is None else body.seen.copy() for body in bodies]
    for i, j in combinations(range(len(bodies)), 2):
        a, b = bodies[i], bodies[j]
        if a is None or b is None:
            continue
        reach = _SAME_ARM * min(faces[i].box.side, faces[j].box.side)
        for one in _ARMS:
            for two in _ARMS:
                gaps = np.linalg.norm(a.points_px[list(one[:2])] - b.points_px[list(two[:2])], axis=1)
                if gaps.max() < reach:
                    for shares, arm in ((seen[i], one), (seen[j], two)):
                        assert shares is not None
                        shares[list(arm)] = np.minimum(shares[list(arm)], DOUBTED)
    return [
        None if body is None or shares is None else Body(body.points_px, shares)
        for body, shares in zip(bodies, seen, strict=True)
    ]
