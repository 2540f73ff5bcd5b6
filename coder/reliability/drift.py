"""Drift: whether two coders agree as they did, session by session in the order in which they were coded.

A session is outside if its estimate lies beyond the band by more than chance explains: its one-sided 90 % limit
must lie beyond (Student's t over the session's matched events; for agreement over its ratings or its 20 s blocks).
So one unlucky event does not take a session out of the band. None is out that says too little: for timing bias
fewer than 5 matched events, for agreement a status other than OK. Two coders are flagged at their first session
outside; if they came back, the note says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from scipy.special import bdtr, stdtrit

from coder.model.agreement import Agreement, Drift, DriftPoint, Estimate, Status, Tally
from coder.model.statistic import ACCURACY, AGREEMENT, BIAS, EVENT_KAPPA, F1, ICC, TIME_UNIT_KAPPA, WEIGHTED_KAPPA
from coder.model.time import SECOND_US
from coder.reliability.catalogue import formula_of
from coder.reliability.formulas import Floats
from coder.reliability.intervals import BLOCK_US, jackknife
from coder.reliability.moments import VALUE_FORMULAS, moments_of

BIAS_BAND_S = 0.25
LEAST_MATCHED = 5
ROLLING = 3

_HEADLINES = (ACCURACY, F1, ICC, TIME_UNIT_KAPPA, EVENT_KAPPA, WEIGHTED_KAPPA, AGREEMENT)
_LIMIT = 0.9
_SIGNS_AT_LEAST = 3
_TOO_FEW = f"Fewer than {LEAST_MATCHED} matched events."
_OWN_BAND = f"The scheme sets no target for timing bias; the band is ±{BIAS_BAND_S:g} s."
_NO_BAND = "The scheme sets no target here, so no session can be outside."
_CAME_BACK = "The newest session that says enough is inside again."


@dataclass(frozen=True, slots=True)
class CodedSession:
    """What two coders' passes of one session say. coder_a, coder_b: names, the same way round in every session.

    at: when the later of the two passes was submitted, ISO 8601. agreements: as `compare` gives them, with limits
    or without.
    """

    session_id: str
    session: str
    coder_a: str
    coder_b: str
    at: str
    agreements: tuple[Agreement, ...]


def drifts(sessions: Iterable[CodedSession]) -> tuple[Drift, ...]:
    """One drift per pair of coders, tier and statistic: the tier's headline, and its timing bias if it has one.

    sessions: of one scheme, in any order, of any pairs of coders. Headline: what the scheme has a target for, else
    estimated accuracy, F1 or ICC; its band begins at the floor, or at the target if there is no floor. Timing bias
    has the scheme's target on both sides of 0, or ±0.25 s. Left out is what has no number in any session, and a
    tier whose codes may overlap, which has no headline of its own. rolling: the mean of three sessions, weighted
    by their counts. left_at counts the points from 0.
    """
    lines: dict[tuple[str, str], dict[str, list[tuple[CodedSession, list[Agreement]]]]] = {}
    for one in sorted(sessions, key=lambda one: (one.at, one.session)):
        by_tier: defaultdict[str, list[Agreement]] = defaultdict(list)
        for agreement in one.agreements:
            if agreement.code is None and not agreement.detail:
                by_tier[agreement.tier].append(agreement)
        tiers = lines.setdefault((one.coder_a, one.coder_b), {})
        for tier, found in by_tier.items():
            tiers.setdefault(tier, []).append((one, found))
    drawn = (
        _drift(statistic, line)
        for tiers in lines.values()
        for line in tiers.values()
        for statistic in _statistics(line)
    )
    return tuple(drift for drift in drawn if any(point.estimate.value is not None for point in drift.points))


_Line = Sequence[tuple[CodedSession, list[Agreement]]]


def _statistics(line: _Line) -> list[str]:
    """The headline of a tier, then its timing bias."""
    there = {one.statistic: one for _, found in line for one in found}
    headlines = [name for name in _HEADLINES if name in there]
    aimed_at = [name for name in headlines if there[name].target is not None]
    return [*(aimed_at or headlines)[:1], *([BIAS] if BIAS in there else [])]


def _drift(statistic: str, line: _Line) -> Drift:
    rows = [
        (session, next(one for one in found if one.statistic == statistic))
        for session, found in line
        if any(one.statistic == statistic for one in found)
    ]
    first_session, like = rows[0]
    low, high = _band(like)
    estimates = [_judged(one) for _, one in rows]
    points = tuple(
        DriftPoint(
            session.session_id,
            session.session,
            session.at,
            found,
            _rolling(estimates[max(place - ROLLING + 1, 0) : place + 1]),
            _outside(found, _error(one), low, high),
        )
        for place, ((session, one), found) in enumerate(zip(rows, estimates, strict=True))
    )
    left_at = next((place for place, point in enumerate(points) if point.outside), None)
    saying = [point for point in points if point.estimate.status is Status.OK]
    notes = [
        _OWN_BAND if statistic == BIAS and like.target is None else _NO_BAND if low is high is None else "",
        _CAME_BACK if left_at is not None and saying and not saying[-1].outside else "",
        _signs(estimates, first_session.coder_b) if statistic == BIAS else "",
    ]
    return Drift(
        like.tier,
        statistic,
        first_session.coder_a,
        first_session.coder_b,
        points,
        low,
        high,
        left_at,
        " ".join(note for note in notes if note),
    )


def _band(like: Agreement) -> tuple[float | None, float | None]:
    if like.statistic == BIAS:
        width = abs(like.target) if like.target is not None else BIAS_BAND_S
        return -width, width
    return (like.target if like.floor is None else like.floor), None


def _judged(one: Agreement) -> Estimate:
    """The session's estimate, which says too little where a timing bias rests on a few events only."""
    found = one.estimate
    if one.statistic == BIAS and found.status is Status.OK and found.n < LEAST_MATCHED:
        return replace(found, status=Status.TOO_FEW, note=_TOO_FEW)
    return found


def _rolling(estimates: Sequence[Estimate]) -> float | None:
    known = [(one.value, one.n) for one in estimates if one.value is not None and one.n]
    if len(estimates) < ROLLING or not known:
        return None
    return sum(value * n for value, n in known) / sum(n for _, n in known)


def _outside(found: Estimate, error: float, low: float | None, high: float | None) -> bool:
    if found.value is None or found.status is not Status.OK:
        return False
    return (low is not None and found.value + error < low) or (high is not None and found.value - error > high)


def _error(one: Agreement) -> float:
    """From the estimate to its one-sided 90 % limit; infinite where the session alone gives none."""
    if one.statistic == BIAS:
        lags = np.array([lag for tally in one.tallies for lag in tally.lags_us], dtype=np.float64) / SECOND_US
        return _limit(len(lags)) * float(lags.std(ddof=1)) / sqrt(len(lags)) if len(lags) > 1 else inf
    if one.estimate.value is None:
        return inf
    if one.statistic in VALUE_FORMULAS:
        formula = VALUE_FORMULAS[one.statistic]
        parts = moments_of([[pair] for tally in one.tallies for pair in tally.values])
    elif one.confusion is not None:
        formula, size = formula_of(one.statistic), len(one.confusion.categories)
        parts = np.concatenate([_blocks(tally, size) for tally in one.tallies])
    else:
        return inf
    se = jackknife(one.estimate.value, formula.of(parts.sum(0) - parts)).se if len(parts) > 1 else None
    return inf if se is None else _limit(len(parts)) * se


def _limit(n: int) -> float:
    """How many standard errors away the one-sided limit lies."""
    return float(stdtrit(max(n - 1, 1), _LIMIT))


def _blocks(tally: Tally, size: int) -> Floats:
    """(blocks, size, size): the counts of each 20 s of the session."""
    block = np.array(tally.at, dtype=np.int64) * tally.unit_us // BLOCK_US
    count = -(-tally.units * tally.unit_us // BLOCK_US)
    cells = block * size**2 + np.array(tally.cell, dtype=np.int64)
    return np.bincount(cells, minlength=count * size**2).reshape(count, size, size).astype(np.float64)


def sign_test(lags: Iterable[float | None]) -> tuple[int, int, float | None]:
    """How many of the lags that are not 0 are positive, of how many, and the two-sided p of that (sign test).

    lags: one a session; None where it has none. p is None with fewer than three of them.
    """
    signs = [lag > 0 for lag in lags if lag]
    later, n = sum(signs), len(signs)
    if n < _SIGNS_AT_LEAST:
        return later, n, None
    return later, n, min(1.0, 2 * float(bdtr(min(later, n - later), n, 0.5)))


def _signs(estimates: Iterable[Estimate], coder_b: str) -> str:
    """Whether B is later more often than a coin would have it: one sign a session, two-sided (B15)."""
    later, n, p = sign_test(one.value for one in estimates)
    return (
        "" if p is None else f"{coder_b} was later in {later} of {n} sessions (sign test, two-sided p = {p:.2g})."
    )
