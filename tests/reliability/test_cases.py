"""Worked cases with known answers, from papers and from second implementations."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coder.reliability.accuracy import kappa_at, observer_accuracy
from coder.reliability.intervals import wilson
from coder.reliability.kappa import cohen_kappa
from coder.reliability.linking import event_kappa
from coder.reliability.matching import match_points
from coder.reliability.units import time_unit_kappa

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


def test_cohen_1968_with_disagreement_weights():
    case = CASES["O2_cohen_1968"]
    same_kappa(cohen_kappa(case["table"]), case["expected"]["kappa"])
    v = np.array(case["disagreement_weights"])
    same_kappa(cohen_kappa(case["table"], 1 - v / v.max()), case["expected"]["kappa_w"])


def test_fleiss_cohen_everitt_1969():
    case = CASES["O3_fleiss_cohen_everitt_1969"]
    found = cohen_kappa(case["table"])
    same_kappa(found, case["kappa"])
    assert (found.kappa_max, found.pabak) == pytest.approx((case["kappa_max"], case["pabak"]), abs=CLOSE)
    same_kappa(cohen_kappa(case["table"], "linear"), case["kappa_linear"])
    same_kappa(cohen_kappa(case["table"], "quadratic"), case["kappa_quadratic"])


@pytest.mark.parametrize("case", [*CASES["O7_feinstein_cicchetti_pair1"], CASES["O6b_gwet_2008"]])
def test_paradoxes_of_kappa(case):
    found = cohen_kappa(case["table"])
    same_kappa(found, case["kappa"])
    assert (found.kappa_max, found.pabak) == pytest.approx((case["kappa_max"], case["pabak"]), abs=CLOSE)
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
    assert found.value == pytest.approx(case["kappa_ipf"], abs=CLOSE)


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
    assert len(match_points(a, b, us(case["tol"])).pairs) == case["expected_matches"]


def test_same_code_first_then_any_code():
    case = CASES["O13b_match_P2"]
    a, b = ([(code, us(at)) for at, code in case[who]] for who in "AB")
    found = match_points(a, b, us(case["tol"]))
    assert [(i, j, lag / 1e6) for (i, j), lag in zip(found.pairs, found.lags_us, strict=True)] == [
        tuple(pair) for pair in case["same_code_matches"]
    ]
    assert found.confusions == tuple((i, j) for i, j, _ in case["then_any_code"])
    assert found.f1 == pytest.approx(case["F1_same_code"], abs=CLOSE)
    assert (found.only_a, found.only_b) == ((2,), (2, 4))


def test_wilson():
    for text, wanted in CASES["O15_wilson"].items():
        assert wilson(*map(int, text.split("/"))) == pytest.approx(wanted, abs=CLOSE)


def test_expected_kappa_rises_with_accuracy():
    for rates in ([0.6, 0.3, 0.1], [0.98, 0.02], [0.9, 0.05, 0.03, 0.02, 0.0]):
        for against in ("coder", "master"):
            curve = [kappa_at(a, rates, against) for a in np.linspace(1 / len(rates) + 1e-6, 1, 200)]
            assert all(later > earlier for earlier, later in pairwise(curve))
