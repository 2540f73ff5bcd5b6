"""95 % intervals that stay honest for behaviour in time.

Neighbouring time units resemble each other: in our simulations (four states, 5 s bouts, 1 s units) the textbook
standard error of kappa was so small that its "95 %" interval covered 57-65 %. So sessions are the units of the
jackknife (covered 93-95 %), and with fewer than three of them 20 s blocks of time are drawn again, which covers
87-90 % and is therefore always labelled approximate. `benchmarks/coverage.py` shows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit  # scipy.stats has them too, and takes a second to load

from coder.model.agreement import Tally
from coder.model.time import SECOND_US
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats, ratio

BLOCK_US = 20 * SECOND_US
REPLICATES = 2000
SESSIONS_FOR_JACKKNIFE = 3
LEAST_US = 60 * SECOND_US
_BLOCKS_AT_LEAST = 3
_SEED = 20150611
_DEFINED_AT_LEAST = 0.95
FLAT = "Nothing here could vary, so there is no interval."


@dataclass(frozen=True)
class Interval:
    """95 % limits and how they were made, as in `Estimate`. Without limits, `note` says why in one sentence."""

    low: float | None = None
    high: float | None = None
    se: float | None = None
    method: str = ""
    note: str = ""


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927), 95 %. Raises ValueError unless 0 <= successes <= n > 0."""
    if not 0 <= successes <= n or n == 0:
        raise ValueError(f"no share: {successes} of {n}")
    z = float(ndtri(0.975))
    share, shrink = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / shrink
    half = z / shrink * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (0.0 if successes == 0 else middle - half), (1.0 if successes == n else middle + half)


def tables_of(tallies: Sequence[Tally], size: int) -> Floats:
    """(sessions, size, size): each session's confusion table."""
    rows = [np.bincount(np.array(tally.cell, dtype=np.int64), minlength=size * size) for tally in tallies]
    return np.array(rows, dtype=np.float64).reshape(len(tallies), size, size)


def as_rows(table: Floats) -> tuple[tuple[int, ...], ...]:
    """A table of counts as plain whole numbers."""
    return tuple(map(tuple, table.astype(np.int64).tolist()))


def interval(formula: Formula, tallies: Sequence[Tally], size: int, tables: Floats | None = None) -> Interval:
    """The interval of a coefficient pooled over sessions; a jackknife or blocks, by the number of sessions.

    tables: (sessions, size, size), if they are at hand.
    """
    if len(tallies) >= SESSIONS_FOR_JACKKNIFE:
        return over_sessions(formula, tables_of(tallies, size) if tables is None else tables)
    return _within(formula, _blocks(formula, tallies, size))


def over_sessions(formula: Formula, counts: Floats) -> Interval:
    """Jackknife over sessions. counts: (sessions, …), what the formula takes of each; they add up."""
    whole = counts.sum(0)
    return _within(formula, jackknife(float(formula.of(whole)), formula.of(whole - counts)))


def _within(formula: Formula, found: Interval) -> Interval:
    if found.low is None or found.high is None:
        return found
    if found.high - found.low < 1e-12:
        return Interval(note=FLAT)
    return Interval(max(found.low, formula.low), min(found.high, formula.high), found.se, found.method)


def jackknife(estimate: float, without: Floats, units: str = "sessions") -> Interval:
    """Delete-one jackknife with Student's t (Tukey 1958). without: (n,) estimates, each without one unit."""
    n = len(without)
    if not np.isfinite(without).all():
        return Interval(note=f"Without one of the {units} the coefficient is undefined, so no interval is given.")
    pseudo = n * estimate - (n - 1) * without
    se = float(pseudo.std(ddof=1)) / sqrt(n)
    half = float(stdtrit(n - 1, 0.975)) * se
    return Interval(estimate - half, estimate + half, se, f"jackknife over {n} {units}")


def _blocks(formula: Formula, tallies: Sequence[Tally], size: int) -> Interval:
    if any(tally.units < _BLOCKS_AT_LEAST * _block_units(tally) for tally in tallies):
        return Interval(note="A session is under one minute long, too short for an interval.")
    # whichever session comes first and whoever is A, the same blocks are drawn
    ordered = sorted(tallies, key=lambda tally: (tally.units, tally.at, _either_way(tally, size)))
    values = formula.of(_drawn_again(tuple(ordered), size))
    values = values[np.isfinite(values)]
    if len(values) < _DEFINED_AT_LEAST * REPLICATES:
        return Interval(note="Too little varies in this time for an interval.")
    low, high = np.quantile(values, (0.025, 0.975))
    method = f"approximate: circular block bootstrap, {BLOCK_US // SECOND_US} s blocks"
    return Interval(float(low), float(high), float(values.std(ddof=1)), method)


def _either_way(tally: Tally, size: int) -> list[int]:
    """The cells, each as it stands on its side of the diagonal or as on the other, whichever comes first."""
    return [min(cell, cell % size * size + cell // size) for cell in tally.cell]


def _block_units(tally: Tally) -> int:
    return max(round(BLOCK_US / tally.unit_us), 1)


@lru_cache(maxsize=4)  # a tier's kappa, accuracy and every code are computed from the same draws
def _drawn_again(tallies: tuple[Tally, ...], size: int) -> Floats:
    """(REPLICATES, size, size): tables of the sessions with their blocks of time drawn again."""
    draw = np.random.default_rng(_SEED)
    tables = np.zeros((REPLICATES, size * size))
    for tally in tallies:
        tables += _resampled(tally, _block_units(tally), size, draw)
    tables.setflags(write=False)
    return tables.reshape(REPLICATES, size, size)


def _resampled(tally: Tally, length: int, size: int, draw: np.random.Generator) -> Floats:
    """(REPLICATES, size * size): tables of circular blocks of the session, together as long as the session.

    Circular block bootstrap: Politis & Romano 1992. Only the counts of blocks are ever held, one block at a time,
    and only those of cells that occur.
    """
    units = tally.units
    cells, column = np.unique(np.array(tally.cell, dtype=np.int64), return_inverse=True)
    at = np.array(tally.at, dtype=np.int64) * len(cells) + column
    counts = np.bincount(at, minlength=units * len(cells)).reshape(units, len(cells)).astype(np.int32)
    total = np.zeros((REPLICATES, len(cells)), dtype=np.int32)
    edges = [min(start, units) for start in range(0, (ceil(units / length) + 1) * length, length)]
    sums = {width: _circular_sums(counts, width) for width in {end - start for start, end in pairwise(edges)}}
    for start, end in pairwise(edges):
        if end > start:
            # take is three times as fast here as an index in brackets
            total += sums[end - start].take(draw.integers(0, units, REPLICATES), axis=0)
    tables = np.zeros((REPLICATES, size * size))
    tables[:, cells] = total
    return tables


def _circular_sums(counts: NDArray[np.int32], width: int) -> NDArray[np.int32]:
    """(units, cells): the counts of the `width` units from each unit on, round the end."""
    nothing = np.zeros((1, counts.shape[1]), dtype=np.int32)
    running = np.cumsum(np.vstack([nothing, counts, counts[:width]]), axis=0, dtype=np.int32)
    sums: NDArray[np.int32] = running[width : width + len(counts)] - running[: len(counts)]
    return sums


def mean_interval(sums: Floats, counts: Floats, estimate: float, values: Floats) -> Interval:
    """The interval of a mean over matched events. sums, counts: (sessions,); values: (n,) all of them.

    A session without a matched event is no session of the interval.
    """
    if len(values) < 2:
        return Interval(note="One matched event gives no interval.")
    if np.ptp(values) == 0:
        return Interval(note="All matched events lie equally far apart, so there is no interval.")
    sums, counts = sums[counts > 0], counts[counts > 0]
    if len(sums) >= SESSIONS_FOR_JACKKNIFE:
        found = jackknife(estimate, ratio(sums.sum() - sums, counts.sum() - counts))
        return (
            found
            if found.se and found.se > 1e-12
            else Interval(note="The sessions do not differ here, so there is no interval.")
        )
    se = float(values.std(ddof=1)) / sqrt(len(values))
    half = float(stdtrit(len(values) - 1, 0.975)) * se
    return Interval(estimate - half, estimate + half, se, "t, matched events taken as independent")
