"""`coder assignment`: who is to code what, and a second coding drawn at random."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from coder.cli.show import json_option, print_json, print_table, says_mistakes
from coder.cli.study import study_argument
from coder.model.problem import CodingError, Problem
from coder.model.study import Purpose
from coder.store import StudyStore
from coder.workflows.assignments import Standing, Tally, Task, assign, progress, set_aside, withdraw
from coder.workflows.drawing import Draw, Stratum, carry_out, draw, new_seed
from coder.workflows.passes import find_coder
from coder.workflows.sessions import find_session
from coder.workflows.studies import open_study

_coder_option = click.option("--coder", required=True, help="Pseudonym of who codes.")
_scheme_option = click.option("--scheme", required=True, help="Name of the scheme.")
_purpose_option = click.option(
    "--purpose",
    type=click.Choice([Purpose.MAIN.value, Purpose.RELIABILITY.value]),
    default=Purpose.MAIN.value,
    show_default=True,
    help="What it is coded for.",
)


class Percent(click.ParamType[Fraction]):
    """A share on the command line: 20, 20% or 12.5."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            return Fraction(str(value).strip().removesuffix("%").strip()) / 100
        except (ValueError, ZeroDivisionError):
            self.fail(f"“{value}” is no share. Write percent, such as 20.", param, ctx)


@click.group()
def assignment() -> None:
    """Who is to code what, and who codes a second time."""


@assignment.command()
@study_argument
@json_option
@says_mistakes
def show(folder: Path, as_json: bool) -> None:
    """Print who is to code what in STUDY, and how far everybody is."""
    with open_study(folder, looking=True) as store:
        standing = progress(store)
    if as_json:
        print_json(_plain(standing))
        return
    if not standing.tasks:
        click.echo("Nobody is to code anything yet.")
        return
    print_table(
        ("session", "group", "scheme", "coder", "purpose", "state", "events", "how it came about"),
        [
            (
                task.session.name,
                task.session.group,
                task.scheme.name,
                task.coder.name,
                task.purpose.value,
                task.state.value,
                task.events,
                _origin(task),
            )
            for task in standing.tasks
        ],
    )
    click.echo()
    print_table(
        ("coder", "submitted", "open", "not begun"),
        [_counts(tally) for tally in (*standing.by_coder, standing.whole)],
    )
    click.echo(f"\nCoded twice: {standing.double}; all have submitted: {standing.compared}.")


@assignment.command()
@study_argument
@click.argument("sessions", metavar="SESSION…", nargs=-1, required=True)
@_coder_option
@_scheme_option
@_purpose_option
@json_option
@says_mistakes
def add(folder: Path, sessions: tuple[str, ...], coder: str, scheme: str, purpose: str, as_json: bool) -> None:
    """Say that a coder is to code each SESSION of STUDY. All of it is done, or nothing."""
    with open_study(folder) as store:
        ids = [find_session(store, session).id for session in sessions]
        made = assign(store, ids, find_coder(store, coder).id, scheme, Purpose(purpose))
    if as_json:
        print_json(made)
    else:
        count = "1 session" if len(made) == 1 else f"{len(made)} sessions"
        click.echo(f"{coder} is to code {count} with “{made[0].scheme.name}” ({purpose}).")


@assignment.command("withdraw")
@study_argument
@click.argument("session", metavar="SESSION")
@_coder_option
@_scheme_option
@_purpose_option
@click.option("--reason", default="", help="Why; needed where the pass was begun.")
@json_option
@says_mistakes
def withdraw_command(
    folder: Path, session: str, coder: str, scheme: str, purpose: str, reason: str, as_json: bool
) -> None:
    """Take an assignment of STUDY back. A pass that was begun stays, and is waited for no more."""
    with open_study(folder) as store:
        task = _task(store, session, coder, scheme, Purpose(purpose))
        if task.assignment is not None:
            withdraw(store, task.assignment.id, reason)
        elif task.header is not None:
            set_aside(store, task.header.id, reason)
        taken = store.assignments(withdrawn=True)[-1]
    if as_json:
        print_json(taken)
    else:
        click.echo(f"{coder} is not to code “{session}” with “{scheme}” any more ({taken.withdrawn}).")


@assignment.command("draw")
@study_argument
@_scheme_option
@click.option("--share", required=True, type=Percent(), help="How much is coded a second time, in percent.")
@click.option("--coder", "coders", required=True, multiple=True, help="Who codes a second time; may be repeated.")
@click.option(
    "--within",
    multiple=True,
    type=click.Choice([one.value for one in Stratum]),
    help="What the sessions are drawn within; may be repeated.",
)
@click.option("--seed", type=int, help="The same seed draws the same; a new one is made up if left out.")
@click.option("--dry-run", is_flag=True, help="Tell what would be drawn, and write nothing.")
@json_option
@says_mistakes
def draw_command(
    folder: Path,
    scheme: str,
    share: Fraction,
    coders: tuple[str, ...],
    within: tuple[str, ...],
    seed: int | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Draw sessions of STUDY for a second coding, at random within strata.

    Drawn from are the sessions that have a main coder. Each stratum gets its part, and at least one; sessions that
    are coded twice already count. Nobody is drawn to code a session of their own.
    """
    with open_study(folder, looking=dry_run) as store:
        ids = [find_coder(store, coder).id for coder in coders]
        chosen_seed = new_seed() if seed is None else seed
        found = draw(store, scheme, share, ids, chosen_seed, [Stratum(one) for one in within])
        if not dry_run:
            carry_out(store, found)
    if as_json:
        print_json(_plain_draw(found, written=not dry_run))
        return
    print_table(
        ("stratum", "sessions", "to be coded twice", "are already", "drawn", "missing"),
        [
            (one.label or "all", one.sessions, one.wanted, one.already, len(one.drawn), one.missing)
            for one in found.strata
        ],
    )
    click.echo()
    print_table(
        ("session", "stratum", "main coder", "second coder"),
        [
            (one.session.name, stratum.label or "all", one.main.name, one.coder.name)
            for stratum in found.strata
            for one in stratum.drawn
        ],
    )
    click.echo(f"\n{found.words[:1].upper()}{found.words[1:]}." + (" Nothing was written." if dry_run else ""))
    for remark in found.remarks:
        click.echo(remark, err=True)


def _task(store: StudyStore, session: str, coder: str, scheme: str, purpose: Purpose) -> Task:
    place = find_session(store, session).id, find_coder(store, coder).id, scheme, purpose
    for task in progress(store).tasks:
        if (task.session.id, task.coder.id, task.scheme.name, task.purpose) == place:
            return task
    what = f"{coder} is not to code “{session}” with “{scheme}” ({purpose.value})."
    raise CodingError(Problem(what, hint="`coder assignment show` lists who is to code what."))


def _origin(task: Task) -> str:
    if task.assignment is None:
        return "begun unasked"
    return task.assignment.origin or "by hand"


def _counts(tally: Tally) -> tuple[object, ...]:
    return tally.coder.name if tally.coder else "all", tally.submitted, tally.open, tally.not_begun


def _plain(standing: Standing) -> dict[str, object]:
    return {
        "tasks": [
            {
                "session": task.session.name,
                "group": task.session.group,
                "scheme": task.scheme,
                "coder": task.coder.name,
                "purpose": task.purpose,
                "state": task.state,
                "events": task.events,
                "origin": _origin(task),
                "assignment": task.assignment.id if task.assignment else None,
                "pass": task.header.id if task.header else None,
            }
            for task in standing.tasks
        ],
        "coders": [
            dict(zip(("coder", "submitted", "open", "not_begun"), _counts(tally), strict=True))
            for tally in standing.by_coder
        ],
        "double": standing.double,
        "compared": standing.compared,
    }


def _plain_draw(found: Draw, *, written: bool) -> dict[str, object]:
    return {
        "scheme": found.scheme.id,
        "share": float(found.share),
        "within": found.within,
        "seed": found.seed,
        "sessions": found.sessions,
        "without_main": found.without_main,
        "wanted": found.wanted,
        "strata": [
            {
                "stratum": one.label,
                "sessions": one.sessions,
                "wanted": one.wanted,
                "already": one.already,
                "missing": one.missing,
                "drawn": [
                    {"session": d.session.name, "main": d.main.name, "second": d.coder.name} for d in one.drawn
                ],
            }
            for one in found.strata
        ],
        "coders": {coder.name: count for coder, count in found.by_coder},
        "words": found.words,
        "remarks": found.remarks,
        "written": written,
    }
