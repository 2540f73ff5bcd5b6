"""What people said about who is who, laid upon the trails: whom it holds for, and where it cuts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.points import Points
from coder.features.concluding.tracks import Trails
from coder.features.sighting import Look
from coder.model.persons import Anchor, IdentityMark, Role
from coder.model.time import SECOND_US

ROLES = tuple(Role)
_UNSAID = -1
_FROM_LOOK_US = SECOND_US * 6 // 10  # an anchor speaks of the look nearest to it, if there is one as near as this
_REACH = 1.0  # and of the head nearest to it, if its middle is not farther than this, in face heights


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The trails, cut where what was said begins and ends.

    said: (m,) number of the role in ROLES that a person gave a piece, -1 where nobody did. parts: (m,) the same
    for pieces that are one person although they were cut; others for pieces between two words that differ.
    """

    trails: Trails
    said: NDArray[np.int64]
    parts: NDArray[np.int64]


def spoken(
    looks: Sequence[Look], points: Points, trails: Trails, marks: Sequence[IdentityMark]
) -> NDArray[np.int64]:
    """(n,) number of the role in ROLES that marks give each point, -1 where they give none; later marks win."""
    words = np.full(len(points.at_us), _UNSAID)
    times = np.array([look.at_us for look in looks], np.int64)
    for mark in marks:
        hits: dict[int, list[tuple[int, int]]] = {}
        for anchor in mark.anchors:
            point = _hit(looks, times, points, anchor)
            if point is not None:
                hits.setdefault(int(trails.of[point]), []).append((anchor.at_us, ROLES.index(anchor.role)))
        inside = (points.at_us >= mark.span.start_us) & (points.at_us < mark.span.end_us)
        for trail, told in hits.items():
            rows = np.flatnonzero(inside & (trails.of == trail))
            at_us, roles = np.array(told).T
            nearest = np.abs(points.at_us[rows, None] - at_us[None, :]).argmin(axis=1)
            words[rows] = roles[nearest]
    return words


def _hit(looks: Sequence[Look], times: NDArray[np.int64], points: Points, anchor: Anchor) -> int | None:
    """The point that an anchor speaks of."""
    if not len(times):
        return None
    number = int(np.abs(times - anchor.at_us).argmin())
    if abs(int(times[number]) - anchor.at_us) > _FROM_LOOK_US:
        return None
    rows = np.arange(*np.searchsorted(points.look, (number, number + 1)))
    rows = rows[~points.double[rows]]
    look = looks[number]
    away = np.hypot(points.x_px[rows] - anchor.x * look.width_px, points.y_px[rows] - anchor.y * look.height_px)
    away = away / points.size_px[rows]
    if not len(rows) or away.min() > _REACH:
        return None
    return int(rows[away.argmin()])


def cut(trails: Trails, words: NDArray[np.int64]) -> Pieces:
    """Cut each trail where the words about it change."""
    of, begins, ends, said, parts = np.full(len(words), -1), list[bool](), list[bool](), list[int](), list[int]()
    order = np.argsort(trails.of, kind="stable")
    order = order[trails.of[order] >= 0]
    bounds = np.flatnonzero(np.diff(trails.of[order])) + 1
    next_part = 0
    for rows in np.split(order, bounds) if len(order) else []:
        trail = int(trails.of[rows[0]])
        runs = np.split(rows, np.flatnonzero(np.diff(words[rows])) + 1)
        own = _parts([int(words[run[0]]) for run in runs])
        for at, run in enumerate(runs):
            of[run] = len(begins)
            begins.append(bool(trails.begins[trail]) and at == 0)
            ends.append(bool(trails.ends[trail]) and at == len(runs) - 1)
            said.append(int(words[run[0]]))
            parts.append(next_part + own[at])
        next_part += max(own) + 1
    cut_trails = Trails(of, np.array(begins, np.bool_), np.array(ends, np.bool_))
    return Pieces(cut_trails, np.array(said, np.int64), np.array(parts, np.int64))


def _parts(said: Sequence[int]) -> list[int]:
    """Numbers of pieces in a row: alike for those that are one person by all that was said of them.

    What lies between two words that differ may be either: it stands alone.
    """
    spoken_at = [at for at, role in enumerate(said) if role != _UNSAID]
    parts, part = [0] * len(said), 0
    for a, b in pairwise(spoken_at):
        differs = said[a] != said[b]
        part += 1 if differs else 0
        for at in range(a + 1, b):
            parts[at] = part
        part += 1 if differs and b > a + 1 else 0
        parts[b] = part
    for at in range(spoken_at[-1] + 1 if spoken_at else 0, len(said)):
        parts[at] = part
    return parts
