"""Matching two coders' point events exactly: `match_points` beside what one would write first.

    python benchmarks/matching.py [--short]

Two bare sides. SciPy's assignment solver on the whole matrix of distances is exact too, but needs the square of
the events in memory, so it runs on 2,000. Nearest-first in one pass needs no more than the events, but loses
pairs; how many is printed. All sides take turns; times are medians of processor time. Above 1: we are faster.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from coder.reliability import match_points

TOLERANCE_US = 1_000_000
Point = tuple[str, int]


def coders(count: int, per_second: float, seed: int = 1) -> tuple[list[Point], list[Point]]:
    """Two coders who mark the same behaviour about 0.3 s apart; each misses one in ten."""
    draw = np.random.default_rng(seed)
    times = np.sort(draw.integers(0, int(count / per_second * 1e6), count))
    kept = [np.sort((times + draw.normal(0, 3e5, count)).astype(np.int64)[draw.random(count) < 0.9]) for _ in "ab"]
    return [("x", int(at)) for at in kept[0]], [("x", int(at)) for at in kept[1]]


def solver(a: Sequence[Point], b: Sequence[Point]) -> int:
    """Pairs by SciPy's assignment solver."""
    apart = np.abs(np.subtract.outer([at for _, at in a], [at for _, at in b]))
    reachable = apart <= TOLERANCE_US
    left, right = linear_sum_assignment(np.where(reachable, apart, int(apart[reachable].sum()) + 1))
    return int(reachable[left, right].sum())


def nearest_first(a: Sequence[Point], b: Sequence[Point]) -> int:
    """Pairs by giving each event of A the nearest event of B that is still free."""
    times = np.array([at for _, at in b])
    lows = np.searchsorted(times, [at - TOLERANCE_US for _, at in a])
    highs = np.searchsorted(times, [at + TOLERANCE_US for _, at in a], side="right")
    taken: set[int] = set()
    for (_, at), low, high in zip(a, lows.tolist(), highs.tolist(), strict=True):
        free = [place for place in range(low, high) if place not in taken]
        if free:
            taken.add(min(free, key=lambda place: abs(b[place][1] - at)))
    return len(taken)


def exact(a: Sequence[Point], b: Sequence[Point]) -> int:
    """Pairs by our matching."""
    return len(match_points(a, b, TOLERANCE_US).pairs)


def race(name: str, bare: Callable[..., int], a: list[Point], b: list[Point], repeats: int) -> None:
    """Run both sides in turns and print their medians, ratio and pairs."""
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    pairs = {}
    for _ in range(repeats):
        for side, call in (("bare", bare), ("ours", exact)):
            begun = time.process_time()
            pairs[side] = call(a, b)
            times[side].append(time.process_time() - begun)
    bare_s, ours_s = (statistics.median(times[side]) for side in ("bare", "ours"))
    print(
        f"{name:<44} bare {bare_s:7.3f} s  ours {ours_s:7.3f} s  ratio {bare_s / ours_s:8.2f}  "
        f"pairs {pairs['bare']} / {pairs['ours']}"
    )


def main() -> None:
    """Print one line for each race."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer events and repeats")
    short = parser.parse_args().short
    few, many, repeats = (500, 10_000, 3) if short else (2_000, 100_000, 5)
    race(f"assignment solver, {few} events, 1 a second", solver, *coders(few, 1), repeats)
    for per_second in (0.2, 1, 10):
        race(
            f"nearest first, {many} events, {per_second} a second",
            nearest_first,
            *coders(many, per_second),
            repeats,
        )


if __name__ == "__main__":
    main()
