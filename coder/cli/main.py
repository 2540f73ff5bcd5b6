"""The door: `coder` opens the workstation, `coder COMMAND` does one piece of work without a window."""

import click

from coder import __version__
from coder.cli import demo, exchange, features, media, reliability, report, scheme, session, study, window


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
    reliability.reliability,
    features.features,
    report.report,
):
    cli.add_command(command)


def main() -> None:
    """Entry point of the `coder` command."""
    cli(prog_name="coder")
