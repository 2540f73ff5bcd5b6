"""Agreement on each code by itself: the table collapsed to this code against all others."""

from dataclasses import dataclass

from coder.reliability import table_formulas as of
from coder.reliability.formulas import Floats, kappa, known, po, specific

Row = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAgreement:
    """One code against all others; None where a coefficient is not defined.

    table: ((both, A only), (B only, neither)). kappa: Cohen's, with its ceiling for these margins. ppos, pneg:
    positive and negative agreement, 2a / (2a + b + c) and 2d / (2d + b + c). prevalence: (a - d) / n. bias:
    (b - c) / n. pabak: kappa with chance set to one half.
    """

    table: tuple[Row, Row]
    po: float | None
    kappa: float | None
    kappa_max: float | None
    ppos: float | None
    pneg: float | None
    prevalence: float | None
    bias: float | None
    pabak: float | None


def by_code(table: Floats) -> tuple[CodeAgreement, ...]:
    """Every code of a (k, k) table, in its order."""
    return tuple(_one(of.collapsed(table, code)) for code in range(len(table)))


def _one(table: Floats) -> CodeAgreement:
    (a, b), (c, d) = table.tolist()
    return CodeAgreement(
        table=((a, b), (c, d)),
        po=known(po(table)),
        kappa=known(kappa(table)),
        kappa_max=known(of.kappa_max(table)),
        ppos=known(specific(table, 0)),
        pneg=known(of.negative(table)),
        prevalence=known(of.prevalence(table)),
        bias=known(of.bias_index(table)),
        pabak=known(of.pabak(table)),
    )
