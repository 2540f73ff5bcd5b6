"""Weights of agreement: by their formulas, as matrices either way round, and what is none."""

import numpy as np
import pytest

from coder.reliability.weights import agreement_weights


def test_named_weights_fall_with_the_distance_of_categories():
    assert agreement_weights(None, 3) == pytest.approx(np.eye(3))
    assert agreement_weights("linear", 4)[0] == pytest.approx([1, 2 / 3, 1 / 3, 0])
    assert agreement_weights("quadratic", 4)[0] == pytest.approx([1, 8 / 9, 5 / 9, 0])
    assert agreement_weights("ordinal", 4)[0] == pytest.approx(
        [1, 5 / 6, 3 / 6, 0]
    )  # pairs of categories: 1, 3, 6
    for name in ("linear", "quadratic", "ordinal"):
        weights = agreement_weights(name, 5)
        assert weights == pytest.approx(weights.T)
        assert agreement_weights(name, 1) == pytest.approx(np.ones((1, 1)))


def test_a_matrix_of_disagreement_is_turned_round():
    apart = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
    assert agreement_weights(apart, 3) == pytest.approx(1 - np.array(apart) / 6)
    near = [[1, 0.5], [0.25, 1]]
    assert agreement_weights(near, 2) == pytest.approx(np.array(near))


@pytest.mark.parametrize(
    "weights",
    [
        "cubic",
        [[1, 0]],
        [[0.5, 0], [0, 1]],
        [[1, 2], [0, 1]],
        [[0, -1], [1, 0]],
        [[0, float("nan")], [1, 0]],
        [["a"]],
    ],
)
def test_what_are_no_weights_is_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        agreement_weights(weights, 2)
