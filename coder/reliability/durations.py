"""How alike two coders are in how much time they give a code, and how much of that time they share."""

from collections.abc import Mapping, Sequence

import numpy as np

from coder.model.agreement import Estimate, Status
from coder.model.statistic import DURATION_RATIO, OVERLAP
from coder.reliability.catalogue import Formula
from coder.reliability.formulas import Floats, ratio
from coder.reliability.intervals import SESSIONS_FOR_JACKKNIFE, over_sessions
from coder.reliability.units import State

DURATIONS = (DURATION_RATIO, OVERLAP)
_UNUSED = "Neither coder used this code."


def _ratio(seconds: Floats) -> Floats:
    return ratio(np.minimum(seconds[..., 0], seconds[..., 1]), np.maximum(seconds[..., 0], seconds[..., 1]))


def _overlap(seconds: Floats) -> Floats:
    return ratio(seconds[..., 2], seconds[..., 0] + seconds[..., 1] - seconds[..., 2])


_FORMULAS = {DURATION_RATIO: Formula(_ratio), OVERLAP: Formula(_overlap)}


def duration(statistic: str, sessions: Sequence[Mapping[str, float]], *, limits: bool = True) -> Estimate:
    """One of `DURATIONS`: the lesser time as a share of the greater, or the shared time as a share of either's.

    sessions: each session's `seconds_a`, `seconds_b` and `seconds_shared`; they are added up. n: whole seconds
    that either coder gave the code. An interval takes three sessions.
    """
    names = ("seconds_a", "seconds_b", "seconds_shared")
    seconds = np.array([[one[name] for name in names] for one in sessions], dtype=np.float64)
    whole = seconds.sum(0)
    n = round(float(whole[0] + whole[1] - whole[2]))
    if not whole.any():
        return Estimate(value=None, n=0, status=Status.NO_EVENTS, note=_UNUSED)
    formula = _FORMULAS[statistic]
    value = float(formula.of(whole))
    told = seconds[seconds.any(1)]
    if not limits or len(told) < SESSIONS_FOR_JACKKNIFE:
        return Estimate(value=value, n=n)
    found = over_sessions(formula, told)
    return Estimate(value=value, n=n, **vars(found))


def seconds_shared(a: Sequence[State], b: Sequence[State]) -> dict[str, tuple[int, int, int]]:
    """Code -> microseconds that A, B, and both at once gave it. Both rows in order of onset, codable time only."""
    found: dict[str, tuple[int, int, int]] = {}
    by_code_a, by_code_b = _by_code(a), _by_code(b)
    for code in by_code_a.keys() | by_code_b.keys():
        mine, theirs = by_code_a.get(code, []), by_code_b.get(code, [])
        shared, later = 0, 0
        for on, off in mine:
            while later < len(theirs) and theirs[later][1] <= on:
                later += 1
            at = later
            while at < len(theirs) and theirs[at][0] < off:
                shared += min(off, theirs[at][1]) - max(on, theirs[at][0])
                at += 1
        length_a, length_b = (sum(off - on for on, off in row) for row in (mine, theirs))
        found[code] = (length_a, length_b, shared)
    return found


def _by_code(row: Sequence[State]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for code, onset, offset in row:
        found.setdefault(code, []).append((onset, offset))
    return found
