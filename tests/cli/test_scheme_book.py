"""`coder scheme book`, `stamp` and `check` of a translation."""

import json
import shutil
from pathlib import Path

import pytest

from coder.language import spoken
from coder.settings.shipped import shipped
from tests.cli.conftest import Run

GERMAN = shipped("schemes") / "translations" / "gaze-near.de.toml"


def test_a_codebook_for_browsers(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "book.html"
    done = run("scheme", "book", "ratings", "--out", out)
    assert done.exit_code == 0, done.output
    assert f"The codebook is in {out}." in done.output
    assert "Warm regard" in out.read_text("utf-8")


@pytest.mark.usefixtures("qapp")
def test_a_codebook_on_paper_in_german(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "book.pdf"
    done = run("scheme", "book", "gaze-near", "--out", out, "--no-examples", "--language", "de", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.output) == {"out": str(out)}
    assert out.read_bytes().startswith(b"%PDF-")
    assert spoken() == "en", "the program goes on in its own language"


def test_german_words_are_in_the_german_codebook(tmp_path: Path, run: Run) -> None:
    out = tmp_path / "book.html"
    assert run("scheme", "book", "gaze-near", "--out", out, "--no-examples", "--language", "de").exit_code == 0
    page = out.read_text("utf-8")
    assert '<html lang="de">' in page
    assert "Gesicht des Elternteils" in page
    assert "Parent’s face" not in page
    assert "<img" not in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ratings", "--out", "book.txt"), "Give it a name that ends in .html or .pdf."),
        (("ratings", "--out", "book.html", "--language", "de"), "There is no translation of “ratings” into “de”."),
        (("rating", "--out", "book.html"), "There is no scheme “rating”"),
    ],
)
def test_mistakes_are_one_sentence_and_write_nothing(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("scheme", "book", *words)
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_translation_is_checked_and_stamped(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "gaze-near.de.toml"
    shutil.copy(GERMAN, path)
    whole = run("scheme", "check", path)
    assert whole.exit_code == 0, whole.output
    assert "into “de”" in whole.output
    assert "out of date" not in whole.output
    text = path.read_text("utf-8").partition("# Which texts")[0]
    path.write_text(text.replace('sha256 = "', 'sha256 = "0', 1), "utf-8")
    old = run("scheme", "check", path)
    assert old.exit_code == 0
    assert "may be out of date" in old.output
    assert "tiers.cg.codes.cg_face.label" in old.output
    assert run("scheme", "stamp", path).exit_code == 0
    assert path.read_bytes() == GERMAN.read_bytes()


def test_a_translation_with_mistakes_lists_them(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "gaze-near.de.toml"
    path.write_text(GERMAN.read_text("utf-8").replace("[tiers.cg]\n", "[tiers.cgg]\n", 1), "utf-8")
    before = path.read_bytes()
    done = run("scheme", "check", path)
    assert done.exit_code == 1
    assert "Did you mean “tiers.cg.label”?" in done.stderr
    assert run("scheme", "stamp", path).exit_code == 1
    assert path.read_bytes() == before
