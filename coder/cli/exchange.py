"""`coder import` and `coder export`: coded events from and to files."""

from pathlib import Path

import click

from coder.cli.show import json_option, print_first, print_json, print_table, print_withheld, says_mistakes
from coder.cli.study import purpose_option, study_argument
from coder.model.study import Purpose
from coder.workflows.blinding import withheld
from coder.workflows.exchange import export_events, import_events
from coder.workflows.studies import open_study


@click.command("import")
@study_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--session", required=True, help="Name of the session that was coded.")
@click.option("--coder", required=True, help="Pseudonym of who coded it.")
@click.option("--scheme", required=True, help="Name of a shipped scheme, or a scheme file.")
@purpose_option
@click.option("--open", "stays_open", is_flag=True, help="Leave the pass open for more coding.")
@json_option
@says_mistakes
def import_(
    folder: Path,
    file: Path,
    session: str,
    coder: str,
    scheme: str,
    purpose: str,
    stays_open: bool,
    as_json: bool,
) -> None:
    """Take the events in FILE (CSV) into STUDY as a submitted pass.

    FILE needs the columns code, onset and offset (seconds or clock); tier, modifiers and note may be there too.
    """
    with open_study(folder) as store:
        imported = import_events(
            store,
            file,
            session=session,
            coder=coder,
            scheme=scheme,
            purpose=Purpose(purpose),
            submitted=not stays_open,
        )
    if as_json:
        print_json(imported)
    else:
        count = "1 event" if imported.events == 1 else f"{imported.events:,} events"
        click.echo(f"{count} of {coder} taken into session “{session}”")
    if imported.remark:
        click.echo(imported.remark, err=True)
    if imported.wanting:
        click.echo("They are taken as they are, though the scheme still asks for this:", err=True)
        print_first(imported.wanting)


@click.command()
@study_argument
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the CSV files.")
@click.option("--session", default="", help="Only this session.")
@click.option("--coder", default="", help="Only this coder.")
@json_option
@says_mistakes
def export(folder: Path, out: Path, session: str, coder: str, as_json: bool) -> None:
    """Write each pass of STUDY as a CSV file."""
    with open_study(folder, looking=True) as store:
        exported = export_events(store, out, session=session, coder=coder)
        print_withheld(withheld(store, session=session, coder=coder))
    if as_json:
        print_json(exported)
    else:
        print_table(
            ("file", "session", "coder", "events"), [(e.file, e.session, e.coder, e.events) for e in exported]
        )
