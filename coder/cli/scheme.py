"""`coder scheme`: list, read, check and make coding schemes."""

from pathlib import Path

import click

from coder.cli.scheme_book import book, stamp, tell_translation
from coder.cli.scheme_library import delete, export, import_, new
from coder.cli.show import json_option, print_json, print_problems, print_table, says_mistakes
from coder.formats import read_scheme, scheme_json_schema, scheme_problems
from coder.formats.scheme_translation import is_translation
from coder.settings.preferences import PreferencesFile
from coder.workflows.chosen_keys import keys_of
from coder.workflows.key_card import write_key_card
from coder.workflows.outputs import require_ending
from coder.workflows.scheme_languages import check_translation
from coder.workflows.scheme_library import Entry, Origin, library
from coder.workflows.schemes import scheme_file

_FROM = {Origin.SHIPPED: "built in", Origin.OWN: "my own", Origin.TEMPLATE: "template"}


@click.group()
def scheme() -> None:
    """List, read, check and make coding schemes."""


for _command in (new, import_, export, delete, book, stamp):
    scheme.add_command(_command)


@scheme.command("list")
@json_option
@says_mistakes
def list_(as_json: bool) -> None:
    """Print the built-in schemes, your own and the templates."""
    entries = library()
    if as_json:
        print_json([_listed(entry) for entry in entries])
        return
    print_table(
        ("from", "name", "version", "title", "ages", "codes", "problems"),
        [
            (
                _FROM[entry.origin],
                entry.scheme.id.name if entry.scheme else "",
                entry.scheme.id.version if entry.scheme else "",
                entry.title,
                entry.scheme.ages if entry.scheme else "",
                sum(1 for _ in entry.scheme.codes()) if entry.scheme else 0,
                len(entry.problems),
            )
            for entry in entries
        ],
    )


def _listed(entry: Entry) -> dict[str, object]:
    known = entry.scheme
    return {
        "from": entry.origin,
        "name": known.id.name if known else None,
        "version": known.id.version if known else None,
        "sha256": known.id.sha256 if known else None,
        "title": entry.title,
        "summary": known.summary if known else None,
        "file": entry.file,
        "problems": entry.problems,
    }


@scheme.command()
@click.argument("name")
@json_option
@says_mistakes
def show(name: str, as_json: bool) -> None:
    """Print the scheme NAME (a shipped one, or a file) with its keys and definitions."""
    found = read_scheme(scheme_file(name))
    if as_json:
        print_json(found)
        return
    click.echo(f"{found.title}, version {found.id.version}, {found.ages}\n{found.summary}\n")
    for tier in found.tiers:
        traits = [trait for trait in ("exclusive", "exhaustive") if getattr(tier, trait)]
        click.echo(f"{tier.label} ({', '.join([tier.stream.value, tier.kind.value, *traits])})")
        for code in tier.codes:
            click.echo(f"  {code.key.upper():>3}  {code.label}: {code.definition}")
            for number, words in code.anchors:
                click.echo(f"       {number} = {words}")
        click.echo()
    for link in found.links:
        click.echo(f"{link.label} (review of answers)")
        for outcome in link.outcomes:
            click.echo(f"  {outcome.key.upper():>3}  {outcome.label}: {outcome.definition}")
        click.echo()


@scheme.command()
@click.argument("name")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write, .html."
)
@json_option
@says_mistakes
def card(name: str, out: Path, as_json: bool) -> None:
    """Write all keys of the scheme NAME on one sheet, with the keys you have changed, to print."""
    require_ending(out, ".html")
    found = read_scheme(scheme_file(name))
    write_key_card(found, keys_of(PreferencesFile().value, found), out)
    if as_json:
        print_json({"out": str(out)})
    else:
        click.echo(f"The key card is in {out}.")


@scheme.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@says_mistakes
def check(file: Path, as_json: bool) -> None:
    """Check the scheme, or the translation of one, in FILE and list all its problems with their places."""
    if is_translation(file):
        tell_translation(check_translation(file), as_json=as_json)
        return
    problems = scheme_problems(file)
    if as_json:
        print_json({"ok": not problems, "problems": problems})
    elif problems:
        print_problems(problems)
    else:
        found = read_scheme(file)
        click.echo(f"“{found.title}” {found.id.version} is in order: {sum(1 for _ in found.codes())} codes.")
    if problems:
        raise SystemExit(1)


@scheme.command()
@json_option
def schema(as_json: bool) -> None:  # noqa: ARG001 - a JSON Schema is JSON either way
    """Print the JSON Schema of scheme files; editors complete from it."""
    print_json(scheme_json_schema())
