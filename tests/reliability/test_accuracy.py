"""The accuracy of observers: solved by root finding once more, and its edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from coder.model.agreement import Status
from coder.reliability import cohen_kappa, kappa_at, observer_accuracy

rates = st.lists(st.integers(1, 20), min_size=2, max_size=6)


def expected(accuracy, shares, against):
    """Kappa of the joint table of two observers, built true code by true code."""
    k = len(shares)
    sees = np.full((k, k), (1 - accuracy) / (k - 1)) + np.eye(k) * (accuracy - (1 - accuracy) / (k - 1))
    other = np.eye(k) if against == "master" else sees
    table = sum(share * np.outer(sees[t], other[t]) for t, share in enumerate(shares))
    po, pe = np.trace(table), table.sum(0) @ table.sum(1)
    return (po - pe) / (1 - pe)


@settings(deadline=None)
@given(rates, st.floats(0.05, 0.95), st.sampled_from(["coder", "master"]))
def test_is_the_root_of_the_expected_kappa(counts, kappa, against):
    shares = np.array(counts) / sum(counts)
    wanted = brentq(lambda a: expected(a, shares, against) - kappa, 1 / len(shares), 1, xtol=1e-12)
    assert observer_accuracy(kappa, counts, against).value == pytest.approx(wanted, abs=1e-8)
    assert kappa_at(wanted, shares, against) == pytest.approx(kappa, abs=1e-8)


@settings(deadline=None)
@given(rates, st.randoms(use_true_random=False))
def test_exchanging_codes_changes_nothing(counts, random):
    other = counts[:]
    random.shuffle(other)
    assert observer_accuracy(0.6, other).value == pytest.approx(observer_accuracy(0.6, counts).value)


def test_limits_of_kappa_are_taken_along():
    found = observer_accuracy(0.6, [0.6, 0.3, 0.1], limits=(0.4, 0.8))
    assert (found.low, found.high) == pytest.approx((0.7812754271, 0.9412810035), abs=1e-6)
    assert found.method == "limits of kappa, solved alike"
    at_chance = observer_accuracy(0.2, [1, 1], limits=(-0.1, 0.5))
    assert at_chance.low is None
    assert "not above chance" in at_chance.note
    kappa = cohen_kappa([[40, 9], [6, 45]])
    both = observer_accuracy(kappa.value, [95, 105], limits=(kappa.low, kappa.high))
    assert both.low < both.value < both.high


def test_what_is_undefined_is_said():
    below = observer_accuracy(0.0, [1, 1])
    assert (below.value, below.status) == (None, Status.BELOW_CHANCE)
    one_code = observer_accuracy(0.6, [1, 0])
    assert (one_code.value, one_code.status) == (None, Status.NO_VARIANCE)
    assert one_code.sentence.startswith("One code has all of the base rate")
    unknown = observer_accuracy(None, [1, 1])
    assert (unknown.value, unknown.sentence) == (None, "Kappa is undefined here, so no accuracy can be estimated.")
    assert observer_accuracy(1, (0.9, 0.1, 0)).value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("kappa", "shares", "against", "why"),
    [
        (0.5, [1.0], "coder", "base rates"),
        (0.5, [1, -1], "coder", "base rates"),
        (0.5, [0, 0], "coder", "base rates"),
        (0.5, ["a", "b"], "coder", "base rates"),
        (0.5, [float("nan"), 1], "coder", "base rates"),
        (1.5, [1, 1], "coder", "kappa lies"),
        (float("nan"), [1, 1], "coder", "kappa lies"),
        (0.5, [1, 1], "gold", "gold"),
    ],
)
def test_what_cannot_be_solved_is_refused(kappa, shares, against, why):
    with pytest.raises(ValueError, match=why):
        observer_accuracy(kappa, shares, against)
