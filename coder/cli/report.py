"""`coder report`: the page that a supervisor reads."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.workflows.reporting import report_steps
from coder.workflows.steps import finish
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option("--out", type=click.Path(path_type=Path), help="The HTML file; in the study's folder if left out.")
@json_option
@says_mistakes
def report(folder: Path, out: Path | None, as_json: bool) -> None:
    """Write the reliability report of STUDY as one HTML file that needs nothing else."""
    with open_study(folder, looking=True) as store, progress_line() as tell:
        written = finish(report_steps(store, out), tell)
    if as_json:
        print_json({"report": written})
    else:
        click.echo(f"Report written to {written}")
