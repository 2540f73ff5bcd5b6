"""`coder pass`: the passes of a study."""

from pathlib import Path

import click

from coder.cli.pass_check import check
from coder.cli.pass_consensus import consensus
from coder.cli.show import json_option, print_first, print_json, print_table, says_mistakes
from coder.cli.study import purpose_option, study_argument
from coder.model.recoding import Recoding, Step
from coder.model.study import Purpose
from coder.workflows.moving import move_pass, plan_move, preview, version_to
from coder.workflows.moving_by_name import decided, find_pass
from coder.workflows.moving_words import aspect_words, sides, step_words, summary, word_text
from coder.workflows.studies import open_study


@click.group("pass")
def passes() -> None:
    """Passes of a study."""


passes.add_command(check)
passes.add_command(consensus)


@passes.command()
@study_argument
@click.option("--session", required=True, help="Name of the session.")
@click.option("--coder", required=True, help="Pseudonym of who coded it.")
@click.option("--scheme", required=True, help="Name of the scheme.")
@purpose_option
@click.option("--from", "version", default="", help="The version it was made with, if there are several.")
@click.option("--to", default="", help="The version to move to; the study’s newest if left out.")
@click.option(
    "--map", "becomes", multiple=True, metavar="OLD=NEW", help="What becomes of a code; may be repeated."
)
@click.option(
    "--leave-out", multiple=True, metavar="OLD", help="A code whose events are left out; may be repeated."
)
@click.option("--dry-run", is_flag=True, help="Tell what would be done, and do nothing.")
@json_option
@says_mistakes
def move(
    folder: Path,
    session: str,
    coder: str,
    scheme: str,
    purpose: str,
    version: str,
    to: str,
    becomes: tuple[str, ...],
    leave_out: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make a new pass of STUDY from one that was coded with an older version of its scheme.

    The old pass stays as it is. A code whose meaning changed must be confirmed by naming it: --map code=code.
    """
    for text in becomes:
        if "=" not in text:
            raise click.UsageError(f"--map {text}: write what the code becomes, such as --map {text}=NEW.")
    with open_study(folder, looking=dry_run) as store:
        header = find_pass(
            store, session=session, coder=coder, scheme=scheme, purpose=Purpose(purpose), version=version
        )
        target = version_to(store, header.id, to)
        plan = decided(plan_move(store, header.id, target), becomes, leave_out)
        found = preview(store.load_pass(header.id), plan)
        moved = None if dry_run or found.problems else move_pass(store, header.id, target, plan)
    said = summary(found.result) if found.result else ""
    if as_json:
        print_json(
            {
                "from": header.scheme.version,
                "to": target.version,
                "steps": plan.steps,
                "problems": found.problems,
                "summary": said,
                "moved": moved,
            }
        )
    else:
        _tell(plan)
        if said:
            click.echo(said)
        if moved:
            click.echo(f"The new pass is open, with version {target.version}; the old one stays as it is.")
        print_first(found.problems)
    if found.problems:
        raise SystemExit(1)


def _tell(plan: Recoding) -> None:
    """Every word that does not simply stay, with what changed about it."""
    steps = [step for step in plan.steps if not step.plain]
    if steps:
        print_table(
            ("word", "events", "becomes", ""),
            [(step_words(plan, step), step.events, _fate(plan, step), _state(step)) for step in steps],
        )
        click.echo()
    for step in steps:
        if step.differences:
            click.echo(f"{step_words(plan, step)}:")
        for difference in step.differences:
            before, after = sides(difference)
            click.echo(f"  {aspect_words(difference)}: {_one_line(before)} → {_one_line(after)}")
    if any(step.differences for step in steps):
        click.echo()


def _fate(plan: Recoding, step: Step) -> str:
    if step.new is None:
        return "left out" if step.decided else "?"
    return f"“{word_text(plan.new, step.new)}”" + (", onset only" if step.onset_only else "")


def _state(step: Step) -> str:
    if not step.decided:
        return "to be decided"
    return "confirmed" if step.confirmed else "to be confirmed" if step.asks else ""


def _one_line(text: str) -> str:
    return " / ".join(text.splitlines()) or "–"
