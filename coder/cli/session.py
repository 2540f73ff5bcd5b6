"""`coder session`: sessions of a study."""

from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, print_json, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.model.problem import CoderError, Problem
from coder.model.time import Span, clock
from coder.workflows.sessions import add_session_steps
from coder.workflows.steps import finish
from coder.workflows.studies import open_study


@click.group()
def session() -> None:
    """Sessions of a study."""


@session.command()
@study_argument
@click.argument("film", metavar="FILM", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What people call it; the film's name if left out.")
@click.option(
    "--from", "start_us", type=ClockTime(), help="Where the coded window begins; the film's start if left out."
)
@click.option("--to", "end_us", type=ClockTime(), help="Where the coded window ends; the film's end if left out.")
@json_option
@says_mistakes
def add(folder: Path, film: Path, name: str, start_us: int | None, end_us: int | None, as_json: bool) -> None:
    """Add FILM to STUDY as a session. The film stays where it is and is never changed."""
    if (start_us is None) != (end_us is None):
        raise click.UsageError("Give both --from and --to, or neither.")
    if start_us is not None and end_us is not None and end_us <= start_us:
        raise CoderError(Problem("The coded window ends before it begins.", hint="Give a later --to."))
    window = Span(start_us, end_us) if start_us is not None and end_us is not None else None
    with open_study(folder) as store, progress_line() as tell:
        added = finish(add_session_steps(store, film, name, window=window), tell)
    if as_json:
        print_json(added)
    else:
        span = f"{clock(added.window.start_us)} to {clock(added.window.end_us)}"
        click.echo(f"Session “{added.name}” added, coded from {span}")
    if added.note:
        click.echo(added.note, err=True)
