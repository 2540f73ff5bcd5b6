"""Heads in space from what a face model sees: pure numbers, no pictures.

Directions are unit vectors in the camera's axes: x to the right of the image, y up, z from the scene towards the
camera. Yaw is 0 for a head that is turned squarely against the picture plane and positive towards the right of
the image; pitch is positive upwards; both in degrees. Image points are pixels, x right, y down.
"""

from dataclasses import dataclass
from math import hypot, radians, tan

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CROP_FOV_DEG = 63.0
"""Vertical field of view that MediaPipe assumes for the picture it is given (its face geometry module)."""

FACE_HEIGHT_CM = 17.66
"""Hairline to chin (landmarks 10 to 152) of the canonical adult face that sizes and distances refer to."""

KEYPOINTS_CM: Floats = np.array(
    [(-3.15, 2.62, 3.46), (3.15, 2.62, 3.46), (0, -1.0, 7.5), (0, -4.27, 5.3), (-7.7, 1.5, -2.3), (7.7, 1.5, -2.3)]
)
"""The detectors' six points on the canonical face: eye, eye, nose tip, mouth, ear, ear; image left first."""

_MIDDLE_CM = KEYPOINTS_CM.mean(axis=0)
_FIT: Floats = np.linalg.pinv(KEYPOINTS_CM - _MIDDLE_CM)  # (3, 6): the least squares of six points, solved once

_EYES = ((33, 133, 468), (362, 263, 473))  # corner to the image's left, corner to its right, iris


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """One head as seen.

    rotation: (3, 3), from the canonical face's axes to axes whose z runs back along the line of sight: the
    identity looks into the lens, wherever in the picture it is. centre_px: where the canonical face's origin, a
    point inside the head at the height of the nose bridge, appears. px_per_cm: size on the canonical face.
    """

    rotation: Floats
    centre_px: tuple[float, float]
    px_per_cm: float

    @property
    def height_px(self) -> float:
        """Face height as it would be seen from straight ahead."""
        return self.px_per_cm * FACE_HEIGHT_CM


@dataclass(frozen=True, slots=True)
class Crop:
    """A square cut out of the picture: left, top, side in px; it may reach beyond the picture."""

    left: int
    top: int
    side: int


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera without distortion. Its field of view is an assumption wherever nobody measured it."""

    width_px: int
    height_px: int
    horizontal_fov_deg: float

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.width_px / 2 / tan(radians(self.horizontal_fov_deg) / 2)

    def rays(self, points_px: Floats) -> Floats:
        """Unit directions (n, 3) from the camera through image points (n, 2)."""
        return _rays(points_px - (self.width_px / 2, self.height_px / 2), self.focal_px)


def head_from_matrix(matrix: Floats, crop: Crop) -> Head:
    """The head from MediaPipe's facial transformation matrix (4, 4), which was made on a square crop.

    The matrix takes the crop for a whole picture with a camera of its own. What does not depend on that camera
    is the turn against the line of sight, the place in the picture and the size; these are kept.
    """
    u, _, vt = np.linalg.svd(matrix[:3, :3])
    x, y, z = matrix[:3, 3]
    focal_px = crop.side / 2 / tan(radians(CROP_FOV_DEG) / 2)
    right, down = focal_px * x / -z, focal_px * -y / -z
    rotation = turns_to(_rays(np.array([(right, down)]), focal_px))[0].T @ (u @ vt)
    middle = crop.side / 2
    return Head(
        rotation, (float(crop.left + middle + right), float(crop.top + middle + down)), float(focal_px / -z)
    )


def head_from_keypoints(points_px: Floats) -> Head:
    """The head from the detectors' six points (6, 2): the weak-perspective pose that fits them best.

    Coarser than the landmark mesh, but detectors find near-profiles that the mesh misses.
    """
    middle_x, middle_y = (points_px.sum(axis=0) / len(points_px)).tolist()
    axes = (_FIT @ (points_px - (middle_x, middle_y))).T * ((1,), (-1,))
    px_per_cm = (hypot(*axes[0]) + hypot(*axes[1])) / 2
    u, _, vt = np.linalg.svd(axes, full_matrices=False)
    (ax, ay, az), (bx, by, bz) = turned = (u @ vt).tolist()
    rotation = np.array([*turned, (ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx)])
    x, y, _ = (px_per_cm * (rotation @ _MIDDLE_CM)).tolist()
    return Head(rotation, (middle_x - x, middle_y + y), px_per_cm)


def yaws_pitches_deg(ways: Floats) -> tuple[Floats, Floats]:
    """(n,) to image right and up, of unit directions (n, 3) in the camera's axes."""
    yaw = np.degrees(np.arctan2(ways[:, 0], ways[:, 2]))
    return yaw, np.degrees(np.arcsin(np.clip(ways[:, 1], -1, 1)))


def angles_deg(ways: Floats, others: Floats) -> Floats:
    """(n,) between directions (n, 3), of which the first have unit length."""
    cosine = np.einsum("ni,ni->n", ways, others) / np.linalg.norm(others, axis=1)
    return np.asarray(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def iris_offset(landmarks_px: Floats) -> tuple[float, float]:
    """Where the irises stand between the corners of their eyes, in eye widths from the middle: (right, up).

    landmarks_px: (478, 2) or (478, 3). The eye that is seen wider counts for more: of a turned head the far eye
    is guessed. About 0.17 eye widths to the side are 30 degrees.
    """
    x = y = widths = 0.0
    for eye in _EYES:
        (left_x, left_y), (right_x, right_y), (iris_x, iris_y) = landmarks_px[eye, :2].tolist()
        along_x, along_y = right_x - left_x, right_y - left_y
        gap_x, gap_y = iris_x - (left_x + right_x) / 2, iris_y - (left_y + right_y) / 2
        width = hypot(along_x, along_y)
        x += (gap_x * along_x + gap_y * along_y) / width  # each eye's offset, which is in widths, counts by width
        y += (gap_x * along_y - gap_y * along_x) / width
        widths += width
    return x / widths, y / widths


def hysteresis(
    values: Floats,
    valid: NDArray[np.bool_],
    times_us: NDArray[np.int64],
    *,
    enter: float,
    leave: float,
    hold_us: int,
) -> tuple[Floats, NDArray[np.bool_]]:
    """On (1) below `enter`, off (0) above `leave`, as before in between: (states, valid), shapes (n,).

    The state is forgotten when nothing valid came for longer than `hold_us`; in between the two limits a
    forgotten state is invalid, not off.
    """
    states, known = np.zeros(len(values)), np.zeros(len(values), np.bool_)
    state, last_us = None, 0
    for i in np.flatnonzero(valid):
        if times_us[i] - last_us > hold_us:
            state = None
        last_us = int(times_us[i])
        if values[i] < enter:
            state = 1.0
        elif values[i] > leave:
            state = 0.0
        if state is not None:
            states[i], known[i] = state, True
    return states, known


def turns_to(rays: Floats) -> Floats:
    """The rotations (n, 3, 3), without roll, that take the camera's axis (0, 0, −1) to each of `rays` (n, 3)."""
    yaw, pitch = np.arctan2(-rays[:, 0], -rays[:, 2]), np.arcsin(np.clip(rays[:, 1], -1, 1))
    (cy, sy), (cp, sp) = (np.cos(yaw), np.sin(yaw)), (np.cos(pitch), np.sin(pitch))
    none = np.zeros(len(rays))
    rows = ((cy, sy * sp, sy * cp), (none, cp, -sp), (-sy, cy * sp, cy * cp))
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def _rays(away_px: Floats, focal_px: float) -> Floats:
    """Unit directions (n, 3) through points (n, 2) given from the middle of the picture."""
    found = np.column_stack([away_px[:, 0], -away_px[:, 1], np.full(len(away_px), -focal_px)])
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))
