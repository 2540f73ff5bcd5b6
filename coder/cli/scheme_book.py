"""`coder scheme book` and `coder scheme stamp`: schemes to be read, and their translations."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_json, progress_line, says_mistakes
from coder.formats import read_scheme
from coder.language import ENGLISH, languages, speaking
from coder.workflows.codebook import codebook_steps, codebook_title, plain_codebook_steps
from coder.workflows.outputs import require_ending
from coder.workflows.scheme_languages import CheckedTranslation, require_language, stamp_translation
from coder.workflows.schemes import scheme_file
from coder.workflows.steps import finish


@click.command()
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write, .html or .pdf.",
)
@click.option("--examples/--no-examples", default=True, help="With or without moments of the sample films.")
@click.option(
    "--language", type=click.Choice(languages()), default=ENGLISH, help="The language to write it in: en, de."
)
@json_option
@says_mistakes
def book(name: str, out: Path, examples: bool, language: str, as_json: bool) -> None:
    """Write the codebook of the scheme NAME, with pictures and clips of what each code looks like."""
    require_ending(out, ".html", ".pdf")
    scheme = read_scheme(scheme_file(name))
    if language != ENGLISH:
        require_language(scheme, language)
    with speaking(language), progress_line() as tell:
        if out.suffix.lower() == ".html":
            finish(codebook_steps(scheme, out, examples=examples), tell)
        else:
            from coder.desktop.pdf import write_pdf  # noqa: PLC0415 - Qt is loaded for a PDF only

            html = finish(plain_codebook_steps(scheme, examples=examples), tell)
            write_pdf(html, out, codebook_title(scheme))
    if as_json:
        print_json({"out": out})
    else:
        click.echo(f"The codebook is in {out}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@says_mistakes
def stamp(file: Path, as_json: bool) -> None:
    """Mark the translation in FILE as one of its scheme's present text. Compare the texts first."""
    tell_translation(stamp_translation(file), as_json=as_json)


def tell_translation(checked: CheckedTranslation, *, as_json: bool) -> None:
    """Print what a translation holds, and what of it does not fit its scheme."""
    of, fit = checked.scheme.id, checked.fit
    if as_json:
        print_json({"ok": True, "problems": (), "scheme": of, "fit": fit})
        return
    click.echo(
        f"A translation of “{of.name}” {of.version} into “{checked.translation.language}”: "
        f"{len(fit.used)} texts are in order."
    )
    for remark in checked.remarks:
        click.echo(remark)
    for place in (*fit.outdated, *fit.missing):
        click.echo(f"  {place}")
