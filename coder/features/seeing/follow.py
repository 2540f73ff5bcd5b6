"""Faces from one picture to the next: glance, follow what it misses, and search when people are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from coder.features.face import Box
from coder.features.geometry import head_from_keypoints
from coder.features.seeing.cutting import RGB, roll_deg
from coder.features.seeing.faces import SURE, Detection, FaceFinder
from coder.features.seeing.search import checked, near, tiles, turned, turned_tiles

_PEOPLE = 2  # with fewer faces than that somebody is missing, and is searched for
_SEARCH_US = 500_000  # between two searches while somebody is missing …
_SEARCH_ANYWAY_US = 3_000_000  # … and while nobody seems to be: one of the faces may be a doll's
_FOLLOW_US = 1_500_000  # a face that was not found for longer is not followed any more
_DOUBT_US = 2_000_000  # nor one that no detector was sure of for longer
_MOVE = 1.0  # farthest a face moves between two looks, in box sides

_SEARCHES = (
    lambda finder, rgb: tiles(finder, rgb, 2),
    turned,
    lambda finder, rgb: tiles(finder, rgb, 3),
    turned_tiles,
)


@dataclass(frozen=True, slots=True, eq=False)
class Spotted:
    """A face that was found. followed: only because it had been there before."""

    found: Detection
    followed: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a face was last, when it was seen, and when a detector was sure of it."""

    box: Box
    tilt_deg: float
    seen_us: int
    sure_us: int


class Spotter:
    """Looks at the pictures of one segment, in order. What it says depends on these pictures only."""

    def __init__(self, finder: FaceFinder) -> None:
        self._finder = finder
        self._places: list[_Place] = []
        self._searched_us: int | None = None
        self._next = cycle(_SEARCHES)

    def look(self, rgb: RGB, at_us: int) -> list[Spotted]:
        """The faces of the next picture (height, width, 3)."""
        seen = self._finder.detect(rgb)
        faces = [Spotted(found, followed=False) for found in seen if found.firm]
        doubtful = [found for found in seen if not found.firm]
        for place in self._places:
            if not any(_near(spotted.found.box, place.box) for spotted in faces):
                again = next((found for found in doubtful if _near(found.box, place.box)), None)
                again = again or near(self._finder, rgb, place.box, place.tilt_deg)
                if again is not None and _new(again, faces):
                    faces.append(Spotted(again, followed=not again.firm))
        doubtful = [found for found in doubtful if found.score >= SURE]
        for found in (*doubtful, *self._search(rgb, at_us, len(faces))):
            if _new(found, faces):
                sure = checked(self._finder, rgb, found)
                if sure is not None and _new(sure, faces):
                    faces.append(Spotted(sure, followed=False))
        self._places = self._followed(faces, at_us)
        return faces

    def _search(self, rgb: RGB, at_us: int, found: int) -> list[Detection]:
        """What one more way of searching shows, or all of them at the beginning."""
        if self._searched_us is None:
            self._searched_us = at_us
            return [one for search in _SEARCHES for one in search(self._finder, rgb) if one.score >= SURE]
        wait_us = _SEARCH_US if found < _PEOPLE else _SEARCH_ANYWAY_US
        if at_us - self._searched_us < wait_us:
            return []
        self._searched_us = at_us
        return [one for one in next(self._next)(self._finder, rgb) if one.score >= SURE]

    def _followed(self, faces: Sequence[Spotted], at_us: int) -> list[_Place]:
        places = []
        for spotted in faces:
            found = spotted.found
            before = next((place for place in self._places if _near(found.box, place.box)), None)
            sure_us = before.sure_us if spotted.followed and before is not None else at_us
            tilt = roll_deg(head_from_keypoints(found.points_px))
            places.append(_Place(found.box, tilt, at_us, sure_us))
        lost = (
            place
            for place in self._places
            if at_us - place.seen_us <= _FOLLOW_US and not any(_near(place.box, new.box) for new in places)
        )
        return [place for place in (*places, *lost) if at_us - place.sure_us <= _DOUBT_US]


def _near(a: Box, b: Box) -> bool:
    """Whether a face may have gone from one box to the other between two looks."""
    away = np.hypot(a.left + a.right - b.left - b.right, a.top + a.bottom - b.top - b.bottom) / 2
    return bool(away <= _MOVE * min(a.side, b.side)) and 0.5 <= a.side / b.side <= 2


def _new(found: Detection, faces: Sequence[Spotted]) -> bool:
    return not any(found.same(spotted.found) for spotted in faces)
