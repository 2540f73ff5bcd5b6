"""Intraclass correlations and limits of agreement against analyses of variance, and their edges."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from coder.model.agreement import Status
from coder.reliability import bland_altman, icc, icc_oneway
from coder.reliability.intraclass import FORMS
from tests.reliability import plain

ratings = st.tuples(st.integers(3, 8), st.integers(2, 4)).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(1, 7), min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
    )
)
numbers = st.lists(st.integers(-50, 50), min_size=5, max_size=20)


@settings(deadline=None, max_examples=40)
@given(ratings)
def test_every_form_from_the_mean_squares_of_statsmodels(rows):
    assume(np.ptp(rows) > 0)
    found, wanted = icc(rows), plain.icc(np.array(rows)) if plain.mean_squares(rows)[0] > 1e-9 else None
    assume(wanted is not None)
    for form, one in found.items():
        if one.value is not None:
            assert one.value == pytest.approx(wanted[form], abs=1e-7)
    squares = plain.mean_squares(rows)
    one = found["ICC(C,1)"]
    assert (one.between, one.within, one.coders, one.error) == pytest.approx(squares, abs=1e-8)


def test_limits_put_f_at_its_quantile():
    """The lower limit is the correlation at which the F that was seen would just be at its 97.5th percentile."""
    rows = np.random.default_rng(1).normal(size=(9, 3)) + 2 * np.random.default_rng(2).normal(size=(9, 1))
    for form, df in (("ICC(1)", 18), ("ICC(C,1)", 16)):
        found = icc(rows)[form]
        f = found.between / (found.within if form == "ICC(1)" else found.error)
        for limit, share in ((found.low, 0.975), (found.high, 0.025)):
            ratio = (1 + 2 * limit) / (1 - limit)  # of the variances, at that correlation
            assert stats.f.cdf(f / ratio, 8, df) == pytest.approx(share, abs=1e-9)


def test_means_of_k_raters_are_stepped_up():
    rows = np.random.default_rng(5).normal(size=(8, 4)) + np.random.default_rng(6).normal(size=(8, 1))
    found = icc(rows)
    for one, mean in (("ICC(1)", "ICC(k)"), ("ICC(A,1)", "ICC(A,k)"), ("ICC(C,1)", "ICC(C,k)")):
        for name in ("value", "low", "high"):
            single = getattr(found[one], name)
            assert getattr(found[mean], name) == pytest.approx(4 * single / (1 + 3 * single))


groups = st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=5), min_size=2, max_size=8)


@settings(deadline=None)
@given(groups)
def test_unequal_groups(rows):
    assume(any(len(row) > 1 for row in rows))
    found = icc_oneway(rows)
    assume(found.value is not None)
    value, k0 = plain.icc_oneway(rows)
    assert (found.value, found.raters) == pytest.approx((value, k0), abs=1e-9)
    assert (found.n, found.ratings) == (len(rows), sum(map(len, rows)))
    equal = len({len(row) for row in rows}) == 1
    assert not found.method or found.method == (
        "F" if equal else "F with k0, approximate for unequal numbers of raters"
    )


def test_equal_groups_are_the_one_way_form_whatever_the_order_within_them():
    rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert icc_oneway(rows).value == pytest.approx(icc(rows)["ICC(1)"].value)
    assert icc_oneway([sorted(row) for row in rows]).value == pytest.approx(icc_oneway(rows).value)


@settings(deadline=None)
@given(ratings, st.sampled_from([-3, 0.5, 10]), st.sampled_from([0.1, 4]))
def test_the_scale_does_not_matter_and_raters_may_change_places(rows, shift, stretch):
    found = icc(rows)
    others = [icc(np.array(rows) * stretch + shift), icc(np.array(rows)[:, ::-1]), icc(rows[::-1])]
    for form, one in found.items():
        for other in others:
            if one.value is not None and other[form].value is not None:
                assert other[form].value == pytest.approx(one.value, abs=1e-6)
            else:
                assert other[form].status == one.status


def test_absolute_agreement_falls_with_a_rater_who_gives_more_and_consistency_does_not():
    rows = np.array([[1, 1], [3, 3], [4, 5], [6, 6], [2, 1], [7, 7]])
    kind = rows + np.array([0, 2])
    assert icc(kind)["ICC(C,1)"].value == pytest.approx(icc(rows)["ICC(C,1)"].value)
    assert icc(kind)["ICC(A,1)"].value < icc(rows)["ICC(A,1)"].value


def test_missing_ratings_are_left_out_of_the_two_way_forms_only():
    rows = [[1, 2], [3, 3], [5, None], [4, 4], [2, 2], [6, 5], [None, None]]
    found = icc(rows)
    whole = [row for row in rows if None not in row]
    assert found["ICC(A,1)"].value == icc(whole)["ICC(A,1)"].value
    assert (found["ICC(A,1)"].n, found["ICC(A,1)"].left_out) == (5, 2)
    given_ = [[value for value in row if value is not None] for row in rows]
    assert found["ICC(1)"].value == icc_oneway(given_).value
    assert (found["ICC(1)"].n, found["ICC(1)"].ratings, found["ICC(1)"].left_out) == (6, 11, 1)


def test_fewer_than_five_targets_have_a_value_and_a_status():
    found = icc([[1, 2], [3, 3], [5, 6]])["ICC(A,1)"]
    assert found.value is not None
    assert (found.status, found.sentence) == (Status.TOO_FEW, "Fewer than 5 targets were rated.")
    assert icc_oneway([[1, 2], [3], [5, 6]]).status is Status.TOO_FEW
    assert icc([[1, 2], [3, 3], [5, 6], [2, 2], [7, 6]])["ICC(A,1)"].status is Status.OK


def test_what_is_undefined_is_said():
    alike = icc([[4, 4]] * 6)
    assert {one.status for one in alike.values()} == {Status.NO_VARIANCE}
    assert alike["ICC(A,1)"].sentence == "All targets were rated alike, by everyone."
    for rows in ([], [[]], [[], []]):
        assert {one.status for one in icc(rows).values()} == {Status.NO_EVENTS}
    alone = icc([[1], [2], [3], [4], [5]])
    assert {one.sentence for one in alone.values()} == {"No target was rated twice, so nothing can be compared."}
    one_target = icc([[1, 2, 3]])
    assert {(one.value, one.status) for one in one_target.values()} == {(None, Status.TOO_FEW)}
    assert one_target["ICC(1)"].sentence == "Fewer than 2 targets were rated."
    never_all = icc([[1, None], [2, None], [None, 3]])
    assert never_all["ICC(C,1)"].sentence == "Fewer than two targets were rated by every coder."
    assert list(never_all) == list(FORMS)
    assert icc_oneway([]).status is Status.NO_EVENTS
    assert icc_oneway([[1], [2]]).status is Status.NO_EVENTS


def test_targets_that_do_not_differ_give_no_share_of_their_variance():
    found = icc([[1, 3], [3, 1], [1, 3], [3, 1], [2, 2], [2, 2]])
    assert found["ICC(1)"].value == pytest.approx(-1.0)  # not truncated
    assert found["ICC(1)"].low is None
    assert found["ICC(k)"].status is Status.NO_VARIANCE
    assert "too little" in found["ICC(k)"].sentence


def test_a_limit_that_stepping_up_cannot_reach_is_none():
    found = icc([[1, 4], [3, 3], [3, 3]])
    assert found["ICC(A,1)"].low == pytest.approx(-1.0)
    assert (found["ICC(A,k)"].low, "Downwards there is no limit" in found["ICC(A,k)"].note) == (None, True)
    assert found["ICC(A,k)"].high == pytest.approx(2 * found["ICC(A,1)"].high / (1 + found["ICC(A,1)"].high))


def test_perfect_agreement_is_one_without_an_interval():
    found = icc([[1, 1], [3, 3], [5, 5], [2, 2], [4, 4]])
    for one in found.values():
        assert (one.value, one.low, one.status) == (1.0, None, Status.OK)
        assert one.note == "Ratings of one target never differ, so there is no interval."


def test_a_constant_difference_is_consistent_but_not_the_same():
    found = icc([[1, 2], [3, 4], [5, 6], [2, 3], [4, 5]])
    assert found["ICC(C,1)"].value == 1.0
    assert found["ICC(A,1)"].value == pytest.approx(5 / (5 + 2 * 2.5 / 5))
    assert found["ICC(A,1)"].low < found["ICC(A,1)"].value < found["ICC(A,1)"].high


def test_what_are_no_ratings_is_refused():
    with pytest.raises(ValueError, match="one place for each rater"):
        icc([[1, 2], [3]])
    with pytest.raises(ValueError, match="not text"):
        icc([["a", "b"]])
    with pytest.raises(ValueError, match="not text"):
        icc_oneway([["a"], [1]])


@settings(deadline=None)
@given(numbers)
def test_the_mean_difference_has_the_interval_of_a_t_test(a):
    b = [value // 2 for value in a]
    found = bland_altman(a, b)
    apart = np.subtract(a, b)
    assume(np.ptp(apart) > 0)
    low, high = stats.ttest_1samp(apart, 0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((low, high))
    reach = float(stats.norm.ppf(0.975)) * apart.std(ddof=1)
    assert found.limits == pytest.approx((apart.mean() - reach, apart.mean() + reach), abs=1e-9)
    back = bland_altman(b, a)
    assert (back.value, back.sd) == pytest.approx((-found.value, found.sd))
    half = float(stats.t.ppf(0.975, len(a) - 1)) * found.limit_se
    assert found.limits_low == pytest.approx((found.limits[0] - half, found.limits[0] + half))


def test_edges_of_bland_altman():
    few = bland_altman([1, 2, 3], [1, 1, 1])
    assert (few.value, few.status, few.sentence) == (1.0, Status.TOO_FEW, "Fewer than 5 pairs.")
    gaps = bland_altman([1, 2, None, 4, 5, 6, float("nan")], [1, 1, 3, None, 5, 7, 1])
    assert (gaps.n, gaps.left_out) == (4, 3)
    one = bland_altman([3], [1])
    assert (one.value, one.sd, one.limits) == (2.0, None, None)
    flat = bland_altman([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])
    assert (flat.value, flat.sd, flat.limits, flat.low) == (-1.0, 0.0, (-1.0, -1.0), None)
    assert flat.sentence == "All differences are the same, so there is no interval."
    none = bland_altman([None], [1])
    assert (none.value, none.status) == (None, Status.NO_EVENTS)
    with pytest.raises(ValueError, match="as many numbers"):
        bland_altman([1, 2], [1])
    with pytest.raises(ValueError, match="multiplier"):
        bland_altman([1, 2], [1, 2], multiplier=0)
    with pytest.raises(ValueError, match="not text"):
        bland_altman(["a"], [1])
