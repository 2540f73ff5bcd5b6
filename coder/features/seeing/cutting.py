"""Squares cut out of a picture, turned so that what is tilted stands upright in them, and the way back."""

from dataclasses import dataclass
from math import ceil, cos, radians, sin, sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from coder.features.face import Box
from coder.features.geometry import Floats, Head

RGB = NDArray[np.uint8]

_UPRIGHT_DEG = 25.0  # the models bear tilts up to there, and an unturned cut is the sharper one


@dataclass(frozen=True, slots=True)
class Cut:
    """A square of the picture; it may reach beyond it.

    x, y: its middle, pixels of the picture. side: pixels. roll_deg: what is tilted clockwise by as much in the
    picture stands upright in the cut.
    """

    x: float
    y: float
    side: float
    roll_deg: float = 0.0

    @classmethod
    def around(cls, box: Box, scale: float, roll_deg: float = 0.0) -> "Cut":
        """`scale` times the side of a box, around it; small tilts are left as they are."""
        tilt = roll_deg if abs(roll_deg) > _UPRIGHT_DEG else 0.0
        side = max(round(box.side * scale), 2)  # whole pixels: nothing is shifted when it is cut
        left, top = round((box.left + box.right - side) / 2), round((box.top + box.bottom - side) / 2)
        return cls(left + side / 2, top + side / 2, side, tilt)

    def of(self, rgb: RGB, size_px: int) -> RGB:
        """The cut (size_px, size_px, 3), black where it reaches beyond the picture."""
        if not self.roll_deg:
            return _square(rgb, self.x, self.y, self.side, size_px)
        wide = ceil(size_px * sqrt(2))
        whole = _square(rgb, self.x, self.y, self.side * wide / size_px, wide)
        turn = cv2.getRotationMatrix2D(((wide - 1) / 2, (wide - 1) / 2), self.roll_deg, 1.0)
        turn[:, 2] -= (wide - size_px) / 2
        return np.asarray(cv2.warpAffine(whole, turn, (size_px, size_px), flags=cv2.INTER_LINEAR), np.uint8)

    def back(self, shares: Floats) -> Floats:
        """From shares (…, 2) of the cut's width and height, 0 … 1, to pixels of the picture."""
        c, s = cos(radians(self.roll_deg)), sin(radians(self.roll_deg))
        away = (shares - 0.5) * self.side
        return np.asarray(away @ np.array([(c, s), (-s, c)]) + (self.x, self.y))

    def head_back(self, head: Head) -> Head:
        """A head whose place and size are pixels of the cut, as it is in the picture."""
        c, s = cos(radians(self.roll_deg)), sin(radians(self.roll_deg))
        turn = np.array([(c, s, 0), (-s, c, 0), (0, 0, 1)])  # seen with y up, clockwise is negative
        x, y = self.back(np.array(head.centre_px) / self.side)
        return Head(turn @ head.rotation, (float(x), float(y)), head.px_per_cm)


def roll_deg(head: Head) -> float:
    """How far a head is tilted in the picture, clockwise, −180 … 180; 0 for one seen from above or below."""
    right, up = head.rotation[0, 1], head.rotation[1, 1]
    if right**2 + up**2 < 0.1:  # its upright axis points at the camera: the tilt is anybody's guess
        return 0.0
    return float(np.degrees(np.arctan2(right, up)))


def _square(rgb: RGB, x: float, y: float, side: float, size_px: int) -> RGB:
    height, width = rgb.shape[:2]
    whole = max(round(side), 1)
    left, top = round(x - whole / 2), round(y - whole / 2)
    x0, x1 = max(left, 0), min(left + whole, width)
    y0, y1 = max(top, 0), min(top + whole, height)
    inside = x1 - x0 == y1 - y0 == whole
    square = rgb[y0:y1, x0:x1] if inside else np.zeros((whole, whole, 3), np.uint8)
    if not inside and x0 < x1 and y0 < y1:
        square[y0 - top : y1 - top, x0 - left : x1 - left] = rgb[y0:y1, x0:x1]
    way = cv2.INTER_AREA if whole > size_px else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(square, (size_px, size_px), interpolation=way), np.uint8)
