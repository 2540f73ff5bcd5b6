"""How well two coders' point events would match by chance: one row shifted round against the other.

Nobody can count the events that neither coder marked, so kappa is not defined for point events. Instead one
coder's row is turned round the codable time by every whole second from 10 s to 10 s before a full turn: whatever
still matches, matches by chance.
"""

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Status
from coder.model.statistic import F1_ABOVE_CHANCE, F1_CHANCE
from coder.model.time import SECOND_US
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats, ratio
from coder.reliability.intervals import SESSIONS_FOR_JACKKNIFE, over_sessions
from coder.reliability.matching import Point

CHANCE = (F1_CHANCE, F1_ABOVE_CHANCE)
NEAREST_US = 10 * SECOND_US
SHIFTS_AT_MOST = 300
_STEPS_AT_MOST = 4_000_000
_LEAST_SHIFTS = 20

_TOO_SHORT = "Under 21 seconds could be coded, too short to turn one coder’s events round."
_NO_INTERVAL = "An interval takes three sessions or more."

_Times = NDArray[np.int64]


def matched_by_chance(
    a: Sequence[Point], b: Sequence[Point], span_us: int, tolerance_us: int, at_most: int = SHIFTS_AT_MOST
) -> tuple[float, int, int]:
    """(mean number of pairs, shifts taken, shifts there are) with B turned round by whole seconds.

    a, b: (code, at_us) from 0 to `span_us`. at_most: with more shifts than these, or with very many events, the
    shifts are thinned evenly. (0, 0, 0) if the time is too short for any.
    """
    every = np.arange(NEAREST_US, span_us - NEAREST_US + 1, SECOND_US, dtype=np.int64)
    if not len(every):
        return 0.0, 0, 0
    affordable = max(_STEPS_AT_MOST // max(len(a) + len(b), 1), _LEAST_SHIFTS)
    count = min(len(every), at_most, affordable)
    shifts = every[np.linspace(0, len(every) - 1, count).round().astype(np.int64)]
    rows_a, rows_b = _by_code(a), _by_code(b)
    pairs = sum(
        _pairs(rows_a[code], rows_b[code], shifts, span_us, tolerance_us) for code in rows_a.keys() & rows_b.keys()
    )
    return pairs / count, count, len(every)


def _by_code(points: Sequence[Point]) -> Mapping[str, _Times]:
    rows: dict[str, list[int]] = {}
    for code, at_us in points:
        rows.setdefault(code, []).append(at_us)
    return {code: np.array(sorted(row), dtype=np.int64) for code, row in rows.items()}


def _pairs(a: _Times, b: _Times, shifts: _Times, span_us: int, tolerance_us: int) -> int:
    """The greatest number of pairs, summed over the shifts.

    A is cut where two of its events lie so far apart that no event can reach both. Within each part, and for all
    parts and shifts at once, both rows are gone through from the left: whichever event is too early for the other
    is passed over, else the two are a pair. On a line no other way finds more pairs.
    """
    cuts = np.flatnonzero(np.diff(a) > 2 * tolerance_us) + 1
    first, last = np.concatenate([[0], cuts]), np.concatenate([cuts, [len(a)]])
    # B lies twice, so that turned round it is one stretch: shift + turned, cut to the span, ascends
    turned = np.concatenate([b - span_us, b])
    reach_low = np.maximum(a[first] - tolerance_us, 0)
    reach_high = np.minimum(a[last - 1] + tolerance_us, span_us - 1)
    at_b = np.searchsorted(turned, (reach_low - shifts[:, None]).ravel(), side="left")
    end_b = np.searchsorted(turned, (reach_high - shifts[:, None]).ravel(), side="right")
    lanes = np.flatnonzero(at_b < end_b)
    shift, part = np.divmod(lanes, len(first))
    i, end_i, j, end_j, by = first[part], last[part], at_b[lanes], end_b[lanes], shifts[shift]
    pairs = 0
    while len(i):
        apart = turned[j] + by - a[i]
        together = np.abs(apart) <= tolerance_us
        pairs += int(together.sum())
        i = i + (together | (apart > 0))
        j = j + (together | (apart < 0))
        going = (i < end_i) & (j < end_j)
        i, end_i, j, end_j, by = i[going], end_i[going], j[going], end_j[going], by[going]
    return pairs


def chance_counts(
    a: Sequence[Point],
    b: Sequence[Point],
    matched: int,
    span_us: int,
    tolerance_us: int,
    at_most: int = SHIFTS_AT_MOST,
) -> dict[str, float]:
    """What F1 by chance and above it are computed from; adds up over sessions that have shifts at all."""
    by_chance, taken, there_are = matched_by_chance(a, b, span_us, tolerance_us, at_most)
    if not taken:
        return {"shifts": 0, "shifts_possible": 0}
    found = {"matched_by_chance": by_chance, "shifts": taken, "shifts_possible": there_are}
    return found | {"chance_matched": matched, "chance_events": len(a) + len(b)}


def _above(counts: Floats) -> Floats:
    """(F1 - chance) / (1 - chance) of (..., 3): matched, matched by chance, events of both."""
    matched, by_chance, events = np.moveaxis(counts, -1, 0)
    return ratio(2 * (matched - by_chance), events - 2 * by_chance)


def chance(statistic: str, sessions: Sequence[Mapping[str, float]], *, limits: bool = True) -> Estimate:
    """One of `CHANCE`, from the counts of each session."""
    names = ("chance_matched", "matched_by_chance", "chance_events")
    counts = np.array([[one.get(name, 0) for name in names] for one in sessions], dtype=np.float64)
    taken, there_are = (int(sum(one.get(name, 0) for one in sessions)) for name in ("shifts", "shifts_possible"))
    whole, n = counts.sum(0), int(counts[:, 2].sum())
    if not taken or n == 0:
        status, note = (Status.NO_EVENTS, "") if taken else (Status.TOO_FEW, _TOO_SHORT)
        return Estimate(value=None, n=0, status=status, note=note)
    if statistic == F1_CHANCE:
        note = "" if taken == there_are else f"From {taken} of {there_are} possible shifts, taken evenly."
        return Estimate(value=float(2 * whole[1] / n), n=n, note=note)
    value = float(_above(whole))
    if not isfinite(value):
        return Estimate(value=None, n=n, status=Status.NO_VARIANCE, note="Every event matches by chance alone.")
    told = counts[counts[:, 2] > 0]
    if not limits or len(told) < SESSIONS_FOR_JACKKNIFE:
        return Estimate(value=value, n=n, note=_NO_INTERVAL if limits else "")
    found = over_sessions(Formula(_above, low=-np.inf), told)
    return Estimate(value=value, n=n, **vars(found))
