"""`coder report`: the page that a supervisor reads."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.workflows.outputs import require_ending
from coder.workflows.reporting import plain_report_steps, report_steps, report_title
from coder.workflows.steps import finish
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option("--out", type=click.Path(path_type=Path), help="The HTML file; in the study's folder if left out.")
@click.option(
    "--pdf", type=click.Path(path_type=Path, dir_okay=False), help="A PDF to write; without --out in its place."
)
@json_option
@says_mistakes
def report(folder: Path, out: Path | None, pdf: Path | None, as_json: bool) -> None:
    """Write the reliability report of STUDY as one HTML file that needs nothing else, or as a PDF."""
    written: dict[str, Path] = {}
    if pdf is not None:
        require_ending(pdf, ".pdf")
    with open_study(folder, looking=True) as store, progress_line() as tell:
        if pdf is None or out is not None:
            written["report"] = finish(report_steps(store, out), tell)
        if pdf is not None:
            from coder.desktop.pdf import write_pdf  # noqa: PLC0415 - Qt is loaded for a PDF only

            write_pdf(finish(plain_report_steps(store), tell), pdf, report_title(store))
            written["pdf"] = pdf
    if as_json:
        print_json(written)
    else:
        for file in written.values():
            click.echo(f"Report written to {file}")
