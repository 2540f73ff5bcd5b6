"""Time budgets of a study as one table, for further analysis in other programs."""

from pathlib import Path

import pandas as pd

from coder.analysis.budget_table import NamedPass, budget_table
from coder.formats import guarded
from coder.model.problem import FormatError
from coder.staging import write_whole
from coder.store import StudyStore
from coder.workflows.blinding import Blinding
from coder.workflows.names import names_of
from coder.workflows.outputs import require_ending
from coder.workflows.schemes import frozen_scheme


def study_budgets(store: StudyStore) -> pd.DataFrame:
    """How often and how long each code was seen, for every pass; see `budget_table` for the columns.

    Passes that are blind are left out; raises CodingError if all are.
    """
    named = names_of(store)
    return budget_table(
        NamedPass(*named(header), store.load_pass(header.id), frozen_scheme(store, header.scheme))
        for header in Blinding.of(store).shown(store.passes())
    )


def export_budgets(table: pd.DataFrame, out: Path) -> None:
    """Write the table as CSV (UTF-8 with a byte order mark; missing values are empty). Raises CoderError."""
    require_ending(out, ".csv")
    plain = table.map(lambda value: guarded(value) if isinstance(value, str) else value)
    write_whole(out, plain.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"), FormatError)
