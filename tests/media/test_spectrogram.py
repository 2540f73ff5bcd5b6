"""The spectrogram: beeps where they are, at their pitch, in levels; kept in a file and never half."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from coder.media import FrameIndex, open_index
from coder.media.spectrogram import (
    BANDS,
    FACTOR,
    HZ,
    STEP_US,
    _counts,
    _mel,
    kept_spectrogram,
    spectrogram,
)
from coder.model.problem import MediaError
from coder.model.time import SECOND_US
from tests.clips import BEEP_EVERY, BEEP_HZ, BEEP_S, X264, Recipe, write_film


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> FrameIndex:
    """Forty seconds of it, beeping."""
    return open_index(write_film(Recipe("beeps.mp4", frames=1000, options=X264), tmp_path_factory.mktemp("film")))


def test_a_beep_is_loud_at_its_pitch_and_its_time(film: FrameIndex) -> None:
    (finest, *_) = spectrogram(film)
    assert finest.shape[1] == BANDS
    assert len(finest) == pytest.approx(film.duration_us / STEP_US, abs=8)
    loud = finest.max(axis=1) > 150
    onsets = np.flatnonzero(np.diff(loud.astype(int)) == 1) + 1
    times_s = onsets * STEP_US / SECOND_US
    beeps_s = np.arange(1, len(times_s) + 1) * BEEP_EVERY / 25  # the first one begins with the film
    assert np.abs(times_s - beeps_s).max() < 0.04  # a window of 32 ms hears it before its middle does
    lengths = np.diff(np.flatnonzero(np.diff(loud.astype(int))))[1::2] * STEP_US / SECOND_US
    assert np.median(lengths) == pytest.approx(BEEP_S, abs=0.05)
    band = int(finest[loud].astype(float).mean(axis=0).argmax())
    edges = np.linspace(_mel(50.0), _mel(HZ / 2), BANDS + 2)
    assert edges[band] < _mel(BEEP_HZ) < edges[band + 2]
    quiet = finest[~loud & ~np.roll(loud, 1) & ~np.roll(loud, -1)]
    assert np.median(quiet) < 20


def test_each_level_has_the_loudest_of_the_one_before(film: FrameIndex) -> None:
    levels = spectrogram(film)
    assert len(levels) == 2
    for fine, coarse in itertools.pairwise(levels):
        assert len(coarse) == -(-len(fine) // FACTOR)
        for at in (0, 7, len(coarse) - 1):
            assert np.array_equal(coarse[at], fine[at * FACTOR : (at + 1) * FACTOR].max(axis=0))


def test_it_is_computed_once_and_then_taken_from_its_file(film: FrameIndex, tmp_path: Path) -> None:
    told: list[float] = []
    folder = tmp_path / "cache" / "spectrograms"
    first = kept_spectrogram(film, folder, told.append)
    assert told[-1] == pytest.approx(1.0, abs=0.02)
    assert [file.suffix for file in folder.iterdir()] == [".npy"]
    told.clear()
    again = kept_spectrogram(film, folder, told.append)
    assert told == []
    assert all(isinstance(level, np.memmap) for level in again)
    assert [np.array_equal(one, other) for one, other in zip(first, again, strict=True)] == [True, True]
    assert all(np.array_equal(one, other) for one, other in zip(spectrogram(film), again, strict=True))


@pytest.mark.parametrize("harm", ["cut", "other", "empty"])
def test_a_damaged_file_is_computed_anew(film: FrameIndex, tmp_path: Path, harm: str) -> None:
    good = kept_spectrogram(film, tmp_path)
    count = len(good[0])
    del good
    (file,) = tmp_path.iterdir()
    data = file.read_bytes()
    file.unlink()
    file.write_bytes({"cut": data[: len(data) // 2], "other": b"something else", "empty": b""}[harm])
    assert len(kept_spectrogram(film, tmp_path)[0]) == count
    assert file.read_bytes() == data


def test_what_cannot_be_kept_is_computed_all_the_same(film: FrameIndex, tmp_path: Path) -> None:
    blocked = tmp_path / "a file where the folder should be"
    blocked.write_text("")
    assert len(kept_spectrogram(film, blocked)) == 2


def test_a_stopped_reading_leaves_no_file(film: FrameIndex, tmp_path: Path) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept_spectrogram(film, tmp_path, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_changed_is_computed_anew(film: FrameIndex, tmp_path: Path) -> None:
    kept_spectrogram(film, tmp_path / "kept")
    path = tmp_path / "again.mp4"
    path.write_bytes(film.path.read_bytes())
    kept_spectrogram(open_index(path), tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_a_film_without_sound_is_said_so(tmp_path: Path) -> None:
    silent = write_film(Recipe("silent.mp4", frames=10, options=X264, sound=None), tmp_path)
    with pytest.raises(MediaError, match="no sound"):
        spectrogram(open_index(silent))


@pytest.mark.parametrize("first", [0, 1, 1024, 1025, 3750, 450_000, 450_001, 450_002, 450_003])
def test_the_levels_are_found_again_in_one_file(first: int) -> None:
    counts = [first]
    while counts[-1] > 1024:
        counts.append(-(-counts[-1] // FACTOR))
    assert _counts(sum(counts)) == counts
