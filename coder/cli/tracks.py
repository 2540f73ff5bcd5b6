"""`coder features import` and `export`: tracks from and to files."""

from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, percent, print_json, print_table, says_mistakes
from coder.cli.study import study_argument
from coder.formats.tracks_csv import UNITS, ColumnMap, Rule, Taken
from coder.workflows.sessions import find_session
from coder.workflows.studies import open_study
from coder.workflows.track_export import export_tracks
from coder.workflows.track_import import PROGRAMS, Asked, Found, find_tracks
from coder.workflows.track_import import import_tracks as keep


@click.command("import")
@study_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--session", "name", required=True, help="Name of the session.")
@click.option("--camera", default="", help="Which film was measured, by camera; needed if there are several.")
@click.option("--as", "program", type=click.Choice(PROGRAMS), required=True, help="What made the file.")
@click.option(
    "--person", type=click.Choice(["child", "parent", ""]), default="child", help="Whose values they are."
)
@click.option("--face", "faces", multiple=True, help="For openface: ID=child or ID=parent, for each face_id.")
@click.option("--time", "time", default="", help="For csv: the column with the time.")
@click.option("--time-in", "unit", type=click.Choice(UNITS), default="s", help="For csv: what the time is in.")
@click.option("--first-frame", type=click.IntRange(0, 1), default=0, help="For csv: what frames count from.")
@click.option("--begins", type=ClockTime(), default=0, help="For csv: time in the film at the table’s time 0.")
@click.option("--column", "columns", multiple=True, help="For csv: COLUMN, COLUMN=signal or COLUMN=signal:unit.")
@click.option("--valid", "rules", multiple=True, help="For csv: when a row is valid, as in “confidence>=0.8”.")
@click.option("--missing", multiple=True, help="For csv: a text that stands for no value, beside NA and the like.")
@click.option("--version", default="", help="Version of the program that made the file.")
@click.option("--look", is_flag=True, help="Only tell what would be taken.")
@json_option
@says_mistakes
def import_(
    folder: Path,
    file: Path,
    name: str,
    camera: str,
    program: str,
    person: str,
    faces: tuple[str, ...],
    time: str,
    unit: str,
    first_frame: int,
    begins: int,
    columns: tuple[str, ...],
    rules: tuple[str, ...],
    missing: tuple[str, ...],
    version: str,
    look: bool,
    as_json: bool,
) -> None:
    """Take what another program measured (FILE) into STUDY as a track of a session's film, whole or not at all."""
    how = None
    if program == "csv":
        if not time or not columns:
            raise click.UsageError("A table needs --time and at least one --column.")
        taken = tuple(Taken.of(column) for column in columns)
        kept = tuple(Rule.of(rule) for rule in rules)
        how = ColumnMap(time, unit, taken, person, kept, frozenset(missing), begins, first_frame)
    elif not person:
        raise click.UsageError("Say whose values they are, with --person child or parent.")
    asked = Asked(program, person, _faces(faces) if faces else None, how, version)
    with open_study(folder, looking=look) as store:
        found = find_tracks(store, file, asked, session=find_session(store, name), camera=camera)
        if not look:
            keep(store, found)
    _print(found, look=look, as_json=as_json)


@click.command()
@study_argument
@click.option("--session", "name", required=True, help="Name of the session.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the CSV files.")
@json_option
@says_mistakes
def export(folder: Path, name: str, out: Path, as_json: bool) -> None:
    """Write the measured tracks of a session of STUDY as CSV, with what is valid and why the rest is not."""
    with open_study(folder, looking=True) as store:
        written = export_tracks(store, find_session(store, name), out)
    if as_json:
        print_json(written)
        return
    print_table(
        ("file", "camera", "measured by", "rows", "signals"),
        [(str(one.file), one.camera, one.extractor, one.rows, one.signals) for one in written],
    )


def _faces(texts: tuple[str, ...]) -> dict[str, str]:
    pairs = dict(text.partition("=")[::2] for text in texts)
    if not all(face.isdecimal() and person in {"child", "parent"} for face, person in pairs.items()):
        raise click.UsageError("Write --face as in 0=child.")
    return pairs


def _print(found: Found, *, look: bool, as_json: bool) -> None:
    if as_json:
        signals = [
            {"id": one.signal.id, "unit": one.signal.unit, "known": one.known, "low": one.low, "high": one.high}
            for one in found.signals
        ]
        print_json({"taken": not look, "rows": len(found.at_us), "signals": signals, "remarks": found.remarks})
        return
    print_table(
        ("signal", "unit", "known", "lowest", "highest"),
        [
            (
                one.signal.id,
                one.signal.unit,
                percent(one.known),
                None if one.low is None else f"{one.low:z.4g}",
                None if one.high is None else f"{one.high:z.4g}",
            )
            for one in found.signals
        ],
    )
    done = "would be taken into" if look else "taken into"
    click.echo(f"{len(found.at_us):,} rows {done} session “{found.session.name}”, {found.media.role}")
    for remark in found.remarks:
        click.echo(remark, err=True)
