"""Where the program keeps what it makes unasked."""

from pathlib import Path

import pytest

from coder.settings.folders import keep_fault


def test_faults_of_one_second_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_DATA_DIR", str(tmp_path))
    kept = [keep_fault(f"fault {number}") for number in range(3)]
    assert [path.read_text("utf-8") for path in kept] == ["fault 0", "fault 1", "fault 2"]
