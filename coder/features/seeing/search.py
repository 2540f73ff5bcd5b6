"""Looking for faces that a glance at the whole picture does not show: small ones in tiles, lying ones turned.

It costs as much as several glances, so it is done now and then only; what it finds is followed.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

import numpy as np

from coder.features.seeing.cutting import RGB, Cut
from coder.features.seeing.faces import Detection, Landmarks, joined

_OVERLAP = 1.3  # tiles reach this far beyond their share of the picture, so that no face lies on a seam
_TILE_PX = 320
_CHECK_SCALE = 3.0  # what is found is looked at again, upright and near by, in box sides
_CHECK_PX = 256
_REACH = 0.7  # and may be as far away, in box sides
_TURNS_DEG = (90.0, -90.0, 180.0)


class Finder(Protocol):
    """What finds faces; see `coder.features.seeing.faces.FaceFinder`."""

    def detect(self, rgb: RGB) -> list[Detection]:
        """In a whole picture."""
        ...

    def detect_in(self, rgb: RGB, cut: Cut, size_px: int) -> list[Detection]:
        """In a cut of the picture, scaled to so many pixels."""
        ...

    def landmarks(self, rgb: RGB, found: Detection) -> Landmarks | None:
        """The mesh of a face that was found."""
        ...


def tiles(finder: Finder, rgb: RGB, across: int) -> list[Detection]:
    """Faces in squares of which `across` lie side by side along the shorter side of the picture."""
    height, width = rgb.shape[:2]
    side = min(height, width) / across * _OVERLAP
    seen = [one for cut in _grid(width, height, side) for one in finder.detect_in(rgb, cut, _TILE_PX)]
    return joined(seen)


def turned(finder: Finder, rgb: RGB) -> list[Detection]:
    """Faces in the picture when it is laid on either side and on its head."""
    height, width = rgb.shape[:2]
    side = max(height, width)
    cuts = (Cut(width / 2, height / 2, side, turn) for turn in _TURNS_DEG)
    return joined([one for cut in cuts for one in finder.detect_in(rgb, cut, _TILE_PX)])


def turned_tiles(finder: Finder, rgb: RGB) -> list[Detection]:
    """Small faces of people who lie or hang upside down."""
    height, width = rgb.shape[:2]
    side = min(height, width) / 2 * _OVERLAP
    cuts = (replace(cut, roll_deg=turn) for cut in _grid(width, height, side) for turn in _TURNS_DEG)
    return joined([one for cut in cuts for one in finder.detect_in(rgb, cut, _TILE_PX)])


def checked(finder: Finder, rgb: RGB, found: Detection) -> Detection | None:
    """A detection looked at again, upright and near by; None if it does not look like a face there."""
    again = near(finder, rgb, found)
    return again if again is not None and again.firm else None


def near(finder: Finder, rgb: RGB, before: Detection, tilt_deg: float | None = None) -> Detection | None:
    """The face at a place where one was, if it can be seen; it may have moved by half its size, or have grown.

    tilt_deg: which way it is taken to be upright, if not as before.
    """
    box = before.box
    cut = Cut.around(box, _CHECK_SCALE, before.tilt_deg if tilt_deg is None else tilt_deg)
    middle = np.array([(box.left + box.right) / 2, (box.top + box.bottom) / 2])
    for one in finder.detect_in(rgb, cut, _CHECK_PX):
        here = np.array([(one.box.left + one.box.right) / 2, (one.box.top + one.box.bottom) / 2])
        if np.linalg.norm(here - middle) < _REACH * box.side and 0.5 < one.box.side / box.side < 2:
            return one
    return None


def _grid(width: int, height: int, side: float) -> Iterator[Cut]:
    for y in _middles(height, side):
        for x in _middles(width, side):
            yield Cut(x, y, side)


def _middles(length: float, side: float) -> list[float]:
    """Middles of as many sides as cover a length with some overlap."""
    if side >= length:
        return [length / 2]
    count = max(2, round(length / side * _OVERLAP))
    return [float(middle) for middle in np.linspace(side / 2, length - side / 2, count)]
