"""Are two trails one person? Log odds from looks, size, place and time; and trails joined to persons by them.

How much appearance can tell is learned from the film itself: how far a person's looks wander along a trail, and
how far apart those are who are seen at once, who cannot be one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from coder.features.concluding.points import Points
from coder.features.concluding.tracks import Trails
from coder.features.geometry import Floats
from coder.features.sighting import Look
from coder.model.time import SECOND_US

JOIN = 1.5
"""Log odds from which two groups of trails are taken for one person."""

SAME_TRAIL = 7.0
"""Log odds that two pieces of one trail, cut by a person's mark, are one person."""

_CHUNK_US = 2 * SECOND_US
_ROWS = 256
_TOLD = 0.4  # the numbers of an appearance hang together: so much of their evidence counts
_MOST, _LEAST = 5.0, -8.0  # what appearance can say at the most
_DRIFT_S, _MOST_DRIFT = 10.0, 3.0  # light and posture change: so fast does one person's variance grow, and so far
_NEAR = 2.5  # what place and time can say at the most
_SAME_SIZE, _OTHER_SIZE = 0.2, 0.4  # spread of log face heights: of one person, of any two


@dataclass(slots=True, eq=False)
class Groups:
    """m groups of trails; at first each trail is its own.

    together: (m, m) seen in one look, so two people. near: (m, m) log odds from place and time. looks: (m, k)
    mean appearance, NaN where there is none; chunks: (m, k) how many stretches of two seconds each number rests
    on. size: (m,) log face height. count: (m,) sightings. gap_s: (m, m) seconds from one to the other. within,
    between: (k,) variances of one person's appearance, and between two people.
    """

    together: NDArray[np.bool_]
    near: Floats
    looks: Floats
    chunks: Floats
    size: Floats
    count: Floats
    gap_s: Floats
    within: Floats
    between: Floats

    def odds(self, group: int) -> Floats:
        """(m,) log odds that a group and each of the others are one person; -inf for those seen together."""
        looks = self._by_looks(
            self.looks[group], self.chunks[group], self.looks, self.chunks, self.gap_s[group][:, None]
        )
        told = looks + _by_size(self.size - self.size[group]) + self.near[group]
        return np.where(self.together[group], -np.inf, told)

    def between_two(self, one: Sequence[int], other: Sequence[int]) -> float:
        """The same for two sets of groups; 0 if one is empty."""
        if not one or not other:
            return 0.0
        pairs = np.ix_(one, other)
        if self.together[pairs].any():
            return -np.inf
        (looks, chunks), (looks_b, chunks_b) = self._pooled(one), self._pooled(other)
        sizes = [np.average(self.size[some], weights=self.count[some]) for some in (one, other)]
        gap_s = self.gap_s[pairs].min()
        told = self._by_looks(looks, chunks, looks_b, chunks_b, gap_s) + _by_size(np.asarray(sizes[0] - sizes[1]))
        return float(told) + float(self.near[pairs].max())

    def merge(self, group: int, other: int) -> None:
        """Make one of two; `other` is empty afterwards."""
        self.looks[group], self.chunks[group] = self._pooled([group, other])
        n, m = self.count[group], self.count[other]
        self.size[group] = (n * self.size[group] + m * self.size[other]) / (n + m)
        self.count[group], self.count[other] = n + m, 0.0
        self.together[group] |= self.together[other]
        self.together[:, group] |= self.together[:, other]
        self.near[group] = np.maximum(self.near[group], self.near[other])
        self.near[:, group] = self.near[group]
        self.gap_s[group] = np.minimum(self.gap_s[group], self.gap_s[other])
        self.gap_s[:, group] = self.gap_s[group]

    def copy(self) -> "Groups":
        """The same groups, to merge them."""
        return replace(
            self,
            together=self.together.copy(),
            near=self.near.copy(),
            looks=self.looks.copy(),
            chunks=self.chunks.copy(),
            size=self.size.copy(),
            count=self.count.copy(),
            gap_s=self.gap_s.copy(),
        )

    def _pooled(self, some: Sequence[int]) -> tuple[Floats, Floats]:
        chunks = self.chunks[some]
        total = chunks.sum(axis=0)
        sums = (chunks * np.nan_to_num(self.looks[some])).sum(axis=0)
        return np.divide(sums, total, out=np.full_like(total, np.nan), where=total > 0), total

    def _by_looks(
        self, looks: Floats, chunks: Floats, others: Floats, other_chunks: Floats, gap_s: Floats
    ) -> Floats:
        drift = np.minimum(gap_s / _DRIFT_S, _MOST_DRIFT)
        trust = 2 + drift + 1 / np.maximum(other_chunks, 1) + 1 / np.maximum(chunks, 1)
        same = trust * self.within
        apart = same + 2 * self.between
        gap = (others - looks) ** 2
        told = _likelihood(gap, same) - _likelihood(gap, apart)
        return np.asarray(np.clip(_TOLD * np.nansum(told, axis=-1), _LEAST, _MOST))


def _likelihood(gap: Floats, variance: Floats) -> Floats:
    """Log density of a squared difference (Student's t, 4): its tails forgive a lamp that was switched on."""
    return np.asarray(-0.5 * np.log(variance) - 2.5 * np.log(1 + gap / (4 * variance)))


def _by_size(ratio: Floats) -> Floats:
    told = np.log(_OTHER_SIZE / _SAME_SIZE) - ratio**2 / 2 * (_SAME_SIZE**-2 - _OTHER_SIZE**-2)
    return np.asarray(np.clip(told, -2.0, 2.0))


def groups_of(
    looks: Sequence[Look], points: Points, build: Floats, trails: Trails, parts: NDArray[np.int64]
) -> Groups:
    """Each trail a group.

    build: (n, b) what else a person can be known by, NaN where a sighting does not tell. parts: (m,) the same
    number for trails that are pieces of one, cut by a mark.
    """
    rows = np.flatnonzero(trails.of >= 0)
    of, count = trails.of[rows], len(trails.begins)
    chunk_looks, chunk_of = _chunks(points, build, trails, rows)
    mean, chunks = _means(chunk_looks, chunk_of, count)
    sizes = np.bincount(of, np.log(points.size_px[rows]), minlength=count) / np.bincount(of, minlength=count)
    seen = csr_array((np.ones(len(rows)), (points.look[rows], of)), shape=(len(looks), count))
    overlap = (seen.T @ seen).toarray()
    np.fill_diagonal(overlap, 0)
    within, between = _spreads(chunk_looks, chunk_of, mean, overlap)
    return Groups(
        together=overlap > 0,
        near=_near(looks, points, trails, rows, parts),
        looks=mean,
        chunks=chunks,
        size=sizes,
        count=np.bincount(of, minlength=count).astype(np.float64),
        gap_s=_gaps(points, trails, rows),
        within=within,
        between=between,
    )


def joined(groups: Groups, apart: NDArray[np.bool_]) -> list[list[int]]:
    """The persons: lists of trails that are one with good odds, the best odds first. apart: (m,) left out."""
    groups = groups.copy()
    count = len(groups.count)
    members = [[trail] for trail in range(count)]
    odds = np.full((count, count), -np.inf)
    for trail in np.flatnonzero(~apart).tolist():
        odds[trail] = groups.odds(trail)
    odds[:, apart] = -np.inf
    np.fill_diagonal(odds, -np.inf)
    best = _Best(odds)
    while count > 1:
        a, b = best.pair()
        if odds[a, b] < JOIN:
            break
        groups.merge(a, b)
        members[a] += members[b]
        members[b] = []
        row = groups.odds(a)
        row[apart | (groups.count == 0)] = -np.inf
        row[a] = -np.inf
        odds[a], odds[:, a] = row, row
        odds[b], odds[:, b] = -np.inf, -np.inf
        best.changed(a, b)
    return [group for group in members if group and not apart[group[0]]]


class _Best:
    """The greatest of a square of odds, kept row by row: a film of an hour can have thousands of trails, and to
    look through all their pairs for each that is joined would take minutes."""

    def __init__(self, odds: Floats) -> None:
        self._odds = odds
        self._at = odds.argmax(axis=1)
        self._most = odds.max(axis=1)

    def pair(self) -> tuple[int, int]:
        """Row and column of the greatest, the first of several as `argmax` finds it."""
        row = int(self._most.argmax())
        return row, int(self._at[row])

    def changed(self, *lines: int) -> None:
        """These rows, and the columns of the same numbers, hold other odds than before."""
        columns = self._odds[:, sorted(lines)]
        first = columns.argmax(axis=1)
        most, at = columns[np.arange(len(first)), first], np.sort(lines)[first]
        stale = np.isin(self._at, lines) | ((most == self._most) & (at < self._at))
        better = most > self._most
        self._at[better], self._most[better] = at[better], most[better]
        stale &= ~better
        stale[list(lines)] = True
        for row in np.flatnonzero(stale).tolist():
            self._at[row] = self._odds[row].argmax()
            self._most[row] = self._odds[row, self._at[row]]


def _chunks(
    points: Points, build: Floats, trails: Trails, rows: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64]]:
    """Mean appearance in stretches of two seconds of each trail, and whose each is; faces only."""
    told = rows[points.faced[rows]]
    keys = np.stack([trails.of[told], points.at_us[told] // _CHUNK_US], axis=1)
    found, of = np.unique(keys, axis=0, return_inverse=True)
    known_by = np.concatenate([points.appearance[told], build[told]], axis=1)
    return _means(known_by, of.ravel(), len(found))[0], found[:, 0]


def _means(values: Floats, of: NDArray[np.int64], count: int) -> tuple[Floats, Floats]:
    """(count, k) means of the rows of each number, NaN where it has none; and how many each rests on."""
    known = ~np.isnan(values)
    sums, counts = np.zeros((count, values.shape[1])), np.zeros((count, values.shape[1]))
    np.add.at(sums, of, np.where(known, values, 0.0))
    np.add.at(counts, of, known)
    return np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0), counts


def _spreads(
    chunk_looks: Floats, chunk_of: NDArray[np.int64], mean: Floats, overlap: Floats
) -> tuple[Floats, Floats]:
    """Variances of appearance along one person's trail, and between two people who are seen at once."""
    known = ~np.isnan(chunk_looks)
    total = _mean_square(chunk_looks - _mean_of(chunk_looks), known, 0)
    within = _mean_square(chunk_looks - mean[chunk_of], known, len(np.unique(chunk_of)))
    within = np.maximum(within, 0.1 * total + 1e-6)
    a, b = np.nonzero(np.triu(overlap))
    gaps = mean[a] - mean[b]
    if not len(a):
        return within, 2 * within
    weights = np.where(np.isnan(gaps), 0.0, overlap[a, b][:, None])
    sums = (weights * np.nan_to_num(gaps) ** 2).sum(axis=0) / 2
    apart = np.divide(sums, weights.sum(axis=0), out=3 * within, where=weights.sum(axis=0) > 0)
    return within, np.maximum(apart - within, 0.1 * within)


def _mean_of(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.asarray(np.where(known, values, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1))


def _mean_square(values: Floats, known: NDArray[np.bool_], used: int) -> Floats:
    """Mean square by column, with so many degrees of freedom used up."""
    return np.asarray((np.where(known, values, 0.0) ** 2).sum(axis=0) / np.maximum(known.sum(axis=0) - used, 1))


def _near(
    looks: Sequence[Look], points: Points, trails: Trails, rows: NDArray[np.int64], parts: NDArray[np.int64]
) -> Floats:
    """(m, m) log odds from where and when one trail ends and another begins; nothing across a doubt."""
    first, last = _ends(trails, rows)
    width, height = (looks[0].width_px, looks[0].height_px) if looks else (1, 1)
    near = np.zeros((len(first), len(first)))
    for begin in range(0, len(first), _ROWS):  # in rows: the squares of thousands of trails fill the memory
        some = last[begin : begin + _ROWS]
        gap_s = (points.at_us[first][None, :] - points.at_us[some][:, None]) / SECOND_US
        scale = (points.size_px[first][None, :] + points.size_px[some][:, None]) / 2
        away = np.hypot(
            points.x_px[first][None, :] - points.x_px[some][:, None],
            points.y_px[first][None, :] - points.y_px[some][:, None],
        )
        spread = 0.3 + 0.5 * np.sqrt(np.maximum(gap_s, 0))
        room = np.maximum(width * height / scale**2 / (2 * np.pi * spread**2), 1.0)
        told = np.log(room) - (away / scale / spread) ** 2 / 2
        told = np.clip(told, 0.0, _NEAR) * np.exp(-np.maximum(gap_s, 0) / 20)
        doubtful = trails.ends[begin : begin + _ROWS, None] | trails.begins[None, :]
        near[begin : begin + _ROWS] = np.where((gap_s > 0) & ~doubtful, told, 0.0)
    near = np.maximum(near, near.T)
    near[parts[:, None] == parts[None, :]] = SAME_TRAIL
    return near


def _ends(trails: Trails, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(m,) the first and the last point of each trail."""
    first, last = np.full(len(trails.begins), -1), np.full(len(trails.begins), -1)
    last[trails.of[rows]] = rows  # rows rise: the last one written stays
    first[trails.of[rows[::-1]]] = rows[::-1]
    return first, last


def _gaps(points: Points, trails: Trails, rows: NDArray[np.int64]) -> Floats:
    """(m, m) seconds between the end of the earlier trail and the beginning of the later one."""
    first, last = _ends(trails, rows)
    apart = (points.at_us[first][None, :] - points.at_us[last][:, None]) / SECOND_US
    return np.asarray(np.maximum(np.maximum(apart, apart.T), 0.0))
