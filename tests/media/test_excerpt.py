"""A few seconds of a film have its frames, at their times, and the sound that belongs to them."""

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtGui import QImage

from coder.media import FrameIndex, FrameSource, excerpt, frames, has_sound, jpeg, open_index, peaks
from coder.media.index import Geometry
from tests.clips import RECIPES, Shelf, read_number

LONG_PX = 320  # the films' own size: the number in the picture stays as it is


def shown(film: FrameIndex, first: int = 0, stop: int | None = None) -> list[tuple[int | None, int]]:
    """The number in each frame, and when it is shown."""
    return [(read_number(frame.luma()), frame.at_us) for frame in frames(film, first, stop)]


def kept(tmp_path: Path, data: bytes) -> FrameIndex:
    path = tmp_path / "excerpt.mp4"
    path.write_bytes(data)
    return open_index(path)


@pytest.mark.parametrize("file", [recipe.file for recipe in RECIPES])
def test_an_excerpt_has_the_frames_of_its_stretch(shelf: Shelf, tmp_path: Path, file: str) -> None:
    film = open_index(shelf[file])
    first, last = film.frame_count // 3, film.frame_count // 3 + 20
    copy = kept(tmp_path, excerpt(film, film.at_us(first), film.at_us(last), LONG_PX))
    wanted = shown(film, first, last)
    found = shown(copy)
    assert len(found) == len(wanted)
    if film.packets.pixel_aspect == 1:  # square pixels are made of others, and the number is stretched
        assert [number for number, _ in found] == [number for number, _ in wanted]
    for (_, at), (_, then) in zip(found, wanted, strict=True):
        assert abs(at - (then - film.at_us(first))) <= 12, "its clock ticks 90 000 times a second"
    assert copy.geometry.rotation == film.geometry.rotation
    assert has_sound(copy.path) == has_sound(film.path)


def beeps_ms(film: FrameIndex) -> list[int]:
    loud = np.flatnonzero(peaks(film, 1000)[:, 1] > 3000)
    return [int(at) for at, before in zip(loud, [-1000, *loud], strict=False) if at - before > 300]


def test_the_sound_lies_with_the_pictures(shelf: Shelf, tmp_path: Path) -> None:
    """A beep begins with every 25th frame."""
    recipe = next(one for one in RECIPES if has_sound(shelf[one.file]))
    film = open_index(shelf[recipe.file])
    begin = film.at_us(40)
    copy = kept(tmp_path, excerpt(film, begin, film.at_us(110), LONG_PX))
    wanted = [(film.at_us(number) - begin) / 1000 for number in (50, 75, 100)]
    found = beeps_ms(copy)
    assert len(found) >= len(wanted)
    assert all(min(abs(one - at) for one in found) < 40 for at in wanted), (found, wanted)


def test_an_excerpt_is_made_small_and_never_large(shelf: Shelf, tmp_path: Path) -> None:
    film = open_index(shelf[RECIPES[0].file])
    assert kept(tmp_path, excerpt(film, 0, 400_000, 160)).geometry == Geometry(160, 92, 0)
    assert kept(tmp_path, excerpt(film, 0, 400_000, 9_000)).geometry == film.geometry


@pytest.mark.parametrize("file", [recipe.file for recipe in RECIPES])
def test_a_still_is_the_frame_upright(shelf: Shelf, file: str) -> None:
    film = open_index(shelf[file])
    with FrameSource(film) as source:
        frame = source.frame(37)
        image = QImage.fromData(jpeg(frame, max(frame.width, frame.height)))
    assert (image.width(), image.height()) == (frame.width // 2 * 2, frame.height // 2 * 2)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    bits = grey.constBits()
    assert bits is not None
    seen = np.frombuffer(bits.asstring(grey.sizeInBytes()), np.uint8).reshape(image.height(), -1)
    wanted = frame.rgb()[: image.height(), : image.width()].mean(axis=2)
    assert np.abs(seen[:, : image.width()].astype(float) - wanted).mean() < 6
