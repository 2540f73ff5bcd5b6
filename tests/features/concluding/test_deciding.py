"""Decisions in time."""

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.deciding import HOLD_US, best, both, first_reason, held, yes_or_no
from coder.features.concluding.scene import Series
from coder.model.track import Why

NAN = float("nan")


def choices(letters: str) -> NDArray[np.int64]:
    """A digit is what was decided, a dot nothing."""
    return np.array([-1 if letter == "." else int(letter) for letter in letters], np.int64)


def series(letters: str) -> Series:
    """y, n, or why not: f no face, i identity."""
    why = [{"f": Why.NO_FACE, "i": Why.IDENTITY}.get(letter, Why.SEEN) for letter in letters]
    return Series.of(np.array([float(letter == "y") for letter in letters]), np.array(why, np.uint8))


def test_a_decision_is_held_for_a_blink_and_not_before_it_was_made() -> None:
    times_us = np.arange(9, dtype=np.int64) * (HOLD_US // 2)
    assert held(choices("..1....0."), times_us).tolist() == choices("..111..00").tolist()
    assert held(choices("..."), times_us[:3]).tolist() == [-1, -1, -1]


def test_what_is_only_a_little_likelier_is_not_decided() -> None:
    likely = np.array([(0.1, 0.5, 0.3), (0.1, 0.4, 0.39), (NAN, NAN, NAN), (0.8, 0.1, 0.1)])
    assert best(likely, 1.25).tolist() == [1, -1, -1, 0]
    assert yes_or_no(likely, 1, 1.25).tolist() == [1, -1, -1, 0]
    assert yes_or_no(likely, 2, 1.25).tolist() == [0, -1, -1, 0]


def test_both_are_denied_by_one_and_unknown_with_the_unknown() -> None:
    found = both(series("yynnfyfi"), series("ynynnfyf"))
    assert found.why.tolist() == [Why.SEEN] * 5 + [Why.NO_FACE, Why.NO_FACE, Why.IDENTITY]
    assert found.values.tolist() == [1, 0, 0, 0, 0, 0, 0, 0]


def test_the_first_reason_that_holds() -> None:
    yes, no = np.array([True, False]), np.array([True, True])
    assert first_reason(2, [(yes, Why.DARK), (no, Why.BLURRED)]).tolist() == [Why.DARK, Why.BLURRED]


def test_a_value_that_is_no_number_is_never_valid() -> None:
    found = Series.of(np.array([1.0, NAN, np.inf]), Why.SEEN)
    assert found.valid.tolist() == [True, False, False]
    assert found.why.tolist() == [Why.SEEN, Why.NOT_SAID, Why.NOT_SAID]
    assert found.values.tolist() == [1, 0, 0]
