"""`coder scheme`: list, read and check coding schemes."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, print_problems, print_table, says_mistakes
from coder.formats import read_scheme, scheme_json_schema, scheme_problems
from coder.settings.preferences import PreferencesFile
from coder.workflows.chosen_keys import keys_of
from coder.workflows.key_card import write_key_card
from coder.workflows.outputs import require_ending
from coder.workflows.schemes import scheme_file, shipped_schemes


@click.group()
def scheme() -> None:
    """List, read and check coding schemes."""


@scheme.command("list")
@json_option
@says_mistakes
def list_(as_json: bool) -> None:
    """Print the schemes that came with this install."""
    schemes = shipped_schemes()
    if as_json:
        print_json(
            [
                {
                    "name": one.id.name,
                    "version": one.id.version,
                    "sha256": one.id.sha256,
                    "title": one.title,
                    "summary": one.summary,
                }
                for one in schemes
            ]
        )
        return
    print_table(
        ("name", "version", "title", "ages", "codes"),
        [(one.id.name, one.id.version, one.title, one.ages, sum(1 for _ in one.codes())) for one in schemes],
    )


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
    """Check the scheme in FILE and list all its problems with their places."""
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
