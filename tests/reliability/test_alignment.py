"""Alignment kappa against the whole matrix of costs, and its edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.model.agreement import Status
from coder.reliability import alignment, alignment_kappa
from coder.reliability.alignment import aligned
from tests.reliability import plain
from tests.reliability.test_formulas import fitted_kappa

rows = st.text("abc", max_size=16)


@settings(deadline=None, max_examples=300)
@given(rows, rows)
def test_is_the_cheapest_alignment_with_its_ties_in_order(a, b):
    found = alignment_kappa(a, b, "abc")
    assert (found.steps, found.cost) == plain.alignment(a, b)
    assert found.n == len(found.steps)


@pytest.mark.parametrize("band", [1, 2, 5])
def test_a_narrow_band_is_widened_until_nothing_cheaper_can_lie_outside(band, monkeypatch):
    monkeypatch.setattr(alignment, "_FIRST_BAND", band)
    draw = np.random.default_rng(band)
    for _ in range(200):
        a, b = (draw.integers(0, 3, draw.integers(0, 20)) for _ in range(2))
        steps, cost = plain.alignment(a.tolist(), b.tolist())
        assert aligned(a, b) == (steps, cost)


def test_drawn():
    #        a b c - d
    #        a x c e d
    found = alignment_kappa("abcd", "axced")
    assert found.steps == ((0, 0), (1, 1), (2, 2), (None, 3), (3, 4))
    assert (found.cost, found.n) == (2.5, 5)
    place = {code: at for at, code in enumerate(found.categories)}
    table = np.zeros((7, 7))
    for x, y in ("aa", "bx", "cc", "dd"):
        table[place[x], place[y]] += 1
    table[6, place["e"]] += 1
    assert found.table == tuple(tuple(int(count) for count in row) for row in table)
    assert found.value == pytest.approx(fitted_kappa(table), abs=1e-6)
    assert found.each[place["a"]].kappa == 1.0


@settings(deadline=None)
@given(rows)
def test_a_row_agrees_with_itself(row):
    found = alignment_kappa(row, row)
    if not row:
        assert (found.value, found.status) == (None, Status.NO_EVENTS)
    elif len(set(row)) == 1:
        assert (found.value, found.status) == (None, Status.NO_VARIANCE)
    else:
        assert (found.value, found.cost) == (1.0, 0.0)


@settings(deadline=None)
@given(rows, rows)
def test_coders_may_change_places_at_the_same_cost(a, b):
    assert alignment_kappa(a, b).cost == alignment_kappa(b, a).cost
    renamed = str.maketrans("abc", "zxy")
    assert alignment_kappa(a.translate(renamed), b.translate(renamed)).value == alignment_kappa(a, b).value


def test_one_coder_without_an_event():
    found = alignment_kappa("abc", "")
    assert (found.value, found.po, found.n) == (0.0, 0.0, 3)


def test_long_rows_that_differ_little():
    draw = np.random.default_rng(7)
    a = draw.integers(0, 6, 20_000)
    b = a[draw.random(20_000) > 0.002].copy()
    wrong = draw.random(len(b)) < 0.02
    b[wrong] = (b[wrong] + 1) % 6
    found = alignment_kappa(a.tolist(), b.tolist())
    assert 0.97 < found.value < 0.99
    assert found.low < found.value < found.high
    assert found.method.startswith("approximate: jackknife")


def test_what_cannot_be_aligned_is_refused():
    with pytest.raises(ValueError, match="none of the categories: z"):
        alignment_kappa("az", "a", "ab")
    with pytest.raises(ValueError, match="in parts"):
        alignment_kappa("a" * 100_000, "b")
