"""`coder pass consensus`: a third pass of what two coders agree on and what was settled."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, says_mistakes
from coder.cli.study import study_argument
from coder.workflows.consensus import find_two, make_consensus
from coder.workflows.passes import find_coder
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option("--session", required=True, help="Name of the session.")
@click.option("--scheme", required=True, help="Name of the scheme.")
@click.option(
    "--of", multiple=True, metavar="NAME", help="One of the two coders; may be left out if there are two."
)
@click.option("--by", required=True, metavar="NAME", help="Who makes the consensus, and can go on with it.")
@json_option
@says_mistakes
def consensus(folder: Path, session: str, scheme: str, of: tuple[str, ...], by: str, as_json: bool) -> None:
    """Make the consensus of two coders' submitted passes, as an open pass of its own; both stay as they are.

    It holds what both coded alike and what was settled; what was not settled stays empty.
    """
    with open_study(folder) as store:
        header = make_consensus(store, *find_two(store, session, scheme, of), find_coder(store, by).id)
        label = store.journal(header.id)[0].label
    if as_json:
        print_json({"header": header, "label": label})
    else:
        click.echo(f"{label}. The new pass is open.")
