"""How commands speak: a readable table for people, JSON for programs, one sentence for a mistake."""

import dataclasses
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from coder.model.problem import CoderError, Problem
from coder.model.progress import Progress
from coder.model.time import parse_clock

P = ParamSpec("P")
R = TypeVar("R")

_TOLD = 50  # a table of the wrong kind has one mistake in each of its rows

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(value: object) -> None:
    """Print `value` as JSON; frozen values become objects of their fields.

    JSON is UTF-8. Where the output is a code page (Windows, into a file), escapes say the same to every program.
    """
    utf8 = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    click.echo(json.dumps(plain(value), ensure_ascii=not utf8, indent=2, allow_nan=False))


def plain(value: Any) -> Any:
    """`value` in terms that JSON knows."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Path | Fraction | date):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [plain(part) for part in value]
    return value


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under their heads in columns; numbers stand to the right."""
    texts = [[_cell(cell) for cell in row] for row in rows]
    right = [
        bool(texts) and all(not isinstance(value, str) for value in column) for column in zip(*texts, strict=True)
    ] or [False] * len(heads)
    lines = [list(heads), *[[str(cell) for cell in row] for row in texts]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for number, line in enumerate(lines):
        cells = (
            text.rjust(width) if aligned and number else text.ljust(width)
            for text, width, aligned in zip(line, widths, right, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
        if number == 0:
            click.echo("  ".join("-" * width for width in widths))


def _cell(value: object) -> str | int | float:
    if value is None:
        return "–"
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def number(value: float | None) -> str:
    """`0.71`, or that the statistic is undefined."""
    return "undefined" if value is None else f"{value:z.2f}"


def percent(share: float | None) -> str:
    """`92%` of the frames, or that there was none."""
    return "no frame" if share is None else f"{share:.0%}"


def print_problems(problems: Iterable[Problem]) -> None:
    """Print each problem on a line of its own, to standard error."""
    for problem in problems:
        click.echo(str(problem), err=True)


def print_withheld(problems: Iterable[Problem]) -> None:
    """Say on standard error what a list leaves out because it is blind."""
    for problem in problems:
        click.echo(f"Left out: {problem}", err=True)


def print_first(problems: Sequence[Problem]) -> None:
    """Print no more problems than somebody reads, and how many there are behind them."""
    print_problems(problems[:_TOLD])
    if (more := len(problems) - _TOLD) > 0:
        click.echo(f"… and {more:,} more problems. Mend these first.", err=True)


def says_mistakes(command: Callable[P, R]) -> Callable[P, R]:
    """A mistake of a person ends the command with its sentence and exit code 1, never with a traceback."""

    @wraps(command)
    def careful(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except CoderError as error:
            print_first(error.problems)
            raise SystemExit(1) from None

    return careful


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None]]:
    """Tells progress on one line of standard error; silent where nobody watches."""
    watched = sys.stderr.isatty()

    def tell(progress: Progress) -> None:
        if watched:
            share = "" if progress.fraction is None else f"{progress.fraction:4.0%} "
            click.echo(f"\r\x1b[K{share}{progress.text}", nl=False, err=True)

    try:
        yield tell
    finally:
        if watched:
            click.echo("\r\x1b[K", nl=False, err=True)


class ClockTime(click.ParamType[int]):
    """A time on the command line: seconds (13.747) or a clock (00:01:02.500); in microseconds inside."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        try:
            return parse_clock(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)
