"""Faces in one picture: two detectors, then the landmark mesh on a crop around each box.

The only module that imports OpenCV and MediaPipe. MediaPipe runs in its image mode: what it says of a frame is
bit for bit the same whatever was looked at before.
"""

import os
from collections.abc import Sequence

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from numpy.typing import NDArray

from coder.features.face import Box, Face
from coder.features.geometry import Crop, Floats, head_from_keypoints, head_from_matrix, iris_offset
from coder.features.weights import load

for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(name, None)  # OpenCV points Qt at its own plug-ins, and child processes would inherit that
cv2.setNumThreads(1)

DETECTORS = ("face_detector_full_range.tflite", "face_detector_short_range.tflite")
LANDMARKER = "face_landmarker_full_range.task"

_JOIN = 0.2  # boxes of the two detectors that overlap by this much are one face
_CROP_SCALE = 2.0  # side of the crop in sides of the box
_CROP_PX = 320  # what the crop is scaled to; the mesh model itself looks at 256 px
_CONFIDENCE = 0.5
_MESH_CONFIDENCE = 0.3  # on a crop that a detector has vouched for

RGB = NDArray[np.uint8]


class FaceFinder:
    """Finds faces. Not to be shared between threads."""

    def __init__(self) -> None:
        self._detectors = [
            vision.FaceDetector.create_from_options(
                vision.FaceDetectorOptions(
                    base_options=BaseOptions(model_asset_buffer=load(file)), min_detection_confidence=_CONFIDENCE
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

    def find(self, rgb: RGB) -> tuple[Face, ...]:
        """All faces of a picture (height, width, 3), the surest first. Depends on this picture only."""
        found = []
        for box, points_px in self._detect(rgb):
            coarse = head_from_keypoints(points_px)
            face = self.look(rgb, box)
            if face is None:
                face = Face(box, coarse, coarse, meshed=False, width_px=box.right - box.left, iris=None)
            else:
                face = Face(box, face.head, coarse, meshed=True, width_px=face.width_px, iris=face.iris)
            found.append(face)
        return tuple(found)

    def look(self, rgb: RGB, box: Box) -> Face | None:
        """The face in or near a box, by its landmark mesh; None if the mesh model sees none."""
        crop = _around(box)
        seen = self._landmarker.detect(_image(_cut(rgb, crop)))
        if not seen.face_landmarks:
            return None
        mesh = np.array([(point.x, point.y) for point in seen.face_landmarks[0]]) * crop.side + (
            crop.left,
            crop.top,
        )
        (left, top), (right, bottom) = mesh.min(axis=0), mesh.max(axis=0)
        head = head_from_matrix(np.array(seen.facial_transformation_matrixes[0], np.float64), crop)
        bounds = Box(float(left), float(top), float(right), float(bottom))
        return Face(bounds, head, None, meshed=True, width_px=bounds.right - bounds.left, iris=iris_offset(mesh))

    def _detect(self, rgb: RGB) -> list[tuple[Box, Floats]]:
        """Boxes with their six points (6, 2), those of the two detectors joined."""
        height, width = rgb.shape[:2]
        image = _image(rgb)
        seen = []
        for detector in self._detectors:
            for detection in detector.detect(image).detections:
                place = detection.bounding_box
                corners = (place.origin_x, place.origin_y, place.width, place.height)
                points = np.array([(point.x * width, point.y * height) for point in detection.keypoints])
                seen.append((detection.categories[0].score, corners, points))
        seen.sort(key=lambda one: -one[0])
        groups: list[list[tuple[Box, Floats]]] = []
        for _, (left, top, wide, high), points in seen:
            box = Box(left, top, left + wide, top + high)
            group = next((group for group in groups if group[0][0].overlap(box) > _JOIN), None)
            if group is None:
                groups.append([(box, points)])
            else:
                group.append((box, points))
        return [_joined(group) for group in groups]


def _joined(group: Sequence[tuple[Box, Floats]]) -> tuple[Box, Floats]:
    edges = np.mean([(box.left, box.top, box.right, box.bottom) for box, _ in group], axis=0)
    return Box(*map(float, edges)), np.asarray(np.mean([points for _, points in group], axis=0))


def _around(box: Box) -> Crop:
    side = round(box.side * _CROP_SCALE)
    return Crop(round((box.left + box.right - side) / 2), round((box.top + box.bottom - side) / 2), side)


def _cut(rgb: RGB, crop: Crop) -> RGB:
    """The crop at the size the model wants, black where it reaches beyond the picture."""
    height, width = rgb.shape[:2]
    square = np.zeros((crop.side, crop.side, 3), np.uint8)
    x0, x1 = max(crop.left, 0), min(crop.left + crop.side, width)
    y0, y1 = max(crop.top, 0), min(crop.top + crop.side, height)
    if x0 < x1 and y0 < y1:
        square[y0 - crop.top : y1 - crop.top, x0 - crop.left : x1 - crop.left] = rgb[y0:y1, x0:x1]
    smaller = crop.side > _CROP_PX
    return np.asarray(
        cv2.resize(square, (_CROP_PX, _CROP_PX), interpolation=cv2.INTER_AREA if smaller else cv2.INTER_CUBIC),
        np.uint8,
    )


def _image(rgb: RGB) -> mp.Image:
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(rgb))
