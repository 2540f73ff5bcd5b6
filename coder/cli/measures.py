"""`coder measures`: what is derived from a pass and never keyed."""

from collections.abc import Iterable
from pathlib import Path

import click

from coder.cli.show import ClockTime, json_option, print_json, print_table, print_withheld, says_mistakes
from coder.model.measure import Measure
from coder.model.time import Span
from coder.workflows.blinding import withheld
from coder.workflows.measures import Measured, export_measures, file_measures, study_measures
from coder.workflows.studies import open_study


@click.command()
@click.argument("folder", metavar="[STUDY]", required=False, type=click.Path(path_type=Path))
@click.option("--session", default="", help="Only this session.")
@click.option("--coder", default="", help="Only this coder.")
@click.option("--events", type=click.Path(path_type=Path), help="Instead of STUDY, a file of events (CSV).")
@click.option("--scheme", default="", help="For --events: name of a scheme, or a scheme file.")
@click.option(
    "--from", "start_us", type=ClockTime(), default=0, help="For --events: where the coded window begins."
)
@click.option("--to", "end_us", type=ClockTime(), help="For --events: where the coded window ends.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write them to this CSV file instead of printing them."
)
@json_option
@says_mistakes
def measures(
    folder: Path | None,
    session: str,
    coder: str,
    events: Path | None,
    scheme: str,
    start_us: int,
    end_us: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Print the derived measures of every pass of STUDY: all that its scheme says is computed from the codes."""
    found = _found(folder, session, coder, events, scheme, start_us, end_us)
    if out is not None:
        export_measures(found, out)
    if as_json:
        print_json([_plain(one, measure) for one in found for measure in one.measures])
    elif out is not None:
        click.echo(f"{sum(len(one.measures) for one in found)} numbers written to {out}")
    else:
        for number, one in enumerate(found):
            _print(one, after_another=number > 0)


def _found(
    folder: Path | None,
    session: str,
    coder: str,
    events: Path | None,
    scheme: str,
    start_us: int,
    end_us: int | None,
) -> tuple[Measured, ...]:
    if (folder is None) == (events is None):
        raise click.UsageError("Give a STUDY, or a file with --events.")
    if folder is not None:
        with open_study(folder, looking=True) as store:
            found = study_measures(store, session=session, coder=coder)
            print_withheld(withheld(store, session=session, coder=coder))
            return found
    if events is None or not scheme or end_us is None:
        raise click.UsageError("--events needs --scheme and --to: outside the coded window nothing is known.")
    if end_us <= start_us:
        raise click.UsageError("The coded window ends before it begins. Give a later --to.")
    return (file_measures(events, scheme, Span(start_us, end_us)),)


def _plain(one: Measured, measure: Measure) -> dict[str, object]:
    return {
        "session": one.session,
        "coder": one.coder,
        "purpose": one.purpose,
        "scheme": one.scheme.id.name,
        "version": one.scheme.id.version,
        "measure": measure.name,
        "label": measure.label,
        "part": measure.part,
        "value": measure.value,
        "unit": measure.unit,
        "n": measure.n,
        "why": measure.why,
    }


def _print(one: Measured, *, after_another: bool) -> None:
    heading = [one.session, one.coder, one.scheme.title]
    click.echo(("\n" if after_another else "") + " – ".join(part for part in heading if part) + "\n")
    if one.measures:
        print_table(("measure", "of", "value", "", "n", "remark"), _rows(one.measures))
    else:
        click.echo("The scheme says nothing that is computed.")


def _rows(measures: Iterable[Measure]) -> Iterable[tuple[object, ...]]:
    last = ""
    for one in measures:
        name, last = "" if one.name == last else one.label, one.name
        yield name, ", ".join(one.part), _shown(one), one.unit, one.n, one.why


def _shown(one: Measure) -> str | None:
    if one.value is None:
        return None
    return f"{one.value:z.0f}" if one.unit == "count" else f"{one.value:z.2f}"
