"""The frame times of the studio's films."""

from fractions import Fraction

import numpy as np
import pytest

from coder.model.study import Fingerprint, Media
from studio.clock import file_times_us, frame_times_us, session_us, stamps
from studio.scenario import Camera, Picture
from tests.studio.scenes import FRONT, scene

SECOND_B = Camera("b", starts_us=1_500_000, skew_ppm=120)
PHONE = Picture(36, 64, frames="phone", mean_hz=24, longest_gap_ms=120, rotation=90)


def test_steady_film_has_a_frame_every_fps_th_of_a_second() -> None:
    """25 frames a second for 4 s: 100 frames, 40 ms apart, from 0."""
    assert frame_times_us(scene(), FRONT) == tuple(range(0, 4_000_000, 40_000))


def test_thirds_of_a_millisecond_are_rounded_up_as_the_product_does() -> None:
    """At 30 frames a second frame 1 begins at 33 333.3 µs: its first whole microsecond is 33 334."""
    assert file_times_us(scene(fps=30), FRONT)[:4] == (0, 33_334, 66_667, 100_000)


def test_camera_with_its_own_clock_keeps_the_products_formula() -> None:
    """The session times of camera b are those that the product computes from the sidecar's offset and skew."""
    media = Media("m", "b.mp4", Fingerprint("", 0), "", 0, 0, offset_us=1_500_000, skew_ppm=120)
    film = scene(seconds=20, cameras=(FRONT, SECOND_B))
    in_file, in_session = file_times_us(film, SECOND_B), frame_times_us(film, SECOND_B)
    assert in_file[:3] == (0, 40_000, 80_000)
    assert in_session == tuple(media.to_session_us(at_us) for at_us in in_file)
    assert in_session[0] == 1_500_000
    assert in_file[450] == 18_000_000
    assert in_session[450] == 19_500_000 - 18 * 120, "a clock that runs 120 ppm fast is 2160 µs ahead after 18 s"
    assert len(in_session) == 463
    assert in_session[-1] < 20_000_000 <= session_us(SECOND_B, in_file[-1] + 40_000)


def test_phone_film_has_uneven_gaps_of_the_stated_mean() -> None:
    """24 frames a second in the mean, gaps of 33 to 120 ms, none like the next for long."""
    film = scene(seconds=20, name="phone", picture=PHONE)
    times = frame_times_us(film, FRONT)
    gaps_us = np.diff(times)
    assert times[0] == 0
    assert len(times) == 480
    assert gaps_us.min() >= 33_000
    assert gaps_us.max() <= 120_000
    assert gaps_us.max() > 60_000, "a frame is left out now and then"
    assert np.mean(gaps_us) == pytest.approx(1e6 / 24, rel=0.005)
    assert len(set(gaps_us.tolist())) > 200
    assert stamps(film, FRONT).tick_s == Fraction(1, 90_000)


def test_phone_times_are_the_same_on_every_machine() -> None:
    """Known values: the truth of the shipped film rests on them."""
    film = scene(seconds=20, name="phone", picture=PHONE)
    assert stamps(film, FRONT).ticks[1:4] == KNOWN_TICKS
    assert stamps(film, FRONT) != stamps(scene(seconds=20, name="other", picture=PHONE), FRONT)


KNOWN_TICKS = (4354, 8759, 13086)
