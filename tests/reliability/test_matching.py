"""Matching of point events against the plain definition and against an assignment solver."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment
from statsmodels.stats.proportion import proportion_confint

from coder.model.agreement import Status
from coder.reliability.matching import match_points

rows = st.lists(st.tuples(st.sampled_from("xy"), st.integers(0, 12)), max_size=6)


def best_by_definition(a, b, tolerance, same_code=True):
    """Every way to pair, judged as the definition says: most pairs, least Σ|dt|, smallest in order."""
    found = []
    for size in range(min(len(a), len(b)) + 1):
        for left in combinations(range(len(a)), size):
            for right in permutations(range(len(b)), size):
                pairs = tuple(zip(left, right, strict=True))
                if all(
                    (a[i][0] == b[j][0] or not same_code) and abs(a[i][1] - b[j][1]) <= tolerance for i, j in pairs
                ):
                    found.append((-size, sum(abs(a[i][1] - b[j][1]) for i, j in pairs), pairs))
    return min(found)[2]


@settings(max_examples=300, deadline=None)
@given(rows, rows, st.integers(0, 5))
def test_is_the_best_of_all_pairings(a, b, tolerance):
    a, b = (sorted(row, key=lambda point: point[1]) for row in (a, b))
    found = match_points(a, b, tolerance)
    assert found.pairs == best_by_definition(a, b, tolerance)
    left = [i for i in range(len(a)) if i not in {i for i, _ in found.pairs}]
    right = [j for j in range(len(b)) if j not in {j for _, j in found.pairs}]
    rest = best_by_definition([a[i] for i in left], [b[j] for j in right], tolerance, same_code=False)
    assert found.confusions == tuple((left[i], right[j]) for i, j in rest)


@pytest.mark.parametrize("density", [3, 30, 300])
@pytest.mark.parametrize("seed", range(5))
def test_has_the_cost_that_an_assignment_solver_finds(density, seed):
    draw = np.random.default_rng(seed)
    tolerance, length = 1000, 1000 * 120 // density
    a, b = (
        [("x", int(at)) for at in np.sort(draw.integers(0, max(length, 2000), size))]
        for size in draw.integers(100, 140, 2)
    )
    apart = np.abs(np.subtract.outer([at for _, at in a], [at for _, at in b]))
    reachable = apart <= tolerance
    dear = int(apart[reachable].sum()) + 1
    left, right = linear_sum_assignment(np.where(reachable, apart, dear))
    solved = [apart[i, j] for i, j in zip(left, right, strict=True) if reachable[i, j]]
    found = match_points(a, b, tolerance)
    assert (len(found.pairs), sum(map(abs, found.lags_us))) == (len(solved), sum(solved))


@given(rows, rows, st.integers(0, 5), st.integers(-1000, 1000))
def test_swapping_coders_shifting_time_and_renaming_codes_change_no_number(a, b, tolerance, shift):
    found, swapped = match_points(a, b, tolerance), match_points(b, a, tolerance)
    assert (swapped.f1, swapped.sensitivity, swapped.precision) == (found.f1, found.precision, found.sensitivity)
    assert sum(map(abs, swapped.lags_us)) == sum(map(abs, found.lags_us))
    moved = [[("new " + code, at + shift) for code, at in row] for row in (a, b)]
    assert match_points(*moved, tolerance) == found


@given(rows, rows, st.integers(0, 5))
def test_every_event_is_in_exactly_one_place(a, b, tolerance):
    found = match_points(a, b, tolerance)
    placed_a = sorted([i for i, _ in found.pairs + found.confusions] + list(found.only_a))
    placed_b = sorted([j for _, j in found.pairs + found.confusions] + list(found.only_b))
    assert (placed_a, placed_b) == (list(range(len(a))), list(range(len(b))))


def test_the_tolerance_is_inclusive():
    assert match_points([("x", 0)], [("x", 1000)], 1000).pairs == ((0, 0),)
    assert match_points([("x", 0)], [("x", 1001)], 1000).pairs == ()


def test_how_far_the_pairs_lie_apart():
    at = [("x", 10_000 * i) for i in range(10)]
    late = [("x", 10_000 * i + lag) for i, lag in enumerate((-400, 100, 100, 100, 200, 300, 400, 500, 600, 900))]
    found = match_points(at, late, 1000)
    assert (found.bias_us, found.median_lag_us) == (280.0, 400.0 - 50)
    assert found.late_lag_us == pytest.approx(np.percentile([100] * 3 + [200, 300, 400, 400, 500, 600, 900], 90))
    nothing = match_points(at, [], 1000)
    assert (nothing.bias_us, nothing.median_lag_us, nothing.late_lag_us) == (None, None, None)


def test_limits_of_a_comparison_with_a_master():
    master, trainee = [("x", at) for at in range(0, 5000, 1000)], [("x", 0), ("x", 1000), ("x", 9000)]
    found = match_points(master, trainee, 0)
    assert (found.sensitivity, found.precision) == (2 / 5, 2 / 3)
    assert found.sensitivity_limits == pytest.approx(proportion_confint(2, 5, method="wilson"))
    assert found.precision_limits == pytest.approx(proportion_confint(2, 3, method="wilson"))
    assert (match_points([], trainee, 0).sensitivity_limits, match_points(master, [], 0).precision_limits) == (
        None,
    ) * 2


@given(rows, rows, st.integers(0, 5))
def test_f1_and_its_limits_follow_from_the_share_that_both_saw(a, b, tolerance):
    found = match_points(a, b, tolerance)
    if not a and not b:
        assert (found.value, found.status) == (None, Status.NO_EVENTS)
        return
    seen = len(a) + len(b) - len(found.pairs)
    low, high = proportion_confint(len(found.pairs), seen, method="wilson")
    assert found.value == pytest.approx(2 * len(found.pairs) / (len(a) + len(b)))
    assert (found.low, found.high) == pytest.approx((2 * low / (1 + low), 2 * high / (1 + high)), abs=1e-9)
    assert 0 <= found.low <= found.value <= found.high <= 1
    share, step = len(found.pairs) / seen, 1e-6  # the delta method, by a numerical slope
    slope = (2 * (share + step) / (1 + share + step) - 2 * share / (1 + share)) / step
    wanted = pytest.approx(slope * np.sqrt(share * (1 - share) / seen), rel=1e-4)
    assert found.se == (wanted if 0 < share < 1 else None)


def test_nobody_marked_anything():
    found = match_points([], [], 1000)
    assert (found.f1, found.sensitivity, found.precision) == (None, None, None)


def test_one_coder_marked_nothing():
    found = match_points([("x", 5), ("y", 9)], [], 1000)
    assert (found.f1, found.sensitivity, found.precision) == (0.0, 0.0, None)
    assert (found.only_a, found.n_a, found.n_b) == ((0, 1), 2, 0)


def test_a_negative_tolerance_is_refused():
    with pytest.raises(ValueError, match="negative"):
        match_points([], [], -1)
