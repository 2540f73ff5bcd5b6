"""From counts to an estimate: value, interval, status. The one place where NaN becomes a sentence."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from coder.model.agreement import Estimate, Status, Tally
from coder.model.statistic import (
    ACCURACY,
    EVENT_KAPPA,
    F1,
    ICC,
    ICC_ONE_WAY,
    KAPPA,
    PRECISION,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
    WEIGHTED_KAPPA,
)
from coder.reliability.catalogue import FORMULAS, Formula, binary_of, formula_of
from coder.reliability.counted import Counted
from coder.reliability.formulas import Floats
from coder.reliability.independent import interval_of_table, interval_of_values
from coder.reliability.intervals import (
    LEAST_US,
    SESSIONS_FOR_JACKKNIFE,
    Interval,
    interval,
    over_sessions,
    wilson,
)
from coder.reliability.moments import VALUE_FORMULAS, moments_of

UNITS_AT_LEAST = 5

_SHORT = "Under one minute was compared, too little to judge by."
_ONE_SIDED = "Coder {} used one code only, so agreement cannot exceed chance."
_NEVER = "Coder {} never used this code."
_NO_ACCURACY = "Coder {} used one code only, so no accuracy can be estimated."
_ALIKE = "All were rated alike, by both coders: there was nothing to disagree about."
_ALIKE_ON_AVERAGE = "All were rated alike on average, so there is nothing that a coder could tell apart."
_FEW = "Under {} {}."
_ONE_VALUE = "Two or more are needed to say anything."

_BY_CHANCE = (TIME_UNIT_KAPPA, TOLERANT_KAPPA_A, TOLERANT_KAPPA_B, EVENT_KAPPA, KAPPA, WEIGHTED_KAPPA)
_COUNTS_THE_CODE = (SPECIFIC, F1, SENSITIVITY, PRECISION)


def estimate(
    statistic: str,
    tallies: Sequence[Tally],
    size: int,
    code: int | None = None,
    compared_us: int | None = None,
    *,
    limits: bool = True,
    what: str = "",
    formula: Formula | None = None,
    counted: Counted | None = None,
) -> Estimate:
    """A coefficient pooled over the sessions' tallies by adding up their counts.

    statistic: as `formula_of` takes it. size: categories in the table. code: its place in the table, for a
    coefficient of one code. n counts everything; for agreement on one code, what either coder gave that code.
    compared_us: how much time both coded and could see; all the time of the tallies if None. limits: whether to
    compute an interval. what: the name of the units if they are taken as independent, "" for units of time and
    linked states. formula: if it is another than the statistic's usual one, of a whole table. counted: the tables,
    if they are at hand. A session that counts nothing says nothing, so it is no session of the interval either.
    """
    formula = formula or (FORMULAS[statistic] if code is None else binary_of(statistic))
    counted = counted or Counted.of(tallies, size)
    tables = counted.tables if code is None else counted.of_code(code)
    of_code = tables.sum((1, 2)) if code is None else tables[:, 0].sum(1) + tables[:, 1, 0]
    table, given = tables.sum(0), int(of_code.sum())
    if given == 0:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    n = _n(statistic, table, code, given)
    few = bool(what) and n < UNITS_AT_LEAST
    if what and n < 2 and formula.low < 0:
        return Estimate(value=None, n=n, status=Status.TOO_FEW, note=_ONE_VALUE)
    value = float(formula.of(table))
    if not isfinite(value):
        below = statistic == ACCURACY and table.trace() < given
        constant = _constant(table) if below else None
        note = _NO_ACCURACY.format(constant) if constant else ""
        return Estimate(value=None, n=n, status=_undefined(statistic, below), note=note)
    found = Interval()
    if limits and not formula.describes:
        told = [tally for tally, here in zip(tallies, of_code, strict=True) if here]
        whole = formula if code is None else formula_of(statistic, code)
        found = _limits(statistic, whole, told, counted.tables[of_code > 0], code, what)
    all_us = sum(tally.units * tally.unit_us for tally in tallies)
    short = not what and (all_us if compared_us is None else compared_us) < LEAST_US
    one_sided = _one_sided(statistic, table, code)
    why = _SHORT if short else "" if one_sided else found.note
    flags = (_FEW.format(UNITS_AT_LEAST, what) if few else "", one_sided, why)
    return Estimate(
        value=value,
        n=n,
        low=found.low,
        high=found.high,
        se=found.se,
        status=Status.TOO_FEW if short or few else Status.OK,
        method=found.method,
        note=" ".join(flag for flag in flags if flag),
    )


def _n(statistic: str, table: Floats, code: int | None, given: int) -> int:
    """What the coefficient is a share of. table: of one code against all others if there is a code."""
    if statistic == SENSITIVITY:
        return int(table[:-1].sum())
    if statistic == PRECISION:
        return int(table[:, :-1].sum())
    return given if code is None or statistic in _COUNTS_THE_CODE else int(table.sum())


def _undefined(statistic: str, below: bool) -> Status:
    if below:
        return Status.BELOW_CHANCE
    return Status.NO_EVENTS if statistic in (SENSITIVITY, PRECISION) else Status.NO_VARIANCE


def _constant(table: Floats) -> str | None:
    """The coder who used one category only, if one did."""
    margins = (("A", table.sum(1)), ("B", table.sum(0)))
    return next((who for who, margin in margins if np.count_nonzero(margin) == 1), None)


def _one_sided(statistic: str, table: Floats, code: int | None) -> str:
    if code is not None:
        never = "A" if not table[0].any() else "B" if not table[:, 0].any() else ""
        return _NEVER.format(never) if never else ""
    constant = _constant(table) if statistic in _BY_CHANCE else None
    return _ONE_SIDED.format(constant) if constant else ""


def _limits(
    statistic: str, formula: Formula, tallies: Sequence[Tally], tables: Floats, code: int | None, what: str
) -> Interval:
    """formula: of whole tables. tables: of the sessions that tell something."""
    table = tables.sum(0)
    if statistic in (SENSITIVITY, PRECISION):
        hits = table[:-1, :-1].trace() if code is None else table[code, code]
        of = table if statistic == SENSITIVITY else table.T
        n = int(of[:-1].sum() if code is None else of[code].sum())
        return Interval(*wilson(int(hits), n), method="Wilson") if n else Interval()
    several = len(tables) >= SESSIONS_FOR_JACKKNIFE and (tables.sum((1, 2)) > 1).any()
    if what and not several:
        return interval_of_table(statistic, formula, table, what)
    return interval(formula, tallies, len(table), tables)


def value_estimate(statistic: str, tallies: Sequence[Tally], what: str, *, limits: bool = True) -> Estimate:
    """A coefficient of pairs of numbers (`VALUE_FORMULAS`), pooled by putting the sessions' pairs together.

    what: the name of the things that both gave a number. n: how many.
    """
    sessions = [tally.values for tally in tallies if tally.values]
    values = [pair for session in sessions for pair in session]
    n = len(values)
    if n == 0:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    formula, moments = VALUE_FORMULAS[statistic], moments_of(sessions)
    value = float(formula.of(moments.sum(0)))
    if not isfinite(value):
        status, note = (Status.TOO_FEW, _ONE_VALUE) if n < 2 else (Status.NO_VARIANCE, _ALIKE)
        return Estimate(value=None, n=n, status=status, note=note)
    found = _limits_of_values(statistic, formula, sessions, moments, what) if limits else Interval()
    few = n < UNITS_AT_LEAST
    flat = statistic in (ICC, ICC_ONE_WAY) and np.ptp(np.sum(values, axis=1)) == 0
    flags = (_FEW.format(UNITS_AT_LEAST, what) if few else "", _ALIKE_ON_AVERAGE if flat else found.note)
    return Estimate(
        value=value,
        n=n,
        low=found.low,
        high=found.high,
        se=found.se,
        status=Status.TOO_FEW if few else Status.OK,
        method=found.method,
        note=" ".join(flag for flag in flags if flag),
    )


def _limits_of_values(
    statistic: str,
    formula: Formula,
    sessions: Sequence[Sequence[tuple[float, float]]],
    moments: Floats,
    what: str,
) -> Interval:
    """Where each session is one thing that was rated they are independent; else whole sessions are left out."""
    if len(sessions) < SESSIONS_FOR_JACKKNIFE or max(map(len, sessions)) == 1:
        return interval_of_values(statistic, formula, [pair for session in sessions for pair in session], what)
    return over_sessions(formula, moments)
