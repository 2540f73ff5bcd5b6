"""Two coders beside the same signal, session by session: who is nearer to it, and how sure that is."""

from collections.abc import Iterator, Sequence

import numpy as np

from coder.evidence.concordance import share_of
from coder.evidence.held import Floats
from coder.model.evidence import Concordance, Contrast, Figure, Silence
from coder.reliability.formulas import ratio
from coder.reliability.intervals import SESSIONS_FOR_JACKKNIFE, jackknife

Both = tuple[Sequence[Concordance], Sequence[Concordance]]


def contrasts(coder_a: str, coder_b: str, sessions: Sequence[Both]) -> tuple[Contrast, ...]:
    """Every rule that could be asked of both coders' passes; sessions: each once, A's and B's concordances.

    The same scheme and so the same rules, in one order, on both sides.
    """
    return tuple(_contrasts(coder_a, coder_b, sessions))


def _contrasts(coder_a: str, coder_b: str, sessions: Sequence[Both]) -> Iterator[Contrast]:
    for rule in zip(*(zip(a, b, strict=True) for a, b in sessions), strict=True):
        spoken = [(a, b) for a, b in rule if a.covered and b.covered]
        if not spoken:
            continue
        one = spoken[0][0]
        counts = np.array([[(x.consistent, x.covered) for x in both] for both in spoken], np.float64)
        (consistent_a, covered_a), (consistent_b, covered_b) = counts.sum(0).astype(int).tolist()
        yield Contrast(
            tier=one.tier,
            code=one.code,
            rule=one.rule,
            coder_a=coder_a,
            coder_b=coder_b,
            sessions=len(spoken),
            share_a=share_of(consistent_a, covered_a),
            share_b=share_of(consistent_b, covered_b),
            difference=_difference(counts),
        )


def _difference(counts: Floats) -> Figure:
    """A - B of the pooled shares. counts: (sessions, 2, 2), coder by consistent and covered."""
    whole = counts.sum(0)
    value = float(_apart(whole))
    if len(counts) < SESSIONS_FOR_JACKKNIFE:
        return Figure(value=value, n=len(counts), why=Silence.FEW)
    found = jackknife(value, _apart(whole - counts))
    if found.low is None or found.high is None:
        return Figure(value=value, n=len(counts), why=Silence.FEW)
    if found.high - found.low < 1e-9:  # the sessions do not differ, which says nothing about other sessions
        return Figure(value=value, n=len(counts), why=Silence.FLAT)
    return Figure(value=value, low=max(found.low, -1.0), high=min(found.high, 1.0), n=len(counts))


def _apart(counts: Floats) -> Floats:
    shares = ratio(counts[..., 0], counts[..., 1])
    return np.asarray(shares[..., 0] - shares[..., 1])
