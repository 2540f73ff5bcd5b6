"""Trails: one person each, followed from look to look for as long as there is no doubt.

A trail ends where two people come so close that they could have been mixed up, where a movement is no longer
believable, and where nobody has been seen for a second. What ends too early is joined again later
(`joining`); what went on too long would be wrong for good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf, isnan, log

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from coder.features.concluding.points import Points
from coder.features.sighting import Look
from coder.model.time import SECOND_US

FEW = 5
"""A trail of fewer sightings says nothing by itself."""

_FORGET_US = SECOND_US
_AHEAD_S = 0.3  # so far a movement is believed to go on
_SMEAR = 0.18  # how far a still head is found from where it was, in face heights
_WANDER = 0.5  # and how much more for each second it was not looked at
_BREAK = 5.0  # a step that costs more is not believed
_FAR = 4.0  # and nothing so many face heights away is considered
_DOUBT = 3.0  # twice the log odds against a mix-up that must be reached: about 20 to 1 with the tails of `_cost`
_LOST = 2.5  # what it costs to believe that somebody who was there a moment ago is not found now
_UNLIKE = 12.0  # mean square change of looks, in usual changes from look to look, that a person may well show
_TO_SPREAD = 1.05  # from the median step between two of a normal distribution to its standard deviation
_STILL = 0.25  # share of all that differs in a film by which anybody's looks may change at any moment
_AFTER_GAP = 2.0  # costs more to follow somebody who was lost for a while: joining comes later, and knows more
_FADED = 2.0  # costs for each unit of score that is lost


@dataclass(frozen=True, slots=True, eq=False)
class Trails:
    """of: (n,) the trail of each point, from 0; -1 for a double. begins, ends: (m,) of each trail, whether it
    begins or ends where two people may have been mixed up.
    """

    of: NDArray[np.int64]
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]


class _Live:
    """A trail that is being followed."""

    __slots__ = ("at_us", "box", "faced", "label", "looks", "meshed", "score", "size", "vx", "vy", "x", "y")

    def __init__(self, label: int) -> None:
        self.label = label
        self.x = self.y = self.vx = self.vy = 0.0
        self.size, self.box, self.score = 1.0, 0.0, 0.0  # box: of the last face, 0 before the first
        self.at_us = -1
        self.faced = self.meshed = False
        self.looks: list[float] = []

    def take(self, at_us: int, row: "_Row") -> None:
        x, y, size, box, score, faced, meshed, looks = row
        passed_s = (at_us - self.at_us) / SECOND_US
        if faced:
            self.box += (0.5 if self.box else 1.0) * (box - self.box)
        if self.at_us < 0:
            self.size, self.score = size, score
        elif passed_s <= _AHEAD_S:
            self.vx = 0.5 * self.vx + 0.5 * (x - self.x) / passed_s
            self.vy = 0.5 * self.vy + 0.5 * (y - self.y) / passed_s
            self.size += 0.5 * (size - self.size)
            self.score += 0.2 * (score - self.score)
        else:
            self.vx = self.vy = 0.0
            self.size, self.score = size, score
        self.x, self.y, self.at_us, self.faced, self.meshed = x, y, at_us, faced, meshed
        before = self.looks or looks
        self.looks = [
            a if isnan(b) else b if isnan(a) else a + 0.2 * (b - a) for a, b in zip(before, looks, strict=True)
        ]


_Row = tuple[float, float, float, float, float, bool, bool, list[float]]


def followed(looks: Sequence[Look], points: Points) -> Trails:
    """Follow everybody through the film."""
    scaled = _scaled(points)
    rows: list[_Row] = list(
        zip(
            points.x_px.tolist(),
            points.y_px.tolist(),
            points.size_px.tolist(),
            points.box_px.tolist(),
            points.score.tolist(),
            points.faced.tolist(),
            points.meshed.tolist(),
            scaled,
            strict=True,
        )
    )
    bounds = np.searchsorted(points.look, np.arange(len(looks) + 1)).tolist()
    kept = (~points.double).tolist()
    of = [-1] * len(rows)
    doubts: list[tuple[list[int], list[int]]] = []
    live: list[_Live] = []
    count = 0
    before_us = 0
    for number, look in enumerate(looks):
        at_us = look.at_us
        here = [row for row in range(bounds[number], bounds[number + 1]) if kept[row]]
        cut = number > 0 and look.camera_px is None
        live = [] if cut else [trail for trail in live if at_us - trail.at_us <= _FORGET_US]
        costs = [[_cost(trail, at_us, rows[row], look.camera_px or 0.0) for row in here] for trail in live]
        taken = _assigned(costs, len(here))
        mixed = _mixed_up(costs, taken, [trail.at_us == before_us for trail in live], len(here))
        stay = [trail for at, trail in enumerate(live) if at not in mixed]
        by_column = {column: at for at, column in enumerate(taken) if column >= 0}
        begun: list[int] = []
        for column, row in enumerate(here):
            owner = by_column.get(column)
            if owner is None or owner in mixed:
                trail = _Live(count)
                count += 1
                stay.append(trail)
                begun += [trail.label] if mixed else []
            else:
                trail = live[owner]
            of[row] = trail.label
            trail.take(at_us, rows[row])
        if mixed:
            doubts.append(([live[at].label for at in mixed], begun))
        live, before_us = stay, at_us
    return _doubted(np.array(of, np.int64), doubts, count)


def _doubted(of: NDArray[np.int64], doubts: Sequence[tuple[list[int], list[int]]], count: int) -> Trails:
    """The trails, with the doubts that are between people: one who was there for some looks only may be a mistake
    of the detector, and leaves no doubt about the other.
    """
    looks = np.bincount(of[of >= 0], minlength=count)
    begins, ends = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    for ended, begun in doubts:
        if any(np.count_nonzero(looks[some] >= FEW) > 1 for some in (ended, begun)):
            ends[ended] = True
            begins[begun] = True
    return Trails(of, begins, ends)


def _scaled(points: Points) -> list[list[float]]:
    """Appearances in units of their change from one look to the next, as lists, NaN where there is none."""
    before, after = _next_to_each_other(points)
    steps = np.abs(points.appearance[after] - points.appearance[before])
    spread = np.ones(points.appearance.shape[1])
    for column, values in enumerate(steps.T):
        told = values[~np.isnan(values)]
        if len(told):
            all_of_it = float(np.nanstd(points.appearance[:, column]))
            spread[column] = max(_TO_SPREAD * float(np.median(told)), _STILL * all_of_it, 1e-6)
    scaled: list[list[float]] = (points.appearance / spread).tolist()
    return scaled


def _next_to_each_other(points: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of points in looks that follow each other, at one place: nearly always the same person."""
    rows = np.flatnonzero(points.faced & ~points.double)
    pairs_a, pairs_b = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for apart in range(1, 4):  # so many sightings farther on, the next look may have the same person
        a, b = rows[:-apart], rows[apart:]
        away = np.hypot(points.x_px[b] - points.x_px[a], points.y_px[b] - points.y_px[a]) / points.size_px[a]
        near = (points.look[b] == points.look[a] + 1) & (away < 0.4)
        pairs_a.append(a[near])
        pairs_b.append(b[near])
    return np.concatenate(pairs_a), np.concatenate(pairs_b)


def _cost(trail: _Live, at_us: int, row: _Row, camera_px: float) -> float:
    """How hard it is to believe that this is the trail's next sighting: about twice the log odds against it."""
    x, y, size, box, score, faced, meshed, looks = row
    passed_s = (at_us - trail.at_us) / SECOND_US
    ahead_s = min(passed_s, _AHEAD_S)
    scale = (trail.size + size) / 2
    away = hypot(x - trail.x - trail.vx * ahead_s, y - trail.y - trail.vy * ahead_s) / scale
    if away > _FAR + camera_px / scale:
        return inf
    speed = hypot(trail.vx, trail.vy) / scale
    both, alike = faced and trail.faced, meshed and trail.meshed
    smear = _SMEAR + _WANDER * passed_s + 0.3 * speed * ahead_s + 0.7 * camera_px / scale
    smear += 0.0 if alike else 0.1 if both else 0.3
    grown, growth = (log(box / trail.box), 0.12) if faced and trail.box else (log(size / trail.size), 0.5)
    cost = 2 * log(1 + away * away / (2 * smear * smear)) + 2 * log(1 + grown * grown / (2 * growth * growth))
    cost += _FADED * max(trail.score - score - 0.1, 0.0)
    if looks and trail.looks:
        gaps = [gap * gap for a, b in zip(looks, trail.looks, strict=True) if not isnan(gap := a - b)]
        cost += 2 * log(1 + sum(gaps) / len(gaps) / _UNLIKE) if gaps else 0.0
    cost += _AFTER_GAP * min(max(passed_s - _AHEAD_S, 0.0), _AHEAD_S) / _AHEAD_S
    return cost if cost < 2 * _BREAK else inf


def _assigned(costs: Sequence[Sequence[float]], count: int) -> list[int]:
    """For each trail the column it takes, or -1; in all as cheap as it can be, nobody beyond `_BREAK`."""
    wants = [[column for column in range(count) if row[column] < _BREAK] for row in costs]
    chosen = [want[0] for want in wants if len(want) == 1]
    if all(len(want) <= 1 for want in wants) and len(set(chosen)) == len(chosen):
        return [want[0] if want else -1 for want in wants]
    table = np.minimum(np.array(costs), _BREAK)
    taken = [-1] * len(costs)
    for row, column in zip(*linear_sum_assignment(table), strict=True):
        if table[row, column] < _BREAK:
            taken[row] = int(column)
    return taken


def _mixed_up(
    costs: Sequence[Sequence[float]], taken: Sequence[int], lately: Sequence[bool], count: int
) -> dict[int, int]:
    """The trails that may have been mixed up, with the column each was given (-1: none)."""
    mixed: dict[int, int] = {}
    for a, i in enumerate(taken):
        if i < 0:
            continue
        for b, j in enumerate(taken):
            if b == a or (j >= 0 and b < a):
                continue
            if j >= 0:
                more = costs[a][j] + costs[b][i] - costs[a][i] - costs[b][j]
            else:
                more = costs[b][i] + (_LOST if lately[a] else 0.0) - costs[a][i] - (_LOST if lately[b] else 0.0)
            if more < _DOUBT:
                mixed |= {a: i, b: j}
        free = set(range(count)) - set(taken)
        if any(costs[a][column] - costs[a][i] < _DOUBT / 2 for column in free):
            mixed[a] = i
    return mixed
