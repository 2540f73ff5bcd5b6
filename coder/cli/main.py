"""The door: `coder` opens the workstation, `coder COMMAND` does one piece of work without a window."""

import traceback

import click

from coder import __version__
from coder.cli import budgets, demo, exchange, features, media, reliability, report, scheme, session, study, window
from coder.settings.folders import keep_fault


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coder")
@click.pass_context
def cli(context: click.Context) -> None:
    """Code parent-child interaction from video. Without a command the workstation opens."""
    if context.invoked_subcommand is None:
        context.invoke(window.open_window)


for command in (
    window.open_window,
    demo.demo,
    study.study,
    session.session,
    media.media,
    scheme.scheme,
    exchange.import_,
    exchange.export,
    budgets.budgets,
    reliability.reliability,
    features.features,
    report.report,
):
    cli.add_command(command)


def main() -> None:
    """Entry point of the `coder` command."""
    try:
        cli(prog_name="coder")
    except Exception:  # noqa: BLE001 - a fault of the program is kept for its makers; a person gets a sentence
        kept = keep_fault(traceback.format_exc())
        click.echo(
            f"The program made a mistake and stopped; saved work is safe. The details are in {kept}.", err=True
        )
        raise SystemExit(70) from None
