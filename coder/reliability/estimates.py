"""From counts to an estimate: value, interval, status. The one place where NaN becomes a sentence."""

from collections.abc import Sequence
from math import isfinite

from coder.model.agreement import Estimate, Status, Tally
from coder.reliability.formulas import ACCURACY, formula_of
from coder.reliability.intervals import LEAST_US, interval, tables_of

_SHORT = "Under one minute was compared, too little to judge by."
_ONE_SIDED = "Coder {} used one code only, so agreement cannot exceed chance."


def estimate(statistic: str, tallies: Sequence[Tally], size: int, code: int | None = None) -> Estimate:
    """A coefficient pooled over the sessions' tallies by adding up their counts.

    statistic: as `formula_of` takes it. size: categories in the table. code: its place in the table, for a
    coefficient of one code; n then counts what either coder gave that code, otherwise it counts everything.
    """
    formula = formula_of(statistic, code)
    table = tables_of(tallies, size).sum(0)
    rows, columns = table.sum(1), table.sum(0)
    n = int(table.sum()) if code is None else int(rows[code] + columns[code] - table[code, code])
    if n == 0:
        return Estimate(value=None, n=0, status=Status.NO_EVENTS)
    value = float(formula.of(table))
    if not isfinite(value):
        below = statistic == ACCURACY and table.trace() < table.sum()
        return Estimate(value=None, n=n, status=Status.BELOW_CHANCE if below else Status.NO_VARIANCE)
    limits = interval(formula, tallies, size)
    constant = next((who for who, margin in (("A", rows), ("B", columns)) if (margin > 0).sum() == 1), None)
    short = sum(tally.units * tally.unit_us for tally in tallies) < LEAST_US
    flags = (_ONE_SIDED.format(constant) if constant and formula.low < 0 else "", _SHORT if short else limits.note)
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
