"""A film written anew has the same frames at the same times, and what cannot be read gets its word."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from coder.media import FrameIndex, convert, frames, has_sound, open_index, peaks
from coder.model.problem import MediaError
from coder.settings.shipped import shipped
from tests.clips import RECIPES, Recipe, Shelf, read_number, write_film

BROKEN = ("midcut.ts", "cut.mp4", "zeros.mkv", "broken.avi", "broken.mp4")


def run(steps: Iterator[int]) -> int:
    """How often progress was told."""
    return len(list(steps))


def shown(film: FrameIndex) -> list[tuple[int | None, int]]:
    """The number in each frame that decodes, and when it is shown."""
    return [(read_number(frame.luma()), frame.at_us) for frame in frames(film)]


def beeps_ms(film: FrameIndex) -> list[int]:
    """When each beep begins."""
    loud = np.flatnonzero(peaks(film, 1000)[:, 1] > 3000)
    return [int(at) for at, before in zip(loud, [-1000, *loud], strict=False) if at - before > 300]


@pytest.mark.parametrize("file", [*(recipe.file for recipe in RECIPES), *BROKEN])
def test_the_copy_has_the_same_frames_at_the_same_times(shelf: Shelf, tmp_path: Path, file: str) -> None:
    film = open_index(shelf[file])
    before = shelf[file].read_bytes()
    out = tmp_path / "copy.mp4"
    wanted = shown(film)
    assert run(convert(film, out)) == len(wanted)
    copy = open_index(out)
    assert shown(copy) == wanted
    assert copy.geometry == film.geometry
    assert abs(copy.duration_us - film.duration_us) <= 1_000
    assert copy.damage == ""
    if has_sound(film.path):
        assert len(beeps_ms(film)) == len(beeps_ms(copy)) > 0
        assert np.abs(np.subtract(beeps_ms(film), beeps_ms(copy))).max() <= 2
    else:
        assert not has_sound(out)
    assert shelf[file].read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["copy.mp4"]


def test_what_does_not_decode_is_left_out_and_nothing_else(tmp_path: Path) -> None:
    recipe = Recipe("each.avi", "mjpeg", frames=60, options={"qscale": "3"}, sound="", pixels="yuvj420p")
    whole = open_index(write_film(recipe, tmp_path))
    data = bytearray(whole.path.read_bytes())
    for i in (20, 21, 40):
        head, size = (int(column[whole.order[i]]) for column in (whole.packets.pos, whole.packets.size))
        data[head : head + size] = bytes(size)
    spoilt = tmp_path / "spoilt.avi"
    spoilt.write_bytes(data)
    run(convert(open_index(spoilt), tmp_path / "copy.mp4"))
    wanted = [(i, 40_000 * i) for i in range(60) if i not in (20, 21, 40)]
    assert shown(open_index(tmp_path / "copy.mp4")) == wanted


def test_colours_stay(tmp_path: Path) -> None:
    film = open_index(shipped("sample_media") / "dyad-first.mp4")
    run(convert(film, tmp_path / "copy.mp4"))
    pairs = zip(frames(film, step=50), frames(open_index(tmp_path / "copy.mp4"), step=50), strict=True)
    for one, other in pairs:
        difference = one.rgb().astype(int) - other.rgb()
        assert np.abs(difference.mean(axis=(0, 1))).max() < 1
        assert np.abs(difference).mean() < 3


@pytest.mark.parametrize("stop_at", [1, 150, 300])
def test_stopped_it_leaves_nothing(shelf: Shelf, tmp_path: Path, stop_at: int) -> None:
    steps = convert(open_index(shelf["phone.mp4"]), tmp_path / "copy.mp4")
    for done in steps:
        if done == stop_at:
            break
    steps.close()
    assert not list(tmp_path.iterdir())


def test_what_came_to_lie_there_meanwhile_is_not_replaced(shelf: Shelf, tmp_path: Path) -> None:
    steps = convert(open_index(shelf["phone.mp4"]), tmp_path / "copy.mp4")
    next(steps)
    (tmp_path / "copy.mp4").write_text("somebody’s")
    with pytest.raises(MediaError, match="will not be replaced"):
        run(steps)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["somebody’s"]


def test_a_folder_that_is_not_there_gets_its_sentence(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"cannot be written"):
        run(convert(open_index(shelf["phone.mp4"]), tmp_path / "gone" / "copy.mp4"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is known on Linux only")
def test_a_full_disk_gets_its_sentence_and_leaves_nothing(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file that is written aside is one that takes nothing."""
    made = Path.with_name

    def full(path: Path, name: str) -> Path:
        aside = made(path, name)
        if name.endswith(".part"):
            os.symlink("/dev/full", aside)
        return aside

    monkeypatch.setattr(Path, "with_name", full)
    with pytest.raises(MediaError, match="cannot be written: No space left on device"):
        run(convert(open_index(shelf["phone.mp4"]), tmp_path / "copy.mp4"))
    assert not list(tmp_path.iterdir())
