"""The film's sound: decoded ahead on a thread, handed out in pieces, silent where there is none."""

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from coder.annotate.view.sound import SoundFeed, Stall
from coder.media import FrameIndex, open_index
from coder.media.sound import SOUND_HZ
from tests.clips import X264, Recipe, write_film


def drained(feed: SoundFeed, piece: int) -> bytes:
    """All the sound, taken in pieces as a sink takes it."""
    taken, deadline = b"", time.monotonic() + 20
    while time.monotonic() < deadline:
        part = feed.take(piece)
        assert len(part) <= piece
        taken += part
        if not part and feed.over:
            return taken
        time.sleep(0.001)
    raise AssertionError("the sound never ended")


@pytest.mark.parametrize("piece", [999, 4096, 1_000_000])
def test_a_beep_is_heard_where_its_frame_is_shown(film_index: FrameIndex, piece: int) -> None:
    feed = SoundFeed(film_index, film_index.at_us(20), 1.0)
    sound = np.frombuffer(drained(feed, piece), np.int16).reshape(-1, 2)[:, 0].astype(float)
    feed.stop()
    loud = np.abs(sound) > 4000
    first = np.flatnonzero(loud)[0] / SOUND_HZ
    assert first == pytest.approx(5 / 25, abs=0.01)  # frame 25 beeps, five frames after frame 20


def test_twice_as_fast_lasts_half_as_long(film_index: FrameIndex) -> None:
    lengths = []
    for rate in (1.0, 2.0):
        feed = SoundFeed(film_index, 0, rate)
        lengths.append(len(drained(feed, 8192)))
        feed.stop()
    assert lengths[1] / lengths[0] == pytest.approx(0.5, abs=0.02)


def test_it_decodes_no_further_ahead_than_it_must_and_stops_at_once(film_index: FrameIndex) -> None:
    threads = set(threading.enumerate())
    feed = SoundFeed(film_index, 0, 1.0)
    deadline = time.monotonic() + 20
    while not feed.ready and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(0.1)
    assert feed.ready
    assert not feed.over
    feed.stop()
    assert set(threading.enumerate()) <= threads


def test_a_device_that_stands_still_is_given_up_and_one_that_plays_is_not() -> None:
    now = [100.0]
    playing, standing = Stall(lambda: now[0]), Stall(lambda: now[0])
    for n in range(100):
        now[0] += 0.02
        assert not playing.stalled(n // 5 * 100_000)  # told in steps of a tenth of a second
        assert standing.stalled(16_000) == (n > 25)
    assert standing.stalled(17_000)


def test_a_film_without_sound_is_over_at_once(tmp_path: Path) -> None:
    silent = write_film(Recipe("silent.mp4", frames=10, options=X264, sound=""), tmp_path)
    feed = SoundFeed(open_index(silent), 0, 1.0)
    assert drained(feed, 4096) == b""
    feed.stop()
