"""`coder budgets`: how often and how long each code was seen."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, print_table, print_withheld, says_mistakes
from coder.cli.study import study_argument
from coder.workflows.blinding import withheld
from coder.workflows.budgets import export_budgets, study_budgets
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write the table to this CSV file instead of printing it."
)
@json_option
@says_mistakes
def budgets(folder: Path, out: Path | None, as_json: bool) -> None:
    """Print how often and how long each code was seen in every pass of STUDY, uncodable time taken out."""
    with open_study(folder, looking=True) as store:
        table = study_budgets(store)
        print_withheld(withheld(store))
    if out is not None:
        export_budgets(table, out)
    rows = table.astype(object).where(table.notna(), None)
    if as_json:
        print_json(rows.to_dict("records"))
    elif out is not None:
        click.echo(f"{len(table)} rows written to {out}")
    else:
        shown = ["session", "coder", "tier", "code", "count", "total_s", "share", "per_minute"]
        print_table(shown, ([_rounded(value) for value in row] for row in rows[shown].to_numpy().tolist()))


def _rounded(value: object) -> object:
    return f"{value:.2f}" if isinstance(value, float) else value
