"""Every frame asked for is the frame that comes: the number in the picture says so, for every kind of film."""

import random
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from coder.media import FrameIndex, FrameSource, frames, open_index
from coder.model.problem import MediaError
from tests.clips import HEIGHT, RECIPES, WIDTH, Shelf, read_number, recipe_of

MEGABYTE = 1_000_000
FRAME_BYTES = WIDTH * HEIGHT * 3 // 2

# The films, and the number in the first picture of each.
FIRST_NUMBER = {recipe.file: 0 for recipe in RECIPES} | {"cut.mp4": 137, "midcut.ts": 120}


@dataclass(frozen=True)
class Film:
    file: str
    index: FrameIndex
    lumas: list[NDArray[np.uint8]]

    @property
    def first(self) -> int:
        return FIRST_NUMBER[self.file]


@pytest.fixture(scope="module", params=FIRST_NUMBER)
def film(request: pytest.FixtureRequest, shelf: Shelf) -> Film:
    """A film decoded from beginning to end, the truth that all else is held against."""
    index = open_index(shelf[request.param])
    return Film(request.param, index, [frame.luma() for frame in frames(index)])


def test_in_a_row_every_frame_comes_once(film: Film) -> None:
    numbers = [read_number(luma) for luma in film.lumas]
    assert numbers == list(range(film.first, film.first + film.index.frame_count))
    made = recipe_of(film.file).frames if film.file != "midcut.ts" and film.first == 0 else None
    assert made is None or len(numbers) == made


def test_two_hundred_random_frames_are_exact(film: Film) -> None:
    chance = random.Random(film.file)
    wanted = [chance.randrange(film.index.frame_count) for _ in range(196)]
    wanted += [0, 1, film.index.frame_count - 2, film.index.frame_count - 1]
    with FrameSource(film.index, cache_bytes=FRAME_BYTES) as source:  # room for one: each is a seek
        for i in wanted:
            frame = source.frame(i)
            assert frame.index == i
            assert read_number(frame.luma()) == film.first + i
            assert np.array_equal(frame.luma(), film.lumas[i])


def test_stepping_forward_and_back_shows_every_frame_once(film: Film) -> None:
    there = range(film.index.frame_count)
    with FrameSource(film.index, cache_bytes=3 * MEGABYTE) as source:
        for i in (*there, *reversed(there)):
            assert np.array_equal(source.frame(i).luma(), film.lumas[i])


def test_steps_and_jumps_mixed_are_exact(film: Film) -> None:
    chance, at = random.Random(7), 0
    with FrameSource(film.index, cache_bytes=2 * MEGABYTE) as source:
        for _ in range(80):
            at += chance.choice((1, 1, 1, -1, -1, 5, -7, 40, -60))
            at %= film.index.frame_count
            assert np.array_equal(source.frame(at).luma(), film.lumas[at])


def test_every_fifth_frame_from_the_middle_is_exact(film: Film) -> None:
    start = film.index.frame_count // 3
    wanted = list(range(start, film.index.frame_count - 4, 5))
    got = list(frames(film.index, start, film.index.frame_count - 4, 5))
    assert [frame.index for frame in got] == wanted
    assert all(np.array_equal(frame.luma(), film.lumas[frame.index]) for frame in got)


def test_previews_say_which_frame_they_are(film: Film) -> None:
    with FrameSource(film.index) as source:
        for i in range(0, film.index.frame_count, 37):
            frame = source.preview(i)
            assert frame.index <= i
            assert np.array_equal(frame.luma(), film.lumas[frame.index])
        assert np.array_equal(source.frame(20).luma(), film.lumas[20])


def test_the_frame_at_its_own_time_is_itself(film: Film) -> None:
    index = film.index
    times = [index.at_us(i) for i in range(index.frame_count)]
    assert times[0] == 0
    assert times == sorted(set(times))
    assert [index.index_at(at_us) for at_us in times] == list(range(index.frame_count))
    assert [index.index_at(at_us - 1) for at_us in times[1:]] == list(range(index.frame_count - 1))
    assert index.index_at(-5) == 0
    assert index.index_at(index.duration_us * 2) == index.frame_count - 1
    assert index.duration_us > times[-1]


def test_times_are_those_the_film_was_made_with(film: Film) -> None:
    recipe = recipe_of("constant25.mp4" if film.file in ("cut.mp4", "midcut.ts") else film.file)
    # Containers count in ticks of at most a millisecond; the fast film's frames share them.
    # The writer of this AVI file puts an empty chunk, one frame long, behind the first frame.
    hole_us = 40_000 if film.file == "xvid.avi" else 0
    for i in range(film.index.frame_count):
        assert abs(film.index.at_us(i) - (float(recipe.at_s(i)) * 1_000_000 + hole_us * (i > 0))) <= 1000


def test_a_frame_that_is_not_there_is_refused(shelf: Shelf) -> None:
    index = open_index(shelf["constant25.mp4"])
    with FrameSource(index) as source:
        for wrong in (-1, 300):
            with pytest.raises(MediaError, match=f"There is no frame {wrong}: .* 0 to 299"):
                source.frame(wrong)


def test_stepping_back_finds_a_window_of_frames_ready(shelf: Shelf) -> None:
    with FrameSource(open_index(shelf["constant25.mp4"])) as source:
        for i in range(240, 234, -1):
            source.frame(i)
        assert all(source.has(i) for i in range(240 - 64, 241))


def test_the_cache_keeps_to_its_budget(shelf: Shelf) -> None:
    with FrameSource(open_index(shelf["constant25.mp4"]), cache_bytes=10 * 2 * FRAME_BYTES) as source:
        for i in range(100):
            source.frame(i)
        kept = [i for i in range(300) if source.has(i)]
    assert 5 <= len(kept) <= 20
    assert 99 in kept
