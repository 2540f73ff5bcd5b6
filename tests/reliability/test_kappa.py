"""Kappa against statsmodels, its identities and its edges."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.stats.inter_rater import cohens_kappa

from coder.model.agreement import Status
from coder.model.time import SECOND_US
from coder.reliability import cohen_kappa, event_kappa, observer_accuracy, time_unit_kappa
from tests.reliability.drawn import states

tables = st.integers(2, 5).flatmap(lambda k: arrays(np.int64, (k, k), elements=st.integers(0, 40)))


@settings(deadline=None)
@given(tables, st.sampled_from([None, "linear", "quadratic"]))
def test_equals_statsmodels(table, weights):
    table = table + 1  # the oracle cannot do without variance; ours says so, see the edges below
    found = cohen_kappa(table, weights)
    oracle = cohens_kappa(table, wt=weights)
    assert (found.value, found.se, found.se0) == pytest.approx(
        (oracle.kappa, np.sqrt(max(oracle.var_kappa, 0)), oracle.std_kappa0), abs=1e-6
    )


@given(arrays(np.int64, (2, 2), elements=st.integers(0, 60)))
def test_kappa_from_prevalence_and_bias(table):
    """Byrt, Bishop & Carlin 1993: kappa = (PABAK - PI² + BI²) / (1 - PI² + BI²)."""
    found = cohen_kappa(table)
    assume(found.value is not None)
    (a, b), (c, d) = table
    prevalence, bias = (a - d) / table.sum(), (b - c) / table.sum()
    wanted = (found.pabak - prevalence**2 + bias**2) / (1 - prevalence**2 + bias**2)
    assert found.value == pytest.approx(wanted, abs=1e-9)


@given(tables, st.randoms(use_true_random=False))
def test_swapping_coders_and_reordering_codes_change_nothing(table, random):
    order = list(range(len(table)))
    random.shuffle(order)
    found = cohen_kappa(table)
    for other in (cohen_kappa(table.T), cohen_kappa(table[np.ix_(order, order)])):
        assert other.status == found.status
        if found.value is not None:
            assert (other.value, other.se) == pytest.approx((found.value, found.se), abs=1e-9)


def test_edges():
    nothing = cohen_kappa([[0, 0], [0, 0]])
    assert (nothing.value, nothing.status) == (None, Status.NO_EVENTS)
    one_code = cohen_kappa([[7, 0], [0, 0]])
    assert (one_code.value, one_code.status, one_code.po) == (None, Status.NO_VARIANCE, 1.0)
    one_sided = cohen_kappa([[3, 4], [0, 0]])
    assert (one_sided.value, one_sided.status) == (0.0, Status.OK)
    assert one_sided.note == "Coder A used one code only, so agreement cannot exceed chance."
    table = np.zeros((6, 6))
    table[3] = 15, 35, 5, 23, 28, 33  # the formula in binary gives 6e-16
    assert cohen_kappa(table, "ordinal").value == 0.0
    assert "A used" in (both := cohen_kappa([[0, 5], [0, 0]])).note
    assert (both.value, "B used" in both.note) == (0.0, True)
    perfect = cohen_kappa([[3, 0], [0, 4]])
    assert (perfect.value, perfect.kappa_max, perfect.specific) == (1.0, 1.0, (1.0, 1.0))
    assert cohen_kappa([[3, 0, 0], [0, 4, 0], [0, 0, 0]]).specific[2] is None


@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [0, 2]], [[1, float("nan")], [0, 2]]])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(ValueError, match="square"):
        cohen_kappa(table)


@pytest.mark.parametrize("weights", ["cubic", [[1, 0]], [[0.5, 0], [0, 1]], [[1, 2], [0, 1]]])
def test_what_are_no_weights_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        cohen_kappa([[1, 2], [3, 4]], weights)


drawn = st.text("pta.", min_size=1, max_size=40)


def plain_table(a, b, order):
    """The definition, unit by unit."""
    return tuple(tuple(sum((x, y) == (r, c) for x, y in zip(a, b, strict=False)) for c in order) for r in order)


@settings(deadline=None)
@given(drawn, drawn, st.integers(-5, 5))
def test_units_follow_the_definition_wherever_the_clock_starts(a, b, shift):
    start, length = shift * SECOND_US, min(len(a), len(b)) * SECOND_US
    found = time_unit_kappa(
        states(a, start), states(b, start), (start, start + length), SECOND_US, categories="pta"
    )
    assert found.table == plain_table(a, b, "pta")
    assert found.value == cohen_kappa(found.table).value
    assert found.n + found.uncoded == found.units == min(len(a), len(b))


@settings(deadline=None)
@given(drawn, drawn)
def test_a_finer_unit_that_divides_every_state_gives_the_same_kappa(a, b):
    window = (0, min(len(a), len(b)) * SECOND_US)
    one, half = (time_unit_kappa(states(a), states(b), window, unit) for unit in (SECOND_US, SECOND_US // 2))
    assert (one.status, one.n * 2) == (half.status, half.n)
    assert half.value == (None if one.value is None else pytest.approx(one.value))


@settings(deadline=None)
@given(drawn, drawn, st.integers(0, 4))
def test_tolerance_only_ever_adds_agreement(a, b, tolerance):
    window = (0, min(len(a), len(b)) * SECOND_US)
    strict = time_unit_kappa(states(a), states(b), window, SECOND_US, categories="pta")
    lenient = time_unit_kappa(states(a), states(b), window, SECOND_US, categories="pta", tolerance_units=tolerance)
    assert np.trace(lenient.table) >= np.trace(strict.table)
    assert lenient.n == strict.n


def test_a_state_is_asked_for_at_the_middle_of_the_unit():
    late = [("p", 0, 2_500_000), ("t", 2_500_000, 4_000_000)]
    later = [("p", 0, 2_500_001), ("t", 2_500_001, 4_000_000)]
    found = time_unit_kappa(late, later, (0, 4_000_000), SECOND_US, categories="pt")
    assert found.table == ((2, 0), (1, 1))


def test_uncodable_codes_are_missing_and_unknown_codes_are_refused():
    found = time_unit_kappa(states("ppuu"), states("pttu"), (0, 4 * SECOND_US), SECOND_US, uncodable="u")
    assert (found.categories, found.table, found.uncodable) == (("p", "t"), ((1, 1), (0, 0)), 2)
    with pytest.raises(ValueError, match="does not have: x"):
        time_unit_kappa(states("px"), states("pp"), (0, SECOND_US), SECOND_US, categories="p")


def test_accuracy_is_undefined_at_or_below_chance():
    for kappa in (0.0, -0.2):
        found = observer_accuracy(kappa, [0.5, 0.5])
        assert (found.value, found.status) == (None, Status.BELOW_CHANCE)
        assert "no better than chance" in found.sentence
    assert observer_accuracy(1.0, [0.7, 0.3]).value == pytest.approx(1.0)
    with pytest.raises(ValueError, match="base rates"):
        observer_accuracy(0.5, [1.0])


@pytest.mark.parametrize(
    "wrong", [[("p", 0)], [("p", 5, 1)], [("p", 0.5, 2)], [("p", None, 2)], [("p", 0, float("inf"))], [3]]
)
def test_what_is_no_state_is_refused(wrong):
    for compared in (
        lambda: time_unit_kappa(wrong, states("pt"), (0, 2 * SECOND_US), SECOND_US),
        lambda: event_kappa(states("pt"), wrong),
    ):
        with pytest.raises(ValueError, match="a code, an onset and an offset"):
            compared()


def test_what_is_no_comparison_is_refused():
    for window, unit, tolerance, reference, why in (
        ((9, 0), 1, 0, "a", "window"),
        ((0, 9), 0, 0, "a", "unit"),
        ((0, 9), 1, -1, "a", "tolerance"),
        ((0, 9), 1, 0, "c", "reference"),
    ):
        with pytest.raises(ValueError, match=why):
            time_unit_kappa([("p", 0, 9)], [("p", 0, 9)], window, unit, tolerance, reference)
    for overlap in (0, 1.1):
        with pytest.raises(ValueError, match="overlap"):
            event_kappa(states("p"), states("p"), overlap)


@pytest.mark.parametrize(("overlap", "longer"), [(0.6, 10), (2 / 3, 9), (0.51, 100), (1 / 7, 70)])
def test_states_that_share_exactly_the_asked_overlap_are_linked(overlap, longer):
    shared = round(overlap * longer)
    assert event_kappa([("p", 0, longer)], [("p", 0, shared)], overlap).links == 1
    assert event_kappa([("p", 0, longer)], [("p", 0, shared - 1)], overlap).links == 0


def test_a_lenient_kappa_says_that_it_is_and_whom_it_refers_to():
    found = time_unit_kappa(states("ppptt"), states("pptta"), (0, 5 * SECOND_US), SECOND_US, 1, "b")
    assert found.note.startswith("Lenient: agreement within 1 s of coder B")
    assert not time_unit_kappa(states("ppptt"), states("pptta"), (0, 5 * SECOND_US), SECOND_US).note.startswith(
        "L"
    )


def test_beside_time_units_stands_what_the_table_says():
    found = time_unit_kappa(states("ppptta"), states("ppttta"), (0, 6 * SECOND_US), SECOND_US)
    plain = cohen_kappa(found.table)
    for name in ("value", "po", "pe", "kappa_max", "pabak", "each"):
        assert getattr(found, name) == getattr(plain, name)
    assert found.method != plain.method
