"""Agreement against tolerance."""

import pytest

from coder.model.statistic import F1, F1_CHANCE, TIME_UNIT_KAPPA
from coder.model.time import SECOND_US
from coder.reliability import compare, match_points, time_unit_kappa, tolerance_curves
from tests.reliability.drawn import SCHEME, a_pass, points, states

A, B = "v...g...v......v....g" * 4, ".v...g.....v..v.....g" * 4
LOOK_A, LOOK_B = "ppppttttaaaappppttttpp" * 4, "pppttttttaaappttpttttp" * 4


def curves(pairs=None, **more):
    found = tolerance_curves(
        pairs or [(a_pass("a", look=LOOK_A, cues=A), a_pass("b", look=LOOK_B, cues=B))], SCHEME
    )
    return {(curve.tier, curve.statistic): curve for curve in found}


def test_points_are_those_of_the_matching_at_each_tolerance():
    curve = curves()["cues", F1]
    assert (curve.chosen_us, curve.lenient) == (SECOND_US, False)
    assert [tolerance for tolerance, _ in curve.points] == [
        round(at * SECOND_US) for at in (0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5)
    ]
    for tolerance, found in curve.points:
        matching = match_points(points(A), points(B), tolerance)
        both = matching.n_a + matching.n_b
        assert found.value == pytest.approx(2 * len(matching.pairs) / both)
    values = [found.value for _, found in curve.points]
    assert values == sorted(values)


def test_chance_stands_beside_f1_and_grows_with_the_tolerance():
    found = curves()
    f1, by_chance = found["cues", F1], found["cues", F1_CHANCE]
    assert [tolerance for tolerance, _ in by_chance.points] == [tolerance for tolerance, _ in f1.points]
    values = [one.value for _, one in by_chance.points]
    assert values == sorted(values)
    assert values[0] < values[-1]
    (compared,) = [
        one
        for one in compare(a_pass("a", look=LOOK_A, cues=A), a_pass("b", look=LOOK_B, cues=B), SCHEME)
        if one.statistic == F1_CHANCE and one.tier == "cues"
    ]
    (chosen,) = [one for tolerance, one in by_chance.points if tolerance == by_chance.chosen_us]
    assert chosen.value == pytest.approx(compared.estimate.value)


def test_states_are_the_mean_of_both_directions_and_begin_at_the_plain_kappa():
    curve = curves()["look", TIME_UNIT_KAPPA]
    assert (curve.chosen_us, curve.lenient) == (0, True)
    assert [tolerance for tolerance, _ in curve.points] == [at * SECOND_US for at in range(6)]
    window = (0, len(LOOK_A) * SECOND_US)
    for tolerance, found in curve.points:
        both = [
            time_unit_kappa(
                *(states(LOOK_A), states(LOOK_B), window, SECOND_US, tolerance // SECOND_US, reference),
                categories=("p", "t", "a"),
            ).value
            for reference in ("a", "b")
        ]
        assert found.value == pytest.approx(sum(both) / 2)
        assert found.n == len(LOOK_A)


def test_sessions_are_pooled_and_have_their_interval():
    pairs = [
        (
            a_pass("a", f"s{number}", look=LOOK_A[number:], cues=A),
            a_pass("b", f"s{number}", look=LOOK_B[number:], cues=B[number:] + "." * number),
        )
        for number in range(4)
    ]
    found = curves(pairs)
    for curve in (found["cues", F1], found["look", TIME_UNIT_KAPPA]):
        chosen = next(one for tolerance, one in curve.points if tolerance == curve.chosen_us)
        assert chosen.method == "jackknife over 4 sessions"
        assert chosen.low < chosen.value < chosen.high
    assert found["cues", F1].points[0][1].n > curves()["cues", F1].points[0][1].n


def test_codes_that_may_overlap_and_passes_that_cannot_be_compared_have_no_curve():
    assert {tier for tier, _ in curves()} == {"look", "near", "cues"}
    assert tolerance_curves([(a_pass("a"), a_pass("b", "s2"))], SCHEME) == ()
    assert tolerance_curves([], SCHEME) == ()


def test_nothing_marked_is_said_not_drawn_as_nought():
    found = curves([(a_pass("a", look="pp"), a_pass("b", look="pp"))])
    assert all(one.value is None for _, one in found["cues", F1].points)
