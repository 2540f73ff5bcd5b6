"""`coder study`: make a study and check it."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, print_problems, print_table, says_mistakes
from coder.model.study import Coder, Purpose
from coder.model.time import MILLISECOND_US
from coder.workflows.passes import set_reaction
from coder.workflows.scheme_versions import adopt
from coder.workflows.schemes import scheme_file
from coder.workflows.studies import check_study, new_study, open_study, overview

study_argument = click.argument("folder", metavar="STUDY", type=click.Path(path_type=Path))
purpose_option = click.option(
    "--purpose",
    type=click.Choice([purpose.value for purpose in Purpose]),
    default=Purpose.MAIN.value,
    show_default=True,
    help="Why the pass was made.",
)


@click.group()
def study() -> None:
    """Make a study, look into it, check it."""


@study.command()
@study_argument
@click.option("--name", default="", help="What people call it; the folder's name if left out.")
@json_option
@says_mistakes
def new(folder: Path, name: str, as_json: bool) -> None:
    """Make a study in the folder STUDY."""
    with new_study(folder, name) as store:
        if as_json:
            print_json({"folder": store.folder, "study": store.study})
        else:
            click.echo(f"Study “{store.study.name}” made in {store.folder}")


@study.command()
@study_argument
@json_option
@says_mistakes
def show(folder: Path, as_json: bool) -> None:
    """Print the sessions of STUDY and who coded what."""
    with open_study(folder, looking=True) as store:
        seen = overview(store)
    if as_json:
        print_json(seen)
        return
    click.echo(f"Study “{seen.study.name}”\n")
    print_table(
        ("session", "film", "coder", "scheme", "version", "purpose", "status", "events", "made from"),
        [
            (
                row.session.name,
                "missing" if row.lost else "found",
                made.coder.name if made else None,
                made.scheme_title if made else None,
                made.version if made else None,
                made.header.purpose.value if made else None,
                made.header.status.value if made else None,
                made.events if made else None,
                made.origin if made else "",
            )
            for row in seen.sessions
            for made in (row.passes or (None,))
        ],
    )
    for title, version, newer in sorted(
        {
            (made.scheme_title, made.version, made.newer)
            for row in seen.sessions
            for made in row.passes
            if made.newer
        }
    ):
        click.echo(f"“{title}” {version}: version {newer} is in the study; `coder pass move` moves a pass to it.")
    for coder in seen.coders:
        if coder.reaction_us:
            click.echo(_reaction_words(coder))


@study.command()
@study_argument
@click.argument("scheme", metavar="SCHEME")
@json_option
@says_mistakes
def use(folder: Path, scheme: str, as_json: bool) -> None:
    """Take SCHEME, or a new version of it, into STUDY for good: new passes are made with it.

    SCHEME is a name or a file. Passes that are there keep the version they were made with.
    """
    with open_study(folder) as store:
        taken = adopt(store, scheme_file(scheme))
    if as_json:
        print_json(taken.id)
    else:
        click.echo(f"New passes with “{taken.title}” are made with version {taken.id.version}.")


def _reaction_words(coder: Coder) -> str:
    if not coder.reaction_us:
        return f"Strokes of {coder.name} count at the frame on the screen."
    ms = coder.reaction_us // MILLISECOND_US
    return f"Strokes of {coder.name} are put {ms} ms earlier for reaction time while the film plays."


@study.command()
@study_argument
@click.argument("coder", metavar="CODER")
@click.argument("ms", metavar="MS", type=int)
@json_option
@says_mistakes
def reaction(folder: Path, coder: str, ms: int, as_json: bool) -> None:
    """Put CODER's strokes MS milliseconds earlier while the film plays; 0 corrects nothing.

    It holds for strokes from now on, and is stored with each event. Strokes in a film that stands are exact.
    """
    with open_study(folder) as store:
        changed = set_reaction(store, coder, ms)
    if as_json:
        print_json(changed)
    else:
        click.echo(_reaction_words(changed))


@study.command()
@study_argument
@json_option
@says_mistakes
def check(folder: Path, as_json: bool) -> None:
    """Check STUDY: the database, the journal of all edits, the measured tracks, the films it refers to."""
    with open_study(folder, looking=True) as store:
        problems = check_study(store)
    if as_json:
        print_json({"ok": not problems, "problems": problems})
    elif problems:
        print_problems(problems)
    else:
        click.echo("Everything is in order.")
    if problems:
        raise SystemExit(1)
