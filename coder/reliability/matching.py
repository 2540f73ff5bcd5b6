"""Which event of coder A is the same behaviour as which event of coder B.

A pair is possible where the times lie within the tolerance. Of all ways to pair, the one with the most pairs is
taken, then the least sum of |dt|, then the smallest in lexicographic order. Pairing the nearest first is wrong: it
can use up the only partner that a third event had. On a line some best pairing never crosses, so a dynamic
programme over both rows in order finds it; only events within reach of each other are ever looked at.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import isqrt

from coder.reliability.given import plain_number
from coder.reliability.matched import Matching, Pair, f1_estimate

Point = tuple[str, int]


def match_points(a: Sequence[Point], b: Sequence[Point], tolerance_us: int) -> Matching:
    """Match two rows of (code, at_us); a pair may be `tolerance_us` apart, inclusive.

    First within each code, then the rest whatever the code. Ties in the lexicographic order go by time where a row
    is not in order of time. Raises ValueError if the tolerance is negative or a time is no whole number.
    """
    a, b = _whole(a), _whole(b)
    if not plain_number(tolerance_us) >= 0:
        raise ValueError(f"a tolerance is a number and cannot be negative: {tolerance_us}")
    rows_a, rows_b = _by_code(a), _by_code(b)
    pairs = sorted(
        pair for code in rows_a.keys() & rows_b.keys() for pair in _best(rows_a[code], rows_b[code], tolerance_us)
    )
    taken_a, taken_b = {i for i, _ in pairs}, {j for _, j in pairs}
    rest_a = sorted((at, i) for i, (_, at) in enumerate(a) if i not in taken_a)
    rest_b = sorted((at, j) for j, (_, at) in enumerate(b) if j not in taken_b)
    confusions = sorted(_best(rest_a, rest_b, tolerance_us))
    taken_a, taken_b = {i for i, _ in confusions}, {j for _, j in confusions}
    return Matching(
        **vars(f1_estimate(len(pairs), len(a), len(b))),
        pairs=tuple(pairs),
        confusions=tuple(confusions),
        only_a=tuple(sorted(i for _, i in rest_a if i not in taken_a)),
        only_b=tuple(sorted(j for _, j in rest_b if j not in taken_b)),
        lags_us=tuple(b[j][1] - a[i][1] for i, j in pairs),
    )


_Row = list[tuple[int, int]]  # (at_us, index), in order


def _whole(points: Sequence[Point]) -> list[Point]:
    """The points with plain whole numbers for times: those of numpy overflow where sums of them grow large."""
    try:
        found = [(code, int(at_us)) for code, at_us in points]
        exact = all(at == at_us for (_, at), (_, at_us) in zip(found, points, strict=True))
        exact = exact and all(isinstance(code, Hashable) for code, _ in found)
    except (TypeError, ValueError, OverflowError):
        exact = False
    if not exact:
        raise ValueError("point events are pairs of a code and a time in whole microseconds")
    return found


def _by_code(points: Sequence[Point]) -> dict[str, _Row]:
    rows: defaultdict[str, _Row] = defaultdict(list)
    for index, (code, at_us) in enumerate(points):
        rows[code].append((at_us, index))
    return {code: sorted(row) for code, row in rows.items()}


def _best(a: _Row, b: _Row, tolerance_us: int) -> Iterator[Pair]:
    """The best pairing of two rows, block by block: a gap wider than the tolerance parts what cannot meet."""
    start_b = 0
    for start, end, reach in _blocks_of(a, tolerance_us):
        first = bisect_left(b, (a[start][0] - tolerance_us, -1), start_b)
        start_b = bisect_left(b, (reach + 1, -1), first)
        if first < start_b:
            yield from _paired(a[start:end], b[first:start_b], tolerance_us)


def _blocks_of(a: _Row, tolerance_us: int) -> Iterator[tuple[int, int, int]]:
    """(start, end, reach): runs of A whose reaches touch, and the last time at which B could be in reach."""
    start = 0
    for end in range(1, len(a) + 1):
        if end == len(a) or a[end][0] - a[end - 1][0] > 2 * tolerance_us:
            yield start, end, a[end - 1][0] + tolerance_us
            start = end


@dataclass(frozen=True)
class _Level:
    """What the events of A from one on can still earn, by the first event of B that is free.

    values[k] is for B from first + k on; before `first` nothing is in reach of A, so it earns as much.
    """

    first: int
    values: list[int]

    def at(self, j: int) -> int:
        return self.values[max(j - self.first, 0)]


def _paired(a: _Row, b: _Row, tolerance_us: int) -> Iterator[Pair]:
    """The best pairing of one block.

    A pair earns `prize` - |dt|, where the prize outweighs any sum of |dt|. Levels are computed from the last event
    of A to the first, but kept only at every √n-th event; going forward, each stretch is computed once more, so
    that memory stays small where thousands of events lie within reach of each other.
    """
    if len(a) == len(b) == 1:
        yield a[0][1], b[0][1]
        return
    prize = (min(len(a), len(b)) + 1) * (tolerance_us + 1)
    bands = _bands(a, b, tolerance_us)
    step = isqrt(len(a)) + 1
    level = _Level(len(b), [0])
    kept = {len(a): level}
    for i in range(len(a) - 1, -1, -1):
        level = _before(level, a[i][0], b, bands[i], prize)
        if i % step == 0:
            kept[i] = level
    free = 0
    for start in range(0, len(a), step):
        end = min(start + step, len(a))
        levels = [kept[end]]
        for i in range(end - 1, start, -1):
            levels.append(_before(levels[-1], a[i][0], b, bands[i], prize))
        here = kept[start]
        for i in range(start, end):
            later = levels.pop()
            best = here.at(free)
            for j in range(max(free, bands[i][0]), bands[i][1]):
                if best == prize - abs(a[i][0] - b[j][0]) + later.at(j + 1):
                    yield a[i][1], b[j][1]
                    free = j + 1
                    break
            here = later


def _bands(a: _Row, b: _Row, tolerance_us: int) -> list[tuple[int, int]]:
    """For each event of A the half-open range of B within reach."""
    bands = []
    low = high = 0
    for at_us, _ in a:
        while low < len(b) and b[low][0] < at_us - tolerance_us:
            low += 1
        high = max(high, low)
        while high < len(b) and b[high][0] <= at_us + tolerance_us:
            high += 1
        bands.append((low, high))
    return bands


def _before(later: _Level, at_us: int, b: _Row, band: tuple[int, int], prize: int) -> _Level:
    """The level with one more event of A in front: leave it, or pair it with one of its band."""
    low, high = band
    known = later.values[: max(high - later.first, 0) + 1]
    passed = known[:1] * (high - low + 1 - len(known)) + known
    best = after = passed.pop()
    values = [best]
    for (other_us, _), here in zip(reversed(b[low:high]), reversed(passed), strict=True):
        best = max(best, here, prize - abs(at_us - other_us) + after)
        values.append(best)
        after = here
    values.reverse()
    return _Level(low, values)
