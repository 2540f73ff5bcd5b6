"""All sightings of a film as rows of numbers: where each head is, how large, how surely found."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, log

import numpy as np
from numpy.typing import NDArray

from coder.features.geometry import Floats
from coder.features.sighting import JOINTS, Body, Look, Sighting

_DOUBLE = 0.3  # two finds nearer than this, in face heights, are one person found twice
_ALIKE, _POOR = 0.15, 0.6  # log ratio of their sizes; score of a face without a mesh that may be none
_FACES_TO_SHOULDERS = 2.0  # an adult's shoulders are about two faces wide
_FACE_TO_BOX = 1.2  # face height to the detectors' box, where no mesh tells
_SEEN = 0.5
_NOSE, _SHOULDERS = JOINTS.index("nose"), (JOINTS.index("left_shoulder"), JOINTS.index("right_shoulder"))


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """All sightings of a film, one row each: (n,) and, of appearance, (n, k), NaN where there is none.

    look, slot: which look, and which of its sightings. x_px, y_px, size_px: middle of the head and face height;
    of a body without a face an estimate, `faced` False. box_px: side of the detector's box, steadier than the face
    height where there is no mesh. score: of the detector. double: somebody who is found a second time in one look.
    """

    look: NDArray[np.int64]
    slot: NDArray[np.int64]
    at_us: NDArray[np.int64]
    x_px: Floats
    y_px: Floats
    size_px: Floats
    box_px: Floats
    score: Floats
    faced: NDArray[np.bool_]
    meshed: NDArray[np.bool_]
    double: NDArray[np.bool_]
    appearance: Floats


def points_of(looks: Sequence[Look]) -> Points:
    """The sightings of a film as rows, in order of time."""
    rows: list[tuple[int, int, int, float, float, float, float, float, bool, bool, bool]] = []
    appearances: list[tuple[float, ...]] = []
    for number, look in enumerate(looks):
        places = [place_of(sighting, look) for sighting in look.sightings]
        doubles = _doubles(look.sightings, places)
        for slot, (sighting, (x, y, size)) in enumerate(zip(look.sightings, places, strict=True)):
            faced = sighting.face is not None
            meshed = sighting.face is not None and sighting.face.meshed
            box = sighting.face.box.side if sighting.face is not None else size
            place = (x, y, size, box, sighting.score)
            rows.append((number, slot, look.at_us, *place, faced, meshed, slot in doubles))
            appearances.append(sighting.appearance)
    look_at = np.array([row[:3] for row in rows], np.int64).reshape(-1, 3).T
    numbers = np.array([row[3:8] for row in rows], np.float64).reshape(-1, 5).T
    kinds = np.array([row[8:] for row in rows], np.bool_).reshape(-1, 3).T
    boxes_px, guessed = np.maximum(numbers[3], 1.0), kinds[0] & ~kinds[1]
    usual = float(np.median((numbers[2] / boxes_px)[kinds[1]])) if kinds[1].any() else _FACE_TO_BOX
    looks_like = np.full((len(rows), max(map(len, appearances), default=0)), np.nan)
    for at, appearance in enumerate(appearances):
        looks_like[at, : len(appearance)] = appearance
    return Points(
        look=look_at[0],
        slot=look_at[1],
        at_us=look_at[2],
        x_px=numbers[0],
        y_px=numbers[1],
        size_px=np.where(guessed, boxes_px * usual, numbers[2]),
        box_px=boxes_px,
        score=numbers[4],
        faced=kinds[0],
        meshed=kinds[1],
        double=kinds[2],
        appearance=looks_like,
    )


def place_of(sighting: Sighting, look: Look) -> tuple[float, float, float]:
    """Middle of the head and face height in pixels."""
    if sighting.face is not None:
        head = sighting.face.head
        return (*head.centre_px, max(head.height_px, 1.0))
    if sighting.body is not None:
        return _head_of(sighting.body, look)
    return look.width_px / 2, look.height_px / 2, float(look.height_px)


def _head_of(body: Body, look: Look) -> tuple[float, float, float]:
    """Where the head of a body is, and how high its face, guessed from nose and shoulders."""
    left, right = body.points_px[_SHOULDERS[0]], body.points_px[_SHOULDERS[1]]
    wide = float(np.hypot(*(left - right)))
    nose = body.points_px[_NOSE]
    middle = (left + right) / 2
    size = max(wide / _FACES_TO_SHOULDERS, float(np.hypot(*(nose - middle))) / 1.5, look.height_px / 50)
    head = nose if body.seen[_NOSE] >= _SEEN else middle - (0.0, 1.2 * size)
    return float(head[0]), float(head[1]), size


def _doubles(sightings: Sequence[Sighting], places: Sequence[tuple[float, float, float]]) -> set[int]:
    """The slots that show somebody a second time; of two the one with a face stays, then the surer one.

    Two heads at one place that differ in size are two people, one behind the other, unless one is hardly a face.
    """
    found: set[int] = set()
    order = sorted(range(len(sightings)), key=lambda i: (sightings[i].face is None, -sightings[i].score))
    for at, worse in enumerate(order):
        x, y, size = places[worse]
        face = sightings[worse].face
        near = _DOUBLE if face is not None else 2 * _DOUBLE
        poor = face is None or (not face.meshed and sightings[worse].score < _POOR)
        for better in order[:at]:
            there = places[better]
            alike = poor or abs(log(size / there[2])) < _ALIKE
            away = hypot(x - there[0], y - there[1]) / max(size, there[2])
            if better not in found and alike and away < near:
                found.add(worse)
    return found
