"""The door: `coder` opens the workstation, `coder COMMAND` does one piece of work without a window."""

import io
import signal
import sys
import traceback
from importlib import import_module

import click

from coder import __version__
from coder.settings.folders import keep_fault

# Where each command lives. A command loads only what it needs: a list of schemes must not wait for statistics.
_COMMANDS = {
    "open": "window:open_window",
    "demo": "demo:demo",
    "study": "study:study",
    "session": "session:session",
    "assignment": "assignments:assignment",
    "media": "media:media",
    "scheme": "scheme:scheme",
    "course": "course:course",
    "training": "training:training",
    "pass": "passes:passes",
    "import": "exchange:import_",
    "export": "exchange:export",
    "budgets": "budgets:budgets",
    "measures": "measures:measures",
    "reliability": "reliability:reliability",
    "agenda": "agenda:agenda",
    "features": "features:features",
    "identity": "identity:identity",
    "evidence": "evidence:evidence",
    "report": "report:report",
}


class _Commands(click.Group):
    """The commands by name, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"coder.cli.{module}"), name)
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="coder")
@click.pass_context
def cli(context: click.Context) -> None:
    """Code parent-child interaction from video. Without a command the workstation opens."""
    if context.invoked_subcommand is None:
        command = cli.get_command(context, "open")
        assert command is not None
        context.invoke(command)


def main() -> None:
    """Entry point of the `coder` command."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a pipe may know a code page only: a sign it lacks must not end the command.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = cli.main(prog_name="coder", standalone_mode=False)
    except click.Abort:  # what click makes of Ctrl+C
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second one must not tear the end apart
        click.echo("Stopped. What was finished is kept.", err=True)
        raise SystemExit(130) from None  # as shells count it: 128 and the signal's number
    except click.ClickException as mistake:
        mistake.show()
        raise SystemExit(mistake.exit_code) from None
    except Exception:  # noqa: BLE001 - a fault of the program is kept for its makers; a person gets a sentence
        kept = keep_fault(traceback.format_exc())
        details = f"The details are in {kept}." if kept else "The details could not be written down."
        click.echo(f"The program made a mistake and stopped; saved work is safe. {details}", err=True)
        raise SystemExit(70) from None
    raise SystemExit(status)
