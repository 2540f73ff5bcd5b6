"""Whether one requirement is met in one clip, at its edges: numbers that are the target but for rounding, and what
the master must have for a clip to say anything."""

from dataclasses import replace

import pytest

from coder.model.agreement import Agreement, Estimate, Tally
from coder.model.statistic import (
    ACCURACY,
    BIAS,
    DURATION_RATIO,
    EVENT_KAPPA,
    EXACT,
    F1,
    ICC,
    MEAN_DIFFERENCE,
    OVERLAP,
    SPECIFIC,
    TIME_UNIT_KAPPA,
    WEIGHTED_KAPPA,
)
from coder.model.training import Requirement, Score
from coder.reliability.words import RATINGS
from coder.training.judging import RATINGS_AT_LEAST, judged
from tests.training.clips import drawn


def agreement(statistic, value, tier="cues", unit="", n=10, code=None, unit_us=1_000_000, given=()):
    values = tuple(tuple(map(float, pair)) if isinstance(pair, tuple) else (float(pair),) * 2 for pair in given)
    tally = Tally(unit_us=unit_us, units=20, at=(), cell=(), values=values)
    estimate = Estimate(value=value, n=n)
    return Agreement(statistic=statistic, tier=tier, unit=unit, estimate=estimate, code=code, tallies=(tally,))


def a_score(*agreements, **seen):
    """A clip in which the master has so many of each: `cues_v=3` is three of the code `v`."""
    times = {tuple(name.split("_")): count for name, count in seen.items()}
    return Score("A", "a", "2026-01-01T00:00:00+00:00", agreements, times)


@pytest.mark.parametrize(
    ("said", "statistic", "value", "target", "met"),
    [
        ("at the target", F1, 0.75, 0.75, True),
        ("at the target but for rounding", F1, 0.75 - 1e-10, 0.75, True),
        ("below it", F1, 0.75 - 1e-8, 0.75, False),
        ("as late as it may be, but for rounding", BIAS, 0.3 + 1e-10, 0.3, True),
        ("later", BIAS, 0.3 + 1e-8, 0.3, False),
        ("earlier", BIAS, -0.3 - 1e-8, 0.3, False),
        ("the target may be written as a negative number", BIAS, -0.2, -0.3, True),
        ("as severe as may be", MEAN_DIFFERENCE, -0.5, 0.5, True),
        ("more severe", MEAN_DIFFERENCE, -0.6, 0.5, False),
        ("more lenient", MEAN_DIFFERENCE, 0.6, 0.5, False),
    ],
)
def test_targets_hold_but_for_rounding(said, statistic, value, target, met):
    found = a_score(agreement(statistic, value), cues_v=10)
    assert judged(Requirement(statistic, "cues", target), found) is met, said


@pytest.mark.parametrize(
    ("said", "ratings", "met"),
    [
        ("four are too few for an ICC", 4, None),
        ("five are enough", RATINGS_AT_LEAST, True),
    ],
)
def test_an_icc_is_judged_from_five_ratings_on(said, ratings, met):
    given = range(1, ratings + 1)
    found = a_score(agreement(ICC, 0.9, "segment", RATINGS, n=ratings, given=given), segment_warm=ratings)
    assert judged(Requirement(ICC, "segment", 0.75), found) is met, said


@pytest.mark.parametrize(
    ("said", "statistic", "given", "rated", "met"),
    [
        ("all rated", EXACT, (1, 3, 5), 3, True),
        ("one left out", EXACT, (1, 3), 2, False),
        ("kappa, where the master has two numbers", WEIGHTED_KAPPA, (1, 3, 3), 3, True),
        ("kappa, where the master has one number only", WEIGHTED_KAPPA, (3, 3, 3), 3, None),
        ("whatever the trainee has", WEIGHTED_KAPPA, ((3, 1), (3, 5), (3, 3)), 3, None),
        ("the trainee has one number, the master two", WEIGHTED_KAPPA, ((1, 3), (5, 3), (3, 3)), 3, True),
        ("but a share says something there", EXACT, (3, 3, 3), 3, True),
        ("kappa, nothing rated: that is no reason to ask for less", WEIGHTED_KAPPA, (), 0, False),
    ],
)
def test_ratings(said, statistic, given, rated, met):
    value = 0.9 if rated else None
    found = a_score(agreement(statistic, value, "segment", RATINGS, n=rated, given=given), segment_warm=3)
    assert judged(Requirement(statistic, "segment", 0.75), found) is met, said


@pytest.mark.parametrize(
    ("said", "states", "met"),
    [
        ("one state from the first frame to the last: nothing was marked", 1, None),
        ("two states: one change", 2, True),
    ],
)
def test_the_first_state_of_a_row_has_no_onset_to_be_timed(said, states, met):
    lasting = agreement(EVENT_KAPPA, 0.9, "look")
    found = a_score(agreement(BIAS, 0.1, "look"), lasting, look_p=states)
    assert judged(Requirement(BIAS, "look", 0.3), found) is met, said


def test_moments_are_timed_from_the_first_on():
    assert judged(Requirement(BIAS, "cues", 0.3), a_score(agreement(BIAS, 0.1), cues_v=1)) is True


@pytest.mark.parametrize(("unit_us", "met"), [(500_000, False), (1_000_000, True), (None, False), (250_000, None)])
def test_of_several_units_of_time_the_one_that_is_meant(unit_us, met):
    both = [
        agreement(TIME_UNIT_KAPPA, value, "look", unit_us=at) for value, at in ((0.5, 500_000), (0.9, 1_000_000))
    ]
    asked = Requirement(TIME_UNIT_KAPPA, "look", 0.6, unit_us=unit_us)
    assert judged(asked, a_score(*both, look_p=3, look_t=3)) is met


@pytest.mark.parametrize(
    ("said", "statistic", "code", "master", "met"),
    [
        ("the master has the code, and others", TIME_UNIT_KAPPA, "p", "pppptttt", True),
        ("the master has nothing else", TIME_UNIT_KAPPA, "p", "pppppppp", None),
        ("the master does not have it", TIME_UNIT_KAPPA, "p", "aaaatttt", None),
        ("the master has some of it", SPECIFIC, "p", "pppptttt", True),
        ("the trainee alone has it, which counts against the other codes", SPECIFIC, "p", "aaaatttt", None),
        ("time of a code that the master has", DURATION_RATIO, "p", "pppptttt", True),
        ("time of a code that the trainee alone has", DURATION_RATIO, "p", "aaaatttt", None),
        ("shared time that nobody could share", OVERLAP, "p", "aaaatttt", None),
    ],
)
def test_a_code_is_judged_where_the_master_has_it(said, statistic, code, master, met):
    found = drawn("A", {"look": master}, {"look": "pppptttt"})
    target = 0.5 if met else 0.0
    assert judged(Requirement(statistic, "look", target, code=code), found) is met, said


@pytest.mark.parametrize(
    ("said", "cues", "matched", "value", "met"),
    [
        ("cues that both have", 4, 3, 0.9, True),
        ("none of the master's cues was found, so no outcome could be right", 4, 0, None, False),
        ("the master has no cue", 0, 0, None, None),
    ],
)
def test_details_are_judged_where_the_master_has_events(said, cues, matched, value, met):
    one = replace(
        agreement(ACCURACY, value, n=matched), detail="outcome", counts={"events_a": cues, "matched": matched}
    )
    assert judged(Requirement(ACCURACY, "cues", 0.85, detail="outcome"), a_score(one, cues_v=cues)) is met, said
