"""How much moves in each person's place between two pictures, with the camera's and the light's change taken out.

What moves is measured as pixels that change (motion energy; Paxton & Dale 2013, Behavior Research Methods 45,
329-343), after the picture before was laid on the present one by what the background did.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Floats
from coder.features.seeing.places import Mask, Person, places

RGB = NDArray[np.uint8]
Grey = NDArray[np.float32]

_SIDE = 320  # the longer side of the small picture
_CORNERS = 50  # points of the background that are followed from one picture to the next
_ENOUGH = 8  # of them must agree on how the camera moved
_BACK_PX = 0.7  # a point that, followed forth and back, ends farther from its start was lost
_INLIER_PX = 0.6
_STILL_PX = 0.05  # smaller shifts of the small picture are the error of measuring them
_ROUNDS = 3  # of fitting the light, each without what fits badly
_SPREADS = 3.0  # a change within so many spreads of the background's is noise
_EDGE = 12.0  # grey levels per pixel from which on an edge shows how well the pictures lie on each other
_CLEAR = 0.3  # how sharp the peak of the phase must be
_CUT = 0.5  # pictures that correlate less after being laid on each other do not show one view
_LEAST = 40  # pixels of the small picture that a person must have
_LEAST_BACKGROUND = 0.03
_NTH = 3  # each so-many-th pixel and row is enough to fit the light and to tell the noise
_FOLLOWED: dict[str, Any] = {"winSize": (13, 13), "maxLevel": 3, "criteria": (3, 12, 0.03)}


@dataclass(frozen=True, slots=True)
class Motion:
    """of: mean change in each person's place, grey levels; None where nothing of it can be told from others.

    camera_px: how far the picture moved as a whole, pixels of the full picture. light_change: grey levels.
    """

    of: tuple[float | None, ...]
    camera_px: float
    light_change: float


class Small:
    """A picture made small and grey, as it is compared: keep it for the next one instead of the picture."""

    def __init__(self, rgb: RGB) -> None:
        high, wide = rgb.shape[:2]
        self.scale = min(1.0, _SIDE / max(high, wide))
        size = (max(1, round(wide * self.scale)), max(1, round(high * self.scale)))
        small = cv2.cvtColor(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
        self.sharp: RGB = np.asarray(small, np.uint8)
        self.soft: Grey = cv2.GaussianBlur(small.astype(np.float32), (0, 0), 0.8)


def motion(before: Small, now: Small, persons: Sequence[Person]) -> Motion | None:
    """What moved from one picture to the next in the places where `persons` are now; all persons, so that each
    counts the own movement only. None where the two do not show one view (another size, a cut)."""
    if before.sharp.shape != now.sharp.shape:
        return None
    high, wide = now.sharp.shape
    own, background = places(persons, now.scale, high, wide)
    if background.mean() < _LEAST_BACKGROUND:
        background = np.ones_like(background)
    shift, laid, inside = 0.0, before.soft, np.ones((high, wide), np.bool_)
    likeness = _likeness(laid, now.soft, background)
    way = _camera(before.sharp, now.sharp, background)
    if way is not None and _shift_px(way, wide, high) > _STILL_PX:
        moved = cv2.warpAffine(before.soft, way, (wide, high), flags=cv2.INTER_LINEAR)
        reached = cv2.warpAffine(np.ones((high, wide), np.uint8), way, (wide, high))
        reached = cv2.erode(reached, np.ones((3, 3), np.uint8)) > 0
        better = _likeness(moved, now.soft, background & reached)
        if better > likeness:
            shift, laid, inside, likeness = _shift_px(way, wide, high), moved, reached, better
    if likeness < _CUT:
        return None
    ground = background & inside
    light = _light(laid, now.soft, ground)
    change = np.abs(now.soft - laid - light)
    change = np.maximum(change - _noise(change, laid, ground), 0)
    return Motion(
        tuple(_mean(change, mask & inside) for mask in own),
        shift / now.scale,
        float(np.median(light[::_NTH, ::_NTH])),
    )


def _mean(change: Grey, where: Mask) -> float | None:
    """Not by OpenCV, whose sums of fractions differ in the last bits with where a picture lies in memory."""
    return float(change[where].mean()) if np.count_nonzero(where) >= _LEAST else None


def _camera(before: RGB, now: RGB, background: Mask) -> Floats | None:
    """The similarity (2, 3) that takes the background of the picture before to its place in the present one.

    By points that are followed; where the background has too few, by the phase of the whole pictures; None if
    neither says anything.
    """
    now = _as_bright(now, before, background)
    where = cv2.erode(background.astype(np.uint8), np.ones((5, 5), np.uint8))
    points = cv2.goodFeaturesToTrack(before, _CORNERS, 0.02, 6, mask=where)
    if points is not None and len(points) >= _ENOUGH:
        there, found, _ = cv2.calcOpticalFlowPyrLK(before, now, points, None, **_FOLLOWED)
        back, again, _ = cv2.calcOpticalFlowPyrLK(now, before, there, None, **_FOLLOWED)
        kept = (found.ravel() > 0) & (again.ravel() > 0)
        kept &= np.linalg.norm((back - points).reshape(-1, 2), axis=1) < _BACK_PX
        if kept.sum() >= _ENOUGH:
            way, agreeing = cv2.estimateAffinePartial2D(
                points[kept], there[kept], ransacReprojThreshold=_INLIER_PX, maxIters=200
            )
            if way is not None and agreeing.sum() >= max(_ENOUGH, kept.sum() / 3):
                return np.asarray(way, np.float64)
    window = cv2.createHanningWindow(before.shape[::-1], cv2.CV_32F)
    shift, response = cv2.phaseCorrelate(before.astype(np.float32), now.astype(np.float32), window)
    return np.array([(1, 0, shift[0]), (0, 1, shift[1])]) if response > _CLEAR else None


def _as_bright(now: RGB, before: RGB, background: Mask) -> RGB:
    """The picture with the mean and the contrast of the one before: points are followed by their grey."""
    (mean, spread), (old_mean, old_spread) = (
        (float(seen.mean()), float(seen.std()) + 1) for seen in (now[background], before[background])
    )
    gain = old_spread / spread
    changed = np.clip(np.arange(256) * gain + (old_mean - gain * mean), 0, 255)
    return np.asarray(cv2.LUT(now, changed.astype(np.uint8)), np.uint8)


def _shift_px(way: Floats, wide: int, high: int) -> float:
    """How far the picture's corners and middle moved on average, pixels of the small picture."""
    places_px = np.array([(0, 0), (wide, 0), (0, high), (wide, high), (wide / 2, high / 2)], np.float64)
    return float(np.linalg.norm(places_px @ way[:, :2].T + way[:, 2] - places_px, axis=1).mean())


def _likeness(a: Grey, b: Grey, where: Mask) -> float:
    """Correlation of two pictures where they are looked at; 1 for pictures without any structure."""
    picked = np.flatnonzero(where[::2, ::2])
    a, b = (np.take(np.ascontiguousarray(seen[::2, ::2]), picked) for seen in (a, b))
    if a.size < _LEAST:
        return 0.0
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread > a.size else 1.0


def _light(laid: Grey, now: Grey, ground: Mask) -> Grey:
    """By how much each pixel became lighter where nothing moved: an offset, a gain and a slope across."""
    high, wide = now.shape
    rows, columns = (at * _NTH for at in np.nonzero(ground[::_NTH, ::_NTH]))
    seen = laid[rows, columns]
    terms = np.stack([np.ones_like(seen), seen / 255, columns / wide, rows / high], axis=1).astype(np.float64)
    change = (now[rows, columns] - seen).astype(np.float64)
    kept = np.ones(len(change), np.bool_)
    fit: Floats = np.zeros(4)
    for _ in range(_ROUNDS):
        a = terms[kept]
        fit = np.asarray(np.linalg.solve(a.T @ a + 1e-3 * np.eye(4), a.T @ change[kept]), np.float64)
        off = np.abs(change - terms @ fit)
        kept = off <= max(2.5 * float(np.median(off)), 0.5)
    across = fit[2] * np.arange(wide, dtype=np.float32) / wide
    down = fit[3] * np.arange(high, dtype=np.float32) / high
    return np.asarray(fit[0] + fit[1] / 255 * laid + across[None, :] + down[:, None], np.float32)


def _noise(change: Grey, laid: Grey, ground: Mask) -> Grey:
    """What changes by itself: the sensor's noise, and edges that do not lie on each other exactly."""
    steep = np.asarray(
        cv2.magnitude(
            cv2.Sobel(laid, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(laid, cv2.CV_32F, 0, 1, scale=1 / 8)
        ),
        np.float32,
    )
    some, edge = ground[::2, ::2], steep[::2, ::2]
    changed = change[::2, ::2]
    flat, edges = some & (edge < _EDGE / 4), some & (edge >= _EDGE)
    level = _SPREADS * 1.48 * float(np.median(changed[flat])) if flat.any() else 0.0
    off_px = float(np.median(changed[edges] / edge[edges])) if edges.sum() >= _LEAST else 0.0
    return np.asarray(level + _SPREADS * off_px * steep, np.float32)
