"""`coder scheme new, import, export, delete`: a person's own schemes."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, says_mistakes
from coder.workflows.outputs import require_ending
from coder.workflows.own_schemes import copy_scheme, delete_own, export_scheme, import_scheme
from coder.workflows.scheme_library import Entry, entry_for


@click.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    default="blank",
    show_default=True,
    help="A template, a scheme or a file whose text the new scheme begins with.",
)
@click.option("--title", default="", help="Its title for people; made from NAME if it is not given.")
@json_option
@says_mistakes
def new(name: str, source: str, title: str, as_json: bool) -> None:
    """Begin a scheme of your own called NAME, with the text of a template or of another scheme."""
    made = copy_scheme(entry_for(source), name, title or name.replace("-", " ").replace("_", " ").title())
    _tell(made, as_json, "Your scheme “{title}” is in {file}.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@says_mistakes
def import_(file: Path, as_json: bool) -> None:
    """Take the scheme in FILE in among your own, sign by sign, if nothing is wrong with it."""
    _tell(import_scheme(file), as_json, "“{title}” {version} is in {file}.")


@click.command()
@click.argument("name")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write, .toml."
)
@json_option
@says_mistakes
def export(name: str, out: Path, as_json: bool) -> None:
    """Write the exact text of the scheme NAME to a file."""
    require_ending(out, ".toml")
    export_scheme(entry_for(name), out)
    if as_json:
        print_json({"out": str(out)})
    else:
        click.echo(f"The scheme is in {out}.")


@click.command()
@click.argument("name")
@json_option
@says_mistakes
def delete(name: str, as_json: bool) -> None:
    """Put your own scheme NAME away; its file goes into the folder “deleted” beside your schemes."""
    away = delete_own(entry_for(name))
    if as_json:
        print_json({"moved_to": str(away)})
    else:
        click.echo(f"The scheme is no longer among your own. Its file is {away}.")


def _tell(made: Entry, as_json: bool, words: str) -> None:
    assert made.scheme is not None
    if as_json:
        print_json({"name": made.scheme.id.name, "version": made.scheme.id.version, "file": str(made.file)})
    else:
        click.echo(words.format(title=made.scheme.title, version=made.scheme.id.version, file=made.file))
