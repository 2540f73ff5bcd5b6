"""Every sentence that a computation of reliability says can be said in another language."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import coder.model.statistic
import coder.reliability
from coder.desktop.reliability_words import COUNT_NAMES, STATISTIC_NAMES, known, said
from coder.language import ENGLISH, speak
from coder.model.agreement import STATUS_SENTENCES
from coder.reliability import compare, pool
from tests.reliability.drawn import SCHEME, a_pass

ROOM = Path(coder.reliability.__file__).parent
_GAP = re.compile(r"\{[^{}]*\}")


def filled(part: ast.expr) -> str:
    """A piece of a text: as it stands, one of the words it chooses between, or a gap."""
    if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.IfExp):
        part = part.value.body
    return str(part.value) if isinstance(part, ast.Constant) else "{}"


def texts(tree: ast.AST) -> Iterator[str]:
    """Every string of a module that is no docstring; what is filled in is written as `{}`."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(map(filled, node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if id(node) not in docstrings | inside else []


def sentences() -> dict[str, str]:
    """What reads like a sentence, its gaps filled, and the module that says it."""
    found = {}
    for file in sorted(ROOM.glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for text in texts(tree):
            if re.match(r"[A-Z{]", text) and text.rstrip().endswith(".") and " " in text:
                found[_GAP.sub("7", text).strip()] = file.name
    return found


def test_every_sentence_of_the_computation_is_known() -> None:
    found = sentences()
    assert len(found) > 10
    unknown = {text: file for text, file in found.items() if not known(text)}
    assert not unknown


def test_every_statistic_has_a_name() -> None:
    names = {value for name, value in vars(coder.model.statistic).items() if name.isupper()}
    assert names == set(STATISTIC_NAMES)


def test_every_status_can_be_said() -> None:
    assert all(known(text) for text in STATUS_SENTENCES.values())


def test_units_methods_and_notes_of_a_comparison_are_known() -> None:
    a = a_pass("a", look="pptttaauupp" * 8, near="rrrrrfffff" * 8, cues="v..g..v.." * 9, body="kk..hhhh" * 10)
    b = a_pass("b", look="ppptttaaupp" * 8, near="rrrrrrffff" * 8, cues=".v.g...v." * 9, body="kkk...hh" * 10)
    short = a_pass("b", look="ppt", cues="v")
    silent = a_pass("b", look="." * 88)
    for other in (a, b, short, silent):
        for one in (*compare(a, other, SCHEME), *pool(compare(a, other, SCHEME) * 3)):
            for text in (one.unit, one.estimate.method, one.estimate.note):
                assert known(text), (one.statistic, text)
            assert set(one.counts) <= set(COUNT_NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "jackknife over 12 sessions",
        "Coder A used one code only, so agreement cannot exceed chance. Under one minute was compared, too little "
        "to judge by.",
        "Rare: under 5 % of the compared time. Nothing here could vary, so there is no interval.",
    ],
)
def test_in_english_a_sentence_stays_as_it_is(text: str) -> None:
    speak(ENGLISH)
    assert said(text) == text


def test_what_is_not_known_is_shown_as_it_is() -> None:
    assert said("A sentence that nobody has written yet.") == "A sentence that nobody has written yet."
    assert not known("A sentence that nobody has written yet.")
    assert said("") == ""
