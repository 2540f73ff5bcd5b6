"""The catalogues are in step with the source, whole, and say the same thing in each language."""

import gettext
import io
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from coder.language import CATALOGUES, first_of, grouped, languages, plural, speak, spoken, tr

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import strings  # noqa: E402  the tool is a script of the checkout, no package

LANGUAGES = [path.stem for path in sorted(CATALOGUES.glob("*.po"))]


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO((CATALOGUES / f"{language}.po").read_bytes()), locale=language)


def messages(language: str) -> list[Message]:
    return [one for one in catalogue(language) if one.id]


def forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, (tuple, list)) else (str(text),)


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{(\w+)(?:![ra])?(?::[^}]*)?\}", text))


def test_there_is_a_second_language() -> None:
    assert LANGUAGES == ["de"]
    assert languages() == ("en", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_source_is_in_the_catalogue_and_no_other(language: str) -> None:
    now, kept = {one.id for one in strings.gathered() if one.id}, {one.id for one in messages(language)}
    assert (now - kept, kept - now) == (set(), set()), "run `make strings`"


def test_a_message_is_gathered_wherever_it_stands() -> None:
    source = """tr("{a}", a=tr("inside")); f"{plural('one', 'many', 2)}"; later("lat" "er"); tr(constant)"""
    assert set(strings.messages(source)) == {"{a}", "inside", ("one", "many"), "later"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    assert not [one.id for one in messages(language) if not all(forms(one.string)) or one.fuzzy]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_says_what_is_written(language: str) -> None:
    with (CATALOGUES / f"{language}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for one in messages(language):
        sources, translated = forms(one.id), forms(one.string)
        if len(sources) == 2:
            found = [compiled.ngettext(*sources, count) for count in (1, 2)]
        else:
            found = [compiled.gettext(sources[0])]
        assert found == list(translated), "run `make strings`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_are_filled_in(language: str) -> None:
    wrong = []
    for one in messages(language):
        sources = [placeholders(text) for text in forms(one.id)]
        for number, text in enumerate(forms(one.string)):
            allowed = sources[min(number, len(sources) - 1)]
            if set(placeholders(text)) != set(allowed) and set(placeholders(text)) not in map(set, sources):
                wrong.append((one.id, text))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_around_the_words_stays(language: str) -> None:
    """A mnemonic, an ellipsis that announces a form, a full stop that ends a sentence."""
    wrong = []
    for one in messages(language):
        for source, text in zip(forms(one.id), forms(one.string), strict=False):
            marks = [bool(re.search(r"&\w", line)) for line in (source, text)]
            ends = [re.sub(r".*?([….:]?)$", r"\1", line, flags=re.DOTALL) for line in (source, text)]
            if marks[0] != marks[1] or ends[0] != ends[1]:
                wrong.append((source, text))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_plain_quotation_marks_slip_in(language: str) -> None:
    assert not [
        text for one in messages(language) for text in forms(one.string) if "“" in text and "„" not in text
    ]


def test_a_language_is_spoken_and_a_missing_one_is_english() -> None:
    try:
        speak("de")
        assert spoken() == "de"
        assert tr("Cancel") == "Abbrechen"
        assert plural("{count} day ago", "{count} days ago", 3) == "vor 3 Tagen"
        speak("xx")
        assert (spoken(), tr("Cancel")) == ("en", "Cancel")
    finally:
        speak("en")


def test_thousands_are_never_told_as_decimals() -> None:
    assert grouped(1_500) == "1,500"
    try:
        speak("de")
        assert grouped(17_981) == "17\N{NARROW NO-BREAK SPACE}981"
        assert grouped(412) == "412"
    finally:
        speak("en")


def test_no_text_stays_no_text() -> None:
    """A column without a heading must not show the head of the catalogue."""
    try:
        speak("de")
        assert tr("") == ""
    finally:
        speak("en")


def test_a_system_gets_the_first_of_its_languages_that_is_ours() -> None:
    assert first_of(["fr-FR", "de-AT", "en"]) == "de"
    assert first_of(["fr-FR"]) == "en"
    assert first_of(["den-CA", "de_CH"]) == "de"
    assert first_of(["den-CA"]) == "en", "Slavey is not German"
