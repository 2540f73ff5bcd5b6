"""`coder media`: what a film holds, and one exact frame of it."""

from collections.abc import Iterator
from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, print_json, print_table, says_mistakes
from coder.media import MediaFacts
from coder.media import probe as probe_file
from coder.model.time import clock, seconds_text
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
    print_table(("fact", "value"), list(_facts(facts)))


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


def _facts(facts: MediaFacts) -> Iterator[tuple[str, str]]:
    """What a person wants to know of a film, line by line."""
    yield "file", facts.path
    yield "container", facts.container
    for stream in facts.streams:
        picture = f"{stream.width}×{stream.height}" if stream.width else ""
        sound = f"{stream.sample_rate_hz} Hz, {stream.channels} channel(s)" if stream.sample_rate_hz else ""
        told = (stream.codec, picture, sound, stream.language, "the film" if stream.film else "")
        yield stream.kind, ", ".join(part for part in told if part)
    yield "frames", f"{facts.frame_count:,}"
    yield "rate", f"{facts.rate_text} frames a second, {'constant' if facts.constant_rate else 'variable'}"
    yield "longest gap", seconds_text(facts.longest_gap_us)
    yield "duration", clock(facts.duration_us)
    yield "first time stamp", f"{facts.first_pts} ticks of {facts.time_base} s"
    yield "rotation", f"{facts.rotation}° clockwise"
    yield "size", f"{facts.fingerprint.size:,} bytes"
    yield "sha256", facts.fingerprint.sha256
    if facts.damage:
        yield "damage", facts.damage
