"""Translations of scheme files: read, checked, stamped."""

import re
from pathlib import Path

import pytest

from coder.formats import parse_scheme, read_scheme
from coder.formats.scheme_translation import is_translation, read_translation, stamped, translation_problems
from coder.model.problem import SchemeError
from coder.model.translation import fit, mark, texts, translated
from coder.settings.shipped import shipped

SCHEMES = shipped("schemes")
GERMAN = SCHEMES / "translations" / "gaze-near.de.toml"
SCHEME = read_scheme(SCHEMES / "gaze-near.toml")
HEAD = 'scheme = "gaze-near"\nversion = "1.0"\nsha256 = "0"\nlanguage = "de"\ntranslators = ["N. N."]\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gaze-near.de.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_german_scheme_is_whole_and_made_from_the_shipped_text() -> None:
    """If this fails, compare what `coder scheme check` names, mend the German, and run `coder scheme stamp`."""
    translation = read_translation(GERMAN)
    found = fit(SCHEME, translation)
    assert translation.of == SCHEME.id
    assert not translation_problems(GERMAN, SCHEME)
    assert (found.missing, found.outdated, found.unknown) == ((), (), ())
    assert translation.marks == {place: mark(text) for place, text in texts(SCHEME).items()}


def test_the_german_says_the_same_things_in_other_words() -> None:
    german, english = read_translation(GERMAN).texts, texts(SCHEME)
    assert [place for place in english if german[place] == english[place]] == []
    numbers = {place: [part for part in english[place].split() if part.isdigit()] for place in english}
    assert [place for place, found in numbers.items() if any(one not in german[place] for one in found)] == []
    assert [place for place, text in german.items() if "“" in text and "„" not in text] == []


def test_the_translation_in_the_manual_is_one_of_the_scheme_there(tmp_path: Path) -> None:
    page = (SCHEMES.parent / "docs" / "schemes.md").read_text("utf-8")
    example, german = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    scheme, path = parse_scheme(example, "schemes.md"), written(tmp_path, german)
    assert translation_problems(path, scheme) == ()
    path.write_text(stamped(german, scheme, read_translation(path)), "utf-8")
    assert translated(scheme, read_translation(path)).tier("child_face").code("f_smile").label == "Lächeln"


def test_a_folder_of_translations_is_no_folder_of_schemes() -> None:
    assert is_translation(GERMAN)
    assert not is_translation(SCHEMES / "gaze-near.toml")
    assert not is_translation(SCHEMES / "README.md")


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        (HEAD + '[tiers.cg]\nlable = "Kind"\n', 7, "has no text “tiers.cg.lable”. Did you mean “tiers.cg.label”?"),
        (HEAD + '[tiers.cg.codes.cg_fac]\nlabel = "x"\n', 7, "Did you mean “tiers.cg.codes.cg_face.label”?"),
        (HEAD + '[tiers.cg.codes.cg_face]\nkey = "5"\n', 7, "has no text “tiers.cg.codes.cg_face.key”"),
        (HEAD + "[tiers.cg.codes.cg_face]\nmin_ms = 5\n", 7, "This is not a text."),
        (HEAD + '[tiers.cg]\nlabel = " "\n', 7, "The text is empty."),
        (HEAD.replace('"de"', '"German"'), 4, "Use two small letters"),
        (HEAD.replace('["N. N."]', "[]"), 5, "does not say who made it"),
        (HEAD.replace('version = "1.0"\n', ""), 1, "The field “version” is missing."),
        (HEAD + '[tiers.cg]\nlabel = "a"\nlabel = "b"\n', 8, "given twice"),
        (HEAD + '[tiers.cg.codes.cg_obj]\nexamples = ["a", "b", "c", "d"]\n', 7, "examples.3"),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    path = written(tmp_path, text)
    try:
        (problem,) = translation_problems(path, SCHEME)
    except SchemeError as error:
        (problem,) = error.problems
    assert problem.where.startswith(f"gaze-near.de.toml:{line}")
    assert sentence in str(problem)


def test_a_stamp_makes_a_translation_hold_for_the_text_and_changes_no_word(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + '\n# a remark\ntitle = "Wer schaut wohin"\n[tiers.cg]\nlabel = "Kind"\n')
    before = read_translation(path)
    assert fit(SCHEME, before).used == ()
    once = stamped(path.read_text("utf-8"), SCHEME, before)
    after = read_translation(written(tmp_path, once))
    assert after.texts == before.texts
    assert fit(SCHEME, after).used == ("title", "tiers.cg.label")
    assert "# a remark" in once
    assert stamped(once, SCHEME, after) == once


def test_a_translation_that_is_taken_for_a_scheme_is_called_what_it_is() -> None:
    with pytest.raises(SchemeError) as caught:
        read_scheme(shipped("schemes") / "translations" / "gaze-near.de.toml")
    (problem,) = caught.value.problems
    assert str(problem).startswith("gaze-near.de.toml: This is a translation of “gaze-near”, not a scheme.")
