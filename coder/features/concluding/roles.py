"""Which person is the parent and which the child: by build first, by size and place, by presence.

Each sign gives log odds whose strength follows from its spread in families, not from any film:

* size of the faces in one look: a child's is about three quarters of an adult's, but one of the two may well be a
  quarter nearer to the camera, so that this sign alone never decides;
* build, whatever the distance: a child's head is large against shoulders and trunk, an iris nearly as large as an
  adult's in a smaller face;
* place: who sits or stands beside whom has the higher head;
* presence: who is filmed is seen more than who comes by; a face that no mesh fits and that the detector hardly
  believes in may be none.

What is looked at has no life if its lids, its lips and its head never move: a picture, a doll.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations, product
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.points import Points
from coder.features.concluding.settings import ChildSide
from coder.features.geometry import Floats
from coder.features.sighting import JOINTS, Look, Sighting
from coder.model.persons import Role

Rows = NDArray[np.int64]

_SMALLER = 0.28  # log of adult's to child's face height, first five years
_NEARER = 0.25  # spread of the log ratio of two people's distances from the camera
_SIZE = 2 * _SMALLER / (0.08**2 + _NEARER**2)  # log odds for each unit of log ratio
_BROAD, _BUILD = 0.5, 6.5  # log shoulders (or trunk) to face height between child and adult; log odds per unit
_IRIS, _EYED = -2.65, 5.0  # log iris to face height between child and adult; log odds per unit
_HIGHER = 0.8  # log odds for each face height that one head is above the other
_PRESENT = 2.0  # log odds for each factor e of being seen more often
_UNSEEN = log(0.02)  # log share of one whom the film never shows
_SAID_SIDE = 6.0
_ALONE = 0.4  # build counts for less with nobody beside to compare: cameras and models differ
_SCORED, _EVEN_SCORE, _MESHED = 14.0, 0.58, 4.0
_ENOUGH = 5  # sightings before a sign counts in full
_LIFELESS_DEG, _LIFELESS_LIPS, _LIFELESS_LIDS = 2.0, 0.03, 0.06  # what the mesh itself trembles on a photograph
_LIFELESS_WAY = 0.15  # face heights
_DOLL_SIZE = 0.6  # of the faces in the film
_ON_A_STAND = 0.8  # share of looks without movement of a camera that nobody holds
_STILL_LOOKS, _CARRIED_LOOKS = 100, 150
_RANGE = 3.3  # the middle nine tenths of a normal distribution are so many standard deviations wide
_TRUNK = 0.72  # shoulders to trunk
_SEEN = 0.5
_AT = {joint: number for number, joint in enumerate(JOINTS)}


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """What each sighting says about whose it is: (n,) each, NaN where it says nothing.

    broad: log of shoulders to face height. iris: log of iris diameter to face height. lids, lips: how far open.
    turn_deg: (n, 3) turn of the head. still: the camera moved less than a pixel.
    """

    broad: Floats
    iris: Floats
    lids: Floats
    lips: Floats
    turn_deg: Floats
    still: NDArray[np.bool_]


def signs_of(looks: Sequence[Look]) -> Signs:
    """In the order of `points_of`."""
    rows: list[tuple[float, ...]] = []
    still: list[bool] = []
    for look in looks:
        for sighting in look.sightings:
            rows.append(_signs(sighting))
            still.append((look.camera_px or 0.0) < 1.0)
    table = np.array(rows, np.float64).reshape(-1, 7).T
    return Signs(table[0], table[1], table[2], table[3], table[4:].T, np.array(still, np.bool_))


def _signs(sighting: Sighting) -> tuple[float, ...]:
    face, nan = sighting.face, float("nan")
    if face is None:
        return (nan,) * 7
    height = max(face.head.height_px, 1.0)
    iris = log(sighting.iris_px / height) if sighting.iris_px else nan
    turns = (nan, nan, nan)
    if face.meshed:
        turn = face.head.rotation
        turns = (
            float(np.degrees(np.arctan2(turn[0, 2], turn[2, 2]))),
            float(np.degrees(np.arcsin(np.clip(turn[1, 2], -1, 1)))),
            float(np.degrees(np.arctan2(turn[1, 0], turn[0, 0]))),
        )
    lids = nan if sighting.eyes_open is None else sighting.eyes_open
    lips = nan if sighting.mouth_open is None else sighting.mouth_open
    return (_broad(sighting, height), iris, lids, lips, *turns)


def _broad(sighting: Sighting, height: float) -> float:
    body = sighting.body
    if body is None:
        return float("nan")
    left, right = _AT["left_shoulder"], _AT["right_shoulder"]
    if min(body.seen[left], body.seen[right]) < _SEEN:
        return float("nan")
    points = body.points_px
    wide = float(np.hypot(*(points[left] - points[right])))
    hips = _AT["left_hip"], _AT["right_hip"]
    if min(body.seen[list(hips)]) >= _SEEN:
        trunk = (points[left] + points[right] - points[hips[0]] - points[hips[1]]) / 2
        wide = max(wide, _TRUNK * float(np.hypot(*trunk)))
    return log(max(wide, 1.0) / height)


def lifeless(signs: Signs, points: Points, rows: Rows) -> bool:
    """Nothing of this face moved, but with the whole of it, for longer than people keep still: a picture, a doll.

    A face that is carried about is believed to be a doll's only if it is small, too, and was seen for long: an
    infant who sleeps is alive.
    """
    looks = np.count_nonzero(~np.isnan(signs.lips[rows]))
    lips, lids = _range(signs.lips[rows]), _range(signs.lids[rows])
    if looks < _STILL_LOOKS or lips >= _LIFELESS_LIPS or lids >= _LIFELESS_LIDS:
        return False
    size = float(np.median(points.size_px[rows]))
    if looks >= _CARRIED_LOOKS and size < _DOLL_SIZE * float(np.median(points.size_px[points.faced])):
        return True
    turned = max(_range(column) for column in signs.turn_deg[rows].T) / _RANGE
    moved = max(_range(column[rows]) / size for column in (points.x_px, points.y_px))
    held = float(signs.still[rows].mean()) < _ON_A_STAND  # then everything moves with the camera
    return bool(turned < _LIFELESS_DEG and (held or moved < _LIFELESS_WAY))


def _range(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(np.subtract(*np.quantile(known, (0.95, 0.05)))) if len(known) else 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Who may be whom: numbers of persons, None for one the film does not show; and how likely (0 … 1)."""

    parent: int | None
    child: int | None
    chance: float


def pairs(
    signs: Signs,
    points: Points,
    persons: Sequence[Rows],
    side: ChildSide,
    looks: int,
    said: Mapping[tuple[int, Role], float],
) -> list[Pair]:
    """All ways to choose parent and child among the persons, the likeliest first.

    said: log odds that a person's marks give to (person, role).
    """
    there = [log(max(len(np.unique(points.look[rows])), 1) / max(looks, 1)) for rows in persons]
    adult = [_adult(signs, rows) for rows in persons]
    beside = {
        (a, b): _beside(points, persons[a], persons[b], side) for a, b in permutations(range(len(persons)), 2)
    }
    choices: list[int | None] = [*range(len(persons)), None]
    real = [-float(np.logaddexp(0.0, -credible(points, rows))) for rows in persons]
    scored = []
    for parent, child in product(choices, choices):
        if parent is not None and parent == child:
            continue
        score = sum(
            _PRESENT * max(there[one], _UNSEEN) + real[one] if one is not None else _PRESENT * _UNSEEN
            for one in (parent, child)
        )
        turn = (adult[parent] if parent is not None else 0.0) - (adult[child] if child is not None else 0.0)
        if parent is not None and child is not None:
            turn += beside[parent, child]
        else:
            turn *= _ALONE
        score -= float(np.logaddexp(0.0, -turn))  # how likely it is not the other way round
        for person in range(len(persons)):
            role = Role.PARENT if person == parent else Role.CHILD if person == child else Role.OTHER
            score += said.get((person, role), 0.0)
        scored.append((score, parent, child))
    best = max(score for score, _, _ in scored)
    total = sum(exp(score - best) for score, _, _ in scored)
    found = [Pair(parent, child, exp(score - best) / total) for score, parent, child in scored]
    return sorted(found, key=lambda pair: -pair.chance)


def credible(points: Points, rows: Rows) -> float:
    """Log odds that this is a person at all, by the detector's word and the share of faces that a mesh fits."""
    score, meshed = float(np.median(points.score[rows])), float(points.meshed[rows].mean())
    return _SCORED * (score - _EVEN_SCORE) + _MESHED * meshed


def _adult(signs: Signs, rows: Rows) -> float:
    """Log odds for an adult against a child, by build alone."""
    told = 0.0
    broad = signs.broad[rows][~np.isnan(signs.broad[rows])]
    if len(broad):
        # shoulders look narrower whenever they are turned: the broad looks are the true ones
        told += _counted(len(broad)) * float(np.clip(_BUILD * (np.quantile(broad, 0.75) - _BROAD), -2, 2))
    iris = signs.iris[rows][~np.isnan(signs.iris[rows])]
    if len(iris):
        told += _counted(len(iris)) * float(np.clip(_EYED * (_IRIS - np.median(iris)), -1, 1))
    return told


def _beside(points: Points, parent: Rows, child: Rows, side: ChildSide) -> float:
    """Log odds that the first is the parent of the second, by how they stand to each other in one look."""
    _, at_parent, at_child = np.intersect1d(points.look[parent], points.look[child], return_indices=True)
    both = len(at_parent)
    a, b = (parent[at_parent], child[at_child]) if both else (parent, child)
    scale = float(np.median(points.size_px[np.concatenate([a, b])]))
    alike = points.meshed[a] & points.meshed[b] if both else np.zeros(0, np.bool_)
    if both and alike.sum() >= _ENOUGH:
        larger = float(np.median(np.log(points.size_px[a[alike]] / points.size_px[b[alike]])))
    else:
        larger = float(np.median(np.log(points.size_px[a])) - np.median(np.log(points.size_px[b])))
    higher = float(np.median(points.y_px[b]) - np.median(points.y_px[a])) / scale
    told = float(np.clip(_SIZE * larger, -4, 4) + np.clip(_HIGHER * higher, -1.5, 1.5))
    if side is not ChildSide.AUTO:
        right = float(np.median(points.x_px[b]) - np.median(points.x_px[a])) > 0
        told += _SAID_SIDE if right == (side is ChildSide.RIGHT) else -_SAID_SIDE
    return told * (_counted(both) if both else 0.5)


def _counted(count: int) -> float:
    """How much of a sign counts that was seen so often."""
    return count / (count + _ENOUGH)
