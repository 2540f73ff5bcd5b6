"""`coder` and `coder open`: the workstation itself."""

import os
import sys
from pathlib import Path

import click

from coder.cli.show import says_mistakes
from coder.model.problem import CoderError, Problem


@click.command("open")
@click.argument("folder", metavar="[STUDY]", type=click.Path(path_type=Path), required=False)
@says_mistakes
def open_window(folder: Path | None = None) -> None:
    """Open the workstation, on STUDY if one is named."""
    if not has_display():  # Qt would end the process with a page about its plug-ins
        hint = "Start it where there is one; `coder --help` lists what works without."
        raise CoderError(Problem("There is no display to open the window on.", hint=hint))
    from coder.desktop.app import run  # noqa: PLC0415 - Qt is loaded for a window only

    raise SystemExit(run(folder))


def has_display() -> bool:
    """Only Linux runs without any; an explicit Qt platform is taken at its word."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
