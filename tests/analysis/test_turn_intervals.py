"""Gaps, overlaps and pauses of two voices. One letter a second: a, b, 2 for both, . for nobody, ? for unknown."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.analysis.turn_intervals import Interval, intervals
from coder.model.time import SECOND_US, Span
from tests.analysis.played import a_play, a_rule, counts, numbers, reasons


def spans(letters: str, held: str) -> tuple[Span, ...]:
    """Where one of the letters in `held` stands."""
    at, found = 0, []
    for is_held, run in groupby(letters, key=lambda letter: letter in held):
        length = len(list(run))
        if is_held:
            found.append(Span(at * SECOND_US, (at + length) * SECOND_US))
        at += length
    return tuple(found)


def told(letters: str, most_s: int | None = None) -> list[tuple[str, str, int]]:
    """Kind, who before and after, seconds."""
    most_us = None if most_s is None else most_s * SECOND_US
    found = intervals(spans(letters, "a2"), spans(letters, "b2"), spans(letters, "ab2."), most_us)
    return [
        (one.interval.name, "ab"[one.before] + "ab"[one.after], one.span.duration_us // SECOND_US) for one in found
    ]


def test_silence_between_two_voices_of_one_is_a_pause_between_two_people_a_gap():
    assert told("aa..bb.b...a") == [("GAP", "ab", 2), ("PAUSE", "bb", 1), ("GAP", "ba", 3)]


def test_overlaps_change_the_turn_or_do_not():
    assert told("aa22bb") == [("CHANGING", "ab", 2)]
    assert told("aa2aa.b22bb") == [("WITHIN", "aa", 1), ("GAP", "ab", 1), ("WITHIN", "bb", 2)]


def test_a_change_without_silence_and_without_overlap_is_neither():
    assert told("aabb") == []


def test_what_nobody_can_tell_is_left_out():
    assert told("22..a.b") == [("GAP", "ab", 1)], "both fell silent at once"
    assert told("a..22") == [], "both began at once"
    assert told("..a.b..") == [("GAP", "ab", 1)], "before the first and after the last voice nothing is known"
    assert told("a.?.b") == [], "nobody knows what was heard meanwhile"
    assert told("a?.b") == []


def test_silences_that_are_too_long_are_nobodys():
    assert told("a....b..a", most_s=3) == [("GAP", "ba", 2)]
    assert told("a2222b", most_s=3) == [("CHANGING", "ab", 4)], "an overlap is not a silence"


def brute(letters: str) -> list[tuple[str, str, int]]:
    """The same by the letters themselves."""
    runs = [(letter, len(list(same))) for letter, same in groupby(letters)]
    found = []
    for (before, _), (middle, length), (after, _) in zip(runs, runs[1:], runs[2:], strict=False):
        if before in "ab" and after in "ab" and middle in ".2":
            same = before == after
            kind = ("PAUSE" if same else "GAP") if middle == "." else ("WITHIN" if same else "CHANGING")
            found.append((kind, before + after, length))
    return found


@given(st.text("ab2.?", max_size=40))
def test_a_second_way_finds_the_same(letters: str):
    assert told(letters) == brute(letters)


def test_the_measure_counts_each_kind_and_gives_the_median_length():
    # f (Face) and s (Smile) stand for the voices of two people: f from 0 to 2, s 4 to 5 and 6 to 8, f 8.
    coding = a_play(eyes="ffa.....f", face="qqqqsqssq")
    rule = a_rule("turn_intervals", "f", "s")
    found = numbers(coding, rule)
    assert found["gaps, Face to Smile"] == 1
    assert found["median of gaps, Face to Smile"] == 2
    assert found["pauses within the turn, Smile"] == 1
    assert found["median of pauses within the turn, Smile"] == 1
    assert found["gaps, Smile to Face"] == 0
    assert found["median of gaps, Smile to Face"] is None
    assert reasons(coding, rule)["median of gaps, Smile to Face"] == "There are no gaps of this kind."
    assert counts(coding, rule)["gaps, Face to Smile"] == 1
    assert len(found) == 2 * 2 * len(Interval)


def test_without_codable_time_nothing_is_counted():
    coding = a_play(eyes="uuuu")
    assert set(numbers(coding, a_rule("turn_intervals", "f", "s")).values()) == {None}


def test_only_parts_of_the_session():
    coding = a_play(eyes="f...f...", face="qqsqqqsq", part="11112222")
    found = numbers(coding, a_rule("turn_intervals", "f", "s", within="part", parts=("p1", "p2")))
    assert found["Play, gaps, Face to Smile"] == 1
    assert found["Pause, gaps, Face to Smile"] == pytest.approx(1)
    assert found["Play, gaps, Smile to Face"] == 0, "the answer lies in the next part"
