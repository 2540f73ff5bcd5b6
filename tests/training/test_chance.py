"""Tails of chance beside a second implementation, and at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom, kendalltau

from coder.training.chance import Draws, at_least, drawn, growing, rising


@given(st.integers(0, 30), st.integers(0, 30), st.floats(0.01, 0.99))
def test_binomial(count, of, share):
    assert at_least(count, of, share) == pytest.approx(binom.sf(count - 1, of, share), abs=1e-9)


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(0, n))))
def test_one_stratum_is_fishers_test(numbers):
    of, marked, draws = numbers
    for count in range(draws + 1):
        expected = hypergeom.sf(count - 1, of, marked, draws)
        assert drawn(count, [Draws(draws, marked, of)]) == pytest.approx(expected, abs=1e-9)


def test_strata_are_drawn_apart():
    # 1 of 2 marked among 1 drawn, twice: both are marked in a quarter of the cases
    one = Draws(1, 1, 2)
    assert drawn(2, [one, one]) == pytest.approx(0.25)
    assert drawn(1, [one, one]) == pytest.approx(0.75)
    # where all of a stratum was drawn, it says nothing
    assert drawn(3, [Draws(3, 3, 3)]) == 1
    assert drawn(0, []) == 1
    assert drawn(1, []) == 0


@pytest.mark.parametrize("values", [[1.0, 2, 3, 4, 5], [1.0, 3, 2, 4, 5], [5.0, 4, 3, 2, 1], [2.0, 1, 4, 3, 6, 5]])
def test_rising_is_kendalls_exact_test(values):
    expected = kendalltau(range(len(values)), values, method="exact", alternative="greater").pvalue
    assert rising(values) == pytest.approx(expected)


def test_ties_speak_against_a_trend():
    assert rising([1, 1, 2, 3, 4]) > rising([0, 1, 2, 3, 4])


def test_growing():
    # Cochran and Armitage by hand: 0, 1, 2, 3, 4 of 5; share .4, mean place 2, trend 10, variance .24 · 50
    assert growing([0, 1, 2, 3, 4], [5] * 5) == pytest.approx(0.0030, abs=0.0002)
    assert growing([4, 3, 2, 1, 0], [5] * 5) > 0.99
    assert growing([2] * 5, [5] * 5) > 0.5
    assert growing([0] * 5, [5] * 5) == 1
    assert growing([5] * 5, [5] * 5) == 1
    assert growing([3], [5]) == 1
