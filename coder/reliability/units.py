"""Time-unit kappa: both coders' states, asked for once in every unit of time."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coder.model.agreement import Estimate, Tally
from coder.model.statistic import TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability.by_code import CodeAgreement, by_code
from coder.reliability.estimates import estimate
from coder.reliability.intervals import LEAST_US, as_rows, tables_of
from coder.reliability.kappa import cohen_kappa

State = tuple[str, int, int]
NO_CODE = -1
_LENIENT = "Lenient: agreement within {:g} s of coder {}, who is the reference."


@dataclass(frozen=True, kw_only=True)
class TimeUnitKappa(Estimate):
    """Kappa over time units. n counts the units that both coders coded; the rest is said, never counted.

    table: rows coder A, columns coder B, in the order of `categories`. units: all units of the window.
    uncodable: units that either coder called uncodable. uncoded: of the others, those where a coder has no code.
    po, pe: observed and expected agreement. kappa_max: the greatest kappa of these margins. pabak: with chance set
    to 1/k. each: every code against all others, in the order of `categories`.
    """

    categories: tuple[str, ...]
    table: tuple[tuple[int, ...], ...]
    po: float | None
    pe: float | None
    kappa_max: float | None
    pabak: float | None
    each: tuple[CodeAgreement, ...]
    units: int
    uncodable: int
    uncoded: int
    tally: Tally


def time_unit_kappa(
    a: Sequence[State],
    b: Sequence[State],
    window: tuple[int, int],
    unit_us: int,
    tolerance_units: int = 0,
    reference: Literal["a", "b"] = "a",
    *,
    categories: Sequence[str] | None = None,
    uncodable: Collection[str] = (),
    excluded: Sequence[tuple[int, int]] = (),
) -> TimeUnitKappa:
    """Kappa of two rows of exclusive states (code, onset_us, offset_us), as GSEQ counts it (Bakeman & Quera 2011).

    A unit's state is the one that holds at its midpoint, half-open; a state ends where the next of its row begins,
    if not before. categories: the scheme's codes (default: all that occur, sorted). uncodable: codes under which
    time is missing. excluded: further (start_us, end_us) that are missing for both. With a tolerance, a unit of
    the reference coder agrees if the other coder has its code anywhere within that many units; the result is
    lenient, which its note says, and differs by `reference`. The interval is a block bootstrap, see `intervals`.
    Raises ValueError if the unit is not positive, the tolerance is negative, the window ends before it starts, a
    code is in neither list or something is no state or no whole number.
    """
    a, b = as_states(a), as_states(b)
    window, (unit_us, tolerance_units) = as_window(window), _whole(unit_us, tolerance_units)
    found = in_units(
        a,
        b,
        window,
        unit_us,
        tolerance_units,
        reference,
        categories=categories,
        uncodable=uncodable,
        excluded=excluded,
    )
    names = found.categories
    table = tables_of((found.tally,), len(names))[0]
    made = estimate(TIME_UNIT_KAPPA, (found.tally,), len(names), compared_us=LEAST_US)
    if tolerance_units and made.value is not None:
        lenient = _LENIENT.format(tolerance_units * unit_us / SECOND_US, reference.upper())
        made = replace(made, note=f"{lenient} {made.note}".strip())
    beside = cohen_kappa(table) if made.n else None  # its own interval is not for time, and is not taken
    return TimeUnitKappa(
        **vars(made),
        categories=names,
        table=as_rows(table),
        po=beside.po if beside else None,
        pe=beside.pe if beside else None,
        kappa_max=beside.kappa_max if beside else None,
        pabak=beside.pabak if beside else None,
        each=by_code(table),
        units=found.tally.units,
        uncodable=found.uncodable,
        uncoded=found.uncoded,
        tally=found.tally,
    )


@dataclass(frozen=True)
class Units:
    """Both coders' states in units of time: the tally of what both coded, and how many units were left out."""

    categories: tuple[str, ...]
    tally: Tally
    uncodable: int
    uncoded: int


def in_units(
    a: Sequence[State],
    b: Sequence[State],
    window: tuple[int, int],
    unit_us: int,
    tolerance_units: int = 0,
    reference: Literal["a", "b"] = "a",
    *,
    categories: Sequence[str] | None = None,
    uncodable: Collection[str] = (),
    excluded: Sequence[tuple[int, int]] = (),
) -> Units:
    """The counts of `time_unit_kappa`, with the same parameters."""
    if unit_us <= 0 or tolerance_units < 0:
        raise ValueError("a time unit is longer than 0 and a tolerance is not negative")
    if reference not in ("a", "b"):
        raise ValueError(f"the reference is “a” or “b”, not “{reference}”")
    missing = set(uncodable)
    names = tuple(categories) if categories is not None else codes_in(a, b, missing)
    number = {name: place for place, name in enumerate(names)} | dict.fromkeys(missing, len(names))
    start_us, end_us = window
    midpoints = np.arange(start_us + unit_us // 2, end_us, unit_us, dtype=np.int64)
    units_a, units_b = sampled(a, midpoints, number), sampled(b, midpoints, number)
    out = (units_a == len(names)) | (units_b == len(names))
    if excluded:
        out |= _within(sorted(excluded), midpoints)
    units_a, units_b = np.where(out, NO_CODE, units_a), np.where(out, NO_CODE, units_b)
    both = (units_a != NO_CODE) & (units_b != NO_CODE)
    if tolerance_units:
        first, other = (units_a, units_b) if reference == "a" else (units_b, units_a)
        agreed = both & _near(first, other, tolerance_units)
        units_a, units_b = np.where(agreed, first, units_a), np.where(agreed, first, units_b)
    at = np.flatnonzero(both)
    cells = units_a[at] * len(names) + units_b[at]
    tally = Tally(unit_us=unit_us, units=len(midpoints), at=tuple(at.tolist()), cell=tuple(cells.tolist()))
    return Units(names, tally, int(out.sum()), int((~out & ~both).sum()))


def as_states(states: Sequence[State]) -> list[State]:
    """The states with plain whole numbers for times. Raises ValueError if one is no state."""
    try:
        found = [(code, int(onset), int(offset)) for code, onset, offset in states]
        times = zip(found, states, strict=True)
        exact = all(mine[1:] == tuple(given[1:]) and mine[1] <= mine[2] for mine, given in times)
        exact = exact and all(isinstance(code, Hashable) for code, _, _ in found)
    except (TypeError, ValueError, OverflowError):
        exact = False
    if not exact:
        raise ValueError("states are a code, an onset and an offset in whole microseconds, the offset not before")
    return found


def as_window(window: tuple[int, int]) -> tuple[int, int]:
    """The window in plain whole numbers. Raises ValueError if it is none or ends before it starts."""
    start_us, end_us = _whole(*window)
    if end_us < start_us:
        raise ValueError("a window ends after it starts")
    return start_us, end_us


def _whole(*numbers: int) -> list[int]:
    try:
        found = [int(number) for number in numbers]
    except (TypeError, ValueError, OverflowError):
        found = []
    if found != [*numbers]:
        raise ValueError("windows and units are whole microseconds, and a tolerance is a whole number of units")
    return found


def codes_in(a: Sequence[State], b: Sequence[State], missing: Collection[str] = ()) -> tuple[str, ...]:
    """All codes that occur, sorted; those of several kinds, which have no order, as text."""
    found = {code for code, _, _ in (*a, *b)} - set(missing)
    try:
        return tuple(sorted(found))
    except TypeError:
        return tuple(sorted(found, key=str))


def sampled(states: Sequence[State], at_us: NDArray[np.int64], number: dict[str, int]) -> NDArray[np.int64]:
    """(n,): the number of the state that holds at each time, NO_CODE where none does.

    Where states overlap against the rule, each ends where the next begins. Raises ValueError for an unknown code.
    """
    unknown = {code for code, _, _ in states} - number.keys()
    if unknown:
        raise ValueError(f"codes that the scheme's tier does not have: {', '.join(sorted(map(str, unknown)))}")
    row = sorted((onset, offset, number[code]) for code, onset, offset in states if offset > onset)
    if not row:
        return np.full(len(at_us), NO_CODE, dtype=np.int64)
    onsets, offsets, codes = np.array(row, dtype=np.int64).T
    place = np.searchsorted(onsets, at_us, side="right") - 1
    holds = (place >= 0) & (at_us < offsets[place])
    return np.where(holds, codes[place], NO_CODE)


def _within(spans: Sequence[tuple[int, int]], at_us: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(n,): whether a time lies in any of the spans, which are in order of their starts and may overlap."""
    starts, ends = np.array(spans, dtype=np.int64).T
    place = np.searchsorted(starts, at_us, side="right") - 1
    found: NDArray[np.bool_] = (place >= 0) & (at_us < np.maximum.accumulate(ends)[place])
    return found


def _near(first: NDArray[np.int64], other: NDArray[np.int64], reach: int) -> NDArray[np.bool_]:
    """(n,): `other` has the code of `first` within `reach` units, clipped at the ends."""
    near: NDArray[np.bool_] = first == other
    for shift in range(1, min(reach, len(first) - 1) + 1):
        near[:-shift] |= first[:-shift] == other[shift:]
        near[shift:] |= first[shift:] == other[:-shift]
    return near
