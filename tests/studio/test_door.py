"""The studio's door: one table of steps, one sentence for what a person can mend."""

import sys
from pathlib import Path

import pytest

from studio import __main__ as door
from studio.__main__ import MAKE, STEPS, main
from studio.places import STOPPED
from studio.scenario import SCENARIOS


def test_every_step_that_make_takes_is_a_step() -> None:
    assert set(MAKE) <= set(STEPS)


def test_a_clip_without_a_script_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["masters", "nobody"]) == 1
    said = capsys.readouterr().err
    assert "nobody.toml cannot be read" in said
    assert "first-practice" in said
    assert "Traceback" not in said


def test_without_the_studios_environment_the_stage_says_how_to_get_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUDIO_PYTHON", str(tmp_path / "python"))
    assert main(["truth", "first-practice"]) == 1
    assert "Run `make studio`" in capsys.readouterr().err


def test_a_stage_that_ends_badly_stops_the_making(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stage = tmp_path / "studio" / "stage"
    stage.mkdir(parents=True)
    (stage / "__init__.py").touch()
    (stage.parent / "__init__.py").touch()
    (stage / "__main__.py").write_text("import sys; sys.exit(len(sys.argv))", "utf-8")
    monkeypatch.setenv("STUDIO_PYTHON", sys.executable)
    monkeypatch.setattr(door, "_ROOT", tmp_path)
    monkeypatch.setattr(door, "MAKE", ("truth", "film"))
    assert main(["make", "first-practice"]) == 1
    # it was called with the step and the clip, and no film was tried after it
    assert "The stage ended with 3 at “truth”" in capsys.readouterr().err


def test_what_the_stage_has_told_itself_is_not_told_again(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUDIO_PYTHON", sys.executable)
    monkeypatch.setenv("STUDIO_BUILD", str(tmp_path))
    monkeypatch.setattr(door, "MAKE", ("truth", "film"))
    assert main(["make", "first-practice"]) == 1
    (sentence,) = capfd.readouterr().err.splitlines()
    assert "sound.json cannot be read" in sentence
    assert "python -m studio sound" in sentence


def test_a_scheme_without_masters_stops_before_anything_is_made(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = (SCENARIOS / "phone.toml").read_text("utf-8").replace('schemes = ["', 'schemes = ["nobodys", "')
    (tmp_path / "phone.toml").write_text(script, "utf-8")
    monkeypatch.setattr("studio.scenario.SCENARIOS", tmp_path)
    monkeypatch.setattr(door, "_run", lambda *step: pytest.fail(f"{step} was begun"))
    assert main(["make", "phone"]) == 1
    assert "There are no master codes for “nobodys”" in capsys.readouterr().err


def test_a_person_may_stop_it(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(name: str, clip: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(door, "_run", stopped)
    assert main(["film", "phone"]) == STOPPED
    assert capsys.readouterr().err == "Stopped; what is finished is kept.\n"
