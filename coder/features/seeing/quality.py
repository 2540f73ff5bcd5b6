"""What a face is like: light, sharpness, eyes and mouth, and what its owner looks like to be known again."""

from dataclasses import dataclass
from math import dist
from operator import mul

import cv2
import numpy as np
from numpy.typing import NDArray

from coder.features.face import Face
from coder.features.geometry import Floats
from coder.features.look_columns import APPEARANCE
from coder.features.seeing.cutting import RGB, Cut, roll_deg

Mask = NDArray[np.bool_]

_FACE_PX = 64
_PICTURE_PX = 320
_BODY_SCALE, _BODY_PX = 6.0, 48  # the cut that shows hair, skin and clothes: in box sides, and its pixels
_LEAST_SHOWN = 0.3  # share of a place that must lie in the picture
_LOGS: Floats = np.log(np.arange(256) + 2.0)  # of grey levels; a little is added so that black has a colour too
_SHARES: Floats = (np.moveaxis(np.indices((_BODY_PX, _BODY_PX))[::-1], 0, -1) + 0.5) / _BODY_PX

# Places in box sides from the middle of the face, which is upright: left, top, right, bottom.
_PLACES = {
    "hair": (-0.45, -1.0, 0.45, -0.55),
    "skin": (-0.25, -0.1, 0.25, 0.35),
    "chest": (-0.8, 0.9, 0.8, 1.7),
    "belly": (-0.8, 1.7, 0.8, 2.7),
}
_PARTS = tuple(
    tuple(
        slice(*(round((edge / _BODY_SCALE + 0.5) * _BODY_PX) for edge in edges))
        for edges in (place[::2], place[1::2])
    )
    for place in _PLACES.values()
)

_LIDS = ((159, 145, 33, 133), (386, 374, 362, 263))  # upper, lower, corner, corner
_IRISES = ((469, 471, 470, 472), (474, 476, 475, 477))  # edges: left, right, top, bottom
_LIPS, _FACE_ENDS = (13, 14), (10, 152)
_USED = sorted({point for points in (*_LIDS, *_IRISES, _LIPS, _FACE_ENDS) for point in points})


@dataclass(frozen=True, slots=True)
class Openings:
    """iris_px: mean diameter of the irises. eyes: opening against the eye's width. mouth: against face height."""

    iris_px: float
    eyes: float
    mouth: float


def openings(points: Floats) -> Openings:
    """From a mesh (478, 3). Lengths are taken in space, so that a turned head's eyes are not taken for wider open;
    of the two eyes the one that is nearer to the camera counts for more."""

    at = dict(zip(_USED, points[_USED, :].tolist(), strict=True))

    def length(a: int, b: int) -> float:
        return dist(at[a], at[b])

    weights = [dist(at[a][:2], at[b][:2]) ** 2 + 1e-9 for _, _, a, b in _LIDS]
    eyes = [length(up, down) / max(length(a, b), 1e-6) for up, down, a, b in _LIDS]
    # an iris is round: its longer diameter is the one that neither lids nor the turn of the head have shortened
    irises = [max(length(a, b), length(c, d)) for a, b, c, d in _IRISES]
    return Openings(
        iris_px=sum(map(mul, irises, weights)) / sum(weights),
        eyes=sum(map(mul, eyes, weights)) / sum(weights),
        mouth=length(*_LIPS) / max(length(*_FACE_ENDS), 1e-6),
    )


def light_and_sharpness(rgb: RGB, face: Face | None = None) -> tuple[float, float]:
    """(mean grey 0 … 255, variance of the Laplacian) of a face scaled to 64 px, or of the whole picture at 320."""
    if face is not None:
        height, width = rgb.shape[:2]
        rows = slice(max(int(face.box.top), 0), max(min(int(face.box.bottom), height), 0))
        columns = slice(max(int(face.box.left), 0), max(min(int(face.box.right), width), 0))
        part = rgb[rows, columns]
        if not part.size:
            return 0.0, 0.0
        size = (_FACE_PX, _FACE_PX)
    else:
        part, size = rgb, (_PICTURE_PX, max(round(_PICTURE_PX * rgb.shape[0] / rgb.shape[1]), 1))
    way = cv2.INTER_AREA if part.shape[1] > size[0] else cv2.INTER_LINEAR
    grey = cv2.cvtColor(cv2.resize(part, size, interpolation=way), cv2.COLOR_RGB2GRAY)
    return float(cv2.mean(grey)[0]), float(cv2.Laplacian(grey, cv2.CV_16S).var())


def appearance(rgb: RGB, face: Face, picture_grey: Floats) -> tuple[float, ...]:
    """Four numbers each of hair, skin, chest and belly: red and blue against green, brightness, and unevenness.

    All are logarithms against the whole picture's mean colour (picture_grey (3,)), so that a lamp that is switched
    on, or its colour, changes little. NaN for a place that lies outside the picture.
    """
    cut = Cut.around(face.box, _BODY_SCALE, roll_deg(face.head))
    shown = _LOGS[cut.of(rgb, _BODY_PX)]
    places_px = cut.back(_SHARES)
    there: Mask = np.all((places_px >= 0) & (places_px < (rgb.shape[1], rgb.shape[0])), axis=-1)
    usual = np.log(picture_grey + 2.0)
    numbers: list[float] = []
    for columns, rows in _PARTS:
        inside = there[rows, columns]
        if np.count_nonzero(inside) < _LEAST_SHOWN * inside.size:
            numbers += [np.nan] * (APPEARANCE // len(_PLACES))
            continue
        red, green, blue = (shown[rows, columns][inside] - usual).T
        bright = (red + green + blue) / 3
        numbers += np.median(np.stack([red - green, blue - green, bright]), axis=1).tolist()
        numbers.append(float(bright.std()))
    return tuple(numbers)
