"""`coder media`: what a film holds, one exact frame of it, copies of it, and how two lie side by side."""

from collections.abc import Iterator
from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, print_json, print_table, progress_line, says_mistakes
from coder.media import MediaFacts
from coder.media import probe as probe_file
from coder.model.time import SECOND_US, clock, seconds_text
from coder.workflows.cameras import Proposal, compare_steps, convert_steps, film_proxy_steps
from coder.workflows.films import save_frame
from coder.workflows.steps import finish

film_argument = click.argument("film", metavar="FILE", type=click.Path(path_type=Path))

_GAPS_TOLD = 5


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


@media.command()
@film_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The MP4 file to write; a new one.")
@json_option
@says_mistakes
def convert(film: Path, out: Path, as_json: bool) -> None:
    """Write FILE anew as MP4 (H.264 and AAC), each frame with its own time. FILE itself is not changed."""
    with progress_line() as tell:
        made = finish(convert_steps(film, out), tell)
    _tell_file(made, as_json)


@media.command()
@film_argument
@json_option
@says_mistakes
def proxy(film: Path, as_json: bool) -> None:
    """Make the small copy of FILE in which the workstation jumps about quickly. Interrupted work goes on later."""
    with progress_line() as tell:
        made = finish(film_proxy_steps(film), tell)
    _tell_file(made, as_json)


@media.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("other", metavar="B", type=click.Path(path_type=Path))
@json_option
@says_mistakes
def sync(first: Path, other: Path, as_json: bool) -> None:
    """Tell from the sound of both when film B begins on the clock of film A, and how fast B's clock runs."""
    with progress_line() as tell:
        found = finish(compare_steps(first, other), tell)
    if as_json:
        print_json(found)
    else:
        tell_proposal(found)
    if not found.enough:
        raise SystemExit(1)


def tell_proposal(found: Proposal) -> None:
    """Print what was found; the remark alone where it is not enough."""
    if found.enough:
        rows = [
            ("offset", f"{found.offset_us / SECOND_US:+.6f} s"),
            ("clock", f"{found.skew_ppm:+d} parts in a million"),
            ("uncertainty", f"{found.uncertainty_us / 1000:.1f} ms"),
            ("matches", str(len(found.matches))),
        ]
        print_table(("timing", "value"), rows)
    if found.remark:
        click.echo(found.remark, err=True)


def _tell_file(made: Path, as_json: bool) -> None:
    if as_json:
        print_json({"file": made, "size": made.stat().st_size})
    else:
        click.echo(f"Written: {made}")


def _facts(facts: MediaFacts) -> Iterator[tuple[str, str]]:
    """What a person wants to know of a film, line by line."""
    yield "file", facts.path
    yield "container", facts.container
    for stream in facts.streams:
        picture = f"{stream.width}×{stream.height}" if stream.width else ""
        sound = f"{stream.sample_rate_hz} Hz, {stream.channels} channel(s)" if stream.sample_rate_hz else ""
        starts = "" if stream.starts_s is None else f"from {stream.starts_s:.6f} s"
        told = (stream.codec, picture, sound, starts, stream.language, "the film" if stream.film else "")
        yield stream.kind, ", ".join(part for part in told if part)
    yield "frames", f"{facts.frame_count:,}"
    yield "rate", f"{facts.rate_text} frames a second, {'constant' if facts.constant_rate else 'variable'}"
    yield "longest frame", seconds_text(facts.longest_gap_us)
    yield "gaps", f"{len(facts.gaps):,}"
    for gap in sorted(facts.gaps, key=lambda gap: -gap.duration_us)[:_GAPS_TOLD]:
        yield "gap", f"{seconds_text(gap.duration_us)} from {clock(gap.at_us)}"
    yield "key frames", f"every {facts.group_typical:,} frames, at most {facts.group_longest:,} apart"
    yield "duration", clock(facts.duration_us)
    yield "first time stamp", f"{facts.first_pts} ticks of {facts.time_base} s"
    yield "rotation", f"{facts.rotation}° clockwise"
    yield "size", f"{facts.fingerprint.size:,} bytes"
    yield "sha256", facts.fingerprint.sha256
    if facts.damage:
        yield "damage", facts.damage
