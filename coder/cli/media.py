"""`coder media`: what a film holds, and one exact frame of it."""

from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, print_json, print_table, says_mistakes
from coder.media import probe as probe_file
from coder.model.time import clock
from coder.workflows.films import save_frame

film_argument = click.argument("film", metavar="FILE", type=click.Path(path_type=Path))


@click.group()
def media() -> None:
    """Look into video files."""


@media.command()
@film_argument
@json_option
@says_mistakes
def probe(film: Path, as_json: bool) -> None:
    """Print what FILE holds: streams, frames, rate, time stamps, rotation, fingerprint."""
    facts = probe_file(film)
    if as_json:
        print_json(facts.as_dict())
        return
    print_table(("fact", "value"), [(name, _text(value)) for name, value in facts.as_dict().items()])


@media.command()
@film_argument
@click.option("--index", type=int, help="Number of the frame; the first is 0.")
@click.option("--at", "at_us", type=ClockTime(), help="Time from the film's first frame: 13.747 or 00:00:13.747.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PNG file to write.")
@json_option
@says_mistakes
def frame(film: Path, index: int | None, at_us: int | None, out: Path, as_json: bool) -> None:
    """Write one exact frame of FILE as PNG: the one of that number, or the one on the screen at that time."""
    if (index is None) == (at_us is None):
        raise click.UsageError("Give either --index or --at.")
    found = save_frame(film, out, index=index, at_us=at_us)
    if as_json:
        print_json(found)
    else:
        click.echo(f"frame {found.index} at {clock(found.at_us)} written to {found.out}")


def _text(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(_text(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {part}" for name, part in value.items() if part not in (None, ""))
    return str(value)
