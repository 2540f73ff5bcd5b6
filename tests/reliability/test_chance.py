"""What matches by chance: the fast count against matching shift by shift, and what `compare` makes of it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.model.agreement import Status
from coder.model.statistic import F1, F1_ABOVE_CHANCE, F1_CHANCE, PRECISION, SENSITIVITY
from coder.model.time import SECOND_US
from coder.reliability import compare, match_points, pool, wilson
from coder.reliability.chance import SHIFTS_AT_MOST, matched_by_chance
from tests.reliability.drawn import SCHEME, a_pass

times = st.lists(st.tuples(st.sampled_from("vg"), st.integers(0, 29_999_999)), max_size=12)


@settings(deadline=None, max_examples=60)
@given(times, times, st.integers(0, 3_000_000))
def test_the_greatest_number_of_pairs_is_found_for_every_shift(a, b, tolerance_us):
    span_us = 30 * SECOND_US
    shifts = range(10 * SECOND_US, 20 * SECOND_US + 1, SECOND_US)
    each = [
        len(match_points(a, [(code, (at + shift) % span_us) for code, at in b], tolerance_us).pairs)
        for shift in shifts
    ]
    assert matched_by_chance(a, b, span_us, tolerance_us) == (pytest.approx(np.mean(each)), 11, 11)


def test_very_many_shifts_are_thinned_and_the_number_is_said():
    a = a_pass("a", look="p" * 900, cues="v" + "." * 899)
    b = a_pass("b", look="p" * 900, cues=".v" + "." * 898)
    found = one(compare(a, b, SCHEME), F1_CHANCE)
    assert found.counts["shifts"] == SHIFTS_AT_MOST
    assert found.estimate.note == f"From {SHIFTS_AT_MOST} of 881 possible shifts, taken evenly."


def one(agreements, statistic, code=None):
    (found,) = [a for a in agreements if (a.statistic, a.tier, a.code) == (statistic, "cues", code)]
    return found


def marks(*at_s, length=30):
    return "".join("v" if at in at_s else "." for at in range(length))


def test_one_event_each_matches_by_chance_in_as_many_shifts_as_reach_it():
    # B's event is 12 s before A's: turned by 11, 12 and 13 of the 11 shifts from 10 to 20 s it is within 1 s
    found = compare(a_pass("a", cues=marks(13, 29)), a_pass("b", cues=marks(1, 28)), SCHEME)
    by_chance, above = one(found, F1_CHANCE).estimate, one(found, F1_ABOVE_CHANCE).estimate
    brute = [
        len(match_points([("v", 13), ("v", 29)], [("v", (at + shift) % 30) for at in (1, 28)], 1).pairs)
        for shift in range(10, 21)
    ]
    assert by_chance.value == pytest.approx(2 * np.mean(brute) / 4)
    f1 = one(found, F1).estimate.value
    assert above.value == pytest.approx((f1 - by_chance.value) / (1 - by_chance.value))


def test_events_are_turned_round_the_time_that_could_be_coded():
    # 20 s of 50 are uncodable: what is left is the same 30 s
    whole = compare(a_pass("a", cues=marks(4, 20)), a_pass("b", cues=marks(14, 20)), SCHEME)
    gap = "p" * 10 + "u" * 20 + "p" * 20
    a = a_pass("a", look=gap, cues=marks(4, 40, length=50))
    b = a_pass("b", look="p" * 50, cues=marks(34, 40, length=50))
    assert one(compare(a, b, SCHEME), F1_CHANCE).estimate.value == one(whole, F1_CHANCE).estimate.value


def test_a_session_too_short_to_turn_says_so_and_is_no_part_of_the_pooled_number():
    short = compare(
        a_pass("a", "s1", cues=marks(3, length=19)), a_pass("b", "s1", cues=marks(3, length=19)), SCHEME
    )
    found = one(short, F1_CHANCE).estimate
    assert (found.value, found.status) == (None, Status.TOO_FEW)
    assert "too short" in found.sentence
    long = compare(a_pass("a", "s2", cues=marks(13, 29)), a_pass("b", "s2", cues=marks(1, 28)), SCHEME)
    pooled = pool((*short, *long))
    assert one(pooled, F1_ABOVE_CHANCE).estimate == one(long, F1_ABOVE_CHANCE).estimate


def test_three_sessions_give_f1_above_chance_an_interval():
    sessions = [
        compare(
            a_pass("a", f"s{at}", cues=marks(*a, length=90)),
            a_pass("b", f"s{at}", cues=marks(*b, length=90)),
            SCHEME,
        )
        for at, (a, b) in enumerate([((3, 20, 71), (4, 33, 71)), ((5, 60), (5, 61)), ((8, 40, 80), (9, 55, 80))])
    ]
    found = one(pool(sum(sessions, ())), F1_ABOVE_CHANCE).estimate
    assert found.low < found.value < found.high
    assert found.method == "jackknife over 3 sessions"


def test_sensitivity_and_precision_are_those_of_b_against_a_with_wilsons_limits():
    found = compare(a_pass("a", cues="v...v...v...g.v...."), a_pass("b", cues="v...v.....g...v..v."), SCHEME)
    sensitivity, precision = one(found, SENSITIVITY).estimate, one(found, PRECISION).estimate
    assert (sensitivity.value, sensitivity.n) == (pytest.approx(3 / 5), 5)
    assert (sensitivity.low, sensitivity.high) == pytest.approx(wilson(3, 5))
    assert (precision.value, precision.n, precision.method) == (pytest.approx(3 / 5), 5, "Wilson")
    assert one(found, SENSITIVITY, "v").estimate.value == pytest.approx(3 / 4)
    assert one(found, PRECISION, "g").estimate.value == 0.0


def test_without_an_event_of_the_master_there_is_no_sensitivity():
    found = compare(a_pass("a", look="p" * 30), a_pass("b", cues=marks(3)), SCHEME)
    assert one(found, SENSITIVITY).estimate.status is Status.NO_EVENTS
    assert (one(found, PRECISION).estimate.value, one(found, F1).estimate.value) == (0.0, 0.0)


def test_limits_of_sensitivity_and_precision_are_each_of_its_own_coder():
    a, b = a_pass("a", cues="v.g.v.v.g." * 3), a_pass("b", cues="v.g......." * 3)
    found = compare(a, b, SCHEME)
    for statistic, hits, n in ((SENSITIVITY, 6, 15), (PRECISION, 6, 6)):
        assert (one(found, statistic).estimate.low, one(found, statistic).estimate.high) == pytest.approx(
            wilson(hits, n)
        )
    for statistic, hits, n in ((SENSITIVITY, 3, 9), (PRECISION, 3, 3)):
        limits = one(found, statistic, "v").estimate
        assert (limits.low, limits.high) == pytest.approx(wilson(hits, n))
