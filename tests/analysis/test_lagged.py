"""Lag-sequential tables: the published case, other ways to the same numbers, and the edges."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import Table, Table2x2

from coder.analysis import lag_sequential
from coder.analysis.sequences import adjusted_residuals

CASES = json.loads(
    (Path(__file__).parents[1] / "reliability" / "statistics_cases.json").read_text(encoding="utf-8")
)
CODES = ("H+", "Ho", "H-", "W+", "Wo", "W-")
CLOSE = 1e-6


def one_row_with(table, codes):
    """A row of codes whose transitions are this table: an Eulerian trail (Hierholzer)."""
    left = np.array(table)
    out, into = left.sum(1), left.sum(0)
    start = next((i for i in range(len(left)) if out[i] > into[i]), int(np.argmax(out)))
    stack, trail = [start], []
    while stack:
        here = stack[-1]
        if left[here].any():
            after = int(np.flatnonzero(left[here])[0])
            left[here, after] -= 1
            stack.append(after)
        else:
            trail.append(stack.pop())
    return [codes[place] for place in reversed(trail)]


def filled(rows):
    return np.array(rows, dtype=float)


def test_griffin_and_gottman_1990():
    case = CASES["O10_griffin_gottman_1990"]
    row = one_row_with(case["F"], CODES)
    assert len(row) == case["N"] + 1
    found = lag_sequential(row, CODES)
    assert found.counts == tuple(map(tuple, case["F"]))
    assert found.n == case["N"]
    assert filled(found.adjusted_residuals) == pytest.approx(np.array(case["adj_resid"]), abs=CLOSE)
    assert filled(found.yules_q) == pytest.approx(np.array(case["yules_q"]), abs=CLOSE)
    assert filled(found.shares) == pytest.approx(np.array(case["trans_prob"]), abs=CLOSE)
    assert (found.g2, found.x2) == pytest.approx((case["G2"], case["X2"]), abs=CLOSE)
    assert found.df == 25
    assert found.note == "23 of 36 expected counts are below 5."


rows = st.lists(st.sampled_from("abc"), min_size=2, max_size=60)


@settings(deadline=None)
@given(rows, st.integers(1, 3))
def test_counts_are_those_of_pairs_so_many_steps_apart(row, lag):
    found = lag_sequential(row, "abc", lag)
    pairs = Counter(zip(row, row[lag:], strict=False))
    assert found.counts == tuple(tuple(pairs[i, j] for j in "abc") for i in "abc")
    assert found.adjusted_residuals == adjusted_residuals(found.counts, repeats=True)


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 30), min_size=3, max_size=3), min_size=3, max_size=3))
def test_tables_without_a_zero_are_those_of_statsmodels(table):
    found = lag_sequential(runs_of(table), "abc")
    oracle = Table(np.array(table), shift_zeros=False)
    assert filled(found.expected) == pytest.approx(oracle.fittedvalues)
    assert filled(found.adjusted_residuals) == pytest.approx(oracle.standardized_resids)
    assert found.x2 == pytest.approx(oracle.test_nominal_association().statistic)
    for i in range(3):
        for j in range(3):
            two = Table2x2(collapsed(table, i, j), shift_zeros=True)
            if (collapsed(table, i, j) > 0).all():
                assert (found.odds_ratios[i][j], found.log_odds_se[i][j]) == pytest.approx(
                    (two.oddsratio, two.log_oddsratio_se)
                )
                ratio = two.oddsratio
                assert found.yules_q[i][j] == pytest.approx((ratio - 1) / (ratio + 1))


def runs_of(table):
    """Many short rows, one for each transition."""
    return [("abc"[i], "abc"[j]) for i in range(3) for j in range(3) for _ in range(table[i][j])]


def collapsed(table, i, j):
    table = np.array(table, dtype=float)
    a, r, c = table[i, j], table[i].sum(), table[:, j].sum()
    return np.array([[a, r - a], [c - a, table.sum() - r - c + a]])


def test_nothing_leads_across_sessions_or_what_could_not_be_coded():
    assert lag_sequential([list("ab"), list("ba")], "ab").counts == ((0, 1), (1, 0))
    assert lag_sequential(["a", "b", None, "b", "a"], "ab").counts == ((0, 1), (1, 0))
    assert lag_sequential(["a", None, "b"], "ab", lag=2).counts == ((0, 0), (0, 0))
    assert lag_sequential([list("ab"), [], list("a")], "ab").n == 1
    assert lag_sequential(list("abba"), "ab").counts == ((0, 1), (1, 1))


def test_where_repeats_are_impossible_the_diagonal_is_empty_by_rule():
    row = list("abcacbabcbacacb")
    found = lag_sequential(row, "abc", repeats=False)
    assert found.adjusted_residuals == adjusted_residuals(found.counts)
    for code in range(3):
        assert found.adjusted_residuals[code][code] is None
        assert found.yules_q[code][code] is None
        assert found.shares[code][code] is None
    assert filled(found.expected).sum(1) == pytest.approx(np.sum(found.counts, axis=1))
    assert found.df == 1
    with pytest.raises(ValueError, match="follows itself"):
        lag_sequential(list("aab"), "ab", repeats=False)


def test_what_is_not_defined_is_none_and_said():
    empty = lag_sequential([], "ab")
    assert (empty.n, empty.note) == (0, "No code is followed by another at this lag.")
    assert {*empty.adjusted_residuals, *empty.yules_q, *empty.odds_ratios} == {(None, None)}
    short = lag_sequential(["a"], "ab")
    assert short.n == 0
    unused = lag_sequential(list("abababb"), "abx")
    assert unused.yules_q[2] == unused.shares[2] == unused.odds_ratios[2] == (None, None, None)
    assert all(one is None or np.isfinite(one) for row in unused.odds_ratios for one in row)
    only = lag_sequential(list("aaaa"), "ab")
    assert (only.counts[0][0], only.adjusted_residuals[0][0], only.yules_q[0][0]) == (3, None, None)


def test_halves_are_added_where_a_count_is_0_and_marked():
    found = lag_sequential(runs_of([[0, 4, 1], [2, 3, 0], [1, 1, 1]]), "abc")
    assert found.halves_added[0][0]
    a, b, c, d = 0.5, 5.5, 3.5, 5.5
    assert found.odds_ratios[0][0] == pytest.approx(a * d / (b * c))
    assert found.yules_q[0][0] == -1.0  # of the counts as they are


def test_few_transitions_describe_and_test_nothing():
    assert "Fewer than 20 transitions" in lag_sequential(list("abab" * 3), "ab").note
    assert "Fewer" not in lag_sequential(list("aabb" * 6), "ab").note


def test_numbers_arrays_and_tuples_are_rows_too():
    row = [1, 2, 2, 1, 3]
    wanted = lag_sequential(row, [1, 2, 3]).counts
    for other in (np.array(row), tuple(row), [np.array(row)], [tuple(row)]):
        assert lag_sequential(other, (1, 2, 3)).counts == wanted
    assert sum(map(sum, wanted)) == len(list(pairwise(row)))


@pytest.mark.parametrize(
    ("row", "codes", "lag", "why"),
    [
        ("abx", "ab", 1, "not among"),
        ("ab", "aab", 1, "once"),
        ("ab", "", 1, "once"),
        (["a", ["b"]], "ab", 1, "not both"),
        ("ab", "ab", 0, "lag"),
        ("ab", "ab", 1.5, "lag"),
    ],
)
def test_what_makes_no_table_is_refused(row, codes, lag, why):
    with pytest.raises(ValueError, match=why):
        lag_sequential(row, codes, lag)


@pytest.mark.parametrize("lag", [0, -1, 1.5, float("nan"), float("inf"), "1", None])
def test_a_lag_is_a_whole_number_of_steps(lag):
    with pytest.raises(ValueError, match="a lag is a whole number of steps"):
        lag_sequential("abab", "ab", lag)


def test_rows_of_any_kind_are_rows():
    wanted = lag_sequential("abab", "ab")
    assert lag_sequential(iter("abab"), "ab", 1.0) == wanted
    assert lag_sequential(np.array(["a", "b", "a", "b"]), "ab", np.int64(1)) == wanted
    for what in (None, [[["a"]]]):
        with pytest.raises(ValueError, match="code"):
            lag_sequential(what, "ab")
