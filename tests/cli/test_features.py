"""`coder features`: what it prints, what it does not do twice, and how it ends when something goes wrong."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coder.cli import features
from coder.cli.main import cli
from coder.settings.shipped import shipped
from coder.workflows.sessions import add_session
from coder.workflows.studies import new_study
from tests.features import plugins


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two sessions; brightness is measured in place of what takes minutes."""
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(features, "EXTRACTORS", ("brightness",))
    with new_study(tmp_path / "study", "Trial") as store:
        for film in ("dyad-first", "phone"):
            add_session(store, shipped("sample_media") / f"{film}.mp4")
    return tmp_path / "study"


def run(*words: object) -> Result:
    """One command."""
    return CliRunner().invoke(cli, ["features", *map(str, words)])


def states(study: Path) -> list[str]:
    """The state of each film."""
    return [one["stage"] for one in json.loads(run("status", study, "--json").stdout)]


def test_sessions_are_measured_once_and_named_ones_again_if_asked(study: Path) -> None:
    assert states(study) == ["not measured", "not measured"]
    first = run("extract", study, "--session", "phone", "--workers", 2)
    assert first.exit_code == 0, first.output
    assert first.stdout.splitlines()[2].split()[:2] == ["phone", "measured"]
    assert states(study) == ["not measured", "measured"]
    told = json.loads(run("extract", study, "--json").stdout)
    assert {one["session"]: one["became"] for one in told["outcomes"]} == {
        "dyad-first": "measured",
        "phone": "there already",
    }
    again = json.loads(run("extract", study, "--again", "--json").stdout)
    assert {one["became"] for one in again["outcomes"]} == {"measured"}


def test_a_failure_is_told_once_and_stays_to_be_read(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "EXTRACTORS", ("aborting",))
    ended = run("extract", study, "--session", "dyad-first")
    assert ended.exit_code == 1
    assert "dyad-first  failed" in ended.stdout
    assert ended.stderr.count("Measuring stopped") == 1
    assert states(study) == ["failed", "not measured"]
    assert "Measuring stopped" in run("status", study).stderr


def test_ctrl_c_ends_with_one_sentence(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(features, "finish", interrupted)
    ended = run("extract", study)
    assert ended.exit_code == 130
    assert ended.stderr == (
        "Measuring was stopped. What was finished is kept, and the same command goes on from there.\n"
    )
    assert "Traceback" not in ended.output
