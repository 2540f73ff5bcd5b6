"""`coder reliability`: how far the coders of a study agree."""

from dataclasses import replace
from pathlib import Path

import click

from coder.cli.show import json_option, number, print_json, print_table, says_mistakes
from coder.cli.study import study_argument
from coder.model.agreement import Agreement
from coder.model.scheme import Scheme
from coder.workflows.comparison import Comparison, Pooled, compare_study
from coder.workflows.studies import open_study


@click.command()
@study_argument
@click.option("--details", is_flag=True, help="Also every code, and each pair of passes on its own.")
@json_option
@says_mistakes
def reliability(folder: Path, details: bool, as_json: bool) -> None:
    """Compare the submitted passes of the double-coded sessions of STUDY."""
    with open_study(folder, looking=True) as store:
        comparison = compare_study(store)
    if as_json:
        print_json(_plain(comparison))
        return
    for pooled in comparison.pooled:
        click.echo(f"{pooled.scheme.title}, {pooled.sessions} double-coded session(s)")
        click.echo(f"{_who(comparison, pooled)} Timing is B − A: positive where B marks later.\n")
        _print(pooled.agreements, pooled.scheme, details)
    if details:
        for pair in comparison.pairs:
            click.echo(f"{pair.session.name}: {pair.coder_a.name} (A) and {pair.coder_b.name} (B)\n")
            _print(pair.agreements, pair.scheme, details)
    for line in comparison.waiting:
        click.echo(str(line))
    if not comparison.pooled:
        click.echo("There is nothing to compare yet: two coders must have submitted a pass of the same session.")


def _who(comparison: Comparison, pooled: Pooled) -> str:
    """Whose the letters A and B are in the pooled numbers."""
    of_scheme = [pair for pair in comparison.pairs if pair.pooled and pair.scheme.id == pooled.scheme.id]
    names = {(pair.coder_a.name, pair.coder_b.name) for pair in of_scheme}
    if len(names) > 1:
        return "A and B are not the same two in every session; --details names them."
    a, b = names.pop()
    return f"A is {a}, B is {b}."


def _print(agreements: tuple[Agreement, ...], scheme: Scheme, details: bool) -> None:
    """A table; what a reader must know beside a number stands below it, once, by its sign."""
    shown = [one for one in agreements if details or one.code is None]
    remarks = list(dict.fromkeys(one.estimate.sentence for one in shown if one.estimate.sentence))
    signs = {remark: f"[{number}]" for number, remark in enumerate(remarks, 1)}
    rows = [(*_row(one, scheme), signs.get(one.estimate.sentence, "")) for one in shown]
    print_table(("tier", "code", "statistic", "unit", "value", "95 % limits", "n", ""), rows)
    for remark, sign in signs.items():
        click.echo(f"{sign} {remark}")
    click.echo()


def _row(one: Agreement, scheme: Scheme) -> tuple[str, ...]:
    seen = one.estimate
    return (
        scheme.tier(one.tier).label,
        scheme.code(one.tier, one.code).label if one.code else "all",
        one.statistic,
        one.unit,
        number(seen.value),
        "" if seen.low is None or seen.high is None else f"{number(seen.low)} to {number(seen.high)}",
        str(seen.n),
    )


def _counted(agreements: tuple[Agreement, ...]) -> list[Agreement]:
    """Without the place of every single unit in time, which would be nearly all of the output."""
    return [replace(one, tallies=()) for one in agreements]


def _plain(comparison: Comparison) -> dict[str, object]:
    return {
        "pooled": [
            {"scheme": pooled.scheme.id, "sessions": pooled.sessions, "agreements": _counted(pooled.agreements)}
            for pooled in comparison.pooled
        ],
        "pairs": [
            {
                "session": pair.session.name,
                "scheme": pair.scheme.id,
                "coder_a": pair.coder_a.name,
                "coder_b": pair.coder_b.name,
                "pooled": pair.pooled,
                "agreements": _counted(pair.agreements),
                "disagreements": pair.disagreements,
            }
            for pair in comparison.pairs
        ],
        "waiting": [str(remark) for remark in comparison.waiting],
    }
