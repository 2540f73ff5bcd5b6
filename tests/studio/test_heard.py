"""The list of who is heard when: what is missing or wrong is one sentence."""

from pathlib import Path

import pytest

from studio.heard import HeardError, read_heard


@pytest.mark.parametrize("text", ["junk", "[]", "{}", '{"segments": [{"who": "child"}], "made_with": {}}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "sound.json").write_text(text, "utf-8")
    with pytest.raises(HeardError, match=r"sound\.json does not list who is heard when; make it anew"):
        read_heard(tmp_path / "sound.json")


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(HeardError, match=r"cannot be read .*; make it with `python -m studio sound`"):
        read_heard(tmp_path / "sound.json")
