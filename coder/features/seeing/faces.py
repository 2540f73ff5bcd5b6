"""Faces in one picture: two detectors, and the landmark mesh on a crop around each face, upright.

MediaPipe runs in its image mode: what it says of a picture is bit for bit the same whatever was looked at before.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

from coder.features.face import Box, Face
from coder.features.geometry import Crop, Floats, head_from_keypoints, head_from_matrix, iris_offset
from coder.features.seeing.cutting import RGB, Cut, roll_deg
from coder.features.weights import load

for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(name, None)  # OpenCV points Qt at its own plug-ins, and child processes would inherit that
cv2.setNumThreads(1)

DETECTORS = ("face_detector_full_range.tflite", "face_detector_short_range.tflite")
LANDMARKER = "face_landmarker_full_range.task"

LEAST = 0.3
"""Detections below this score are not looked at."""

SURE = 0.5
"""The score from which on a detection counts without anything else that speaks for it."""

WITHIN = 0.6
"""A box of which more than this lies within another one is the same face, or a part of it."""

_SHORT_SURE = 0.75
_BOTH_SURE = 1.15
_SURELY = 0.3  # boxes that overlap by this much are one face: even cheek to cheek two overlap less
_JOIN = 0.2  # those that overlap by this much are one …
_ONE_NOSE = 0.5  # … if their noses are not farther apart than this share of the smaller box
_OTHER_WAY_DEG = 60.0
_ONE_MESH = 0.3  # of the mesh's width
_MESH_SCALE = 2.0  # sides of the crop in sides of the box
_WIDER, _NEARER = 2.6, 1.4  # tried if that shows no face, or a neighbour
_MESH_PX = 256  # what the crop is scaled to, and what the mesh model looks at
_MESH_CONFIDENCE = 0.3  # on a crop that a detector has vouched for
_OFF_MIDDLE = 0.65  # a mesh whose middle is farther from the box's, in its sides, is somebody else's


@dataclass(frozen=True, eq=False)
class Detection:
    """points_px: (6, 2), eye, eye, nose, mouth, ear, ear. full, short: scores of the two detectors, 0 … 1; 0 from
    one that saw nothing."""

    box: Box
    points_px: Floats
    full: float
    short: float

    @property
    def score(self) -> float:
        """Of the surer detector."""
        return max(self.full, self.short)

    @property
    def firm(self) -> bool:
        """Whether it can be believed without a second look.

        The short-range detector sees faces in bodies and furniture: alone it is believed only when very sure.
        """
        return self.full >= SURE or self.short >= _SHORT_SURE or self.full + self.short >= _BOTH_SURE

    @cached_property
    def tilt_deg(self) -> float:
        """How far the face is tilted in the picture, clockwise."""
        return roll_deg(head_from_keypoints(self.points_px))

    def same(self, other: "Detection") -> bool:
        """Whether both are the same face, by their places."""
        mine, theirs = self.box, other.box
        shared = mine.overlap(theirs)
        if shared > _SURELY:
            return True
        if shared <= _JOIN and within(mine, theirs) <= WITHIN:
            return False
        gap = float(np.linalg.norm(self.points_px[2] - other.points_px[2]))
        one_nose = gap <= _ONE_NOSE * min(mine.side, theirs.side)
        # a forehead can pass for a chin: a face is found upside down as well, with its nose elsewhere
        return one_nose or turn_between(self.tilt_deg, other.tilt_deg) > _OTHER_WAY_DEG


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """face: with its mesh. points: (478, 3), x and y pixels of the picture, z in the same unit."""

    face: Face
    points: Floats

    def within(self, box: Box) -> bool:
        """Whether it is the mesh of the face in a box, and not a neighbour's."""
        middle = (self.points[:, :2].min(axis=0) + self.points[:, :2].max(axis=0)) / 2
        away = middle - ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        return float(np.linalg.norm(away)) <= _OFF_MIDDLE * box.side

    def same(self, other: "Landmarks") -> bool:
        """Whether both are the mesh of one face."""
        gaps = self.points[:, :2] - other.points[:, :2]
        return float(np.median(np.hypot(gaps[:, 0], gaps[:, 1]))) < _ONE_MESH * min(
            self.face.width_px, other.face.width_px
        )


class FaceFinder:
    """Finds faces. Not to be shared between threads."""

    def __init__(self) -> None:
        self._detectors = [
            vision.FaceDetector.create_from_options(
                vision.FaceDetectorOptions(
                    base_options=BaseOptions(model_asset_buffer=load(file)), min_detection_confidence=LEAST
                )
            )
            for file in DETECTORS
        ]
        self._landmarker = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=BaseOptions(model_asset_buffer=load(LANDMARKER)),
                num_faces=1,
                min_face_detection_confidence=_MESH_CONFIDENCE,
                min_face_presence_confidence=_MESH_CONFIDENCE,
                output_facial_transformation_matrixes=True,
            )
        )

    def close(self) -> None:
        """Give the models back."""
        for model in (*self._detectors, self._landmarker):
            model.close()

    def detect(self, rgb: RGB) -> list[Detection]:
        """What either detector takes for a face in a picture (height, width, 3), the surest first."""
        height, width = rgb.shape[:2]
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))
        seen = []
        for at, detector in enumerate(self._detectors):
            for found in detector.detect(image).detections:
                place = found.bounding_box
                box = Box(
                    place.origin_x, place.origin_y, place.origin_x + place.width, place.origin_y + place.height
                )
                points = np.array([(point.x * width, point.y * height) for point in found.keypoints])
                score = float(found.categories[0].score)
                seen.append(Detection(box, points, *((score, 0.0) if at == 0 else (0.0, score))))
        return joined(seen)

    def detect_in(self, rgb: RGB, cut: Cut, size_px: int) -> list[Detection]:
        """What either detector takes for a face in a cut, in pixels of the picture."""
        return [_put_back(one, cut, size_px) for one in self.detect(cut.of(rgb, size_px))]

    def landmarks(self, rgb: RGB, found: Detection) -> Landmarks | None:
        """The mesh of a detected face; None if the mesh model sees none, or sees somebody else."""
        seen = self._mesh(rgb, found, _MESH_SCALE) or self._mesh(rgb, found, _WIDER)
        if seen is not None and not seen.within(found.box):
            seen = self._mesh(rgb, found, _NEARER)
        return seen if seen is not None and seen.within(found.box) else None

    def _mesh(self, rgb: RGB, found: Detection, scale: float) -> Landmarks | None:
        cut = Cut.around(found.box, scale, found.tilt_deg)
        seen = self._landmarker.detect(mp.Image(image_format=mp.ImageFormat.SRGB, data=cut.of(rgb, _MESH_PX)))
        if not seen.face_landmarks:
            return None
        shares = np.array([(point.x, point.y, point.z) for point in seen.face_landmarks[0]])
        points = np.column_stack([cut.back(shares[:, :2]), shares[:, 2] * cut.side])
        matrix = np.array(seen.facial_transformation_matrixes[0], np.float64)
        head = cut.head_back(head_from_matrix(matrix, Crop(0, 0, round(cut.side))))
        wide = float(np.ptp(shares[:, 0])) * cut.side
        coarse = head_from_keypoints(found.points_px)
        face = Face(found.box, head, coarse, meshed=True, width_px=wide, iris=iris_offset(points))
        return Landmarks(face, points)


def unmeshed(found: Detection) -> Face:
    """A face of which only the detectors' points are known: often a profile."""
    coarse = head_from_keypoints(found.points_px)
    width = found.box.right - found.box.left
    return Face(found.box, coarse, coarse, meshed=False, width_px=width, iris=None)


def turn_between(a_deg: float, b_deg: float) -> float:
    """The angle between two directions in the picture, 0 … 180."""
    return abs((a_deg - b_deg + 180) % 360 - 180)


def joined(seen: Sequence[Detection]) -> list[Detection]:
    """Detections of the same face as one, the surest first; boxes and points are their means."""
    groups: list[list[Detection]] = []
    for one in sorted(seen, key=lambda one: -one.score):
        group = next((group for group in groups if group[0].same(one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return [_mean(group) if len(group) > 1 else group[0] for group in groups]


def _mean(group: Sequence[Detection]) -> Detection:
    edges = np.mean([(one.box.left, one.box.top, one.box.right, one.box.bottom) for one in group], axis=0)
    points = np.asarray(np.mean([one.points_px for one in group], axis=0))
    full, short = max(one.full for one in group), max(one.short for one in group)
    return Detection(Box(*map(float, edges)), points, full, short)


def _put_back(found: Detection, cut: Cut, size_px: int) -> Detection:
    box = found.box
    x, y = cut.back(np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2]) / size_px)
    half = box.side / 2 * cut.side / size_px
    return Detection(
        Box(float(x - half), float(y - half), float(x + half), float(y + half)),
        cut.back(found.points_px / size_px),
        found.full,
        found.short,
    )


def within(a: Box, b: Box) -> float:
    """How much of the smaller box lies in the other one."""
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(width, 0.0) * max(height, 0.0) / max(min(a.area, b.area), 1e-9)
