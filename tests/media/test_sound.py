"""Sound stays with the picture, keeps its pitch at every rate, and has the length it should."""

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.media import SOUND_HZ, SoundReader, has_sound, open_index, peaks
from coder.model.problem import MediaError
from tests.clips import BEEP_EVERY, BEEP_S, Shelf, recipe_of

# Formats that say to the sample when their sound begins; MP3 in AVI and Windows Media do not.
ALIGNED = ("constant25.mp4", "phone.mp4", "opengop.mkv", "late.ts", "mpeg2.mpg", "after_sound.mp4", "vp9.webm",
           "motion.avi", "fragments.mp4")  # fmt: skip


def heard(shelf: Shelf, file: str, from_us: int = 0, rate: float = 1.0) -> NDArray[np.int16]:
    """Left and right, shape (n, 2)."""
    film = open_index(shelf[file]) if not file.endswith(".m4a") else shelf[file]
    with SoundReader(film, from_us, rate) as reader:
        return np.frombuffer(b"".join(reader), np.int16).reshape(-1, 2)


def beeps_s(samples: NDArray[np.int16]) -> list[float]:
    """When each beep begins that begins inside, in seconds."""
    loud = np.abs(samples[:, 0].astype(int)) > 4000
    starts = np.flatnonzero(loud)
    starts = starts[np.diff(starts, prepend=-SOUND_HZ) > BEEP_S * SOUND_HZ / 2]
    return [start / SOUND_HZ for start in starts]


@pytest.mark.parametrize("file", ALIGNED)
@pytest.mark.parametrize("from_us", [0, 1_234_567, 4_321_000])
def test_beeps_begin_with_their_frames(shelf: Shelf, file: str, from_us: int) -> None:
    recipe = recipe_of(file)
    onsets_s = [float(recipe.at_s(i)) - from_us / 1e6 for i in range(0, recipe.frames, BEEP_EVERY)]
    expected_s = [onset_s for onset_s in onsets_s if onset_s >= 0]
    found_s = beeps_s(heard(shelf, file, from_us))
    if len(found_s) > len(expected_s):  # the reading begins inside a beep
        found_s = found_s[1:]
    assert len(found_s) == len(expected_s)
    assert np.abs(np.array(found_s) - expected_s).max() < 0.002


def test_before_the_film_begins_there_is_silence_or_earlier_sound(shelf: Shelf) -> None:
    samples = heard(shelf, "constant25.mp4", -500_000)
    assert not samples[: SOUND_HZ // 2 - 100].any()
    assert beeps_s(samples)[0] == pytest.approx(0.5, abs=0.002)


@pytest.mark.parametrize("rate", [0.25, 0.5, 1.0, 1.5, 2.0, 4.0])
def test_pitch_is_kept_and_length_follows_the_rate(shelf: Shelf, rate: float) -> None:
    samples = heard(shelf, "tone.m4a", rate=rate)
    assert len(samples) / SOUND_HZ == pytest.approx(4 / rate, rel=0.01, abs=0.03)
    middle = samples[len(samples) // 4 : len(samples) * 3 // 4, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), n=1 << 20))
    assert spectrum.argmax() * SOUND_HZ / (1 << 20) == pytest.approx(440, abs=1.5)


@pytest.mark.parametrize("rate", [0.5, 2.0])
def test_beeps_stay_with_their_frames_at_other_rates(shelf: Shelf, rate: float) -> None:
    found_s = [at_s * rate for at_s in beeps_s(heard(shelf, "constant25.mp4", 500_000, rate))]
    assert np.abs(np.array(found_s[:8]) - (np.arange(8) + 0.5)).max() < 0.06


def test_a_rate_that_cannot_be_played_is_refused(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match=r"0\.05 to 16"):
        SoundReader(shelf["tone.m4a"], rate=0)


def test_silent_films_are_told_apart(shelf: Shelf) -> None:
    assert has_sound(shelf["constant25.mp4"])
    assert not has_sound(shelf["raw.h264"])
    with pytest.raises(MediaError, match=r"raw\.h264: The film has no sound\."):
        SoundReader(shelf["raw.h264"])
    with pytest.raises(MediaError, match="The film has no sound"):
        peaks(open_index(shelf["raw.h264"]))


def test_a_reader_that_is_closed_gives_nothing_more(shelf: Shelf) -> None:
    reader = SoundReader(shelf["tone.m4a"])
    assert len(next(iter(reader))) % 4 == 0
    reader.close()
    assert list(reader) == []


def test_peaks_outline_the_sound_on_the_films_clock(shelf: Shelf) -> None:
    told: list[int] = []
    outline = peaks(open_index(shelf["after_sound.mp4"]), per_second=100, progress=told.append)
    assert outline.dtype == np.int16
    assert outline.shape[1] == 2
    assert 600 <= len(outline) < 720
    loud = outline[:600, 1] > 8000
    assert [k for k in range(600) if loud[k] and not loud[k - 1]] == [0, 100, 200, 300, 400, 500]
    assert (outline[:600, 0][loud] < -8000).all()
    assert (outline[50:90] == 0).all()
    assert told == sorted(told)
    assert told[-1] >= 5


def test_peaks_at_a_rate_that_does_not_divide_evenly_cover_the_same_sound(shelf: Shelf) -> None:
    fine = peaks(shelf["tone.m4a"], per_second=100)
    odd = peaks(shelf["tone.m4a"], per_second=7)
    assert (len(fine) + 99) // 100 == (len(odd) + 6) // 7
    assert (odd.min(), odd.max()) == (fine.min(), fine.max())
