"""Which formula each statistic of a confusion table is."""

from collections.abc import Callable
from dataclasses import dataclass

from coder.model.statistic import (
    AC1,
    AC2,
    ACCURACY,
    AGREEMENT,
    ALPHA,
    BIAS_INDEX,
    EVENT_KAPPA,
    F1,
    KAPPA,
    KAPPA_MAX,
    NEGATIVE,
    PABAK,
    PRECISION,
    PREVALENCE,
    SENSITIVITY,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    TOLERANT_KAPPA_A,
    TOLERANT_KAPPA_B,
    WEIGHTED_KAPPA,
)
from coder.reliability import formulas, table_formulas
from coder.reliability.formulas import Floats


@dataclass(frozen=True)
class Formula:
    """A coefficient with the least and the greatest value it can take.

    describes: it describes the table and is no estimate of anything, so that it has no interval.
    """

    of: Callable[[Floats], Floats]
    low: float = 0.0
    describes: bool = False
    high: float = 1.0


FORMULAS = {
    TIME_UNIT_KAPPA: Formula(formulas.kappa, low=-1.0),
    TOLERANT_KAPPA_A: Formula(formulas.kappa, low=-1.0),
    TOLERANT_KAPPA_B: Formula(formulas.kappa, low=-1.0),
    KAPPA: Formula(formulas.kappa, low=-1.0),
    EVENT_KAPPA: Formula(formulas.event_kappa, low=-1.0),
    AGREEMENT: Formula(formulas.po),
    ACCURACY: Formula(formulas.pair_accuracy),
    KAPPA_MAX: Formula(table_formulas.kappa_max, low=-1.0, describes=True),
    PABAK: Formula(table_formulas.pabak, low=-1.0),
    AC1: Formula(table_formulas.gwet, low=-1.0),
    ALPHA: Formula(table_formulas.alpha, low=-1.0),
    F1: Formula(formulas.f1),
    SENSITIVITY: Formula(table_formulas.sensitivity),
    PRECISION: Formula(table_formulas.precision),
    WEIGHTED_KAPPA: Formula(table_formulas.weighted_kappa, low=-1.0),
    AC2: Formula(table_formulas.ac2, low=-1.0),
}
ORDINAL_ALPHA = Formula(table_formulas.ordinal_alpha, low=-1.0)

_SPECIFIC = Formula(lambda tables: formulas.specific(tables, 0))
_OF_ONE_CODE = {
    SPECIFIC: _SPECIFIC,
    F1: _SPECIFIC,  # of matched events the specific agreement on a code is its F1
    SENSITIVITY: Formula(lambda tables: formulas.ratio(tables[..., 0, 0], tables[..., 0, :].sum(-1))),
    PRECISION: Formula(lambda tables: formulas.ratio(tables[..., 0, 0], tables[..., :, 0].sum(-1))),
    NEGATIVE: Formula(table_formulas.negative),
    PREVALENCE: Formula(table_formulas.prevalence, low=-1.0, describes=True),
    BIAS_INDEX: Formula(table_formulas.bias_index, low=-1.0, describes=True),
}


def binary_of(statistic: str) -> Formula:
    """The formula for (..., 2, 2), one code against all others. KeyError for a statistic that there is not."""
    return _OF_ONE_CODE.get(statistic) or FORMULAS[statistic]


def formula_of(statistic: str, code: int | None = None) -> Formula:
    """The formula for a whole table, or for the code at a place in it against all others.

    KeyError for a statistic that there is not, or not of one code.
    """
    if code is None:
        return FORMULAS[statistic]
    binary = binary_of(statistic)

    def of(tables: Floats) -> Floats:
        return binary.of(table_formulas.collapsed(tables, code))

    return Formula(of, binary.low, binary.describes)
