"""What sessions come to, compared by whole sessions."""

import pytest

from coder.model.agreement import Status
from coder.model.statistic import ICC, MEAN_DIFFERENCE
from coder.reliability import agreement_of_totals, bland_altman, icc, totals
from tests.reliability.drawn import SCHEME, a_pass

LOOKS = [("pppptttaaa", "ppptttttaa"), ("ppaaaaaaaa", "pppaaaaaaa"), ("tttttttttp", "ttttttttpp")]
CUES = [("v..v..g...", "v..v......"), ("v.........", "v.v......."), ("v.v.v.v...", "v.v.v.....")]


def pairs():
    return [
        (a_pass("a", f"s{at}", look=look_a, cues=cues_a), a_pass("b", f"s{at}", look=look_b, cues=cues_b))
        for at, ((look_a, look_b), (cues_a, cues_b)) in enumerate(zip(LOOKS, CUES, strict=True))
    ]


def one(found, statistic, tier, code):
    (agreement,) = [each for each in found if (each.statistic, each.tier, each.code) == (statistic, tier, code)]
    return agreement


def test_states_come_to_per_cent_of_the_codable_time_and_events_to_their_number():
    found = totals(pairs(), SCHEME)
    looks = one(found, ICC, "look", "p")
    assert [tally.values for tally in looks.tallies] == [((40, 30),), ((20, 30),), ((10, 20),)]
    assert looks.estimate.value == pytest.approx(icc([(40, 30), (20, 30), (10, 20)])[ICC].value)
    cues = one(found, MEAN_DIFFERENCE, "cues", "v")
    assert [tally.values for tally in cues.tallies] == [((2, 2),), ((1, 2),), ((4, 3),)]
    assert cues.estimate.value == pytest.approx(bland_altman([2, 2, 3], [2, 1, 4]).value)
    assert cues.unit == "events per session"


def test_under_five_sessions_the_number_is_shown_as_too_few():
    found = one(totals(pairs(), SCHEME), ICC, "look", "p").estimate
    assert (found.value is not None, found.status) == (True, Status.TOO_FEW)
    assert "Under 5 sessions." in found.note
    assert "sessions taken as independent" in found.method


def test_uncodable_time_is_no_part_of_the_share():
    blind = [
        (a_pass("a", f"s{at}", look="ppuuuutttt"), a_pass("b", f"s{at}", look="ppppuutttt")) for at in range(2)
    ]
    found = one(totals(blind, SCHEME), ICC, "look", "p")
    assert found.tallies[0].values[0] == pytest.approx((100 * 2 / 6, 100 * 2 / 6))


def test_codes_that_nobody_used_and_pairs_that_cannot_be_compared_are_left_out():
    other = (a_pass("a", "s8", look="pp"), a_pass("b", "s9", look="pp"))
    found = totals([*pairs(), other], SCHEME)
    assert len(one(found, ICC, "look", "p").tallies) == 3
    assert {each.code for each in found if each.tier == "body"} == set()
    assert totals(pairs()[:1], SCHEME) == ()


def test_totals_from_elsewhere_leave_out_what_one_coder_does_not_have():
    found = agreement_of_totals([(1.0, 1.2), (None, 0.8), (2.0, 2.1)], "cues", "v", "s")
    assert [each.statistic for each in found] == [ICC, MEAN_DIFFERENCE]
    assert found[0].counts == {"sessions": 3, "left_out": 1}
    assert found[1].estimate.value == pytest.approx(0.15)


def test_a_session_that_nobody_could_code_is_left_out():
    blind = (a_pass("a", "s7", look="u" * 10), a_pass("b", "s7", look="pppptttttt"))
    found = one(totals([*pairs(), blind], SCHEME), ICC, "look", "p")
    assert len(found.tallies) == 3
