"""A study on disk, driven as a person drives it: by commands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coder.cli.main import cli
from coder.settings.shipped import shipped

FILM = shipped("sample_media") / "dyad-first.mp4"

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run `coder` with these words; the result has output, stderr and exit_code."""

    def command(*words: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)

    return command


@pytest.fixture
def study(tmp_path: Path, run: Run) -> Path:
    """A study with the sample session and both coders' passes with both schemes."""
    folder = tmp_path / "study"
    assert run("study", "new", folder, "--name", "Trial").exit_code == 0
    assert run("session", "add", folder, FILM, "--name", "first").exit_code == 0
    for scheme in ("gaze-near", "shared-play"):
        for coder in ("robin", "sasha"):
            file = shipped("sample_media") / f"dyad-first.{scheme}.{coder}.csv"
            done = run("import", folder, file, "--session", "first", "--coder", coder, "--scheme", scheme)
            assert done.exit_code == 0, done.output
    return folder
