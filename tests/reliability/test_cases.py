"""Worked cases with known answers, from papers and from second implementations."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coder.reliability import (
    bland_altman,
    cohen_kappa,
    conger_kappa,
    event_kappa,
    fleiss_kappa,
    gwet_ac,
    icc,
    icc_oneway,
    kappa_at,
    krippendorff_alpha,
    light_kappa,
    match_points,
    observer_accuracy,
    scott_pi,
    time_unit_kappa,
    wilson,
)

CASES = json.loads(Path(__file__).with_name("statistics_cases.json").read_text(encoding="utf-8"))
CLOSE = 1e-6


def us(seconds):
    return round(seconds * 1_000_000)


def states(rows):
    return [(code, us(on), us(off)) for on, off, code in rows]


def same_kappa(found, wanted):
    for name in ("po", "pe", "se", "se0"):
        assert getattr(found, name) == pytest.approx(wanted[name], abs=CLOSE)
    assert found.value == pytest.approx(wanted["kappa"], abs=CLOSE)
    assert (found.low, found.high) == pytest.approx((wanted["lo"], wanted["hi"]), abs=CLOSE)


def rows_of(table):
    """Two coders' codes, one unit for each count of a table."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


def same_beside_kappa(case):
    """What the cases give beside kappa, of the table and of the units it counts."""
    found, units = cohen_kappa(case["table"]), rows_of(case["table"])
    assert (found.kappa_max, found.pabak) == pytest.approx((case["kappa_max"], case["pabak"]), abs=CLOSE)
    assert scott_pi(case["table"]).value == pytest.approx(case["scott_pi"], abs=CLOSE)
    counts = np.array([np.bincount(unit, minlength=len(case["table"])) for unit in units])
    assert fleiss_kappa(counts).value == pytest.approx(case["scott_pi"], abs=CLOSE)
    assert krippendorff_alpha(units, "nominal").value == pytest.approx(case["alpha_nominal"], abs=CLOSE)
    gwet = gwet_ac(units, range(len(case["table"])))
    assert (gwet.value, gwet.se) == pytest.approx((case["ac1"], case["ac1_se_raw"]), abs=CLOSE)


@pytest.mark.parametrize("kind", [list, np.array])
def test_shrout_and_fleiss_1979(kind):
    case = CASES["O1_shrout_fleiss_1979"]
    found, wanted = icc(kind(case["data"])), case["expected"]
    assert list(found) == ["ICC(1)", "ICC(A,1)", "ICC(C,1)", "ICC(k)", "ICC(A,k)", "ICC(C,k)"]
    for form, name in zip(found, ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"), strict=True):
        one = found[form]
        assert (one.value, one.low, one.high) == pytest.approx(wanted[name], abs=CLOSE)
    two_way = found["ICC(A,1)"]
    squares = (two_way.between, two_way.within, two_way.coders, two_way.error)
    assert squares == pytest.approx(wanted["MS"], abs=CLOSE)
    published = case["published"]
    for form, name in (("ICC(1)", "1,1"), ("ICC(A,1)", "2,1"), ("ICC(C,1)", "3,1")):
        assert found[form].value == pytest.approx(published[f"ICC({name})"], abs=0.006)
    assert icc_oneway(case["data"]) == found["ICC(1)"]


def test_fleiss_1971():
    case = CASES["O4_fleiss_1971"]
    order, wanted = case["expected"]["category_order"].split(","), case["expected"]
    found = fleiss_kappa([[row.count(code) for code in order] for row in case["data"]])
    fleiss = wanted["fleiss"]
    assert (found.value, found.po, found.pe) == pytest.approx(
        (fleiss["kappa"], fleiss["P"], fleiss["pe"]), abs=CLOSE
    )
    assert (found.se0, found.z) == pytest.approx((fleiss["se0"], fleiss["z"]), abs=CLOSE)
    assert found.each == pytest.approx(fleiss["kj"], abs=CLOSE)
    assert (found.n, found.raters) == (30, 6)
    assert conger_kappa(case["data"]).value == pytest.approx(wanted["conger_exact"], abs=CLOSE)
    assert light_kappa(case["data"]).value == pytest.approx(wanted["light"], abs=CLOSE)
    assert krippendorff_alpha(case["data"], "nominal").value == pytest.approx(wanted["alpha_nominal"], abs=CLOSE)


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_2011_with_ratings_missing(level):
    case = CASES["O5_krippendorff_2011"]
    found = krippendorff_alpha(case["data_C_units_x_coders"], level)
    assert found.value == pytest.approx(case["expected"][level], abs=CLOSE)
    assert found.value == pytest.approx(case["published"][level], abs=0.0006)
    assert (found.n, found.ratings, found.left_out) == (11, 40, 1)
    missing = np.array(case["data_C_units_x_coders"], dtype=float)  # None becomes NaN
    assert krippendorff_alpha(missing, level).value == pytest.approx(found.value)


def test_krippendorff_2011_binary_and_with_letters():
    case = CASES["O5_krippendorff_2011"]
    assert krippendorff_alpha(case["data_A"], "nominal").value == pytest.approx(case["alpha_A"], abs=CLOSE)
    assert krippendorff_alpha(case["data_B"], "nominal").value == pytest.approx(case["alpha_B"], abs=CLOSE)


@pytest.mark.parametrize("weights", [None, "linear", "quadratic", "ordinal"])
def test_gwet_with_units_that_one_rater_rated(weights):
    case = CASES["O6_gwet_raw4raters"]
    name = f"AC2_{weights}" if weights else "AC1"
    found, wanted = gwet_ac(case["data"], [1, 2, 3, 4, 5], weights), case["expected"][name]
    assert (found.value, found.se) == pytest.approx((wanted["ac"], wanted["se"]), abs=CLOSE)
    assert (found.po, found.pe) == pytest.approx((wanted["pa"], wanted["pe"]), abs=CLOSE)
    assert found.value == pytest.approx(case["published_irrCAC"][name], abs=1e-5)
    assert (found.n, found.compared) == (12, 11)
    assert found.high == min(1.0, 2 * found.value - found.low)


def test_bland_and_altman_1986():
    case = CASES["O8_bland_altman_1986"]
    found, wanted = bland_altman(case["wright"], case["mini"]), case["expected"]
    assert (found.n, found.status) == (wanted["n"], "ok")
    assert (found.value, found.mean, found.sd) == pytest.approx(
        (wanted["mean"], wanted["mean"], wanted["sd"]), abs=CLOSE
    )
    assert found.limits == pytest.approx(wanted["loa"], abs=CLOSE)
    assert (found.low, found.high) == pytest.approx(wanted["mean_ci"], abs=CLOSE)
    assert (found.limit_se, found.limit_se_exact) == pytest.approx(
        (wanted["se_loa"], wanted["se_loa_exact"]), abs=CLOSE
    )
    by_two = bland_altman(case["wright"], case["mini"], multiplier=2)
    assert by_two.limits == pytest.approx(wanted["loa2"], abs=CLOSE)
    assert ("1.96 SD" in found.method, "2 SD" in by_two.method) == (True, True)


def test_cohen_1968_with_disagreement_weights():
    case = CASES["O2_cohen_1968"]
    same_kappa(cohen_kappa(case["table"]), case["expected"]["kappa"])
    v = np.array(case["disagreement_weights"])
    for weights in (1 - v / v.max(), v, case["disagreement_weights"]):
        same_kappa(cohen_kappa(case["table"], weights), case["expected"]["kappa_w"])


def test_fleiss_cohen_everitt_1969():
    case = CASES["O3_fleiss_cohen_everitt_1969"]
    same_kappa(cohen_kappa(case["table"]), case["kappa"])
    same_beside_kappa(case)
    same_kappa(cohen_kappa(case["table"], "linear"), case["kappa_linear"])
    same_kappa(cohen_kappa(case["table"], "quadratic"), case["kappa_quadratic"])


@pytest.mark.parametrize("case", [*CASES["O7_feinstein_cicchetti_pair1"], CASES["O6b_gwet_2008"]])
def test_paradoxes_of_kappa(case):
    found = cohen_kappa(case["table"])
    same_kappa(found, case["kappa"])
    same_beside_kappa(case)
    assert (found.prevalence, found.bias) == pytest.approx((case["PI"], case["BI"]), abs=CLOSE)
    assert (found.ppos, found.pneg) == pytest.approx((case["ppos"], case["pneg"]), abs=CLOSE)
    assert found.specific == pytest.approx((case["ppos"], case["pneg"]), abs=CLOSE)


def test_accuracy_of_observers():
    case = CASES["O9_kappaacc"]
    for k, wanted in case["expected"].items():
        assert kappa_at(0.85, [1 / int(k)] * int(k)) == pytest.approx(wanted, abs=CLOSE)
        assert kappa_at(0.85, [1 / int(k)] * int(k)) == pytest.approx(case["published_85pct"][k], abs=0.006)
    for against, name in (("coder", "inverse"), ("master", "gold_inverse")):
        for text, wanted in case[name].items():
            rates, kappa = text.removeprefix("p=").split(",kappa=")
            found = observer_accuracy(float(kappa), json.loads(rates), against)
            assert found.value == pytest.approx(wanted, abs=CLOSE)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("O11")])
def test_linked_events(name):
    case = CASES[name]
    found = event_kappa(
        states(case["coderA"]), states(case["coderB"]), window=(0, us(70)), categories=case["codes"]
    )
    assert found.table == tuple(tuple(row) for row in case["matrix_last_is_nil"])
    assert found.links == case["links"]
    assert found.linked == 2 * case["links"] / (len(case["coderA"]) + len(case["coderB"]))
    assert found.value == pytest.approx(case["kappa_ipf"], abs=CLOSE)
    assert (found.po, found.pe) == pytest.approx((case["po"], case["pe_ipf"]), abs=CLOSE)
    assert found.kappa_max == pytest.approx(case["kappa_max_ipf"], abs=CLOSE)
    assert found.without_nil == pytest.approx(case["kappa_excl_nil"], abs=CLOSE)
    for code, wanted in case["per_code"].items():
        one = found.each[found.categories.index(code)]
        assert one.table == tuple(map(tuple, wanted["table"]))
        assert (one.kappa, one.ppos) == pytest.approx((wanted["kappa"], wanted["ppos"]), abs=CLOSE)
    plain = event_kappa(states(case["coderA"]), states(case["coderB"]))
    assert plain.value == found.value


@pytest.mark.parametrize("tolerance", [0, 1, 2])
def test_time_units_with_tolerance(tolerance):
    case = CASES["O12_time_unit_T1"]
    wanted = case["expected"][f"tol{tolerance}"]
    a, b, window = states(case["coderA"]), states(case["coderB"]), (0, us(case["T"]))
    order = ("N", "O", "J")
    by_a = time_unit_kappa(a, b, window, us(1), tolerance_units=tolerance, reference="a", categories=order)
    by_b = time_unit_kappa(a, b, window, us(1), tolerance_units=tolerance, reference="b", categories=order)
    assert by_a.value == pytest.approx(wanted["kappa_A_ref"], abs=CLOSE)
    assert by_b.value == pytest.approx(wanted["kappa_B_ref"], abs=CLOSE)
    assert by_a.table == tuple(tuple(row) for row in wanted["table_A_ref"])
    # the case writes the reference coder in the rows; we keep coder A there
    assert by_b.table == tuple(zip(*wanted["table_B_ref"], strict=True))


def test_time_units_with_uncodable_seconds():
    case = CASES["O12_time_unit_T1"]
    wanted = case["with_uncodable"]["expected"]["tol0"]
    seconds = case["with_uncodable"]["A_seconds"] + case["with_uncodable"]["B_seconds"]
    found = time_unit_kappa(
        states(case["coderA"]),
        states(case["coderB"]),
        (0, us(case["T"])),
        us(1),
        categories=("N", "O", "J"),
        excluded=[(us(second), us(second + 1)) for second in seconds],
    )
    assert found.value == pytest.approx(wanted["kappa_A_ref"], abs=CLOSE)
    assert found.table == tuple(tuple(row) for row in wanted["table_A_ref"])
    assert (found.n, found.uncodable, found.units) == (17, 3, 20)


def test_nearest_first_would_lose_a_match():
    case = CASES["O13_match_P1"]
    a, b = ([(code, us(at)) for at, code in case[who]] for who in "AB")
    found = match_points(a, b, us(case["tol"]))
    assert len(found.pairs) == case["expected_matches"] > case["greedy_would_give"]
    assert (found.value, found.n) == (1.0, 4)


def test_same_code_first_then_any_code():
    case = CASES["O13b_match_P2"]
    a, b = ([(code, us(at)) for at, code in case[who]] for who in "AB")
    found = match_points(a, b, us(case["tol"]))
    assert [(i, j, lag / 1e6) for (i, j), lag in zip(found.pairs, found.lags_us, strict=True)] == [
        tuple(pair) for pair in case["same_code_matches"]
    ]
    assert found.confusions == tuple((i, j) for i, j, _ in case["then_any_code"])
    assert found.value == found.f1 == pytest.approx(case["F1_same_code"], abs=CLOSE)
    assert found.low < found.value < found.high
    assert (found.only_a, found.only_b) == ((2,), (2, 4))


def test_wilson():
    for text, wanted in CASES["O15_wilson"].items():
        assert wilson(*map(int, text.split("/"))) == pytest.approx(wanted, abs=CLOSE)


def test_expected_kappa_rises_with_accuracy():
    for rates in ([0.6, 0.3, 0.1], [0.98, 0.02], [0.9, 0.05, 0.03, 0.02, 0.0]):
        for against in ("coder", "master"):
            curve = [kappa_at(a, rates, against) for a in np.linspace(1 / len(rates) + 1e-6, 1, 200)]
            assert all(later > earlier for earlier, later in pairwise(curve))
