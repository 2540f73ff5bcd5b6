"""The studio's door: one table of steps, one sentence for what a person can mend."""

import sys
from pathlib import Path

import pytest

from studio import __main__ as door
from studio.__main__ import MAKE, STEPS, main


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
