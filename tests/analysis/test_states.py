"""Measures of states, worked by hand: one letter is one second (see `played`)."""

from dataclasses import replace

import pytest

from coder.analysis import derived_states
from coder.model.time import SECOND_US, Span
from tests.analysis.played import TIERS, a_play, a_rule, a_scheme, counts, numbers, reasons

NOBODY = "No time here could be coded."


def test_percent_time_is_of_the_time_that_can_be_coded():
    # f holds in 4 of the 8 seconds that are not u; a gap is codable time without a code.
    coding = a_play(eyes="ffuuffoo.a")
    assert numbers(coding, a_rule("percent_time", "f", "o", "a")) == {"Face": 50, "Object": 25, "Away": 12.5}
    assert counts(coding, a_rule("percent_time", "f"))["Face"] == 2


def test_percent_time_of_a_term():
    # f or o: 6 of 8 seconds. f and s: seconds 0 and 4 of those in which neither u nor n: 7.
    coding = a_play(eyes="ffuuffoo.a", face="sqqqsnssss")
    assert numbers(coding, a_rule("percent_time", "f or o", "f and s")) == {
        "Face or Object": 75,
        "Face and Smile": pytest.approx(100 * 2 / 7),
    }


def test_gaps_hold_the_default():
    # q is keyed for 2 seconds and fills 3 more; n is not codable: 5 of 8.
    assert numbers(a_play(face="qq...sssnn"), a_rule("percent_time", "q"))["Quiet"] == 100 * 5 / 8


def test_nothing_codable_is_said_and_not_zero():
    coding = a_play(eyes="uuuu")
    for rule in ("percent_time", "bouts", "without", "matching", "recovery"):
        assert set(reasons(coding, a_rule(rule, "f")).values()) == {NOBODY}
        assert set(numbers(coding, a_rule(rule, "f")).values()) == {None}
    assert set(reasons(coding, a_rule("both", "f", "s")).values()) == {NOBODY}
    assert set(reasons(coding, a_rule("led_by_first", "f", "s")).values()) == {NOBODY}
    assert set(reasons(coding, a_rule("transitions", "f", "o")).values()) == {NOBODY}


def test_only_the_window_counts():
    coding = a_play(eyes="ffffoooo", window=Span(3 * SECOND_US, 7 * SECOND_US))
    assert numbers(coding, a_rule("percent_time", "f"))["Face"] == 25  # 1 of 4 seconds


def test_parts_of_the_session():
    #                 play    pause   again
    coding = a_play(eyes="ffffoooofouuffff", part="1111222233331111")
    rule = a_rule("percent_time", "f", within="part", parts=("p2", "p1", "p3"))
    # play: seconds 0-3 and 12-15, all f; pause: none; again: 1 of the 2 that are not u
    assert numbers(coding, rule) == {"Pause, Face": 0, "Play, Face": 100, "Again, Face": 50}
    assert list(numbers(coding, rule)) == ["Pause, Face", "Play, Face", "Again, Face"]
    # Without “parts” all codes of the tier, in its order.
    assert list(numbers(coding, a_rule("percent_time", "f", within="part"))) == [
        "Play, Face",
        "Pause, Face",
        "Again, Face",
    ]


def test_a_part_that_does_not_occur_is_named():
    coding = a_play(eyes="ffff", part="1122")
    found = reasons(coding, a_rule("bouts", "f", within="part", parts=("p1", "p3")))
    assert found == {
        "Again, Face, stretches": "There is no “Again” in this pass.",
        "Again, Face, mean length": "There is no “Again” in this pass.",
        "Again, Face, longest": "There is no “Again” in this pass.",
    }


def test_change_from_part_to_part():
    # play: f 3 of 4 seconds; pause: 1 of 4; again: 1 of the 2 that can be coded
    coding = a_play(eyes="fffo fooo fouu".replace(" ", ""), part="111122223333")
    rule = a_rule("change", "f", "f or o", within="part", parts=("p1", "p2", "p3"))
    assert numbers(coding, rule) == {
        "Face, from Play to Pause": -50,
        "Face, from Pause to Again": 25,
        "Face or Object, from Play to Pause": 0,
        "Face or Object, from Pause to Again": 0,
    }
    unseen = a_play(eyes="fffouuuu", part="11112222")
    assert reasons(unseen, rule) == {
        "Face, from Play to Pause": "No time of one of the two parts could be coded.",
        "Face, from Pause to Again": "There is no “Again” in this pass.",
        "Face or Object, from Play to Pause": "No time of one of the two parts could be coded.",
        "Face or Object, from Pause to Again": "There is no “Again” in this pass.",
    }


def test_both_is_time_number_and_share():
    # f and s together: 1-3 and 6; s cannot be known in 7, f not in 8 and 9: 7 seconds codable
    coding = a_play(eyes="ffffoofauu", face="qsssqqsnqq")
    rule = a_rule("both", "f", "s")
    assert numbers(coding, rule) == {"time": 4, "stretches": 2, "share of the time": pytest.approx(400 / 7)}
    assert derived_states(coding, a_scheme(rule)) == {
        "it": (Span(SECOND_US, 4 * SECOND_US), Span(6 * SECOND_US, 7 * SECOND_US))
    }


def test_bouts_are_cut_by_uncodable_time_and_by_the_window():
    rule = a_rule("bouts", "f", "a")
    assert numbers(a_play(eyes="ffoufffuuf"), rule) == {
        **{"Face, stretches": 3, "Face, mean length": 2, "Face, longest": 3},  # 2, 3 and 1 seconds
        **{"Away, stretches": 0, "Away, mean length": None, "Away, longest": None},
    }
    assert reasons(a_play(eyes="ff"), rule)["Away, longest"] == "There is no such stretch here."


def test_an_interruption_that_the_scheme_absorbs_divides_nothing():
    eyes = TIERS[0]
    bridging = replace(
        eyes, codes=tuple(replace(one, absorb_us=2 * SECOND_US if one.id == "f" else 0) for one in eyes.codes)
    )
    tiers = (bridging, *TIERS[1:])
    coding = a_play(eyes="fffoffooff")
    # 1 second of o is absorbed, 2 seconds are not: stretches of 6 and 2 seconds
    assert numbers(coding, a_rule("bouts", "f"), tiers) == {
        "Face, stretches": 2,
        "Face, mean length": 4,
        "Face, longest": 6,
    }
    assert numbers(coding, a_rule("percent_time", "f"), tiers) == {"Face": 80}
    assert numbers(coding, a_rule("bouts", "f"))["Face, stretches"] == 3


def test_without_is_the_codable_rest():
    # not f: seconds 2, 3, 6, 9; u is neither
    coding = a_play(eyes="ffooffauuo")
    assert numbers(coding, a_rule("without", "f")) == {"time": 4, "stretches": 3, "longest": 2}
    limit = "at most 4 s (1: yes, 0: no)"
    assert numbers(coding, a_rule("without", "f", most_us=4 * SECOND_US))[limit] == 1
    assert numbers(coding, a_rule("without", "f", most_us=4 * SECOND_US - 1))["at most 4 s (1: yes, 0: no)"] == 0
    assert numbers(a_play(eyes="ffff"), a_rule("without", "f")) == {"time": 0, "stretches": 0, "longest": None}


def test_who_was_first():
    # both at 1 (parent smiles since 0), at 5 (both begin at 5), at 9 (child looks since 8)
    coding = a_play(eyes="offooffoff", face="ssqqqssqqs")
    assert numbers(coding, a_rule("led_by_first", "f", "s")) == {
        "Face first": pytest.approx(100 / 3),
        "Smile first": pytest.approx(100 / 3),
        "left out": 0,
    }


def test_who_was_first_is_not_known_where_the_beginning_was_not_seen():
    # The first stretch begins with the window, the second after u.
    coding = a_play(eyes="ffooufffoo", face="ssqqsssqqq")
    assert numbers(coding, a_rule("led_by_first", "f", "s")) == {
        "Face first": None,
        "Smile first": None,
        "left out": 2,
    }
    assert reasons(coding, a_rule("led_by_first", "f", "s"))["Face first"] == (
        "There is no such stretch here whose beginning could be seen."
    )


def test_recovery_leaves_out_what_was_not_seen_to_its_end():
    # away 2 s, 3 s; then u: left out; then f again, away to the end: left out
    coding = a_play(eyes="ffoofaaoffouufoo")
    assert numbers(coding, a_rule("recovery", "f")) == {"median": 2.5, "left out": 2}
    assert counts(coding, a_rule("recovery", "f"))["median"] == 2
    assert numbers(a_play(eyes="oofff"), a_rule("recovery", "f")) == {"median": None, "left out": 0}


def test_matching_and_the_time_to_repair():
    # matched: f and s, or o and q
    coding = a_play(eyes="aaffaaaffauf", face="qqssqqqssqqs")
    # mismatched: 0-2 (2 s, repaired), 4-7 (3 s, repaired), 9 (then u: left out); after u a match at once
    rule = a_rule("matching", "f and s", "o and q")
    assert numbers(coding, rule) == {
        "matched": pytest.approx(100 * 5 / 11),
        "mismatched": pytest.approx(100 * 6 / 11),
        "mismatched stretches": 3,
        "median time to repair": 2.5,
        "longest time to repair": 3,
        "left out": 1,
    }
    assert len(derived_states(coding, a_scheme(rule))["it"]) == 3


def test_a_mismatch_that_began_unseen_is_left_out_of_the_time_to_repair():
    rule = a_rule("matching", "f and s", within="part", parts=("p2",))
    # in the pause (4-9): mismatched 4, 5, matched 6, u 7, mismatched 8, matched 9
    coding = a_play(eyes="aaaaaafuaf", face="ssssssssss", part="1111222222")
    found = numbers(coding, rule)
    assert (found["Pause, median time to repair"], found["Pause, left out"]) == (2, 1)
    assert found["Pause, mismatched stretches"] == 2
    assert derived_states(coding, a_scheme(rule))["it"] == (
        Span(6 * SECOND_US, 7 * SECOND_US),
        Span(9 * SECOND_US, 10 * SECOND_US),
    )


def test_a_change_rests_on_the_stretches_of_both_parts():
    coding = a_play(eyes="foff" + "offo", part="1111" + "2222")
    rule = a_rule("change", "f", within="part", parts=("p1", "p2"))
    assert counts(coding, rule) == {"Face, from Play to Pause": 3}
