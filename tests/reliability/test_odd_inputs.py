"""What programs and tired people hand over: numbers of numpy, categories of any kind, times that are none."""

import numpy as np
import pytest

from coder.model.agreement import Status
from coder.reliability import (
    alignment_kappa,
    bland_altman,
    cohen_kappa,
    event_kappa,
    fleiss_kappa,
    icc,
    kappa_at,
    krippendorff_alpha,
    match_points,
    observer_accuracy,
    percent_agreement,
    scott_pi,
    share,
    time_unit_kappa,
)

ROW = [("x", 0, 5), ("y", 5, 10)]
WINDOW = (0, 10)
HUGE = 10**400


@pytest.mark.parametrize(
    "of",
    [
        lambda: cohen_kappa([[HUGE, 1], [1, 2]]),
        lambda: scott_pi([[HUGE, 1], [1, 2]]),
        lambda: cohen_kappa([[2, 1], [1, 2]], [[0, HUGE], [1, 0]]),
        lambda: fleiss_kappa([[HUGE, 1], [1, 2]]),
        lambda: icc([[HUGE, 1], [1, 2]]),
        lambda: krippendorff_alpha([[HUGE, 1], [1, 2]], "interval"),
        lambda: percent_agreement([[HUGE, 1]], within=1),
        lambda: bland_altman([HUGE], [1]),
        lambda: observer_accuracy(0.5, [HUGE, 1]),
        lambda: observer_accuracy("0.5", [1, 1]),
        lambda: time_unit_kappa([(["x"], 0, 5)], ROW, WINDOW, 1),
        lambda: time_unit_kappa(ROW, ROW, WINDOW, 1.5),
        lambda: time_unit_kappa(ROW, ROW, WINDOW, "1"),
        lambda: time_unit_kappa(ROW, ROW, WINDOW, 1, 0.5),
        lambda: time_unit_kappa(ROW, ROW, (0, 9.5), 1),
        lambda: time_unit_kappa(ROW, ROW, (0, float("inf")), 1),
        lambda: event_kappa([(["x"], 0, 5)], ROW),
        lambda: event_kappa(ROW, ROW, "0.6"),
        lambda: event_kappa(ROW, ROW, window=(10, 0)),
        lambda: match_points([(["x"], 1)], [("x", 1)], 1),
        lambda: match_points([("x", 1)], [("x", 1)], None),
        lambda: alignment_kappa([["x"]], ["x"]),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(of):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        of()


def test_whole_numbers_of_any_kind_are_numbers():
    plain = time_unit_kappa(ROW, ROW[::-1], WINDOW, 1, 1)
    numpy_row = [(code, np.int32(onset), np.float64(offset)) for code, onset, offset in ROW]
    assert time_unit_kappa(numpy_row, ROW, (np.int64(0), 10.0), np.int32(1), np.int64(1)) == plain
    assert event_kappa(numpy_row, ROW, np.float64(0.6), window=(0.0, np.int64(10))) == event_kappa(
        ROW, ROW, window=WINDOW
    )
    assert share(np.int64(3), np.int64(5)) == share(3, 5)
    assert type(share(np.int64(3), np.int64(5)).value) is float
    assert type(share(np.int64(3), np.int64(5)).n) is int


def test_codes_may_be_of_several_kinds():
    mixed = [(1, 0, 5), (None, 5, 7), ("y", 7, 10)]
    assert time_unit_kappa(mixed, mixed, WINDOW, 1).categories == (1, None, "y")
    assert event_kappa(mixed, mixed).value == 1
    assert time_unit_kappa([(10, 0, 5), (9, 5, 10)], [], WINDOW, 1).categories == (9, 10)


def test_a_tolerance_beyond_the_session_is_the_whole_session():
    other = [("x", 0, 1), ("y", 1, 10)]
    for reference in "ab":
        wide, whole = (time_unit_kappa(ROW, other, WINDOW, 1, reach, reference) for reach in (10**15, 10))
        assert wide.table == whole.table
    assert wide.value == 1


def test_a_lenient_kappa_that_is_undefined_says_why():
    silent = time_unit_kappa([], ROW, WINDOW, 1, 1)
    assert (silent.value, silent.status) == (None, Status.NO_EVENTS)
    assert silent.sentence == "Neither coder has anything here that could be compared."
    alike = time_unit_kappa([("x", 0, 10)], [("x", 0, 10)], WINDOW, 1, 1)
    assert "nothing to disagree about" in alike.sentence


def test_a_state_ends_where_the_next_begins():
    found = time_unit_kappa([("x", 0, 10), ("y", 3, 5)], [("x", 0, 10)], WINDOW, 1)
    assert (found.table, found.uncoded) == (((3, 0), (2, 0)), 5)


def test_shares_of_a_table_are_counted_as_one():
    assert cohen_kappa([[0.4, 0.1], [0.2, 0.3]]).n == 1
    assert cohen_kappa([[0.7, 0.1], [0.1, 0.1]]).n == 1  # their sum is a little below 1


def test_limits_of_kappa_beyond_one_are_those_of_perfect_observers():
    kappa = cohen_kappa([[40, 1], [0, 40]])
    assert kappa.high > 1
    found = observer_accuracy(kappa.value, [1, 1], limits=(kappa.low, kappa.high))
    assert found.low < found.value < found.high == 1
    none = observer_accuracy(0.1, [1, 1], limits=(-0.3, -0.1))
    assert (none.low, none.high, none.method) == (None, None, "")


@pytest.mark.parametrize("accuracy", [0.4, 1.1, -1, float("nan")])
def test_no_observer_is_worse_than_guessing_or_better_than_right(accuracy):
    with pytest.raises(ValueError, match=r"between 0\.5 and 1"):
        kappa_at(accuracy, [1, 1])


def test_kappa_is_expected_against_a_coder_or_a_master():
    with pytest.raises(ValueError, match="boss"):
        kappa_at(0.9, [1, 1], "boss")
    assert kappa_at(0.5, [1, 1]) == 0
    assert kappa_at(1, [1, 1], "master") == 1


def test_missing_time_may_be_told_twice():
    found = time_unit_kappa(ROW, ROW, WINDOW, 1, excluded=[(1, 2), (0, 9)])
    assert (found.uncodable, found.n) == (9, 1)
    assert time_unit_kappa(ROW, ROW, WINDOW, 1, excluded=[(5, 6), (0, 4)]).uncodable == 5
