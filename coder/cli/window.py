"""`coder` and `coder open`: the workstation itself."""

from pathlib import Path

import click


@click.command("open")
@click.argument("folder", metavar="[STUDY]", type=click.Path(path_type=Path), required=False)
def open_window(folder: Path | None = None) -> None:
    """Open the workstation, on STUDY if one is named."""
    # the command line must not load Qt for work that needs no window
    from coder.desktop.app import run  # noqa: PLC0415

    raise SystemExit(run(folder))
