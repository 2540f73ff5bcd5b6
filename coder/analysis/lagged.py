"""What follows what at a lag, in rows of codes from anywhere: counts, chance, and how strong each step is."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder.analysis.sequences import adjusted_residuals, degrees_of_freedom, expected_counts

Run = Sequence[Hashable | None]
Numbers = tuple[tuple[float | None, ...], ...]
Floats = NDArray[np.float64]

_A_CELL = 5
_DESCRIBES = "Fewer than {} transitions, {} for each cell: residuals describe them and test nothing."
_RARE = "{} of {} expected counts are below {}."
_NOTHING = "No code is followed by another at this lag."
_NO_CHOICE = "There are too few different transitions to say what is more than chance."


@dataclass(frozen=True, kw_only=True)
class LagSequential:
    """A table of transitions, rows what came first, columns what followed; None where a number is not defined.

    n: all transitions. adjusted_residuals: standard deviations from chance. expected: the counts by chance.
    shares: of what followed each code (transitional probabilities). yules_q: (ad - bc) / (ad + bc) of each
    transition against all else. odds_ratios, log_odds_se: of the same 2 × 2 tables, with 0.5 added to each count
    where one of them is 0, which `halves_added` marks. g2, x2: likelihood ratio and Pearson's chi square of the
    whole table on `df`. note: what limits it, "" for nothing.
    """

    codes: tuple[Hashable, ...]
    lag: int
    n: int
    counts: tuple[tuple[int, ...], ...]
    expected: Numbers
    adjusted_residuals: Numbers
    yules_q: Numbers
    shares: Numbers
    odds_ratios: Numbers
    log_odds_se: Numbers
    halves_added: tuple[tuple[bool, ...], ...]
    g2: float | None
    x2: float | None
    df: int
    note: str = ""


def lag_sequential(
    sequence: Run | Sequence[Run], codes: Sequence[Hashable], lag: int = 1, *, repeats: bool = True
) -> LagSequential:
    """How often each code is followed by each, `lag` steps later (Bakeman & Gottman 1997; Allison & Liker 1982).

    sequence: one row of codes, or several rows (lists or tuples: sessions, codable runs) that no transition
    crosses. None in a row is what could not be coded: nothing leads across it. codes: all there are, in the order
    of the table. Margins are those of the table, not the counts of codes. repeats: whether a code can follow
    itself; if not the diagonal is empty by rule, and chance comes from quasi-independence, see
    `adjusted_residuals`. Several rows are pooled by adding up their counts. Raises ValueError for a code that is
    not among `codes`, for a repeat where there can be none, and for a lag below 1.
    """
    names = tuple(codes)
    place = {code: at for at, code in enumerate(names)}
    if not names or len(place) < len(names):
        raise ValueError("codes are all that can occur, each named once")
    lag = _steps(lag)
    counts = np.zeros((len(names), len(names)))
    for run in _runs(sequence, place):
        at = np.array([place[code] for code in run], dtype=np.int64)
        np.add.at(counts, (at[:-lag], at[lag:]), 1)
    if not repeats and np.trace(counts):
        raise ValueError("a code follows itself here, although repeats are said to be impossible")
    return _described(names, lag, counts, repeats)


def _steps(lag: float) -> int:
    try:
        found = int(lag)
    except (TypeError, ValueError, OverflowError):
        found = 0
    if found < 1 or found != lag:
        raise ValueError(f"a lag is a whole number of steps from 1 on, not {lag}")
    return found


def _runs(sequence: Run | Sequence[Run], known: dict[Hashable, int]) -> Iterator[list[Hashable]]:
    """The rows, cut where something could not be coded."""
    if not isinstance(sequence, Iterable):
        raise ValueError("a sequence holds codes, or rows of codes")
    given: list[Any] = [*sequence]
    rows = [row for row in given if isinstance(row, (list, tuple, np.ndarray))]
    if len(rows) not in (0, len(given)):
        raise ValueError("a sequence holds codes, or rows of codes, and not both")
    for row in rows or [given]:
        run: list[Hashable] = []
        for code in row:
            if code is None or code != code:  # noqa: PLR0124  NaN is what does not equal itself
                yield run
                run = []
            elif isinstance(code, Hashable) and code in known:
                run.append(code)
            else:
                raise ValueError(f"a code that is not among the codes of the table: {code}")
        yield run


def _described(names: tuple[Hashable, ...], lag: int, counts: Floats, repeats: bool) -> LagSequential:
    n = int(counts.sum())
    allowed = np.ones(counts.shape, dtype=bool) if repeats else ~np.eye(len(counts), dtype=bool)
    expected = expected_counts(counts, repeats)
    odds, se, q, halves = _odds(counts, allowed)
    rows = counts.sum(1, keepdims=True)
    shares = np.divide(counts, rows, out=np.full(counts.shape, np.nan), where=(rows > 0) & allowed)
    g2 = x2 = None
    if expected is not None:
        seen, able = counts > 0, expected > 0
        g2 = 2 * float((counts[seen] * np.log(counts[seen] / expected[seen])).sum())
        x2 = float(((counts - expected)[able] ** 2 / expected[able]).sum())
    return LagSequential(
        codes=names,
        lag=lag,
        n=n,
        counts=tuple(tuple(int(count) for count in row) for row in counts),
        expected=_plain(np.full(counts.shape, np.nan) if expected is None else expected),
        adjusted_residuals=adjusted_residuals(counts.astype(np.int64).tolist(), repeats=repeats),
        yules_q=_plain(q),
        shares=_plain(shares),
        odds_ratios=_plain(odds),
        log_odds_se=_plain(se),
        halves_added=tuple(tuple(bool(one) for one in row) for row in halves),
        g2=g2,
        x2=x2,
        df=max(degrees_of_freedom(counts, repeats), 0),
        note=_limits(n, expected, int(allowed.sum())),
    )


def _odds(counts: Floats, allowed: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats, NDArray[np.bool_]]:
    """Odds ratio, standard error of its logarithm, Yule's Q, and where halves were added; NaN where undefined."""
    rows, columns = counts.sum(1, keepdims=True), counts.sum(0, keepdims=True)
    able = (rows > 0) & (columns > 0) & (rows < counts.sum()) & (columns < counts.sum()) & allowed
    four = np.stack([counts, rows - counts, columns - counts, counts.sum() - rows - columns + counts])
    same, other = four[0] * four[3], four[1] * four[2]
    some = allowed & (same + other > 0)
    q = np.divide(same - other, same + other, out=np.full(counts.shape, np.nan), where=some)
    halves = able & (four == 0).any(0)
    a, b, c, d = np.where(able, four + 0.5 * halves, np.nan)
    return a * d / (b * c), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d), q, halves


def _limits(n: int, expected: Floats | None, cells: int) -> str:
    """What a reader must know beside the table."""
    if not n:
        return _NOTHING
    if expected is None:
        return _NO_CHOICE
    few = _DESCRIBES.format(_A_CELL * cells, _A_CELL) if n < _A_CELL * cells else ""
    rare = int(((expected > 0) & (expected < _A_CELL)).sum())
    return f"{few} {_RARE.format(rare, cells, _A_CELL) if rare else ''}".strip()


def _plain(values: Floats) -> Numbers:
    return tuple(tuple(float(value) if np.isfinite(value) else None for value in row) for row in values)
