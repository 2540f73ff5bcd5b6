"""Time budgets of many passes as one table, the form in which studies are analysed further."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from coder.analysis.budgets import time_budgets
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.time import SECOND_US

_COLUMNS = {
    "session": "string",
    "coder": "string",
    "purpose": "string",
    "scheme": "string",
    "version": "string",
    "tier": "string",
    "code": "string",
    "count": "Int64",
    "codable_s": "Float64",
    "total_s": "Float64",
    "share": "Float64",
    "mean_s": "Float64",
    "longest_s": "Float64",
    "per_minute": "Float64",
}


@dataclass(frozen=True)
class NamedPass:
    """A pass with the names by which a table calls its session and coder."""

    session: str
    coder: str
    coding: CodingPass
    scheme: Scheme


def budget_table(passes: Iterable[NamedPass]) -> pd.DataFrame:
    """One row for each pass and code, derived codes included; see `CodeBudget` for what the columns mean.

    Times are seconds. What is not defined (the length of a moment, a share of no codable time) is missing, not 0.
    """
    rows = [
        {
            "session": one.session,
            "coder": one.coder,
            "purpose": one.coding.header.purpose.value,
            "scheme": one.scheme.id.name,
            "version": one.scheme.id.version,
            "tier": budget.name,
            "code": code.code,
            "count": code.count,
            "codable_s": budget.codable_us / SECOND_US,
            "total_s": _seconds(code.total_us),
            "share": code.share,
            "mean_s": _seconds(code.mean_us),
            "longest_s": _seconds(code.longest_us),
            "per_minute": code.per_minute,
        }
        for one in passes
        for budget in time_budgets(one.coding, one.scheme)
        for code in budget.codes
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def _seconds(span_us: int | None) -> float | None:
    return None if span_us is None else span_us / SECOND_US
