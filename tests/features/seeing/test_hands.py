"""Hands are given to people by place and size: made hands, no model."""

import numpy as np
from numpy.typing import NDArray

from coder.features.seeing.hands import _Claim, _given

PARENT_PX, CHILD_PX = 100.0, 60.0
Floats = NDArray[np.float64]


def hand(x: float, palm_px: float) -> Floats:
    """A hand with its wrist at (x, 0) that points right."""
    points = np.full((21, 2), (x, 0.0))
    points[5], points[9], points[17] = (x + palm_px, 10), (x + palm_px, 0), (x + palm_px, -20)
    return points


def claim(body: int, x: float, seen: float = 0.6) -> _Claim:
    """Body 0 is the parent, 1 the child."""
    return _Claim(body, 0, np.array([x, 0.0]), seen, (PARENT_PX, CHILD_PX)[body])


def test_two_hands_go_to_the_nearer_of_their_size() -> None:
    large, small = hand(0, 0.55 * PARENT_PX), hand(20, 0.45 * CHILD_PX)
    given = _given([claim(0, 12), claim(1, 12)], [small, large])
    assert given[0] is large
    assert given[1] is small


def test_one_small_hand_is_the_childs_and_the_parents_was_a_guess() -> None:
    given = _given([claim(0, 0), claim(1, 8)], [hand(2, 0.45 * CHILD_PX)])
    assert given[0] is None
    assert given[1] is not None


def test_one_large_hand_is_the_parents() -> None:
    given = _given([claim(0, 8), claim(1, 0)], [hand(2, 0.55 * PARENT_PX)])
    assert given[1] is None
    assert given[0] is not None


def test_a_hand_that_is_surely_seen_lies_under_the_others() -> None:
    given = _given([claim(0, 8), claim(1, 0, seen=0.95)], [hand(2, 0.55 * PARENT_PX)])
    assert list(given) == [0]


def test_nothing_is_said_of_hands_that_the_model_misses() -> None:
    assert _given([claim(0, 0), claim(1, 0)], []) == {}
    assert list(_given([claim(0, 0), claim(1, 300)], [hand(2, 0.55 * PARENT_PX)])) == [0]


def test_two_hands_of_one_person_do_not_take_each_other_away() -> None:
    assert list(_given([claim(0, 0), claim(0, 10)], [hand(2, 0.55 * PARENT_PX)])) == [0]
