"""Measuring that is killed again and again comes to the same bits; the short form of `measuring_kill_loop`."""

import os
import random
from pathlib import Path

import pytest

from tests.features import plugins
from tests.workflows.measuring_kill_loop import Tally, kill_until_measured, reference

ROUNDS = int(os.environ.get("CODER_STORE_KILLS", "15")) // 15


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="asks for processes by signal 0")
def test_kills_of_the_program_or_its_processes_change_no_bit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])]))
    wanted, tally, chance = reference(tmp_path / "whole"), Tally(), random.Random(3)
    for number in range(max(ROUNDS, 1)):
        kill_until_measured(tmp_path / f"study-{number}", wanted, chance, tally)
    assert tally.programs + tally.processes >= 1
    assert tally.rounds == max(ROUNDS, 1)
