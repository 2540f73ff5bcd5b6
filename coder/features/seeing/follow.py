"""Faces from one picture to the next: glance, follow what it misses, and search when people are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

import numpy as np

from coder.features.seeing.cutting import RGB
from coder.features.seeing.faces import SURE, WITHIN, Detection, Landmarks, turn_between, within
from coder.features.seeing.search import Finder, checked, near, tiles, turned, turned_tiles

_PEOPLE = 2  # with fewer faces than that somebody is missing, and is searched for
_SEARCH_US = 500_000  # between two searches while somebody is missing …
_SEARCH_ANYWAY_US = 3_000_000  # … and while nobody seems to be: one of the faces may be a doll's
_FOLLOW_US = 1_500_000  # a face that was not found for longer is not followed any more
_DOUBT_US = 2_000_000  # nor one that no detector was sure of for longer
_TURNED_DEG = 45.0  # a face that was upright another way by more was found the wrong way round
_OTHER_WAYS_DEG = (180, 90, -90)  # tried where a new face has no mesh
_MOVE = 1.0  # farthest a face moves between two looks, in box sides

_SEARCHES = (
    lambda finder, rgb: tiles(finder, rgb, 2),
    turned,
    lambda finder, rgb: tiles(finder, rgb, 3),
    turned_tiles,
)


@dataclass(frozen=True, slots=True, eq=False)
class Spotted:
    """A face that was found, with its mesh if it has one. followed: only because it had been there before."""

    found: Detection
    mesh: Landmarks | None
    followed: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Where a face was last and whether it had a mesh, when it was seen, and when a detector was sure of it."""

    found: Detection
    meshed: bool
    seen_us: int
    sure_us: int


class Spotter:
    """Looks at the pictures of one segment, in order. What it says depends on these pictures only."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._places: list[_Place] = []
        self._searched_us: int | None = None
        self._next = cycle(_SEARCHES)

    def look(self, rgb: RGB, at_us: int) -> list[Spotted]:
        """The faces of the next picture (height, width, 3)."""
        seen = self._finder.detect(rgb)
        faces: list[Spotted] = []
        for found in seen:
            if found.firm and _new(found, faces):
                _add(faces, self._meshed(rgb, found))
        doubtful = [found for found in seen if not found.firm]
        for place in self._places:
            if not any(_near(spotted.found, place.found) for spotted in faces):
                again = next(
                    (found for found in doubtful if _near(found, place.found) and not _turned(found, place)), None
                )
                again = again or near(self._finder, rgb, place.found)
                if again is not None and _new(again, faces):
                    _add(faces, Spotted(again, self._finder.landmarks(rgb, again), followed=not again.firm))
        maybe = [found for found in doubtful if found.score >= SURE]
        for found in (*maybe, *self._search(rgb, at_us, len(faces))):
            if _new(found, faces):
                sure = checked(self._finder, rgb, found)
                if sure is not None and _new(sure, faces):
                    _add(faces, self._meshed(rgb, sure))
        self._places = self._followed(faces, at_us)
        return faces

    def _meshed(self, rgb: RGB, found: Detection) -> Spotted:
        """A face with its mesh; it may have been found the wrong way round."""
        place = next((place for place in self._places if _near(found, place.found)), None)
        if place is not None and place.meshed and _turned(found, place):
            before = near(self._finder, rgb, found, place.found.tilt_deg)
            mesh = None if before is None else self._finder.landmarks(rgb, before)
            if before is not None and mesh is not None:
                return Spotted(before, mesh, followed=not before.firm)
        mesh = self._finder.landmarks(rgb, found)
        if mesh is None and place is None:
            for turn in _OTHER_WAYS_DEG:
                other = near(self._finder, rgb, found, found.tilt_deg + turn)
                mesh = None if other is None or not other.firm else self._finder.landmarks(rgb, other)
                if other is not None and mesh is not None:
                    return Spotted(other, mesh, followed=False)
        return Spotted(found, mesh, followed=False)

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
            before = next((place for place in self._places if _near(spotted.found, place.found)), None)
            sure_us = before.sure_us if spotted.followed and before is not None else at_us
            places.append(_Place(spotted.found, spotted.mesh is not None, at_us, sure_us))
        lost = (
            place
            for place in self._places
            if at_us - place.seen_us <= _FOLLOW_US and not any(_near(place.found, new.found) for new in places)
        )
        return [place for place in (*places, *lost) if at_us - place.sure_us <= _DOUBT_US]


def _near(one: Detection, other: Detection) -> bool:
    """Whether a face may have gone from one place to the other between two looks."""
    a, b = one.box, other.box
    away = np.hypot(a.left + a.right - b.left - b.right, a.top + a.bottom - b.top - b.bottom) / 2
    return bool(away <= _MOVE * min(a.side, b.side)) and 0.5 <= a.side / b.side <= 2


def _turned(found: Detection, place: _Place) -> bool:
    """Whether a face was found another way round than it was before."""
    return turn_between(place.found.tilt_deg, found.tilt_deg) > _TURNED_DEG


def _add(faces: list[Spotted], spotted: Spotted) -> None:
    """Keep a face, unless it turns out to be one that is there already: it has the same mesh, or the boxes lie in
    each other and at most one of the two has a mesh."""
    mesh, box = spotted.mesh, spotted.found.box
    for other in list(faces):
        if mesh is not None and other.mesh is not None:
            if mesh.same(other.mesh):
                return
        elif within(box, other.found.box) > WITHIN:
            if mesh is None:
                return
            faces.remove(other)
    faces.append(spotted)


def _new(found: Detection, faces: Sequence[Spotted]) -> bool:
    return not any(found.same(spotted.found) for spotted in faces)
