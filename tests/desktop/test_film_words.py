"""Waves on the session clock, and timing in words: without windows."""

import numpy as np
import pytest

from coder.annotate.view.scale import Scale
from coder.desktop.timing_words import offset_text, offset_words, skew_text, skew_words, sureness_words
from coder.desktop.wave_rows import Wave
from coder.model.study import Fingerprint, Media
from coder.workflows.cameras import Match, Proposal

FILM = Media("m", "a.mp4", Fingerprint("", 0), "camera b", 10_000_000, 250)


def drawn(text: str, per_second: int = 10) -> Wave:
    """A film's sound, one sign a row: a digit is how loud, in tenths."""
    loud = np.array([int(sign) for sign in text]) * 3276
    return Wave(np.column_stack((-loud, loud)).astype(np.int16), per_second)


def heard(wave: Wave, media: Media, scale: Scale) -> str:
    """The columns as they were drawn: a digit, or a dot where there is no sound."""
    return "".join("." if np.isnan(high) else f"{high * 10:.0f}" for _low, high in wave.columns(media, scale))


def later(by_us: int, skew_ppm: int = 0) -> Media:
    return Media("m", "a.mp4", Fingerprint("", 0), "camera b", 10_000_000, 250, by_us, skew_ppm)


def test_one_pixel_a_row_shows_every_row() -> None:
    assert heard(drawn("0190"), FILM, Scale(0, 100_000, 6)) == "0190.."


def test_a_film_that_begins_later_is_drawn_later() -> None:
    assert heard(drawn("0190"), later(200_000), Scale(0, 100_000, 7)) == "..0190."


def test_a_pixel_shows_the_loudest_of_its_rows_and_the_last_row_is_not_lost() -> None:
    assert heard(drawn("01902005"), FILM, Scale(0, 200_000, 4)) == "1925"


def test_a_row_fills_all_its_pixels() -> None:
    assert heard(drawn("19"), FILM, Scale(0, 50_000, 5)) == "1199."


def test_a_fast_clock_is_drawn_shorter() -> None:
    wave = drawn("1" * 100)
    even = heard(wave, FILM, Scale(0, 100_000, 110)).count("1")
    assert heard(wave, later(0, 100_000), Scale(0, 100_000, 110)).count("1") == even - 10


def test_nothing_in_sight_is_nothing() -> None:
    assert heard(drawn("19"), FILM, Scale(5_000_000, 100_000, 3)) == "..."
    assert heard(drawn(""), FILM, Scale(0, 100_000, 3)) == "..."


def test_a_quiet_film_is_drawn_as_high_as_a_loud_one_and_a_silent_one_is_not_blown_up() -> None:
    assert drawn("0100").loudest == pytest.approx(0.1, abs=0.001)
    assert drawn("0000").loudest == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("offset_us", "said"),
    [
        (1_500_000, "camera b begins 1.500 s later."),
        (-40_000, "camera b begins 0.040 s earlier."),
        (0, "camera b begins with the session."),
    ],
)
def test_an_offset_in_words(offset_us: int, said: str) -> None:
    assert offset_words("camera b", offset_us) == said


@pytest.mark.parametrize(
    ("skew_ppm", "said"),
    [
        (120, "Its clock runs 120 ppm fast: 0.43 s an hour."),
        (-50, "Its clock runs 50 ppm slow: 0.18 s an hour."),
        (0, "Its clock runs like the session’s."),
    ],
)
def test_a_skew_in_words(skew_ppm: int, said: str) -> None:
    assert skew_words(skew_ppm) == said


def test_numbers_of_a_table() -> None:
    assert [offset_text(us) for us in (1_500_000, 0, -20_000)] == ["+1.500 s", "0.000 s", "-0.020 s"]
    assert [skew_text(ppm) for ppm in (120, 0, -5)] == ["+120 ppm", "0 ppm", "-5 ppm"]


def proposal(places: int, *, sound: bool = True, enough: bool = True, remark: str = "") -> Proposal:
    matches = tuple(Match(n * 1_000_000, 0, 1.0) for n in range(places))
    return Proposal(0, 0, 4_200, matches, sound=sound, enough=enough, remark=remark)


def test_how_sure_a_proposal_is() -> None:
    assert sureness_words(proposal(12)) == "Found at 12 places that agree; right to within 4 ms."
    assert sureness_words(proposal(2, sound=False)) == "From 2 pairs; right to within 4 ms."
    assert sureness_words(proposal(3, enough=False, remark="Too quiet.")) == "Too quiet."
    assert sureness_words(proposal(3, enough=False))
