"""Preferences come back as they were, and a damaged file costs comfort only."""

import json
from pathlib import Path

import pytest

from coder.model.problem import CoderError
from coder.settings.preferences import RECENT_AT_MOST, Preferences, PreferencesFile, preferences_path


def test_what_was_set_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "preferences.json"
    PreferencesFile(path).change(theme="dark", text_pt=12.0, splitters={"study": "AAAA"})
    again = PreferencesFile(path)
    assert (again.value.theme, again.value.text_pt, again.value.splitters) == ("dark", 12.0, {"study": "AAAA"})
    assert again.remark is None
    assert [one.name for one in path.parent.iterdir()] == ["preferences.json"]


def test_no_file_is_no_remark(tmp_path: Path) -> None:
    file = PreferencesFile(tmp_path / "none.json")
    assert file.value == Preferences()
    assert file.remark is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe\x00", b'{"theme": "pink"}', b'{"text_pt": "12"}', b'{"text_pt": 400.0}'],
)
def test_a_damaged_file_gives_the_defaults_and_a_remark(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(content)
    file = PreferencesFile(path)
    assert file.value == Preferences()
    assert file.remark is not None
    assert file.remark.where == str(path)
    file.change(theme="light")
    assert PreferencesFile(path).value.theme == "light"


def test_fields_of_a_newer_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(json.dumps({"theme": "dark", "sparkles": True}), "utf-8")
    file = PreferencesFile(path)
    assert file.value.theme == "dark"
    assert file.remark is None


def test_recent_studies_are_newest_first_once_each_and_few(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    file = PreferencesFile(path)
    for number in range(RECENT_AT_MOST + 3):
        file.remember_study(tmp_path / f"s{number}", f"Study {number}")
    file.remember_study(tmp_path / "s9", "Study nine")
    recent = PreferencesFile(path).value.recent
    assert len(recent) == RECENT_AT_MOST
    assert [one.name for one in recent[:3]] == ["Study nine", "Study 12", "Study 11"]
    assert sum(one.path == str(tmp_path / "s9") for one in recent) == 1
    file.forget_study(tmp_path / "s9")
    assert file.value.recent[0].name == "Study 12"


def test_a_disk_that_refuses_gets_one_sentence_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "preferences.json"
    PreferencesFile(path).change(theme="dark")
    blocked = PreferencesFile(path / "below a file" / "preferences.json")
    with pytest.raises(CoderError) as caught:
        blocked.change(theme="light")
    assert len(caught.value.problems) == 1
    assert blocked.value.theme == "light"
    assert PreferencesFile(path).value.theme == "dark"


def test_the_environment_moves_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_CONFIG_DIR", str(tmp_path))
    assert preferences_path() == tmp_path / "preferences.json"
    monkeypatch.delenv("CODER_CONFIG_DIR")
    assert preferences_path().parent != tmp_path
