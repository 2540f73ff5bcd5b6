"""Intervals: how they are made, and when there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from coder.model.agreement import Tally
from coder.model.statistic import F1, TIME_UNIT_KAPPA
from coder.reliability import cohen_kappa, wilson
from coder.reliability.catalogue import Formula, formula_of
from coder.reliability.intervals import interval, jackknife, mean_interval

SECOND_US = 1_000_000


def tally(a, b, order="pta"):
    """One letter a second for each coder; a dot is missing."""
    both = [
        (at, order.index(x) * len(order) + order.index(y))
        for at, (x, y) in enumerate(zip(a, b, strict=True))
        if "." not in x + y
    ]
    return Tally(
        unit_us=SECOND_US, units=len(a), at=tuple(at for at, _ in both), cell=tuple(cell for _, cell in both)
    )


def bouts(seed, length=300):
    """Two coders whose bouts last about five seconds and who disagree in whole bouts."""
    draw, a, b = np.random.default_rng(seed), "", ""
    while len(a) < length:
        bout, code = 1 + int(draw.exponential(4)), str(draw.choice(list("pta")))
        a += code * bout
        b += (code if draw.random() < 0.8 else str(draw.choice(list("pta")))) * bout
    return tally(a[:length], b[:length])


KAPPA = formula_of(TIME_UNIT_KAPPA)


def test_blocks_tell_more_doubt_than_independent_units_would():
    one = bouts(1)
    table = np.bincount(one.cell, minlength=9).reshape(3, 3)
    found = interval(KAPPA, (one,), 3)
    assert found.se > 1.3 * cohen_kappa(table).se
    assert found.low < cohen_kappa(table).value < found.high


def test_blocks_go_round_the_end_and_keep_the_length():
    # 90 s of agreement in "p" but for one block: every draw has exactly 90 units
    one = tally("p" * 90, "p" * 60 + "t" * 30)
    share = formula_of("% agreement")
    found = interval(share, (one,), 3)
    assert 0 <= found.low < 60 / 90 < found.high <= 1
    never = tally("p" * 60 + "t" * 60, "t" * 60 + "p" * 60)
    assert interval(share, (never,), 3).note == "Nothing here could vary, so there is no interval."


def test_every_draw_is_as_long_as_the_session():
    units = Formula(lambda tables: tables.sum((-2, -1)), high=np.inf)
    assert "could vary" in interval(units, (tally("p" * 70 + "t" * 25, "p" * 95),), 3).note


def test_one_short_session_of_two_leaves_no_interval():
    long, short = bouts(2), bouts(3, length=40)
    assert interval(KAPPA, (long, long), 3).low is not None
    assert interval(KAPPA, (long, short), 3).note.startswith("A session is under one minute long")


def test_missing_units_stay_where_they_are_in_time():
    gap = tally("p" * 40 + "." * 40 + "t" * 40, "p" * 40 + "." * 40 + "t" * 20 + "a" * 20)
    assert len(gap.at) == 80
    found = interval(formula_of("% agreement"), (gap,), 3)
    assert found.low < 60 / 80 < found.high


def test_two_sessions_are_drawn_each_for_itself_and_from_three_on_sessions_are_the_units():
    sessions = tuple(bouts(seed) for seed in range(3))
    assert "block bootstrap" in interval(KAPPA, sessions[:2], 3).method
    assert interval(KAPPA, sessions, 3).method == "jackknife over 3 sessions"


def test_jackknife_by_hand():
    # estimate .5, without each session .4, .5, .6: pseudo-values .7, .5, .3
    found = jackknife(0.5, np.array([0.4, 0.5, 0.6]))
    assert found.se == pytest.approx(0.2 / np.sqrt(3))
    assert (found.low, found.high) == pytest.approx(
        (0.5 - 4.302653 * found.se, 0.5 + 4.302653 * found.se), abs=1e-6
    )


def test_what_is_undefined_without_one_session_has_no_interval():
    varied, flat = tally("p" * 60 + "t" * 30, "p" * 60 + "t" * 30), tally("p" * 90, "p" * 90)
    found = interval(KAPPA, (varied, flat, flat), 3)
    assert (found.low, found.note) == (
        None,
        "Without one of the sessions the coefficient is undefined, so no interval is given.",
    )


def test_what_hardly_ever_occurs_has_no_interval():
    rare = tally("p" * 299 + "t", "p" * 299 + "t")
    assert interval(KAPPA, (rare,), 3).note == "Too little varies in this time for an interval."


def test_limits_stay_in_the_range_of_the_coefficient():
    sessions = tuple(tally("p" * 60 + "t" * 60, "p" * 60 + "t" * (60 - miss) + "a" * miss) for miss in (0, 1, 30))
    found = interval(KAPPA, sessions, 3)
    assert -1 <= found.low < found.high <= 1
    assert interval(formula_of(F1), sessions, 3).low >= 0


def test_a_mean_of_one_event_has_no_interval():
    assert mean_interval(np.array([1.0]), np.array([1.0]), 1.0, np.array([1.0])).low is None


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_equals_statsmodels(share):
    assert wilson(*share) == pytest.approx(proportion_confint(*share, method="wilson"), abs=1e-9)


@pytest.mark.parametrize("share", [(1, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(share):
    with pytest.raises(ValueError, match="no share"):
        wilson(*share)
