"""`coder demo`: the whole way on a sample session."""

from pathlib import Path

import click

from coder.cli.show import json_option, number, percent, print_json, print_table, progress_line, says_mistakes
from coder.cli.window import has_display
from coder.model.statistic import F1, TIME_UNIT_KAPPA
from coder.workflows.demo import DemoResult, demo_folder, demo_steps
from coder.workflows.steps import finish


@click.command()
@click.option("--folder", type=click.Path(path_type=Path), help="Where to make the demo study.")
@click.option("--no-window", is_flag=True, help="Stop after the report and print a short summary.")
@json_option
@says_mistakes
def demo(folder: Path | None, no_window: bool, as_json: bool) -> None:
    """Make a study from the sample session, measure it, compare two coders, write the report, open the window."""
    with progress_line() as tell:
        result = finish(demo_steps(folder or demo_folder()), tell)
    if as_json:
        print_json({"folder": result.folder, "report": result.report, "measured": result.measured})
    else:
        _print(result)
    if no_window or as_json:
        return
    if not has_display():
        click.echo("There is no display, so the window stays closed; `coder demo` opens it where there is one.")
        return
    from coder.desktop.app import run  # noqa: PLC0415 - Qt is loaded for a window only

    raise SystemExit(run(result.folder))


def _print(result: DemoResult) -> None:
    for pooled in result.comparison.pooled:
        click.echo(f"\n{pooled.scheme.title}: two coders compared\n")
        rows = [
            (
                pooled.scheme.tier(one.tier).label,
                one.statistic,
                one.unit,
                number(one.estimate.value),
                one.estimate.n,
            )
            for one in pooled.agreements
            if one.code is None and one.statistic in (TIME_UNIT_KAPPA, F1)
        ]
        print_table(("tier", "statistic", "unit", "value", "n"), rows)
    seen = result.measured
    shares = [("child’s face", seen.child), ("parent’s face", seen.parent), ("both", seen.both)]
    click.echo("\nSeen in the pictures: " + ", ".join(f"{name} {percent(share)}" for name, share in shares))
    click.echo(f"Study:  {result.folder}\nReport: {result.report}")
