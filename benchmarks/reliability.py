"""Agreement of two long passes, and of a large study: time, memory, and the matching beside SciPy's solver.

    python benchmarks/reliability.py [--short]

Two simulated coders mark one behaviour: changes of state and moments about 0.3 s apart, one in ten missed, one
code in fifty taken for another, a detail with each. The matching and SciPy's assignment solver on the whole matrix
take turns; both are exact. Above 1: we are faster. Each other row is a process of its own: the median of the
processor time, how much longer an event takes than at the size before (×1: time grows as the events do), and the
most memory that one more call, traced, held at once beside the passes.
"""

import argparse
import multiprocessing
import statistics
import time
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from scipy.optimize import linear_sum_assignment

from coder.model.coding import CodingPass, Event, PassHeader
from coder.model.disagreement import Settlement, Verdict
from coder.model.scheme import (
    RATING,
    Code,
    Modifier,
    Option,
    Scale,
    Scheme,
    SchemeId,
    Stream,
    Target,
    Tier,
    TierKind,
)
from coder.model.study import Purpose
from coder.model.time import SECOND_US, Span
from coder.reliability import (
    CodedSession,
    compare,
    consensus,
    disagreements,
    drifts,
    event_kappa,
    match_points,
    pool,
    time_unit_kappa,
    tolerance_curves,
)

TOLERANCE_US = SECOND_US
Two = tuple[CodingPass, CodingPass]

HOW = Modifier("how", "How", "single", tuple(Option(x, x, x) for x in "xy"))


def codes(letters: str, *modifiers: Modifier) -> tuple[Code, ...]:
    """Codes named by letters; `u` is uncodable."""
    return tuple(Code(x, x, x, x, uncodable=x == "u", modifiers=modifiers) for x in letters)


LOOK = Tier(
    *("look", "Look", Stream.CHILD, TierKind.STATE, codes("abcdu", HOW), True, True),
    targets=(Target("estimated accuracy", 0.85, floor=0.7, unit_us=SECOND_US),),
)
CUES = Tier(
    *("cues", "Cues", Stream.CHILD, TierKind.POINT, codes("vgs", HOW)),
    targets=(Target("F1", 0.75, floor=0.6, tolerance_us=TOLERANCE_US),),
)
ITEMS = Tier("items", "Items", Stream.SESSION, TierKind.RATING, codes("jklm"), scale=Scale(1, 7))
SCHEME = Scheme(SchemeId("drawn", "1", "0" * 64), "Drawn", "", "", "en", "", (LOOK, CUES, ITEMS))


# ---- two coders


def two_passes(count: int, seed: int = 1, session: str = "s") -> Two:
    """Two passes of about `count` events each, half of them states of 2 s on average, half moments."""
    draw = np.random.default_rng(seed)
    half = max(count // 2, 2)
    ends = np.cumsum(draw.exponential(1.6 * SECOND_US, half).astype(np.int64) + 400_000)
    window = Span(0, int(ends[-1]))
    turns = 1 + draw.integers(0, 3, half)
    truth = np.cumsum(turns) % 4
    moments = np.sort(draw.integers(0, window.end_us, half))
    kinds = draw.integers(0, 3, half)
    ratings = draw.integers(2, 7, 4)
    passes = []
    for who in "ab":
        header = PassHeader(f"{session}-{who}", session, SCHEME.id, who, Purpose.MAIN, window)
        events = [
            *_states(who, ends, truth, draw),
            *_moments(who, moments, kinds, window, draw),
            *_ratings(who, ratings, window, draw),
        ]
        passes.append(CodingPass.of(header, events))
    return passes[0], passes[1]


_Numbers = np.typing.NDArray[np.int64]


def _states(who: str, ends: _Numbers, truth: _Numbers, draw: np.random.Generator) -> list[Event]:
    marked = np.maximum.accumulate(ends + draw.normal(0, 120_000, len(ends)).astype(np.int64))
    marked[-1] = ends[-1]
    marked = np.minimum(marked, ends[-1])
    seen = np.where(draw.random(len(ends)) < 0.02, draw.integers(0, 5, len(ends)), truth)
    seen = np.where(draw.random(len(ends)) < 0.05, np.roll(seen, 1), seen)  # a change that was not seen
    events: list[Event] = []
    start = 0
    for at, (end, code) in enumerate(zip(marked.tolist(), seen.tolist(), strict=True)):
        last = at == len(marked) - 1
        if end > start and (last or seen[at + 1] != code):
            details = () if code == 4 else (("how", "xy"[at % 11 == 0]),)
            events.append(Event(f"{who}s{at}", "look", "abcdu"[code], Span(start, end), details))
            start = end
    return events


def _moments(who: str, times: _Numbers, kinds: _Numbers, window: Span, draw: np.random.Generator) -> list[Event]:
    marked = np.clip(times + draw.normal(0, 210_000, len(times)).astype(np.int64), 0, window.end_us - 1)
    kept = draw.random(len(times)) < 0.9
    seen = np.where(draw.random(len(times)) < 0.02, (kinds + 1) % 3, kinds)
    return [
        Event(f"{who}m{at}", "cues", "vgs"[kind], Span.moment(on), (("how", "xy"[at % 13 == 0]),))
        for at, (on, kind, here) in enumerate(zip(marked.tolist(), seen.tolist(), kept.tolist(), strict=True))
        if here
    ]


def _ratings(who: str, ratings: _Numbers, window: Span, draw: np.random.Generator) -> list[Event]:
    given = np.clip(ratings + draw.integers(-1, 2, len(ratings)), 1, 7)
    return [
        Event(f"{who}r{item}", "items", item, window, ((RATING, str(value)),))
        for item, value in zip("jklm", given.tolist(), strict=True)
    ]


def points_of(coding: CodingPass) -> list[tuple[str, int]]:
    """The moments as (code, µs)."""
    return [(event.code, event.onset_us) for event in coding.row("cues")]


def states_of(coding: CodingPass) -> list[tuple[str, int, int]]:
    """The codable states as (code, onset, offset in µs)."""
    return [(one.code, one.onset_us, one.offset_us) for one in coding.row("look") if one.code != "u"]


# ---- what is measured


def settled(a: CodingPass, b: CodingPass) -> object:
    """The consensus of two passes where every other difference was settled."""
    about = disagreements(a, b, SCHEME)[::2]
    verdicts = (Verdict.A, Verdict.B, Verdict.EITHER)
    made = [
        Settlement(str(at), a.header.id, b.header.id, one, verdicts[at % 3], "", "", "")
        for at, one in enumerate(about)
    ]
    return consensus(a, b, SCHEME, made)


def window_of(a: CodingPass) -> tuple[int, int]:
    """Start and end of the coded window."""
    return a.window.start_us, a.window.end_us


OF_TWO: dict[str, Callable[[CodingPass, CodingPass], object]] = {
    "match_points": lambda a, b: match_points(points_of(a), points_of(b), TOLERANCE_US),
    "event_kappa": lambda a, b: event_kappa(states_of(a), states_of(b), window=window_of(a)),
    "time_unit_kappa": lambda a, b: time_unit_kappa(states_of(a), states_of(b), window_of(a), SECOND_US),
    "compare, no intervals": lambda a, b: compare(a, b, SCHEME, limits=False),
    "compare": lambda a, b: compare(a, b, SCHEME),
    "disagreements": lambda a, b: disagreements(a, b, SCHEME),
    "consensus": settled,
    "tolerance_curves": lambda a, b: tolerance_curves([(a, b)], SCHEME),
}


def study(pairs: Sequence[Two]) -> object:
    """The whole table over sessions: each compared, its differences listed, all pooled; drift and curves."""
    compared = [compare(a, b, SCHEME, limits=False) for a, b in pairs]
    listed = [disagreements(a, b, SCHEME) for a, b in pairs]
    pooled = pool(one for found in compared for one in found)
    drifting = drifts(
        CodedSession(a.header.session_id, "S", "A", "B", f"{at:05}", found)
        for at, ((a, _), found) in enumerate(zip(pairs, compared, strict=True))
    )
    return listed, pooled, drifting, tolerance_curves(pairs, SCHEME)


def solver(a: Sequence[tuple[str, int]], b: Sequence[tuple[str, int]]) -> int:
    """Pairs by SciPy's assignment solver on the whole matrix of distances."""
    times, others = (np.array([at for _, at in row]) for row in (a, b))
    same = np.equal.outer([code for code, _ in a], [code for code, _ in b])
    apart = np.abs(np.subtract.outer(times, others))
    possible = same & (apart <= TOLERANCE_US)
    left, right = linear_sum_assignment(np.where(possible, apart, int(apart[possible].sum()) + 1))
    return int(possible[left, right].sum())


def race(count: int, repeats: int) -> None:
    """Both exact matchings in turns; prints medians of processor time, their ratio and the pairs found."""
    a, b = (points_of(coding) for coding in two_passes(2 * count))
    seconds: dict[str, list[float]] = {"solver": [], "ours": []}
    pairs = {}
    for _ in range(repeats):
        begun = time.process_time()
        pairs["solver"] = solver(a, b)
        halfway = time.process_time()
        pairs["ours"] = len(match_points(a, b, TOLERANCE_US).pairs)
        seconds["solver"].append(halfway - begun)
        seconds["ours"].append(time.process_time() - halfway)
    bare_s, ours_s = (statistics.median(seconds[side]) for side in ("solver", "ours"))
    print(
        f"matching {count:>7,} moments   solver {bare_s:8.3f} s   ours {ours_s:8.3f} s   "
        f"ratio {bare_s / ours_s:7.1f}   pairs {pairs['solver']} / {pairs['ours']}"
    )


# ---- each in a process of its own


def measured(call: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median processor time in seconds, and the most memory in MB that a call of its own, traced, held at once."""
    seconds = []
    for _ in range(repeats):
        begun = time.process_time()
        call()
        seconds.append(time.process_time() - begun)
    tracemalloc.start()
    call()
    return statistics.median(seconds), tracemalloc.get_traced_memory()[1] / 1024**2


def of_two(name: str, count: int, repeats: int) -> tuple[float, float]:
    """One statistic over two passes of `count` events."""
    a, b = two_passes(count)
    return measured(lambda: OF_TWO[name](a, b), repeats)


def of_study(sessions: int, repeats: int) -> tuple[float, float]:
    """The whole table over sessions of 200 events in each pass."""
    pairs = [two_passes(200, seed, f"s{seed}") for seed in range(sessions)]
    return measured(lambda: study(pairs), repeats)


Measure = Callable[[int, int], tuple[float, float]]


def row(name: str, sizes: Sequence[int], measure: Measure, repeats: int) -> None:
    """Print one line: at each size seconds and MB, and how much longer an event takes than at the size before.

    Each size has a process of its own, so that one row's memory is not the next one's.
    """
    cells, before = [], 0.0
    for size in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as process:
            seconds, mb = process.apply(measure, (size, repeats))
        slower = f"×{seconds / size / before:4.2f}" if before else "     "
        cells.append(f"{size:>9,}: {seconds:8.3f} s {slower} {mb:6.0f} MB")
        before = seconds / size
    print(f"{name:<24}" + "".join(cells), flush=True)


def main() -> None:
    """Print the races, then a row for each statistic."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="fewer events, sessions and repeats")
    short = parser.parse_args().short
    for count in (200, 500) if short else (500, 1000, 2000, 4000):
        race(count, 3 if short else 5)
    sizes, repeats = ((1000,), 1) if short else ((1_000, 10_000, 100_000), 3)
    print("\ntwo passes of so many events each")
    for name in OF_TWO:
        row(name, sizes, partial(of_two, name), repeats)
    print("\nthe whole table over so many sessions of 200 events in each pass")
    row("study", (5,) if short else (50, 500), of_study, 1)


if __name__ == "__main__":
    main()
