"""The greatest of a square of odds is found as if all of it were looked through, ties included."""

import numpy as np
import pytest

from coder.features.concluding.joining import _Best


@pytest.mark.parametrize("steps", [3, 1000])
def test_the_best_pair_is_that_of_the_whole_square_after_every_change(steps: int) -> None:
    """steps: so many different odds; of few there are many ties."""
    dice = np.random.default_rng(11)
    odds = dice.integers(0, steps, (30, 30)).astype(float)
    np.fill_diagonal(odds, -np.inf)
    best = _Best(odds)
    for _ in range(60):
        a, b = best.pair()
        assert (a, b) == divmod(int(np.argmax(odds)), 30)
        row = dice.integers(0, steps, 30).astype(float)
        row[a] = -np.inf
        odds[a], odds[:, a] = row, row
        odds[b], odds[:, b] = -np.inf, -np.inf
        best.changed(a, b)
