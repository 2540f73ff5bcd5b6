"""`coder agenda`: what the coders of a study should talk about."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import click

from coder.cli.reliability_json import agenda_plain
from coder.cli.show import json_option, print_json, print_table, progress_line, says_mistakes
from coder.cli.study import study_argument
from coder.model.disagreement import DisagreementKind, Verdict
from coder.model.scheme import SchemeId
from coder.model.time import clock
from coder.report.agenda import AgendaPage, render_agenda
from coder.report.agenda import agenda_plain as agenda_parts
from coder.store import StudyStore
from coder.workflows.agenda import SchemeAgenda, Topic, agenda_steps
from coder.workflows.agenda_page import agenda_page, agenda_title
from coder.workflows.outputs import require_ending
from coder.workflows.steps import finish
from coder.workflows.studies import open_study

Counted = TypeVar("Counted")

_KINDS = {
    DisagreementKind.MISSED: "missed",
    DisagreementKind.EXTRA: "extra",
    DisagreementKind.CODE: "other code",
    DisagreementKind.EARLY: "early",
    DisagreementKind.LATE: "late",
    DisagreementKind.MODIFIER: "detail",
    DisagreementKind.RATING: "rating",
}
_VERDICTS = {
    Verdict.A: "A right",
    Verdict.B: "B right",
    Verdict.EITHER: "either",
    Verdict.NEITHER: "both wrong",
    Verdict.UNCLEAR: "scheme unclear",
    Verdict.UNKNOWN: "cannot tell",
}


@click.command()
@study_argument
@click.option("--scheme", default="", help="Only this scheme, by name.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file to write it to, .html or .pdf, for a meeting.",
)
@json_option
@says_mistakes
def agenda(folder: Path, scheme: str, out: Path | None, as_json: bool) -> None:
    """Print what the coders of STUDY should talk about: differences and verdicts, code by code, with the notes."""
    if out is not None:
        require_ending(out, ".html", ".htm", ".pdf")
    with open_study(folder, looking=True) as store, progress_line() as tell:
        found = finish(agenda_steps(store, _scheme_id(store, scheme)), tell)
        if out is not None:
            _write(agenda_page(store, found), out, agenda_title(store))
    if as_json:
        print_json(agenda_plain(found))
        return
    for one in found.schemes:
        _print_agenda(one)
    if not found.schemes:
        click.echo("There is nothing to talk about yet: no session is coded by two who have submitted.")
    if found.outdated:
        click.echo(f"Not counted: {found.outdated} verdict(s) about differences that are no more.")


def _scheme_id(store: StudyStore, name: str) -> SchemeId | None:
    known = [one for one in store.schemes() if one.name == name]
    if name and not known:
        names = ", ".join(dict.fromkeys(one.name for one in store.schemes()))
        raise click.UsageError(f"The study has no scheme “{name}”. Schemes: {names}.")
    return known[-1] if known else None


def _write(page: AgendaPage, out: Path, title: str) -> None:
    if out.suffix.lower() == ".pdf":
        from coder.desktop.pdf import write_pdf  # noqa: PLC0415 - Qt is loaded for a PDF only

        write_pdf(agenda_parts(page), out, title)
    else:
        render_agenda(page, out)


def _print_agenda(one: SchemeAgenda) -> None:
    click.echo(
        f"{one.scheme.title}: {one.differences} differences in {one.sessions} session(s), {one.settled} settled\n"
    )
    print_table(
        ("tier", "code", "differences", "of these", "open", "settled"),
        [
            (
                one.scheme.tier(topic.tier).label,
                one.scheme.code(topic.tier, topic.code).label,
                topic.differences,
                _counts(_KINDS, topic.kinds),
                topic.open,
                _counts(_VERDICTS, topic.verdicts),
            )
            for topic in one.topics
        ],
    )
    click.echo()
    for topic in one.topics:
        _print_notes(one, topic)
    if any(topic.noted for topic in one.topics):
        click.echo()


def _counts(words: Mapping[Counted, str], counts: Mapping[Counted, int]) -> str:
    return ", ".join(f"{counts[one]} {word}" for one, word in words.items() if counts.get(one))


def _print_notes(one: SchemeAgenda, topic: Topic) -> None:
    if topic.noted:
        click.echo(one.scheme.name_of(topic.tier, topic.code))
    for noted in topic.noted:
        at, verdict = clock(noted.settlement.about.span.start_us), noted.verdict
        said = f": {noted.settlement.note}" if noted.settlement.note else ""
        word = _VERDICTS[verdict] if verdict is not None else ""
        click.echo(f"  {noted.session} {at}, {noted.coder_a} (A) and {noted.coder_b} (B): {word}{said}")
