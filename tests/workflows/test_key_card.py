"""The key card: every key of a scheme, as it is in force, on one sheet."""

from pathlib import Path

import pytest

from coder.annotate.keymap import COMMANDS, Do, KeyChoices
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.workflows.key_card import write_key_card
from coder.workflows.schemes import shipped_schemes


@pytest.mark.parametrize("scheme", shipped_schemes(), ids=lambda scheme: scheme.id.name)
def test_the_card_lists_all_codes_and_commands(tmp_path: Path, scheme: Scheme) -> None:
    page = write_key_card(scheme, KeyChoices(), tmp_path / "card.html").read_text("utf-8")
    assert all(f"<dd>{command.label}</dd>" in page for command in COMMANDS)
    keyed = [(code.key.upper(), code.label) for _, code in scheme.codes() if code.key]
    assert all(f"<kbd>{key}</kbd>" in page.replace("&#39;", "'") for key, _ in keyed)
    assert "size: A4" in page
    assert "http" not in page


def test_changed_keys_are_on_the_card(tmp_path: Path) -> None:
    scheme = shipped_schemes()[0]
    tier, code = next((tier, code) for tier, code in scheme.codes() if code.key)
    choices = KeyChoices({Do.PLAY: ("F7",)}, {(tier.id, code.id): "F8"})
    page = write_key_card(scheme, choices, tmp_path / "new" / "card.html").read_text("utf-8")
    assert "<kbd>F7</kbd></dt><dd>Play or pause</dd>" in page
    assert "<kbd>F8</kbd>" in page


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(CoderError):
        write_key_card(shipped_schemes()[0], KeyChoices(), tmp_path / "file" / "card.html")
