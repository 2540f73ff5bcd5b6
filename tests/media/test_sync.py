"""Two films are laid side by side by their sound, and refused where they have nothing in common."""

import json
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from coder.media import propose
from coder.media.alignment import Proposal
from coder.media.sync import MOST_SKEW_PPM, fitted
from coder.model.problem import MediaError
from coder.settings.shipped import shipped
from tests.clips import Shelf
from tests.sounds import GOOD, POOR, ROOM_HZ, Microphone, people, recorded, write_wave

SAMPLES = shipped("sample_media")
ROOM = people(130, seed=1)


def films(place: Path, b: Microphone, *, seconds: float, offset_s: float, skew_ppm: float) -> tuple[Path, Path]:
    """Camera a runs for 100 s from the room's 0, camera b on its own clock."""
    first = write_wave(place / "a.wav", recorded(ROOM, GOOD, seconds=100))
    sound = recorded(ROOM, b, seconds=seconds, offset_s=offset_s, skew_ppm=skew_ppm, seed=5)
    return first, write_wave(place / "b.wav", sound)


def misplaced_us(found: Proposal, offset_us: float, skew_ppm: float, at_us: float) -> float:
    """How far a moment of the film's own time is put from where it is."""
    return abs(found.offset_us - offset_us - at_us * (found.skew_ppm - skew_ppm) / 1e6)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is known on Linux only")
def test_a_full_disk_gets_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "TemporaryFile", partial(Path("/dev/full").open, "r+b", 0))
    with pytest.raises(MediaError, match="cannot be laid aside to be compared: No space left on device"):
        propose(SAMPLES / "two-cameras.a.mp4", SAMPLES / "two-cameras.b.mp4")


def test_the_sample_clip_with_two_cameras() -> None:
    truth = json.loads((SAMPLES / "two-cameras.json").read_text("utf-8"))["cameras"][1]
    found = propose(SAMPLES / "two-cameras.a.mp4", SAMPLES / "two-cameras.b.mp4")
    assert found.enough
    assert found.sound
    for at_us in (0, 9_000_000, 18_000_000):
        assert misplaced_us(found, truth["offset_us"], truth["skew_ppm"], at_us) < 5_000
    assert abs(found.skew_ppm - truth["skew_ppm"]) < 60
    assert found.uncertainty_us < 5_000
    assert len(found.matches) >= 6
    times = [match.session_us for match in found.matches]
    assert times == sorted(times)
    for match in found.matches:
        assert 1_500_000 - 5_000 < match.lag_us < 1_500_000 + 5_000
        assert 0 < match.strength <= 1


@pytest.mark.parametrize(
    ("microphone", "seconds", "offset_s", "skew_ppm"),
    [
        (GOOD, 100, 0, 0),
        (GOOD, 90, 30, 200),
        (POOR, 100, 20.123, -200),
        (POOR, 40, 50, 0),  # starts later, ends earlier
        (POOR, 100, -15, 150),  # starts before the first camera
        (GOOD, 20, 33.3, 0),
    ],
)
def test_two_microphones_in_one_room(
    tmp_path: Path, microphone: Microphone, seconds: float, offset_s: float, skew_ppm: float
) -> None:
    """The poor one stands 1.4 m farther from one of the two people: 4 ms, which no comparison can know."""
    pair = films(tmp_path, microphone, seconds=seconds, offset_s=offset_s, skew_ppm=skew_ppm)
    found = propose(*pair)
    assert found.enough, found.remark
    begin_s, end_s = max(0.0, -offset_s), min(seconds, 100 - offset_s)
    for at_s in (begin_s, (begin_s + end_s) / 2, end_s):
        assert misplaced_us(found, offset_s * 1e6, skew_ppm, at_s * 1e6) < 5_000
    turned = propose(*reversed(pair))
    assert turned.enough
    assert abs(turned.offset_us + found.offset_us) < 10_000


def test_the_reference_may_have_a_clock_of_its_own(tmp_path: Path) -> None:
    pair = films(tmp_path, GOOD, seconds=60, offset_s=20, skew_ppm=0)
    found = propose(*pair, to_session_us=lambda file_us: file_us + 7_000_000)
    assert abs(found.offset_us - 27_000_000) < 2_000


@pytest.mark.parametrize(("other", "seconds"), [(77, 100), (78, 30), (79, 100)])
def test_other_rooms_are_refused(tmp_path: Path, other: int, seconds: float) -> None:
    first = write_wave(tmp_path / "a.wav", recorded(ROOM, GOOD, seconds=100))
    second = write_wave(tmp_path / "b.wav", recorded(people(seconds, other), GOOD, seconds=seconds))
    found = propose(first, second)
    assert not found.enough
    assert "do not agree" in found.remark


@pytest.mark.parametrize("pair", [("two-cameras.a", "shared-play"), ("face-to-face", "hard-to-see")])
def test_other_sample_films_are_refused(pair: tuple[str, str]) -> None:
    assert not propose(*(SAMPLES / f"{film}.mp4" for film in pair)).enough


def test_a_loop_of_music_is_refused(tmp_path: Path) -> None:
    loop = np.tile(people(2.5, 3)[0], 60)
    first = write_wave(tmp_path / "a.wav", recorded((loop,), GOOD, seconds=90))
    second = write_wave(tmp_path / "b.wav", recorded((loop,), POOR, seconds=90, offset_s=31, seed=9))
    found = propose(first, second)
    assert not found.enough
    assert "repeats itself" in found.remark


def test_noise_and_silence_are_refused(tmp_path: Path) -> None:
    first = write_wave(tmp_path / "a.wav", recorded(ROOM, GOOD, seconds=100))
    noise = np.random.default_rng(1).normal(0, 0.1, 40 * ROOM_HZ).astype(np.float32)
    assert not propose(first, write_wave(tmp_path / "noise.wav", noise)).enough
    silent = propose(first, write_wave(tmp_path / "silent.wav", noise * 0))
    assert (silent.enough, silent.remark, silent.matches) == (False, "One of the films is silent.", ())
    short = propose(first, write_wave(tmp_path / "short.wav", noise[:ROOM_HZ]))
    assert (short.enough, short.remark) == (False, "One of the films is too short to be compared.")


def test_a_film_without_sound_gets_its_sentence(shelf: Shelf) -> None:
    with pytest.raises(MediaError, match=r"raw\.h264: The film has no sound"):
        propose(SAMPLES / "dyad-first.mp4", shelf["raw.h264"])


def test_progress_counts_the_seconds_of_both(tmp_path: Path) -> None:
    told: list[float] = []
    propose(*films(tmp_path, GOOD, seconds=60, offset_s=20, skew_ppm=0), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(160)


def test_the_fit_is_exact_on_exact_matches() -> None:
    file_s = np.array([0.0, 10, 20, 30])
    session_s = 5 + file_s * (1 - 250e-6)
    assert fitted(session_s, session_s - file_s, np.ones(4)) == (5_000_000, 250, 0)
    assert fitted(session_s[:1], session_s[:1] - file_s[:1], np.ones(1)) == (5_000_000, 0, 0)
    assert MOST_SKEW_PPM >= 250
