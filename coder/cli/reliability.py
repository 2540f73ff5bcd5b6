"""`coder reliability`: how far coders agree, in a study or in two files."""

from pathlib import Path
from typing import Any

import click

from coder.cli.reliability_json import files_plain, study_plain
from coder.cli.reliability_tables import print_files, print_study
from coder.cli.show import json_option, print_json, progress_line, says_mistakes
from coder.model.time import Span, parse_clock
from coder.workflows.agenda import agenda_steps
from coder.workflows.comparison import compare_study_steps
from coder.workflows.file_comparison import compare_files
from coder.workflows.steps import finish
from coder.workflows.studies import open_study


class Window(click.ParamType[Span]):
    """A stretch of time on the command line: `0:00-1:00`, in seconds or as clocks."""

    name = "window"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if isinstance(value, Span):
            return value
        start, _, end = str(value).replace("–", "-").partition("-")
        try:
            window = Span(parse_clock(start.strip()), parse_clock(end.strip()))
        except ValueError:
            window = Span.moment(0)
        if window.is_moment:
            self.fail(f"“{value}” is no stretch of time; write where it begins and ends: 0:00-1:00.", param, ctx)
        return window


@click.command()
@click.argument("paths", metavar="STUDY | A B", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--scheme", default="", help="Of two files: the scheme they were coded with, by name or file.")
@click.option("--window", type=Window(), help="Of two files: the stretch that both coded, such as 0:00-1:00.")
@click.option("--details", is_flag=True, help="Also every code, each two coders, and each pair of passes.")
@json_option
@says_mistakes
def reliability(paths: tuple[Path, ...], scheme: str, window: Span | None, details: bool, as_json: bool) -> None:
    """Compare the double-coded sessions of STUDY, or the events in two files, A and B, without any study."""
    match paths:
        case [a, b]:
            _compare_files(a, b, scheme, window, details=details, as_json=as_json)
        case [study]:
            if scheme or window is not None:
                what = "--scheme and --window are for two files; in a study every pass has its own."
                raise click.UsageError(what)
            _compare_study(study, details=details, as_json=as_json)
        case _:
            raise click.UsageError("Give one study, or two files of events.")


def _compare_files(a: Path, b: Path, scheme: str, window: Span | None, *, details: bool, as_json: bool) -> None:
    for path in (a, b):
        if path.is_dir():
            raise click.UsageError(f"{path} is a folder. Give one study, or two files of events.")
    found = compare_files(a, b, scheme, window)
    if as_json:
        print_json(files_plain(a, b, found))
    else:
        print_files(str(a), str(b), found, details=details)


def _compare_study(folder: Path, *, details: bool, as_json: bool) -> None:
    if folder.is_file():
        raise click.UsageError(f"{folder} is a file. Give the folder of a study, or two files of events.")
    with open_study(folder, looking=True) as store, progress_line() as tell:
        comparison = finish(compare_study_steps(store), tell)
        if as_json:
            print_json(study_plain(store, comparison, finish(agenda_steps(store), tell), limits=details))
    if not as_json:
        print_study(comparison, details=details)
