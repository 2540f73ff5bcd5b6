"""`coder session`: sessions of a study."""

from math import isfinite
from pathlib import Path

import click

from coder.cli.media import tell_proposal
from coder.cli.show import ClockTime, json_option, print_json, print_table, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.model.problem import CoderError, Problem
from coder.model.study import Media
from coder.model.time import SECOND_US, Span, clock
from coder.workflows.assignments import set_groups
from coder.workflows.cameras import (
    add_camera_steps,
    find_camera,
    find_moved_steps,
    relink_steps,
    set_timing,
    sound_proposal_steps,
)
from coder.workflows.sessions import add_session_steps, find_session
from coder.workflows.steps import finish
from coder.workflows.studies import open_study

session_option = click.option("--session", "session_name", required=True, help="Name of the session.")
camera_option = click.option("--camera", required=True, help="Name of the camera, or its number: 1 is the first.")


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


@session.command()
@study_argument
@click.argument("film", metavar="FILM", type=click.Path(path_type=Path))
@session_option
@click.option("--camera", default="", help="What people call the camera; “camera 2” … if left out.")
@json_option
@says_mistakes
def add_camera(folder: Path, film: Path, session_name: str, camera: str, as_json: bool) -> None:
    """Add FILM to a session of STUDY as its second, third or fourth camera."""
    with open_study(folder) as store, progress_line() as tell:
        added = finish(add_camera_steps(store, find_session(store, session_name).id, film, camera), tell)
    if as_json:
        print_json(added)
    else:
        click.echo(f"“{added.role}” added to “{session_name}”; it begins with the session until its timing is set")


@session.command()
@study_argument
@click.argument("film", metavar="FILM", type=click.Path(path_type=Path))
@session_option
@camera_option
@json_option
@says_mistakes
def relink(folder: Path, film: Path, session_name: str, camera: str, as_json: bool) -> None:
    """Tell STUDY that the film of a camera now lies at FILM. Its content must be the one that was added."""
    with open_study(folder) as store, progress_line() as tell:
        media = find_camera(find_session(store, session_name), camera)
        linked = finish(relink_steps(store, media.id, film), tell)
    _tell_linked((linked,), as_json)


@session.command()
@study_argument
@click.argument("place", metavar="FOLDER", type=click.Path(path_type=Path))
@json_option
@says_mistakes
def find_films(folder: Path, place: Path, as_json: bool) -> None:
    """Look through FOLDER for all films of STUDY that are missing, and link those that are found."""
    with open_study(folder) as store, progress_line() as tell:
        found = finish(find_moved_steps(store, place), tell)
    _tell_linked(found, as_json)


@session.command()
@study_argument
@session_option
@camera_option
@click.option("--offset", "offset_s", type=float, help="Session time of the film's first frame, in seconds.")
@click.option("--skew", "skew_ppm", type=int, help="How much faster its clock runs, in parts in a million.")
@click.option("--sound", is_flag=True, help="Take both from the sound of this film and the session's first one.")
@json_option
@says_mistakes
def timing(
    folder: Path,
    session_name: str,
    camera: str,
    offset_s: float | None,
    skew_ppm: int | None,
    sound: bool,
    as_json: bool,
) -> None:
    """Tell or set when a camera's film begins on the session's clock, and how fast its own clock runs."""
    if sound and (offset_s, skew_ppm) != (None, None):
        raise click.UsageError("Give either --sound, or --offset and --skew.")
    with open_study(folder) as store, progress_line() as tell:
        media = find_camera(find_session(store, session_name), camera)
        if sound:
            found = finish(sound_proposal_steps(store, media.id), tell)
            if not as_json or not found.enough:
                tell_proposal(found)
            if not found.enough:
                raise SystemExit(1)
            media = set_timing(store, media.id, found.offset_us, found.skew_ppm)
        elif (offset_s, skew_ppm) != (None, None):
            if offset_s is not None and not isfinite(offset_s):
                raise click.UsageError("Give --offset in seconds, such as 1.5 or -0.25.")
            offset_us = media.offset_us if offset_s is None else round(offset_s * SECOND_US)
            media = set_timing(store, media.id, offset_us, media.skew_ppm if skew_ppm is None else skew_ppm)
    if as_json:
        print_json(media)
    else:
        click.echo(f"“{media.role}” begins at {media.offset_us / SECOND_US:+.6f} s; clock {media.skew_ppm:+d} ppm")


@session.command()
@study_argument
@click.argument("name", metavar="GROUP")
@click.option("--session", "names", multiple=True, required=True, help="Name of a session; may be repeated.")
@json_option
@says_mistakes
def group(folder: Path, name: str, names: tuple[str, ...], as_json: bool) -> None:
    """Put sessions of STUDY into GROUP, such as a site or a wave, to draw within; "" takes them out of any."""
    with open_study(folder) as store:
        ids = [find_session(store, one).id for one in names]
        called = set_groups(store, ids, name)
    if as_json:
        print_json({"group": called, "sessions": ids})
    else:
        count = "1 session" if len(ids) == 1 else f"{len(ids)} sessions"
        click.echo(f"{count}: group “{called}”." if called else f"{count}: in no group.")


def _tell_linked(linked: tuple[Media, ...], as_json: bool) -> None:
    if as_json:
        print_json(linked)
    elif linked:
        print_table(("camera", "film"), [(media.role, media.path) for media in linked])
    else:
        click.echo("No missing film was found there.")
