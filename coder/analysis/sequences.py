"""What follows what: transitions between the states of a tier, and whether they are more than chance."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from coder.analysis.material import Material
from coder.analysis.number import NOTHING_CODABLE, Number, counted
from coder.analysis.spans import Spans, shared, total_us
from coder.model.scheme import Derived

_A_CELL = 5
"""Transitions for each cell of the table, from which on an adjusted residual can be read as a test."""

_CLOSE = 1e-10
_ROUNDS = 2_000


def transitions(material: Material, derived: Derived, where: Spans) -> Iterator[Number]:
    """How often each state is followed by each other, and the adjusted residual; n: all transitions.

    Nothing is counted across time that cannot be coded, across a gap, or across a code that is not named.
    `aabbaucc`: a to b once, b to a once; nothing leads to c.
    """
    ground = shared(material.codable(*derived.of), where)
    place = {code: at for at, code in enumerate(derived.of)}
    table = [[0] * len(place) for _ in place]
    tier = material.tier(derived.of[0]).id
    for span in ground:
        last, last_end_us = "", -1
        for event in material.coding.within(tier, span):
            inside = event.span.intersection(span)
            if inside is None:
                continue
            if inside.start_us == last_end_us and event.code != last and {event.code, last} <= place.keys():
                table[place[last]][place[event.code]] += 1
            last, last_end_us = event.code, inside.end_us
    residuals, n = adjusted_residuals(table), sum(map(sum, table))
    for i, before in enumerate(derived.of):
        for j, after in enumerate(derived.of):
            if i != j:
                step = f"{material.label(before)} → {material.label(after)}"
                yield counted((step, "times"), table[i][j], total_us(ground))
                why = _limits(table, i, j, residuals[i][j]) if ground else NOTHING_CODABLE
                yield Number((step, "adjusted residual"), residuals[i][j], "", n, why)


def _limits(table: Sequence[Sequence[int]], i: int, j: int, residual: float | None) -> str:
    """Why a residual is not defined, or what limits it."""
    if not any(table[i]):
        return "Nothing was seen to follow the first of the two."
    if not any(row[j] for row in table):
        return "The second of the two was not seen to follow anything."
    if residual is None:
        return "There are too few different transitions to say what is more than chance."
    cells = len(table) * (len(table) - 1)
    few = sum(map(sum, table)) < _A_CELL * cells
    return f"Fewer than {_A_CELL * cells} transitions: it describes them and tests nothing." if few else ""


def adjusted_residuals(
    table: Sequence[Sequence[int]], repeats: bool = False
) -> tuple[tuple[float | None, ...], ...]:
    """How far each count is from chance, in standard deviations; None where that is not defined.

    table[i][j]: how often i was followed by j. z = (F - E) / sqrt(E (1 - row/N) (1 - column/N)). Without
    `repeats` no state follows itself: the diagonal is empty by rule, and E comes from quasi-independence by
    iterative proportional fitting; that needs three states that occur. Where the margins alone leave the counts no
    choice, chance cannot be told from what was seen, and none is defined: a → b and b → c once each cannot be
    arranged in another way. (Haberman 1973; Bakeman & Gottman 1997.)

    Of 10 times a → a, 20 a → b, 30 b → a and 40 b → b (repeats), E of a → a is 30 · 40 / 100 = 12, and
    z = (10 - 12) / sqrt(12 · 0.7 · 0.6) = -0.89.
    """
    counts = np.asarray(table, dtype=float)
    size = len(counts)
    n = counts.sum()
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    expected = expected_counts(counts, repeats)
    if expected is None:
        return ((None,) * size,) * size
    spread = expected * (1 - rows / n)[:, None] * (1 - columns / n)[None, :]
    defined = _allowed(counts, repeats) & (spread > _CLOSE)
    with np.errstate(divide="ignore", invalid="ignore"):
        residuals = (counts - expected) / np.sqrt(spread)
    return tuple(
        tuple(float(residuals[i, j]) if defined[i, j] else None for j in range(size)) for i in range(size)
    )


def expected_counts(counts: NDArray[np.float64], repeats: bool) -> NDArray[np.float64] | None:
    """(codes, codes): the counts to expect by chance, see `adjusted_residuals`; None where that is not defined."""
    if degrees_of_freedom(counts, repeats) <= 0:
        return None
    return _fitted(_allowed(counts, repeats), counts.sum(axis=1), counts.sum(axis=0))


def degrees_of_freedom(counts: NDArray[np.float64], repeats: bool) -> int:
    """How many counts the margins leave free."""
    if not counts.any():
        return 0
    allowed = np.count_nonzero(_allowed(counts, repeats))
    return int(allowed - np.count_nonzero(counts.sum(axis=1)) - np.count_nonzero(counts.sum(axis=0)) + 1)


def _allowed(counts: NDArray[np.float64], repeats: bool) -> NDArray[np.bool_]:
    """Where a transition could be, between codes that occur."""
    allowed = np.outer(counts.sum(axis=1) > 0, counts.sum(axis=0) > 0)
    return allowed if repeats else allowed & ~np.eye(len(counts), dtype=bool)


def _fitted(
    allowed: NDArray[np.bool_], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """The counts to expect from the margins alone, where only some cells are allowed.

    None if the margins force some of them to zero: the fit then creeps towards it and never arrives.
    """
    expected = allowed.astype(float)
    for _ in range(_ROUNDS):
        before = expected
        expected = expected * _ratio(rows, expected.sum(axis=1))[:, None]
        expected = expected * _ratio(columns, expected.sum(axis=0))[None, :]
        if np.abs(expected - before).max() < _CLOSE:
            return expected
    return None


def _ratio(wanted: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(wanted, there, out=np.zeros_like(wanted), where=there > 0)
