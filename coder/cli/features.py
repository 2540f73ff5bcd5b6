"""`coder features`: measure the pictures of sessions."""

from pathlib import Path

import click

from coder.cli.show import json_option, percent, print_json, print_table, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.model.time import seconds_text
from coder.workflows.extraction import extract_steps
from coder.workflows.sessions import find_session
from coder.workflows.steps import finish
from coder.workflows.studies import open_study


@click.group()
def features() -> None:
    """Measure faces, head directions and distance in the pictures."""


@features.command()
@study_argument
@click.option("--session", default="", help="Only this session; all sessions if left out.")
@click.option(
    "--child-side",
    type=click.Choice(["auto", "left", "right"]),
    default="auto",
    show_default=True,
    help="Where the child is in the picture, if the guess by size is wrong.",
)
@json_option
@says_mistakes
def extract(folder: Path, session: str, child_side: str, as_json: bool) -> None:
    """Measure the pictures of STUDY in a process of its own. Interrupted work goes on where it stopped."""
    settings = {} if child_side == "auto" else {"child_side": child_side}
    with open_study(folder) as store, progress_line() as tell:
        chosen = [find_session(store, session)] if session else list(store.sessions())
        found = {one.name: finish(extract_steps(store, one.id, settings), tell) for one in chosen}
    if as_json:
        print_json(found)
        return
    print_table(
        ("session", "child seen", "parent seen", "both", "both heads", "longest gap"),
        [
            (
                name,
                *(percent(share) for share in (seen.child, seen.parent, seen.both, seen.both_heads)),
                seconds_text(seen.longest_gap_us),
            )
            for name, seen in found.items()
        ],
    )
