"""`coder` and `coder open`: the workstation itself."""

from pathlib import Path

import click


@click.command("open")
@click.argument("folder", metavar="[STUDY]", type=click.Path(path_type=Path), required=False)
def open_window(folder: Path | None = None) -> None:
    """Open the workstation, on STUDY if one is named."""
    from coder.desktop.app import run  # noqa: PLC0415 - Qt is loaded for a window only

    raise SystemExit(run(folder))
