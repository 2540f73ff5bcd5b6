"""What the tracks ask about, what people answer, and what is counted from it."""

from dataclasses import replace

import numpy as np
import pytest

from coder.evidence.contrasts import contrasts
from coder.evidence.coverage import coverage_by_code
from coder.evidence.moments import once, same_moment
from coder.evidence.queue import measured_by, questions
from coder.evidence.rates import answer_to, feature_errors, standing, still_answers
from coder.model.evidence import Answer, Concern, Concordance, Question, Ruling, Silence
from coder.model.scheme import Evidence
from coder.model.time import SECOND_US, Span
from tests.evidence.watched import BY_FACES, MUTUAL, TOWARD, around, coded, measured, scheme, track, tracks

TODAY = measured_by(BY_FACES)


def asked(coding, made, *some):
    return questions(coding, made, tracks(*some))


def seconds(start, end):
    return Span(start * SECOND_US, end * SECOND_US)


def test_an_event_against_the_tracks_is_asked_about_if_seventy_per_cent_was_seen():
    coding = coded("ffffffffffoo")
    assert asked(coding, scheme(), track("toward", "000000....00")) == ()
    (one,) = asked(coding, scheme(), track("toward", "0000000...00"))
    assert (one.concern, one.tier, one.code, one.feature) == (Concern.AGAINST, "child", "f", "toward")
    assert (one.span, one.event_id, one.pass_id) == (seconds(0, 10), "child0", "p1")
    assert (one.value, one.measured_by) == (0, TODAY)
    assert (one.coverage, one.score) == pytest.approx((0.7, 10 * 2 / 3 * 0.7))
    assert asked(coding, scheme(), track("toward", "111111111111")) == ()


def test_a_rule_without_strength_asks_nothing():
    made = scheme(f=(replace(TOWARD, strength="none"),))
    assert asked(coded("ffff"), made, track("toward", "0000")) == ()


def test_rules_of_one_code_are_alternatives():
    made = scheme(f=(TOWARD, replace(TOWARD, feature="near", strength="weak")))
    coding = coded("ffffoffff")
    toward, near = track("toward", "000000000"), track("near", "111100000")
    (one,) = asked(coding, made, toward, near)
    assert (one.span, one.feature) == (seconds(5, 9), "toward")  # the stronger of the two speaks
    display = scheme(f=(TOWARD, replace(TOWARD, feature="near", strength="none")))
    assert len(asked(coding, display, toward, near)) == 2


def test_a_moment_counts_as_long_as_what_was_looked_at():
    made = scheme(f=(), v=(around("voice", "on", 0.5, around_us=700_000, strength="weak"),))
    (one,) = asked(coded(cues="..v.."), made, track("voice", "00000"))
    assert one.span == seconds(2, 2)
    assert one.score == pytest.approx(1.4 / 3)


def test_a_strong_signal_without_its_code_is_asked_about_if_it_lasts():
    made = scheme(f=(), both=(MUTUAL,))
    child, parent = "ooooooffffoouuu", "nnnnnnggggnnggg"
    #                         a          in code   uncodable
    mutual = track("mutual", "011000111100111", per_second=10)
    (one,) = asked(coded(child, parent), made, mutual)
    assert (one.concern, one.tier, one.code, one.span) == (Concern.UNCODED, "", "both", seconds(1, 3))
    assert (one.coverage, one.value, one.score, one.event_id) == (1, 1, 2, "")
    times_us = np.arange(60) * 100_000
    for frames, found in ((15, 1), (14, 0)):
        short = measured("mutual", times_us, np.arange(60) < frames)
        assert len(asked(coded("oooooo", "nnnnnn"), made, short)) == found
    gap = measured("mutual", times_us, np.ones(60), np.arange(60) % 12 != 0)
    assert asked(coded("oooooo", "nnnnnn"), made, gap) == ()  # what was not seen is no unbroken signal
    medium = scheme(f=(), both=(replace(MUTUAL, strength="medium"),))
    assert asked(coded(child, parent), medium, mutual) == ()


def test_what_the_code_leaves_of_a_strong_signal_is_asked_about():
    made = scheme(f=(), both=(MUTUAL,))
    mutual = track("mutual", "1111111111")
    left = asked(coded("offfoooooo", "nggggggggg"), made, mutual)
    assert [one.span for one in left] == [seconds(4, 10)]  # one second before it is a matter of its edge


def test_absent_mutual_gaze_never_counts_against_engagement():
    """No question comes of a signal that is not there, but where a code claims it."""
    made = scheme(f=(), both=(MUTUAL,))
    assert asked(coded("oooooooo", "nnnnnnnn"), made, track("mutual", "00000000")) == ()


def test_long_uncodable_time_that_shows_the_face_is_asked_about():
    child, parent = track("child_found", "1111110000"), track("parent_found", "0000000000")
    (one,) = asked(coded("uuuuuooooo"), scheme(), child, parent)
    assert (one.concern, one.tier, one.code, one.feature) == (Concern.VISIBLE, "child", "u", "")
    assert (one.coverage, one.event_id, one.measured_by) == (1, "child0", TODAY)
    assert one.score == pytest.approx(5 * 2 / 3)
    assert asked(coded("ooooouuuuu"), scheme(), child, parent) == ()
    assert asked(coded("uuoooooooo"), scheme(), child, parent) == ()  # not long
    assert asked(coded(parent="wwwwwggggg"), scheme(), child, parent) == ()  # it is the parent's face that counts
    assert len(asked(coded("ouuuoooooo"), scheme(), child, parent)) == 1
    assert asked(coded("uuuuuooooo"), scheme(), child) == ()


def test_the_longest_and_strongest_comes_first_and_keys_are_stable():
    made = scheme(f=(TOWARD,), both=(MUTUAL,))
    coding = coded("fffffoffo" + "ooo", "nnnnnnnnn" + "ggg")
    some = (track("toward", "0" * 12), track("mutual", "0" * 9 + "111"))
    found = asked(coding, made, *some)
    assert [(one.code, one.span) for one in found] == [
        ("f", seconds(0, 5)),
        ("both", seconds(9, 12)),
        ("f", seconds(6, 8)),
    ]
    assert [one.score for one in found] == pytest.approx([5 * 2 / 3, 3, 2 * 2 / 3])
    assert found == asked(coding, made, *some)
    assert found[0].key == "against/child/f/toward@0-5000000"
    assert len({one.key for one in found}) == 3


def test_a_measurement_is_known_by_what_it_was_made_from():
    others = [
        replace(BY_FACES, version="2"),
        replace(BY_FACES, settings={"child_side": "right"}),
        replace(BY_FACES, models={"face.task": "00"}),
        replace(BY_FACES, media_sha256="cd" * 32),
    ]
    assert len({TODAY, *map(measured_by, others)}) == 5
    assert measured_by(replace(BY_FACES, packages={"numpy": "2"}, frames_decoded=3)) == TODAY


# Rulings


def ruling(number, answer, *, start=0, by=TODAY, code="f", note=""):
    about = Question(
        Concern.AGAINST, "p1", "child", code, seconds(start, start + 1), "toward", 1.0, 0.0, 1.0, "e", by
    )
    return Ruling(f"r{number}", about, answer, note, "c1", f"2026-11-2{number}")


def test_the_newest_ruling_holds_and_one_that_is_taken_back_does_not():
    said = [
        ruling(1, Answer.FEATURE_WRONG),
        ruling(2, Answer.CODE_WRONG),
        ruling(3, Answer.UNCLEAR, start=5),
        ruling(4, None, start=5),
    ]
    assert [one.id for one in standing(said).values()] == ["r2"]


def test_the_error_rate_counts_what_was_decided_on_todays_measurement():
    said = [
        ruling(1, Answer.FEATURE_WRONG, start=1),
        ruling(2, Answer.FEATURE_WRONG, start=2),
        ruling(3, Answer.CODE_WRONG, start=3),
        ruling(4, Answer.UNCLEAR, start=4),
        ruling(5, Answer.UNKNOWN, start=5),
        ruling(6, Answer.FEATURE_WRONG, start=6, by="older"),
        ruling(7, Answer.FEATURE_WRONG, start=7),
        ruling(8, None, start=7),
        ruling(9, Answer.UNCLEAR, start=9, code="g"),
    ]
    of_f, of_g = feature_errors(said, {"p1": "s1"}, {"s1": {TODAY}})
    assert (of_f.code, of_f.wrong, of_f.judged, of_f.undecided, of_f.outdated) == ("f", 2, 3, 2, 1)
    assert (of_f.rate.value, of_f.rate.n) == (pytest.approx(2 / 3), 3)
    assert 0 < of_f.rate.low < 2 / 3 < of_f.rate.high < 1
    assert (of_g.judged, of_g.rate.value, of_g.rate.why) == (0, None, Silence.FEW)
    (nothing_today, _) = feature_errors(said, {}, {})
    assert (nothing_today.wrong, nothing_today.judged, nothing_today.outdated) == (0, 0, 6)


def of_pass(name, start_s, end_s, concern=Concern.AGAINST, code="f", feature="toward", by=TODAY):
    span = Span(int(start_s * SECOND_US), int(end_s * SECOND_US))
    return Question(concern, name, "child", code, span, feature, 1.0, 0.0, 1.0, "", by)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (of_pass("p2", 10, 14), True),
        (of_pass("p2", 11, 15), True),  # 3 of 5 s
        (of_pass("p2", 10, 12.1), True),
        (of_pass("p2", 10, 12), False),  # half is not more than half
        (of_pass("p2", 12, 16), False),
        (of_pass("p2", 14, 18), False),
        (of_pass("p2", 12, 12), False),
        (of_pass("p2", 10, 14, code="g"), False),
        (of_pass("p2", 10, 14, feature="mutual"), False),
        (of_pass("p2", 10, 14, Concern.UNCODED), False),
        (of_pass("p1", 10, 14), True),
        (of_pass("p1", 10, 13.9), False),
    ],
)
def test_two_passes_questions_are_one_moment_if_most_of_their_time_is_shared(other, same):
    one = of_pass("p1", 10, 14)
    assert (same_moment(one, other), same_moment(other, one)) == (same, same)


def test_moments_without_length_are_one_within_a_second():
    one = of_pass("p1", 10, 10)
    assert same_moment(one, of_pass("p2", 10.9, 10.9))
    assert not same_moment(one, of_pass("p2", 11, 11))
    assert not same_moment(one, of_pass("p1", 10.5, 10.5))


def test_of_each_other_pass_one_question_joins_a_moment_and_it_joins_the_nearest():
    a, b = of_pass("p1", 10, 10), of_pass("p1", 10.8, 10.8)
    c, d, e = of_pass("p2", 10.7, 10.7), of_pass("p2", 10.1, 10.1), of_pass("p2", 10.4, 10.4)
    assert once([a, b, c, d]) == (a, b)
    assert once([a, b, c, d, e]) == (a, b, e)
    assert once([c, of_pass("p3", 10.7, 10.7), a]) == (c,)
    assert once([]) == ()


def said_of(number, about, answer):
    return Ruling(f"r{number}", about, answer, "", "c1", "2026-11-20")


def test_a_moment_that_two_coders_coded_counts_once_as_it_was_judged_last():
    mine, theirs = of_pass("p1", 10, 14), of_pass("p2", 10.2, 14.3)
    elsewhere = of_pass("p3", 10, 14)  # the same time of another session's film
    said = [
        said_of(1, mine, Answer.FEATURE_WRONG),
        said_of(2, theirs, Answer.CODE_WRONG),
        said_of(3, elsewhere, Answer.FEATURE_WRONG),
    ]
    sessions, measured_today = {"p1": "s1", "p2": "s1", "p3": "s2"}, {"s1": {TODAY}, "s2": {TODAY}}
    (found,) = feature_errors(said, sessions, measured_today)
    assert (found.wrong, found.judged) == (1, 2)
    (turned,) = feature_errors([said[1], said[0], said[2]], sessions, measured_today)
    assert (turned.wrong, turned.judged) == (2, 2)
    again = [*said, said_of(4, mine, Answer.FEATURE_WRONG)]  # said of the first pass once more: it is the newest
    assert feature_errors(again, sessions, measured_today)[0].wrong == 2
    older = said_of(5, replace(theirs, measured_by="older"), Answer.FEATURE_WRONG)
    (today,) = feature_errors([*said[:1], older], sessions, measured_today)
    assert (today.wrong, today.judged, today.outdated) == (1, 1, 0)


def test_what_is_said_of_a_moment_answers_it_in_the_other_pass():
    mine, theirs = of_pass("p1", 10, 14), of_pass("p2", 10.2, 14.3)
    first, last = said_of(1, mine, Answer.FEATURE_WRONG), said_of(2, theirs, Answer.CODE_WRONG)
    assert answer_to(theirs, [first]) == first
    assert answer_to(mine, [first, last]) == last
    assert answer_to(replace(theirs, measured_by="newer"), [first]) is None
    assert answer_to(of_pass("p2", 20, 21), [first, last]) is None


def test_that_a_signal_is_wrong_is_said_of_one_measurement_only():
    asked_again = replace(ruling(1, None).about, measured_by="newer")
    assert not still_answers(ruling(1, Answer.FEATURE_WRONG), asked_again)
    assert still_answers(ruling(1, Answer.CODE_WRONG), asked_again)
    assert still_answers(ruling(1, Answer.FEATURE_WRONG), ruling(2, None).about)


# Two coders


def said(consistent, covered):
    return Concordance(
        pass_id="p",
        tier="child",
        code="f",
        rule=TOWARD,
        why=Silence.SPEAKS,
        covered=covered,
        consistent=consistent,
    )


def test_two_coders_differ_by_their_pooled_shares_with_a_jackknife_over_sessions():
    sessions = [(8, 10, 5, 10), (9, 12, 6, 9), (3, 8, 4, 10), (10, 10, 7, 10)]
    (one,) = contrasts("Robin", "Sasha", [((said(a, n),), (said(b, m),)) for a, n, b, m in sessions])

    def apart(rows):
        a, n, b, m = (sum(column) for column in zip(*rows, strict=True))
        return a / n - b / m

    whole = apart(sessions)
    pseudo = [4 * whole - 3 * apart([row for row in sessions if row is not left]) for left in sessions]
    error = np.std(pseudo, ddof=1) / 2
    assert (one.share_a.value, one.share_b.value) == (30 / 40, 22 / 39)
    assert one.difference.value == pytest.approx(whole)
    assert one.difference.high - one.difference.low == pytest.approx(2 * 3.182446305 * error)
    assert (one.sessions, one.coder_a, one.coder_b) == (4, "Robin", "Sasha")


def test_two_sessions_give_no_limits_and_sessions_that_cannot_speak_do_not_count():
    rows = [((said(1, 2),), (said(2, 2),)), ((said(1, 3),), (said(2, 2),)), ((said(0, 0),), (said(2, 2),))]
    (one,) = contrasts("A", "B", rows)
    assert (one.sessions, one.difference.value, one.difference.low) == (2, 2 / 5 - 1, None)
    assert one.difference.why is Silence.FEW
    assert contrasts("A", "B", rows[2:]) == ()
    (alike,) = contrasts("A", "B", rows[1:2] * 4)
    assert (alike.difference.low, alike.difference.why) == (
        None,
        Silence.FLAT,
    )  # nothing varied: that is no certainty


# Coverage by code


def test_coverage_by_code_is_of_the_codes_own_time():
    made = scheme(f=(TOWARD,), v=(around("voice", "on", 0.4, around_us=1_000_000),))
    child, parent = track("child_found", "1111000000"), track("parent_found", "1100..0000")
    heads = track("child_yaw_deg", "0000......"), track("parent_yaw_deg", "00........")
    looks, cues = coverage_by_code(coded("ffffffffoo", cues=".....v...v"), made, tracks(child, parent, *heads))
    assert (looks.coded_us, looks.child, looks.parent, looks.both) == (8 * SECOND_US, 0.5, 0.25, 0.25)
    assert looks.both_heads == 0.25
    assert (cues.code, cues.coded_us, cues.child) == ("v", 4 * SECOND_US - SECOND_US * 0, 0)
    (never, _) = coverage_by_code(coded("oooo"), made, tracks(child, parent))
    assert (never.coded_us, never.child, never.both_heads) == (0, None, None)
    assert coverage_by_code(coded("ffff"), made, tracks(child)) == ()


def test_each_of_two_people_may_be_seen_by_another_camera_at_other_times():
    child = track("child_found", "1111000000", per_second=10)
    parent = track("parent_found", "0011110000", per_second=4)
    (one,) = coverage_by_code(coded("f" * 10), scheme(), tracks(child, parent))
    assert (one.child, one.parent, one.both) == pytest.approx((0.4, 0.4, 0.2))


def test_a_face_that_is_said_under_the_mask_is_not_seen():
    times_us, on = np.arange(40) * 100_000, np.ones(40)
    child, parent = (
        measured("child_found", times_us, on),
        measured("parent_found", times_us, on, times_us < 2_000_000),
    )
    (one,) = coverage_by_code(coded("ffff"), scheme(), tracks(child, parent))
    assert (one.child, one.parent, one.both) == (1, 0.5, 0.5)


@pytest.mark.parametrize("test", ["on", "off", "lowest_third", "highest_third"])
def test_rules_on_tracks_without_a_valid_value_ask_nothing(test):
    made = scheme(f=(Evidence("toward", test, 0.4, "event", 0.0, "strong"),))
    assert asked(coded("ffff"), made, track("toward", "....")) == ()
    assert asked(coded("ffff"), made, track("toward", "")) == ()


def test_an_event_is_asked_about_from_seventy_percent_of_its_time_on():
    made = scheme(f=(TOWARD,))
    assert asked(coded("f" * 100), made, track("toward", "0" * 69 + "." * 31)) == ()
    (question,) = asked(coded("f" * 100), made, track("toward", "0" * 70 + "." * 30))
    assert question.concern is Concern.AGAINST
