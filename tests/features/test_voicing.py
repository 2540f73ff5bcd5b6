"""From probabilities to stretches of voice. One digit a value: the tenths of a probability; x is a voice."""

import numpy as np

from coder.features.voicing import lasting, voiced


def heard(digits: str, shortest_voice: int = 2, shortest_pause: int = 3) -> str:
    """Where there is a voice."""
    probability = np.array([int(digit) / 10 for digit in digits])
    found = voiced(
        probability, enter=0.5, leave=0.35, shortest_voice=shortest_voice, shortest_pause=shortest_pause
    )
    return "".join("x" if one else "." for one in found)


def test_a_voice_begins_at_one_probability_and_lasts_above_a_lower_one() -> None:
    assert heard("044567443000") == "...xxxxx" + "....", "4 does not begin a voice, and does not end one; 3 does"


def test_a_pause_that_is_too_short_belongs_to_the_voice() -> None:
    assert heard("0990099000") == ".xxxxxx..."
    assert heard("09900099000") == ".xx...xx..."


def test_a_voice_that_is_too_short_is_none_unless_there_is_more_of_it_behind_a_short_pause() -> None:
    assert heard("0009000") == "......."
    assert heard("0009009000") == "...xxxx..."


def test_what_the_end_cuts_off_is_taken_to_last() -> None:
    assert heard("00009") == "....x"
    assert heard("99990") == "xxxx."


def test_before_the_first_voice_there_is_no_pause_to_fill() -> None:
    assert heard("0999") == ".xxx"
    assert heard("4999") == ".xxx"
    assert heard("4444") == "...."
    assert heard("") == ""


def test_only_what_lasts() -> None:
    mask = np.array([letter == "x" for letter in "x.xxx.xx.x"])
    assert "".join("x" if one else "." for one in lasting(mask, 3)) == "..xxx....x", "the end may go on"
