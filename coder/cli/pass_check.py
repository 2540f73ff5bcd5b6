"""`coder pass check`: what a coder should look at in a pass, and what the scheme's rules would make of it."""

from pathlib import Path

import click

from coder.annotate.findings import Finding
from coder.annotate.settle import Applied
from coder.annotate.viewing import viewings_of
from coder.cli.show import json_option, print_json, print_table, says_mistakes
from coder.cli.study import purpose_option, study_argument
from coder.model.study import Purpose
from coder.model.time import clock
from coder.workflows.blinding import refuse_if_seen_blind
from coder.workflows.moving_by_name import find_pass
from coder.workflows.passes import RulesPreview, apply_rules, findings, rules_preview
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option("--session", required=True, help="Name of the session.")
@click.option("--coder", required=True, help="Pseudonym of who coded it.")
@click.option("--scheme", required=True, help="Name of the scheme.")
@purpose_option
@click.option("--apply", "applies", is_flag=True, help="Apply the scheme’s rules to the pass, which must be open.")
@json_option
@says_mistakes
def check(folder: Path, session: str, coder: str, scheme: str, purpose: str, applies: bool, as_json: bool) -> None:
    """List what is to be mended or looked at again in a pass of STUDY before it is submitted.

    The scheme’s rules absorb short interruptions, and fill gaps where the scheme has a default code. What they
    would do is told; --apply does it, as one edit that the coder can undo.
    """
    with open_study(folder, looking=not applies) as store:
        header = find_pass(
            store, session=session, coder=coder, scheme=scheme, purpose=Purpose(purpose), version=""
        )
        refuse_if_seen_blind(store, header)
        edit = apply_rules(store, header.id) if applies else None
        found = findings(store, header.id)
        preview = rules_preview(store, header.id)
        watched = viewings_of(store.viewings(header.id))
    rules = preview.applied
    if as_json:
        print_json(
            {
                "pass": header.id,
                "applied": edit.label if edit else None,
                "rules": {"absorbed": rules.absorbed, "filled": rules.filled},
                "viewings": [{"span": span, "times": times} for span, times in watched.items()],
                "findings": [_plain(finding) for finding in found],
            }
        )
        return
    if edit:
        click.echo(f"Done: {edit.label}.")
    if found:
        print_table(("place", "what", ""), [_row(finding, preview) for finding in found])
    else:
        click.echo("Nothing to mend.")
    if rules.edit is not None:
        click.echo(f"The scheme’s rules would change the pass: {_counts(rules)}. --apply does it.")
    for span, times in sorted(watched.items()):
        click.echo(f"{clock(span.start_us)} to {clock(span.end_us)} was watched {_times(times)}.")


def _row(finding: Finding, preview: RulesPreview) -> tuple[str, str, str]:
    by_rules = finding.settles and finding not in preview.left
    state = "done by the rules" if by_rules else "must be mended" if finding.hinders else ""
    return clock(finding.span.start_us), finding.problem.what, state


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "tier": finding.tier,
        "span": finding.span,
        "what": finding.problem.what,
        "hint": finding.problem.hint,
        "hinders": finding.hinders,
    }


def _counts(rules: Applied) -> str:
    interruptions = f"{rules.absorbed} short interruption{'s' * (rules.absorbed != 1)} absorbed"
    return f"{interruptions}, {rules.filled} gap{'s' * (rules.filled != 1)} filled"


def _times(times: int) -> str:
    return "once" if times == 1 else f"{times} times"
