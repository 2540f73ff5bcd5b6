"""What must hold of every statistic, whatever the data: the properties that the specification names."""

import dataclasses
from math import isfinite

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coder.model.agreement import Estimate, Status
from coder.model.time import SECOND_US
from coder.reliability import (
    alignment_kappa,
    bland_altman,
    cohen_kappa,
    conger_kappa,
    event_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    icc_oneway,
    krippendorff_alpha,
    light_kappa,
    match_points,
    observer_accuracy,
    percent_agreement,
    scott_pi,
    time_unit_kappa,
)
from tests.reliability.drawn import points, states

CODES = "pta"
drawn = st.text(CODES + ".", min_size=1, max_size=30)
pairs = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), min_size=1, max_size=25)
tables = st.integers(2, 4).flatmap(lambda k: arrays(np.int64, (k, k), elements=st.integers(0, 30)))
plans = settings(deadline=None, max_examples=60)


def table_of(rows):
    """(3, 3): how often the first gave one code and the second another."""
    table = np.zeros((3, 3))
    for a, b in rows:
        table[CODES.index(a), CODES.index(b)] += 1
    return table


def window_of(a, b):
    return 0, min(len(a), len(b)) * SECOND_US


OF_UNITS = {
    "Cohen": lambda rows: cohen_kappa(table_of(rows)),
    "linear": lambda rows: cohen_kappa(table_of(rows), "linear"),
    "quadratic": lambda rows: cohen_kappa(table_of(rows), "quadratic"),
    "Scott": lambda rows: scott_pi(table_of(rows)),
    "Fleiss": lambda rows: fleiss_kappa([[row.count(code) for code in CODES] for row in rows]),
    "alpha": lambda rows: krippendorff_alpha(rows, "nominal"),
    "AC1": lambda rows: gwet_ac(rows, CODES),
    "AC2": lambda rows: gwet_ac(rows, CODES, "quadratic"),
    "Light": light_kappa,
    "Conger": conger_kappa,
    "exact": percent_agreement,
}
NOMINAL = [name for name in OF_UNITS if name not in ("linear", "quadratic", "AC2")]


def same(one, other):
    """Two estimates with one value, status and error."""
    assert other.status == one.status
    for name in ("value", "se"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert theirs == (None if mine is None else pytest.approx(mine, abs=1e-9))


def in_time(a, b):
    """Everything that compares two rows of states, on one window."""
    rows, window = (states(a), states(b)), window_of(a, b)
    return {
        "units": time_unit_kappa(*rows, window, SECOND_US, categories=CODES),
        "half units": time_unit_kappa(*rows, window, SECOND_US // 2, categories=CODES),
        "events": event_kappa(*rows, categories=CODES),
        "points": match_points(points(a), points(b), SECOND_US),
    }


@plans
@given(arrays(np.int64, (2, 2), elements=st.integers(0, 60)))
def test_identity_of_kappa_with_pabak_prevalence_and_bias(table):
    """Byrt, Bishop & Carlin 1993: kappa = (PABAK - PI² + BI²) / (1 - PI² + BI²), in every 2 × 2 table."""
    found = cohen_kappa(table)
    assume(found.value is not None)
    (a, b), (c, d) = table.tolist()
    n = a + b + c + d
    assert (found.prevalence, found.bias) == ((a - d) / n, (b - c) / n)
    apart = found.bias**2 - found.prevalence**2
    assert found.value == pytest.approx((found.pabak + apart) / (1 + apart), abs=1e-9)


@plans
@given(tables)
def test_identity_of_each_code_of_larger_tables(table):
    for code, one in enumerate(cohen_kappa(table).each):
        if one.kappa is not None:
            apart = one.bias**2 - one.prevalence**2
            assert one.kappa == pytest.approx((one.pabak + apart) / (1 + apart), abs=1e-9)
        agreed = one.table[0][0] + one.table[1][1]
        assert one.po == (None if not table.any() else pytest.approx(agreed / table.sum()))
        marked = table[code].sum() + table[:, code].sum()
        assert one.ppos == (2 * table[code, code] / marked if marked else None)


@plans
@given(tables)
def test_kappa_never_exceeds_its_ceiling(table):
    found = cohen_kappa(table)
    if found.value is not None:
        assert found.value <= found.kappa_max + 1e-9


@plans
@given(pairs, st.sampled_from(list(OF_UNITS)))
def test_coders_may_change_places(rows, name):
    same(OF_UNITS[name](rows), OF_UNITS[name]([(b, a) for a, b in rows]))


@plans
@given(drawn, drawn)
def test_coders_of_rows_in_time_may_change_places(a, b):
    forth, back = in_time(a, b), in_time(b, a)
    for name in ("units", "half units", "points"):
        assert back[name].value == (None if forth[name].value is None else pytest.approx(forth[name].value))
    window = window_of(a, b)
    for tolerance in (1, 2):
        mine = time_unit_kappa(states(a), states(b), window, SECOND_US, tolerance, "a", categories=CODES)
        theirs = time_unit_kappa(states(b), states(a), window, SECOND_US, tolerance, "b", categories=CODES)
        assert theirs.table == tuple(zip(*mine.table, strict=True))


@plans
@given(st.lists(st.integers(1, 7), min_size=5, max_size=12), st.lists(st.integers(1, 7), min_size=12, max_size=12))
def test_coders_who_give_numbers_may_change_places(a, b):
    b = b[: len(a)]
    forth, back = bland_altman(a, b), bland_altman(b, a)
    assert (back.value, back.se, back.limits) == (
        pytest.approx(-forth.value),
        pytest.approx(forth.se),
        pytest.approx((-forth.limits[1], -forth.limits[0])),
    )
    one, other = icc(list(zip(a, b, strict=True))), icc(list(zip(b, a, strict=True)))
    for form in one:
        assert other[form].status == one[form].status
        assert other[form].value == (None if one[form].value is None else pytest.approx(one[form].value, abs=1e-7))


@pytest.mark.parametrize("name", OF_UNITS)
def test_perfect_agreement_is_one(name):
    found = OF_UNITS[name]([("p", "p"), ("t", "t"), ("a", "a"), ("p", "p")])
    assert (found.value, found.status) == (1.0, Status.OK)


def test_perfect_agreement_in_time_and_in_numbers_is_one():
    row = "pppttt..aaap"
    found = in_time(row, row)
    assert {name: one.value for name, one in found.items()} == dict.fromkeys(found, 1.0)
    assert {one.status for one in found.values()} == {Status.OK}
    assert alignment_kappa("ptapt", "ptapt").value == 1.0
    rows = [(1, 1), (4, 4), (2, 2), (5, 5), (3, 3)]
    assert {one.value for one in icc(rows).values()} == {1.0}
    assert icc_oneway([(1, 1, 1), (4, 4), (2,), (5, 5), (3, 3)]).value == 1.0
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(rows, level).value == 1.0
    assert observer_accuracy(1.0, [0.5, 0.3, 0.2]).value == 1.0
    assert (bland_altman(*zip(*rows, strict=True)).value, bland_altman([1] * 5, [1] * 5).sd) == (0.0, 0.0)


def test_a_coder_who_coded_nothing_is_no_agreement_and_no_disagreement():
    for a, b in (("ppttaa", "......"), ("......", "ppttaa")):
        found = in_time(a, b)
        for name in ("units", "half units"):
            assert (found[name].value, found[name].status, found[name].n) == (None, Status.NO_EVENTS, 0)
        assert (found["points"].value, found["points"].status) == (0.0, Status.OK)
        assert (found["events"].value, found["events"].links, found["events"].n) == (0.0, 0, 3)
        assert found["events"].note.endswith("has no state here, so nothing could be linked.")
    nobody = in_time("......", "......")
    assert {one.status for one in nobody.values()} == {Status.NO_EVENTS}
    silent = [("p", None), ("t", None)]
    for name in ("Fleiss", "alpha", "AC1", "AC2", "Light", "Conger", "exact"):
        assert (OF_UNITS[name](silent).value, OF_UNITS[name](silent).status) == (None, Status.NO_EVENTS)
    assert cohen_kappa(np.zeros((3, 3))).status is Status.NO_EVENTS


@pytest.mark.parametrize("name", OF_UNITS)
def test_one_category_leaves_nothing_to_disagree_about(name):
    found = OF_UNITS[name]([("p", "p")] * 6)
    if name in ("AC1", "AC2", "exact"):  # of two and more declared categories
        assert (found.value, found.status) == (1.0, Status.OK)
    else:
        assert (found.value, found.status) == (None, Status.NO_VARIANCE)
        who = "All" if name in ("Fleiss", "alpha", "Light", "Conger") else "Both"
        same = "coders used one and the same code throughout: there was nothing to disagree about."
        assert found.sentence == f"{who} {same}"


def test_one_category_in_time():
    found = in_time("pppppp", "pppppp")
    assert (found["units"].value, found["units"].status, found["units"].po) == (None, Status.NO_VARIANCE, 1.0)
    assert (found["events"].value, found["events"].status) == (None, Status.NO_VARIANCE)


@plans
@given(st.lists(st.sampled_from(CODES), min_size=2, max_size=25))
def test_a_coder_who_never_varies_agrees_exactly_by_chance(row):
    assume(set(row) - {"p"})
    for name in ("Cohen", "linear", "quadratic"):
        found = OF_UNITS[name]([("p", code) for code in row])
        assert (found.value, found.status) == (0.0, Status.OK)
        assert "Coder A used one code only" in found.note
    found = in_time("p" * len(row), "".join(row))["units"]
    assert (found.value, found.status) == (0.0, Status.OK)
    assert "Coder A used one code only" in found.note


@plans
@given(drawn, drawn, st.sampled_from([1, 2, 3, 1000]))
def test_the_length_of_a_second_does_not_matter(a, b, times):
    """All times in other units: seconds, thirds of seconds, or thousandths."""
    window = window_of(a, b)
    plain = time_unit_kappa(states(a), states(b), window, SECOND_US, categories=CODES)
    longer = [[(code, on * times, off * times) for code, on, off in states(row)] for row in (a, b)]
    found = time_unit_kappa(*longer, (0, window[1] * times), SECOND_US * times, categories=CODES)
    assert (found.table, found.value, found.n) == (plain.table, plain.value, plain.n)
    linked = event_kappa(*longer, categories=CODES)
    assert linked.table == event_kappa(states(a), states(b), categories=CODES).table
    moments = [[(code, at * times) for code, at in points(row)] for row in (a, b)]
    matched = match_points(*moments, SECOND_US * times)
    assert matched.pairs == match_points(points(a), points(b), SECOND_US).pairs


@plans
@given(drawn, drawn)
def test_finer_units_that_divide_every_state_change_no_kappa(a, b):
    found = in_time(a, b)
    assert found["half units"].value == (
        None if found["units"].value is None else pytest.approx(found["units"].value)
    )


@plans
@given(pairs, st.permutations(CODES), st.sampled_from(NOMINAL))
def test_codes_may_exchange_their_names(rows, order, name):
    renamed = dict(zip(CODES, order, strict=True))
    same(OF_UNITS[name](rows), OF_UNITS[name]([(renamed[a], renamed[b]) for a, b in rows]))


@plans
@given(drawn, drawn, st.permutations(CODES))
def test_codes_in_time_may_exchange_their_names(a, b, order):
    names = str.maketrans(dict(zip(CODES, order, strict=True)))
    forth, back = in_time(a, b), in_time(a.translate(names), b.translate(names))
    for name, one in forth.items():
        assert back[name].value == (None if one.value is None else pytest.approx(one.value, abs=1e-12))
        assert back[name].n == one.n


@plans
@given(drawn, drawn, st.integers(-(10**9), 10**12))
def test_both_passes_may_be_shifted_in_time(a, b, shift):
    moved = [[(code, on + shift, off + shift) for code, on, off in states(row)] for row in (a, b)]
    start, end = window_of(a, b)
    found = in_time(a, b)
    units = time_unit_kappa(*moved, (start + shift, end + shift), SECOND_US, categories=CODES)
    assert (units.table, units.value) == (found["units"].table, found["units"].value)
    assert event_kappa(*moved, categories=CODES).table == found["events"].table
    late = [[(code, at + shift) for code, at in points(row)] for row in (a, b)]
    assert match_points(*late, SECOND_US) == found["points"]


def test_every_estimate_is_frozen_and_says_what_it_is():
    rows = [("p", "p"), ("t", "p"), ("a", "a"), ("p", "t"), ("t", "t"), ("a", "a")]
    made = [of(rows) for of in OF_UNITS.values()]
    made += in_time("ppttaap", "pptttap").values()
    made += icc([(1, 2), (4, 4), (2, 2), (5, 6), (3, 3)]).values()
    made += [icc_oneway([(1, 2), (3, 3, 4), (5,)]), bland_altman([1, 2, 4], [2, 2, 3])]
    made += [observer_accuracy(0.5, [0.5, 0.5]), alignment_kappa("pta", "ptt")]
    for one in made:
        assert isinstance(one, Estimate)
        for name in ("value", "low", "high", "se", "n", "status", "method"):
            assert hasattr(one, name)
        with pytest.raises(dataclasses.FrozenInstanceError):
            one.value = 1.0
        assert one.low is None or one.low <= one.value <= one.high


@plans
@given(pairs, drawn, drawn)
def test_nothing_is_ever_nan(rows, a, b):
    made = [of(rows) for of in OF_UNITS.values()] + list(in_time(a, b).values())
    for one in made:
        for field in dataclasses.fields(one):
            value = getattr(one, field.name)
            for number in value if isinstance(value, tuple) else (value,):
                assert not isinstance(number, float) or isfinite(number), field.name
        if one.value is None:
            assert one.sentence


def test_one_family_of_input_is_as_good_as_another():
    rows = [["p", "p"], ["t", "p"], ["a", "a"], ["a", None]]
    arrays_ = [np.array(rows, dtype=object), tuple(map(tuple, rows))]
    numbers = [[1, 1], [2, 1], [3, 3], [3, None]]
    for name in ("alpha", "Light", "Conger", "exact"):
        wanted = OF_UNITS[name](rows)
        for other in (*arrays_, numbers, np.array(numbers, dtype=float)):
            same(wanted, OF_UNITS[name](other))
    table = [[3, 1], [0, 4]]
    for other in (np.array(table), tuple(map(tuple, table)), np.array(table, dtype=float)):
        assert cohen_kappa(other) == cohen_kappa(table)
    a, b = [("p", 5), ("t", 9)], [("p", 6), ("t", 12)]
    numpy_times = [[(code, np.int32(at)) for code, at in row] for row in (a, b)]
    assert match_points(*numpy_times, 2) == match_points(a, b, 2)
    with pytest.raises(ValueError, match="whole microseconds"):
        match_points([("p", 0.5)], b, 2)
