"""Who is stuck, and which certified coders drift."""

import pytest

from coder.model.agreement import Agreement, Estimate, Tally
from coder.model.statistic import ACCURACY, AGREEMENT, BIAS
from coder.model.time import MILLISECOND_US, SECOND_US
from coder.model.training import Requirement, Rule
from coder.reliability import CodedSession, sign_test
from coder.training.cohort import alerts, stuck
from coder.training.curve import learning_curves
from tests.training.clips import clips

RULE = Rule((Requirement(AGREEMENT, "look", 0.85),), min_sensitivity=0)


@pytest.mark.parametrize(
    ("said", "right", "expected"),
    [
        # right: of 20, attempt by attempt; expected: (mean, before, rising) of the one that is stuck
        ("there", (17, 17, 17), None),
        ("too early to say", (0, 0), None),
        ("below", (16, 16, 16), (0.8, None, False)),
        ("below and rising", (10, 16, 16, 16), (0.8, 0.7, True)),
        ("below and falling", (17, 17, 17, 8), (0.7, 0.85, False)),
        ("was below", (0, 0, 17, 17, 17), None),
    ],
)
def test_who_is_stuck(said, right, expected):
    scores = clips(*(f"clip{at} {count}/20 0/0" for at, count in enumerate(right)))
    found = [one for one in stuck(learning_curves(scores, RULE)) if one.curve.statistic == AGREEMENT]
    told = [(one.mean, one.before, one.rising) for one in found]
    assert told == ([pytest.approx(expected)] if expected else []), said


def test_the_farthest_comes_first():
    found = stuck(learning_curves(clips(*(f"clip{at} 4/20 0/9" for at in range(3))), RULE))
    assert [one.short for one in found] == sorted((one.short for one in found), reverse=True)
    assert {one.curve.tier for one in found} == {"look", "cues"}


def a_session(day, accuracy=0.9, lag_ms=0, coders=("Ann", "Eve"), units=60, tiers=("look",)):
    """One double-coded session: accuracy with a floor of .7, and how much later the second coder marked."""
    lags = tuple((lag_ms + spread) * MILLISECOND_US for spread in (-20, -10, 0, 10, 20))
    bias = Estimate(value=lag_ms / 1000, n=5)
    tally = Tally(unit_us=SECOND_US, units=60, at=(), cell=(), lags_us=lags)
    agreements = tuple(
        agreement
        for tier in tiers
        for agreement in (
            Agreement(
                statistic=ACCURACY,
                tier=tier,
                unit="1 s units",
                estimate=Estimate(value=accuracy, n=units),
                target=0.85,
                floor=0.7,
            ),
            Agreement(statistic=BIAS, tier=tier, unit="s", estimate=bias, target=0.5, tallies=(tally,)),
        )
    )
    return CodedSession(f"s{day}", f"visit {day}", *coders, f"2026-03-{day:02}T12:00:00+00:00", agreements)


def told(sessions, coder="Eve", since="2026-03-01"):
    return [(one.drift.statistic, one.other, one.below) for one in alerts(sessions, coder, since)]


@pytest.mark.parametrize(
    ("said", "accuracies", "expected"),
    [
        ("as certified", (0.9, 0.9, 0.9), []),
        ("exactly at the floor", (0.7, 0.7, 0.7), []),
        ("below the floor", (0.69, 0.69, 0.69), [(ACCURACY, "Ann", True)]),
        ("two sessions say too little", (0.1, 0.1), []),
        ("one bad day among three", (0.9, 0.5, 0.9), []),
        ("below, and back again", (0.5, 0.5, 0.5, 0.9, 0.9, 0.9), []),
        ("the last three count", (0.9, 0.9, 0.9, 0.6, 0.6, 0.6), [(ACCURACY, "Ann", True)]),
    ],
)
def test_agreement_since_the_certificate(said, accuracies, expected):
    assert told([a_session(2 + day, value) for day, value in enumerate(accuracies)]) == expected, said


def test_what_was_coded_before_the_certificate_does_not_count():
    sessions = [a_session(day, 0.5) for day in (2, 3, 4)]
    assert told(sessions) == [(ACCURACY, "Ann", True)]
    assert told(sessions, since="2026-03-03T00:00:00+00:00") == []
    assert told(sessions, coder="Cleo") == []


@pytest.mark.parametrize(
    ("said", "coders", "lags_ms", "later", "p"),
    [
        # whoever comes second in the pair, it is Eve who is spoken of
        ("later in six of six", ("Ann", "Eve"), (100, 80, 120, 90, 110, 70), 6, 2 / 2**6),
        ("earlier in six of six", ("Eve", "Ann"), (100, 80, 120, 90, 110, 70), 0, 2 / 2**6),
    ],
)
def test_timing_to_one_side(said, coders, lags_ms, later, p):
    sessions = [a_session(2 + day, lag_ms=lag, coders=coders) for day, lag in enumerate(lags_ms)]
    (found,) = alerts(sessions, "Eve", "2026-03-01")
    assert (found.drift.statistic, found.below, found.later, found.signed) == (BIAS, False, later, 6), said
    assert found.p == pytest.approx(p)


def test_five_of_five_may_be_chance():
    assert told([a_session(2 + day, lag_ms=50) for day in range(5)]) == []  # p = .0625


@pytest.mark.parametrize(
    ("said", "tiers", "sessions", "p"),
    [
        ("six of six in the one tier there is", 1, 6, 2 / 2**6),
        ("in one of two tiers that may be chance: p = .0625", 2, 6, None),
        ("seven of seven in two tiers", 2, 7, 2 * 2 / 2**7),
        ("in one of four: p = .0625", 4, 7, None),
        ("eight of eight in four tiers", 4, 8, 4 * 2 / 2**8),
    ],
)
def test_as_many_tiers_as_are_tried_are_taken_into_account(said, tiers, sessions, p):
    names = ("look", "cues", "acts", "body")[:tiers]
    found = alerts([a_session(2 + day, lag_ms=50, tiers=names) for day in range(sessions)], "Eve", "2026-03-01")
    assert [one.p for one in found] == ([] if p is None else [pytest.approx(p)] * tiers), said


def test_a_mean_that_is_the_floor_but_for_rounding_is_not_below_it():
    sessions = [a_session(2 + day, 0.7, units=units) for day, units in enumerate((10, 10, 28))]
    assert sum(0.7 * units for units in (10, 10, 28)) / 48 < 0.7
    assert told(sessions) == []


def test_a_bias_beyond_the_band():
    assert told([a_session(2 + day, lag_ms=600) for day in range(3)]) == [(BIAS, "Ann", True)]


@pytest.mark.parametrize(
    ("lags", "expected"),
    [
        ((), (0, 0, None)),
        ((0.1, 0.2), (2, 2, None)),
        ((0.1, 0.0, None, -0.2, 0.3), (2, 3, 1.0)),
        ((1, 1, 1, 1, 1, -1), (5, 6, 2 * (1 + 6) / 2**6)),
    ],
)
def test_signs(lags, expected):
    assert sign_test(lags) == (*expected[:2], expected[2] if expected[2] is None else pytest.approx(expected[2]))
