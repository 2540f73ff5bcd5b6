"""All that the computation of evidence says has words that can be said in another language."""

import ast
import re
from pathlib import Path

import coder.evidence
from coder.annotate.view.asked import ANSWER_KEYS, CONCERN_NAMES, answer_badge, answer_text
from coder.annotate.view.differing import VERDICT_KEYS
from coder.desktop.evidence_texts import (
    _EXPECTED,
    _FOUND,
    _SILENT,
    SILENT_SHORT,
    STRENGTH_WORDS,
    expected_text,
    found_text,
    lag_text,
    limits_text,
    p_text,
    value_text,
)
from coder.desktop.evidence_words import MISSES
from coder.evidence.queue import STRENGTHS
from coder.formats import read_scheme
from coder.model.disagreement import Verdict
from coder.model.evidence import SILENCE_SENTENCES, Answer, Concern, Figure, Silence
from coder.model.scheme import Evidence
from coder.settings.shipped import shipped
from tests.desktop.test_reliability_words import texts

ROOM = Path(coder.evidence.__file__).parent


def test_every_reason_for_silence_can_be_said() -> None:
    assert set(SILENCE_SENTENCES) == set(Silence)
    assert set(SILENCE_SENTENCES.values()) - {""} == set(_SILENT)
    assert set(SILENT_SHORT) == set(Silence) - {Silence.SPEAKS}


def test_the_computation_says_no_other_sentence() -> None:
    """Whatever it wants to tell a person is a `Silence`, so that windows can say it in their language."""
    found = {
        text
        for file in ROOM.glob("*.py")
        for text in texts(ast.parse(file.read_text("utf-8")))
        if re.match(r"[A-Z{]", text) and text.rstrip().endswith(".") and " " in text
    }
    assert not found


def test_every_concern_and_answer_has_words() -> None:
    assert set(STRENGTH_WORDS) == set(STRENGTHS)
    assert set(CONCERN_NAMES) == set(Concern) - {Concern.COLLEAGUE}
    assert set(ANSWER_KEYS) == set(Answer)
    words = {answer_text(answer, concern) for answer in Answer for concern in CONCERN_NAMES}
    assert {"The code is wrong", "A code is missing", "It can be coded", "The feature is wrong"} <= words
    badges = {answer_badge(answer, concern) for answer in Answer for concern in CONCERN_NAMES}
    assert max(map(len, badges)) <= len("A code is missing")


def test_a_key_that_verdicts_and_answers_share_means_alike() -> None:
    alike = {Verdict.NEITHER: Answer.CODE_WRONG, Verdict.UNCLEAR: Answer.UNCLEAR, Verdict.UNKNOWN: Answer.UNKNOWN}
    for verdict, key in VERDICT_KEYS.items():
        for answer, other in ANSWER_KEYS.items():
            assert (key == other) == (alike.get(verdict) is answer)


def test_every_rule_of_the_shipped_schemes_is_said_in_words() -> None:
    rules = []
    for file in sorted(shipped("schemes").glob("*.toml")):
        scheme = read_scheme(file)
        rules += [rule for tier in scheme.tiers for code in tier.codes for rule in code.evidence]
        rules += [rule for derived in scheme.derived for rule in derived.evidence]
    assert {rule.test for rule in rules} <= set(_EXPECTED) == set(_FOUND)
    for rule in rules:
        assert expected_text(rule).startswith("expected: ")
        assert "{" not in expected_text(rule) + found_text(rule, 0.25)


def test_numbers_are_written_as_people_write_them() -> None:
    share = Evidence("child_toward", "on", 0.4, "event", 0.5, "medium")
    change = Evidence("child_motion", "rises_by", 1.0, "around", 0.5, "weak", 700_000)
    assert expected_text(share) == "expected: on in at least 40\u202f% of the time that was seen"
    assert expected_text(change).endswith("by at least 1, from 0.7\u202fs before the onset to 0.7\u202fs after it")
    assert [value_text(share, 0.62), value_text(change, -0.2), value_text(share, None)] == [
        "62\u202f%",
        "−0.20",
        "–",
    ]
    assert [p_text(p) for p in (0.0238, 0.004, 0.5, None)] == ["0.024", "0.004", "0.50", "–"]
    assert [lag_text(lag) for lag in (400_000, -50_000, None)] == ["+0.40\u202fs", "−0.05\u202fs", "–"]
    assert limits_text(Figure(value=0.8, low=0.66, high=0.91), share=True) == "66\u202f% to 91\u202f%"
    assert limits_text(Figure(), share=True) == ""


def test_known_limits_are_all_there() -> None:
    text = " ".join(MISSES).lower()
    for word in (
        "profile",
        "shoulder",
        "lap",
        "toys",
        "mask",
        "pacifier",
        "dark",
        "small",
        "skin",
        "age",
        "head",
        "mirrors",
        "screens",
        "lenses",
        "dolls",
    ):
        assert word in text
