"""Alignment kappa: agreement on the order of events, where their times are not comparable or were never kept.

Two rows of codes are laid side by side so that as little as possible must be changed to make one into the other
(Needleman & Wunsch 1970; Quera, Bakeman & Gnisci 2007), then counted like linked events.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Status
from coder.reliability import formulas
from coder.reliability.by_code import CodeAgreement, by_code
from coder.reliability.formulas import Floats, known
from coder.reliability.intervals import Interval
from coder.reliability.resampling import over_units

Ints = NDArray[np.int64]
Step = tuple[int | None, int | None]

_SUBSTITUTION, _GAP = 2, 3
"""Half units, so that sums are exact: a substitution costs 1, an insertion or a deletion 1.5."""

_CELLS = 400_000_000
_FIRST_BAND = 64
_FAR = np.int64(1) << 40
_DIAGONAL, _DELETE, _INSERT = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class AlignmentKappa(Estimate):
    """Kappa of an alignment; n: its steps, each a pair of events or an event that one coder alone has.

    table: rows coder A, columns coder B, in the order of `categories`, then "neither". steps: indices into A and B
    side by side, None where the other has nothing. cost: of the alignment. kappa_max, each: as for event kappa.
    """

    categories: tuple[Hashable, ...]
    table: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    cost: float
    po: float | None
    pe: float | None
    kappa_max: float | None
    each: tuple[CodeAgreement, ...]


def alignment_kappa(
    a: Sequence[Hashable], b: Sequence[Hashable], categories: Sequence[Hashable] | None = None
) -> AlignmentKappa:
    """Kappa of two rows of codes in their order, without times.

    A step of the same code costs 0, of two codes 1, of a code that one coder alone has 1.5; of alignments that
    cost the same, from the end, a pair goes before an event of A alone and that before one of B alone. Each step
    counts once; chance has "neither coder" impossible, as in `event_kappa`. categories: all codes, in the order of
    the table (default: as they occur). The interval is a jackknife over the steps, which only approximates, since
    steps hang together. Rows that differ little take time in proportion to their length. Raises ValueError for a
    code that is no category, and for rows too long and too different to be aligned in memory.
    """
    if not all(isinstance(code, Hashable) for code in (*a, *b)):
        raise ValueError("a code is one text or one number")
    names = tuple(dict.fromkeys(categories if categories is not None else (*a, *b)))
    place = {code: at for at, code in enumerate(names)}
    unknown = {str(code) for code in (*a, *b) if code not in place}
    if unknown:
        raise ValueError(f"codes that are none of the categories: {', '.join(sorted(unknown))}")
    row_a, row_b = (np.array([place[code] for code in row], dtype=np.int64) for row in (a, b))
    steps, cost = aligned(row_a, row_b)
    nil = size = len(names)
    cells = np.array(
        [(nil if i is None else row_a[i]) * (size + 1) + (nil if j is None else row_b[j]) for i, j in steps],
        dtype=np.int64,
    )
    table = _table(cells, size)
    value = known(formulas.event_kappa(table))
    status = Status.OK if value is not None else Status.NO_VARIANCE if steps else Status.NO_EVENTS
    found = (
        over_units(lambda some: float(formulas.event_kappa(_table(some, size))), cells)
        if value is not None
        else Interval()
    )
    return AlignmentKappa(
        value=value,
        n=len(steps),
        low=None if found.low is None else max(found.low, -1.0),
        high=None if found.high is None else min(found.high, 1.0),
        se=found.se,
        status=status,
        method=f"approximate: {found.method}" if found.method else "",
        note=found.note,
        categories=names,
        table=tuple(tuple(int(count) for count in row) for row in table),
        steps=steps,
        cost=cost,
        po=known(formulas.po(table)),
        pe=known(formulas.event_chance(table)),
        kappa_max=known(formulas.event_kappa_max(table)),
        each=by_code(table)[:-1],
    )


def _table(cells: Ints, size: int) -> Floats:
    return np.bincount(cells, minlength=(size + 1) ** 2).astype(np.float64).reshape(size + 1, size + 1)


def aligned(a: Ints, b: Ints) -> tuple[tuple[Step, ...], float]:
    """The cheapest alignment and its cost.

    Only a band round the diagonal is computed, as in Ukkonen 1985. A way that leaves a band of half width w goes
    out by more than w gaps and has to come back; what costs less than that is the cheapest of all. What the first
    band finds tells how wide the second must be.
    """
    apart = abs(len(a) - len(b))
    width = max(apart, _FIRST_BAND)
    while True:
        if (len(a) + 1) * (2 * width + 1) > _CELLS:
            raise ValueError("these rows are too long and too different to be aligned; align them in parts")
        moves, cost = _band(a, b, width)
        if cost < _GAP * (2 * (width + 1) - apart):
            return _way_back(moves, len(a), len(b), width), cost / 2
        width = (cost // _GAP + apart) // 2 + 1


def _band(a: Ints, b: Ints, width: int) -> tuple[NDArray[np.uint8], int]:
    """(events of A + 1, 2 width + 1): the last step to each cell; column k stands for event i - width + k of B."""
    span = 2 * width + 1
    gaps = _GAP * np.arange(span, dtype=np.int64)
    moves = np.full((len(a) + 1, span), _INSERT, dtype=np.uint8)
    padded = np.concatenate([np.full(width, -1), b, np.full(2 * width, -1)])
    row = np.where(np.arange(span) >= width, gaps - _GAP * width, _FAR)
    row[width + len(b) + 1 :] = _FAR
    for i, code in enumerate(a, start=1):
        beside = padded[i - 1 : i - 1 + span]  # of each column, the last event of B that it has passed
        pair = np.where(beside >= 0, row + _SUBSTITUTION * (beside != code), _FAR)
        alone = np.append(row[1:], _FAR) + _GAP
        best = np.minimum(pair, alone)
        row = np.minimum.accumulate(best - gaps) + gaps
        row[max(width + len(b) - i + 1, 0) :] = _FAR
        moves[i] = np.where(row == pair, _DIAGONAL, np.where(row == alone, _DELETE, _INSERT))
    return moves, int(row[width + len(b) - len(a)])


def _way_back(moves: NDArray[np.uint8], i: int, j: int, width: int) -> tuple[Step, ...]:
    steps: list[Step] = []
    while i or j:
        move = int(moves[i, width + j - i]) if i else _INSERT
        i, j = i - (move != _INSERT), j - (move != _DELETE)
        steps.append((None if move == _INSERT else i, None if move == _DELETE else j))
    return tuple(reversed(steps))
