"""From counts to an estimate: value, interval, status. The one place where NaN becomes a sentence."""

from collections.abc import Sequence
from math import isfinite

from coder.model.agreement import Estimate, Status, Tally
from coder.model.statistic import ACCURACY
from coder.reliability.catalogue import formula_of
from coder.reliability.formulas import Floats
from coder.reliability.intervals import LEAST_US, interval, tables_of

_SHORT = "Under one minute was compared, too little to judge by."
_ONE_SIDED = "Coder {} used one code only, so agreement cannot exceed chance."
_NO_ACCURACY = "Coder {} used one code only, so no accuracy can be estimated."


def estimate(
    statistic: str, tallies: Sequence[Tally], size: int, code: int | None = None, compared_us: int | None = None
) -> Estimate:
    """A coefficient pooled over the sessions' tallies by adding up their counts.

    statistic: as `formula_of` takes it. size: categories in the table. code: its place in the table, for a
    coefficient of one code; n then counts what either coder gave that code, otherwise it counts everything.
    compared_us: how much time both coded and could see; all the time of the tallies if None. A session that counts
    nothing says nothing, so it is no session of the interval either.
    """
    formula = formula_of(statistic, code)
    tables = tables_of(tallies, size)
    of_code = tables.sum((1, 2)) if code is None else _given(tables, code)
    table, n = tables.sum(0), int(of_code.sum())
    rows, columns = table.sum(1), table.sum(0)
    constant = next((who for who, margin in (("A", rows), ("B", columns)) if (margin > 0).sum() == 1), None)
    if n == 0:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    value = float(formula.of(table))
    if not isfinite(value):
        below = statistic == ACCURACY and table.trace() < table.sum()
        note = _NO_ACCURACY.format(constant) if below and constant else ""
        return Estimate(value=None, n=n, status=Status.BELOW_CHANCE if below else Status.NO_VARIANCE, note=note)
    limits = interval(formula, [tally for tally, here in zip(tallies, of_code, strict=True) if here], size)
    all_us = sum(tally.units * tally.unit_us for tally in tallies)
    short = (all_us if compared_us is None else compared_us) < LEAST_US
    one_sided = _ONE_SIDED.format(constant) if constant and formula.low < 0 else ""
    flags = (one_sided, _SHORT if short else "" if one_sided else limits.note)
    return Estimate(
        value=value,
        n=n,
        low=limits.low,
        high=limits.high,
        se=limits.se,
        status=Status.TOO_FEW if short else Status.OK,
        method=limits.method,
        note=" ".join(flag for flag in flags if flag),
    )


def _given(tables: Floats, code: int) -> Floats:
    """(sessions,): how much either coder gave a code."""
    either: Floats = tables[:, code, :].sum(1) + tables[:, :, code].sum(1) - tables[:, code, code]
    return either
