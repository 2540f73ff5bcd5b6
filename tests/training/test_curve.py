"""Learning curves: values, limits, running means and what is asked, attempt by attempt."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.model.scheme import Target
from coder.model.statistic import ACCURACY, AGREEMENT, BIAS, F1, PRECISION, SENSITIVITY
from coder.model.time import SECOND_US
from coder.model.training import Requirement, Rule
from coder.reliability import wilson
from coder.training.curve import learning_curves
from coder.training.scoring import score
from tests.reliability.drawn import LOOK, SCHEME, a_pass
from tests.training.clips import a_step, an_attempt, clips, drawn

RULE = Rule((Requirement(AGREEMENT, "look", 0.85), Requirement(BIAS, "cues", 0.3)), codes=(("cues", "v"),))


def curve(scores, statistic, tier="look", code=None, rule=RULE):
    (found,) = [
        one
        for one in learning_curves(scores, rule)
        if (one.statistic, one.tier, one.code, one.detail) == (statistic, tier, code, "")
    ]
    return found


def test_a_curve_attempt_by_attempt():
    found = curve(clips("A 10/20 1/4", "B 15/20 2/4", "A#2 20/20 4/4", "C* 20/20 3/4"), AGREEMENT)
    assert [point.estimate.value for point in found.points] == [0.5, 0.75, 1, 1]
    assert [point.rolling for point in found.points] == [None, None, 0.75, pytest.approx(11 / 12)]
    assert [(point.clip, point.number, point.first_view) for point in found.points] == [
        ("A", 1, True),
        ("B", 1, True),
        ("A", 2, True),
        ("C", 1, False),
    ]
    assert found.criterion == 0.85
    assert found.short_of(found.points[-1].rolling) < 0


def test_what_is_asked():
    scores = clips("A 20/20 3/4", "B 20/20 3/4", "C 20/20 3/4")
    asked = {
        (one.tier, one.statistic, one.code): one.criterion
        for one in learning_curves(scores, RULE)
        if one.criterion is not None
    }
    assert asked == {
        ("look", AGREEMENT, None): 0.85,  # the rule
        ("look", ACCURACY, None): 0.85,  # the scheme's target
        ("cues", F1, None): 0.75,
        ("cues", F1, "v"): 0.75,
        ("cues", BIAS, None): 0.3,
        ("cues", SENSITIVITY, "v"): 0.5,  # the rule's least share of a code that it names
    }


def test_a_statistic_in_two_units_has_two_curves():
    tier = replace(LOOK, targets=(*LOOK.targets, Target(ACCURACY, 0.8, unit_us=SECOND_US // 2)))
    scheme = replace(SCHEME, tiers=(tier,))
    master, trainee = a_pass("a", look="ppttaa"), a_pass("b", look="pptttt")
    found = score(a_step(), an_attempt(), "", master, trainee, scheme, limits=False)
    curves = [one for one in learning_curves([found], Rule(())) if one.statistic == ACCURACY]
    assert [(one.unit_us, one.unit, one.criterion) for one in curves] == [
        (SECOND_US, "1 s units", 0.85),
        (SECOND_US // 2, "0.5 s units", 0.8),
    ]
    alone = curve(clips("A 20/20 1/1"), ACCURACY)
    assert (alone.unit_us, alone.unit) == (None, "")


def test_limits():
    line = "v...v...v...v..."
    marked = ("v...v...v.......", "." * 16)
    scores = [drawn(f"{at}", {"cues": line}, {"cues": one}, at, limits=True) for at, one in enumerate(marked)]
    found = [point.estimate for point in curve(scores, SENSITIVITY, "cues", "v").points]
    assert [(one.low, one.high) for one in found] == [pytest.approx(wilson(3, 4)), pytest.approx(wilson(0, 4))]
    assert found[0].method == "Wilson"
    # 3 found, 1 missed, none besides: J = 3/4, whose limits are put through 2J / (1 + J)
    one = curve(scores, F1, "cues", "v").points[0].estimate
    low, high = (2 * limit / (1 + limit) for limit in wilson(3, 4))
    assert (one.value, one.low, one.high) == pytest.approx((6 / 7, low, high))


def test_an_attempt_without_a_value_interrupts_no_running_mean():
    scores = [
        drawn(f"clip {at}", {"cues": line}, {"cues": line}, at)
        for at, line in enumerate(("v...", "....", "v...", "v..."))
    ]
    points = curve(scores, F1, "cues", "v").points
    assert [point.estimate.value for point in points] == [1, None, 1, 1]
    assert [point.rolling for point in points] == [None, None, None, 1]


def test_a_bias_is_as_asked_if_it_is_small_on_either_side():
    late = [drawn(f"{at}", {"cues": "v...v..."}, {"cues": ".v...v.."}, at) for at in range(3)]
    on_time = [drawn(f"{at}", {"cues": "v...v..."}, {"cues": "v...v..."}, at) for at in range(3)]
    assert curve(late, BIAS, "cues").points[-1].rolling == 1
    early = [drawn(f"{at}", {"cues": ".v...v.."}, {"cues": "v...v..."}, at) for at in range(3)]
    short = [curve(scores, BIAS, "cues") for scores in (late, early, on_time)]
    assert [one.short_of(one.points[-1].rolling) for one in short] == pytest.approx([0.7, 0.7, -0.3])


def test_what_nobody_used_has_no_curve():
    codes = {one.code for one in learning_curves(clips("A 20/20 1/1"), RULE) if one.tier == "cues"}
    assert codes == {None, "v"}
    assert learning_curves((), RULE) == ()


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_running_means_against_the_second_implementation(right):
    scores = clips(*(f"clip{at} {count}/20 0/0" for at, count in enumerate(right)))
    found = [point.rolling for point in curve(scores, AGREEMENT).points]
    for at, mean in enumerate(found):
        window = [count / 20 for count in right[max(at - 2, 0) : at + 1]]
        assert mean == (pytest.approx(sum(window) / 3) if len(window) == 3 else None)


def test_precision_is_that_of_the_trainee():
    found = drawn("A", {"cues": "v......."}, {"cues": "v...v..."})
    assert curve([found], PRECISION, "cues", "v").points[0].estimate.value == 0.5


def test_limits_that_an_f1_has_are_kept():
    (one,) = clips("A 20/20 3/4")
    known = tuple(
        replace(a, estimate=replace(a.estimate, low=0.1, high=0.9, method="blocks")) for a in one.agreements
    )
    for scores, expected in (((replace(one, agreements=known),), "blocks"), ((one,), None)):
        (point,) = curve(scores, F1, "cues", "v").points
        assert (point.estimate.method == "blocks") is (expected == "blocks")
        assert point.estimate.low is not None
