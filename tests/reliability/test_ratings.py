"""Alpha, Gwet, Fleiss, Scott, Light and Conger against second implementations, and their edges."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import t
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_of_statsmodels

from coder.model.agreement import Status
from coder.reliability import (
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    krippendorff_alpha,
    light_kappa,
    percent_agreement,
    scott_pi,
    share,
    wilson,
)
from coder.reliability.resampling import GROUPS, over_units
from tests.reliability import plain

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def rows_of(one, least=1, most=12):
    """Units × raters, all of one width."""
    return st.integers(2, 5).flatmap(
        lambda k: st.lists(st.lists(one, min_size=k, max_size=k), min_size=least, max_size=most)
    )


some_missing = rows_of(st.sampled_from([None, 0, 1, 2, 5]))
complete = rows_of(st.sampled_from("abc"), least=2)


@settings(deadline=None, max_examples=200)
@given(some_missing, st.sampled_from(LEVELS))
def test_alpha_is_what_its_definition_says(rows, level):
    found = krippendorff_alpha(rows, level, limits=False)
    paired = [row for row in rows if len(row) - row.count(None) >= 2]
    if not paired:
        assert (found.value, found.status) == (None, Status.NO_EVENTS)
        return
    wanted = plain.alpha(rows, level)
    if wanted is None:
        assert (found.value, found.status) == (None, Status.NO_VARIANCE)
    else:
        assert found.value == pytest.approx(wanted, abs=1e-9)
        assert (found.n, found.left_out) == (len(paired), len(rows) - len(paired))


def test_alpha_of_more_than_two_raters_with_nothing_missing():
    """Where a well-known package divides by 1 instead of by the number of raters less one."""
    rows = [[1, 1, 2], [2, 2, 2], [3, 3, 1], [1, 1, 1]]
    assert krippendorff_alpha(rows, "nominal").value == pytest.approx(plain.alpha(rows, "nominal"))


@settings(deadline=None)
@given(some_missing, st.sampled_from([1, -3.5, 100]), st.sampled_from([0.1, 2]))
def test_alpha_of_intervals_does_not_care_where_the_scale_begins(rows, shift, stretch):
    moved = [[None if value is None else value * stretch + shift for value in row] for row in rows]
    for level in ("interval", "ordinal", "nominal"):
        one, other = (krippendorff_alpha(each, level, limits=False) for each in (rows, moved))
        assert other.status == one.status
        assert other.value == (None if one.value is None else pytest.approx(one.value, abs=1e-7))


def test_edges_of_alpha():
    nothing = krippendorff_alpha([], "nominal")
    assert (nothing.value, nothing.n, nothing.status) == (None, 0, Status.NO_EVENTS)
    once = krippendorff_alpha([[1, None], [None, 2]], "interval")
    assert (once.status, once.sentence) == (
        Status.NO_EVENTS,
        "No unit was rated twice, so nothing can be compared.",
    )
    one_value = krippendorff_alpha([["x", "x"], ["x", "x"]], "nominal")
    assert (one_value.value, one_value.status, one_value.observed) == (None, Status.NO_VARIANCE, 0.0)
    assert "nothing to disagree about" in one_value.sentence
    perfect = krippendorff_alpha([[1, 1], [2, 2], [3, 3]], "ordinal")
    assert (perfect.value, perfect.status, perfect.low, perfect.se) == (1.0, Status.OK, None, None)
    assert perfect.note == "Nothing here could vary, so there is no interval."
    one_unit = krippendorff_alpha([[1, 2]], "nominal")
    assert (one_unit.value, one_unit.low, one_unit.note) == (0.0, None, "One unit gives no interval.")
    assert krippendorff_alpha([[0, 0], [0, 1]], "ratio").value is not None


@pytest.mark.parametrize(
    ("rows", "level", "why"),
    [
        ([[1, 2]], "metric", "nominal, ordinal, interval or ratio"),
        ([[1, 2], [1]], "nominal", "one place for each rater"),
        ([["a", "b"]], "interval", "not text"),
        ([[-1, 2]], "ratio", "below 0"),
        ([[1, float("inf")]], "interval", "infinite"),
        ([[1, object]], "ordinal", "numbers"),
        ([1, 2], "nominal", "rows of units"),
        ("ab", "nominal", "rows of units"),
        (None, "nominal", "rows of units"),
        ([[[1], 2]], "nominal", "one number or one category"),
    ],
)
def test_what_are_no_ratings_is_refused(rows, level, why):
    with pytest.raises(ValueError, match=why):
        krippendorff_alpha(rows, level)


WEIGHTS = {
    None: lambda _, i, j: float(i == j),
    "linear": lambda q, i, j: 1 - abs(i - j) / (q - 1),
    "quadratic": lambda q, i, j: 1 - (i - j) ** 2 / (q - 1) ** 2,
    "ordinal": lambda q, i, j: 1 - abs(i - j) * (abs(i - j) + 1) / (q * (q - 1)),
}


@settings(deadline=None, max_examples=200)
@given(some_missing, st.sampled_from(list(WEIGHTS)))
def test_gwet_is_what_its_definition_says(rows, weights):
    categories = [0, 1, 2, 5]
    found = gwet_ac(rows, categories, weights)
    if not any(len(row) - row.count(None) >= 2 for row in rows):
        assert (found.value, found.status) == (None, Status.NO_EVENTS)
        return
    if found.n < 2:
        assert (found.se, found.low) == (None, None)
        return
    value, se = plain.gwet(rows, categories, lambda i, j: WEIGHTS[weights](4, i, j))
    assert found.value == pytest.approx(value, abs=1e-9)
    assert (found.se or 0.0) == pytest.approx(se, abs=1e-9)


def test_edges_of_gwet():
    one_category = gwet_ac([["x", "x"]] * 4, ["x", "y"])
    assert (one_category.value, one_category.status) == (1.0, Status.OK)
    declared = gwet_ac([["x", "x"]], ["x"])
    assert (declared.value, declared.status, declared.po) == (None, Status.NO_VARIANCE, 1.0)
    assert gwet_ac([], ["x", "y"]).status is Status.NO_EVENTS
    assert gwet_ac([["x", None]], ["x", "y"]).status is Status.NO_EVENTS
    matrix = np.array([[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]])
    rows = [[1, 2], [2, 2], [3, 1], [3, 3]]
    assert gwet_ac(rows, [1, 2, 3], matrix) == gwet_ac(rows, [1, 2, 3], "linear")
    with pytest.raises(ValueError, match="none of the categories: z"):
        gwet_ac([["x", "z"]], ["x", "y"])
    with pytest.raises(ValueError, match="named once"):
        gwet_ac([["x", "x"]], ["x", "x"])
    with pytest.raises(ValueError, match="named once"):
        gwet_ac([["x", "x"]], 2)
    with pytest.raises(ValueError, match="cubic"):
        gwet_ac([["x", "x"]], ["x", "y"], "cubic")


def test_more_declared_categories_change_chance():
    rows = [["x", "x"], ["y", "y"], ["x", "y"]]
    assert gwet_ac(rows, "xyz").value > gwet_ac(rows, "xy").value


@settings(deadline=None)
@given(complete)
def test_fleiss_equals_statsmodels_and_scott(rows):
    counts = np.array([[row.count(code) for code in "abc"] for row in rows])
    found = fleiss_kappa(counts)
    assume(found.value is not None)
    assert found.value == pytest.approx(fleiss_of_statsmodels(counts, method="fleiss"), abs=1e-9)
    if len(rows[0]) == 2:
        table = np.zeros((3, 3))
        for a, b in rows:
            table["abc".index(a), "abc".index(b)] += 1
        assert scott_pi(table).value == pytest.approx(found.value, abs=1e-9)


def test_the_error_of_fleiss_is_that_of_units_that_weigh_a_little_more():
    """Gwet's variance once more: how kappa moves when one unit gets more weight, by numerical slopes."""
    counts = np.array([[4, 1, 1], [0, 6, 0], [2, 2, 2], [0, 1, 5], [3, 3, 0], [1, 0, 5], [6, 0, 0]], dtype=float)
    n, step = len(counts), 1e-6

    def kappa(weights):
        agreed = ((counts**2).sum(1) - 6) / 30
        shares = weights @ counts / weights.sum() / 6
        po, pe = weights @ agreed / weights.sum(), (shares**2).sum()
        return (po - pe) / (1 - pe)

    found = fleiss_kappa(counts)
    assert kappa(np.ones(n)) == pytest.approx(found.value)
    slopes = [(kappa(np.ones(n) + step * (np.arange(n) == unit)) - found.value) / step for unit in range(n)]
    assert found.se == pytest.approx(np.sqrt(np.sum(np.square(slopes)) * n / (n - 1)), rel=1e-4)
    half = float(t.ppf(0.975, n - 1)) * found.se
    assert (found.low, found.high) == pytest.approx((found.value - half, min(found.value + half, 1)))


def test_kappa_of_one_category_is_that_of_the_collapsed_counts():
    counts = np.array([[3, 1, 0], [0, 4, 0], [2, 1, 1], [0, 0, 4]])
    for code in range(3):
        two = np.c_[counts[:, code], 4 - counts[:, code]]
        assert fleiss_kappa(counts).each[code] == pytest.approx(fleiss_kappa(two).value)


def test_edges_of_fleiss():
    assert fleiss_kappa([[2, 2]]).note == gwet_ac([["x", "y"]], "xy").note == "One unit gives no interval."
    assert fleiss_kappa([]).status is Status.NO_EVENTS
    assert fleiss_kappa([[1, 0], [0, 1]]).sentence == "Every unit was rated once, so nothing can be compared."
    flat = fleiss_kappa([[3, 0], [3, 0]])
    assert (flat.value, flat.status, flat.po) == (None, Status.NO_VARIANCE, 1.0)
    unused = fleiss_kappa([[2, 0, 0], [0, 2, 0]])
    assert (unused.value, unused.each) == (1.0, (1.0, 1.0, None))
    with pytest.raises(ValueError, match="same number of raters"):
        fleiss_kappa([[2, 0], [1, 0]])
    for wrong in ([[1, -1]], [1, 2], [["a", 2]], [[1, 2], [1]]):
        with pytest.raises(ValueError, match="counts are rows"):
            fleiss_kappa(wrong)


def test_edges_of_scott():
    assert scott_pi([[0, 0], [0, 0]]).status is Status.NO_EVENTS
    assert scott_pi([[5, 0], [0, 0]]).status is Status.NO_VARIANCE
    assert scott_pi([[5, 0], [0, 2]]).value == 1.0
    assert scott_pi([[0, 5], [5, 0]]).value == -1.0
    found = scott_pi([[20, 5], [10, 15]])
    step = 1e-6  # the standard error once more, by numerical derivatives of the coefficient
    table = np.array([[20.0, 5], [10, 15]])
    slopes = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            bumped = table.copy()
            bumped[i, j] += step
            slopes[i, j] = (scott_pi(bumped).value - found.value) / step
    variance = (table * slopes**2).sum() - (table * slopes).sum() ** 2 / 50
    assert found.se == pytest.approx(variance**0.5, rel=1e-4)


@settings(deadline=None)
@given(complete)
def test_light_and_conger_are_what_their_definitions_say(rows):
    coders = list(zip(*rows, strict=True))
    each = [plain.kappa(a, b) for n, a in enumerate(coders) for b in coders[n + 1 :]]
    known = [one for one in each if one is not None]
    found, exact = light_kappa(rows, limits=False), conger_kappa(rows, limits=False)
    assert found.pairs == tuple(None if one is None else pytest.approx(one, abs=1e-9) for one in each)
    if known:
        assert found.value == pytest.approx(sum(known) / len(known), abs=1e-9)
        assert ("the mean leaves out" in found.note) == (len(known) < len(each))
    else:
        assert found.status is Status.NO_VARIANCE
    wanted = plain.conger(rows)
    assert exact.value == (None if wanted is None else pytest.approx(wanted, abs=1e-9))


def test_two_coders_have_cohens_kappa_whatever_it_is_called():
    rows = [["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"], ["c", "a"]]
    table = [[1, 1, 0], [0, 2, 0], [1, 0, 0]]
    wanted = cohen_kappa(table).value
    assert conger_kappa(rows).value == pytest.approx(wanted)
    assert light_kappa(rows).value == pytest.approx(wanted)


def test_edges_of_several_coders():
    assert light_kappa([]).status is Status.NO_EVENTS
    assert light_kappa([["a"], ["b"]]).sentence == "Only one coder coded, so nothing can be compared."
    none = conger_kappa([["a", None, "b"], [None, "a", "a"]])
    assert (none.status, none.left_out) == (Status.NO_EVENTS, 2)
    some = conger_kappa([["a", "a", "b"], ["b", "b", "b"], ["a", None, "a"]])
    assert (some.n, some.left_out) == (2, 1)


@settings(deadline=None)
@given(rows_of(st.sampled_from([None, 1, 2, 4])), st.sampled_from([0, 1, 2]))
def test_how_many_units_lie_within_so_much(rows, within):
    found = percent_agreement(rows, within)
    known = [[value for value in row if value is not None] for row in rows]
    known = [row for row in known if len(row) >= 2]
    agreed = sum(max(row) - min(row) <= within for row in known)
    if not known:
        assert found.status is Status.NO_EVENTS
    else:
        assert (found.value, found.n) == (agreed / len(known), len(known))
        assert (found.low, found.high) == wilson(agreed, len(known))


def test_percent_agreement_of_codes_and_of_numbers_between():
    assert percent_agreement([["a", "a"], ["a", "b"]]).value == 0.5
    assert percent_agreement([[0.1, 0.4]], within=0.3).value == 1.0
    with pytest.raises(ValueError, match="apart"):
        percent_agreement([[1, 2]], within=-1)
    with pytest.raises(ValueError, match="not text"):
        percent_agreement([["a", "b"]], within=1)


def test_a_share_of_nothing_is_undefined_and_one_of_too_much_is_refused():
    found = share(32, 45)
    assert (found.value, found.low, found.high) == (32 / 45, *wilson(32, 45))
    assert found.se == pytest.approx((32 * 13 / 45**3) ** 0.5)
    assert (share(5, 5).value, share(5, 5).se) == (1.0, None)
    assert (share(0, 0).value, share(0, 0).status) == (None, Status.NO_EVENTS)
    with pytest.raises(ValueError, match="no share"):
        share(3, 2)


def test_the_jackknife_of_a_mean_has_the_textbook_error_and_many_units_go_in_groups():
    values = np.random.default_rng(3).normal(size=150)
    found = over_units(lambda some: float(some.mean()), values)
    assert found.se == pytest.approx(values.std(ddof=1) / np.sqrt(150))
    assert found.method == "jackknife over 150 units"
    many = np.random.default_rng(4).normal(size=5000)
    grouped = over_units(lambda some: float(some.mean()), many)
    assert grouped.se == pytest.approx(many.std(ddof=1) / np.sqrt(5000), rel=0.25)
    assert grouped.method == f"jackknife over {GROUPS} groups of neighbouring units"
