"""Closed forms against the procedures they replace, and stacks against single tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from coder.reliability import catalogue, formulas


def fitted_kappa(table, rounds=20_000):
    """Event kappa by iterative proportional fitting, as Holle & Rein describe it."""
    fit = np.ones(table.shape)
    fit[-1, -1] = 0
    for _ in range(rounds):
        before = fit
        for axis in (0, 1):
            sums, wanted = fit.sum(1 - axis), table.sum(1 - axis)
            factor = np.divide(wanted, sums, out=np.zeros(len(sums)), where=sums > 0)
            fit = fit * (factor[:, None] if axis == 0 else factor[None, :])
        if np.abs(fit - before).max() < 1e-13:
            break
    n = table.sum()
    return (np.trace(table) - np.trace(fit)) / (n - np.trace(fit))


@settings(deadline=None, max_examples=60)
@given(arrays(np.float64, (4, 4), elements=st.integers(0, 20).map(float)), st.integers(1, 5))
def test_event_kappa_equals_iterative_fitting(table, linked):
    table[-1, -1] = 0
    table[0, 1] += linked
    assert float(formulas.event_kappa(table)) == pytest.approx(fitted_kappa(table), abs=1e-6)


def test_no_link_at_all_is_agreement_at_chance():
    assert float(formulas.event_kappa(np.array([[0.0, 0, 3], [0, 0, 1], [2, 2, 0]]))) == 0.0


@pytest.mark.parametrize("name", catalogue.FORMULAS)
def test_a_stack_gives_what_each_table_gives(name):
    stack = np.random.default_rng(5).integers(0, 9, (20, 4, 4)).astype(float)
    stack[0] = 0
    stack[1] = np.diag([3.0, 0, 0, 0])
    formula = catalogue.FORMULAS[name]
    each = [float(formula.of(table)) for table in stack]
    np.testing.assert_allclose(formula.of(stack), each, rtol=1e-12)


@pytest.mark.parametrize("master", [False, True])
@pytest.mark.parametrize("codes", [2, 3, 5, 10])
def test_accuracy_undoes_the_kappa_that_a_model_of_two_coders_gives(codes, master):
    """The joint table is built true code by true code, with errors spread evenly, as Bakeman writes it."""
    draw = np.random.default_rng(codes)
    for right in (0.55, 0.71, 0.85, 0.98, 1.0):
        rates = draw.dirichlet(np.ones(codes))
        seen = np.full((codes, codes), (1 - right) / (codes - 1))
        np.fill_diagonal(seen, right)
        other = np.eye(codes) if master else seen
        table = sum(rate * np.outer(mine, theirs) for rate, mine, theirs in zip(rates, seen, other, strict=True))
        wanted = formulas.kappa(table)
        assert formulas.expected_kappa(np.array(right), rates, master=master) == pytest.approx(wanted, abs=1e-12)
        assert formulas.accuracy(wanted, rates, master=master) == pytest.approx(right, abs=1e-9)
        assert formulas.accuracy(wanted, rates, master=master) <= 1
