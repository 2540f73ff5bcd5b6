"""The decoding thread of a view: the newest request wins, errors come through, and no thread stays behind."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame

from coder.media import FrameIndex, FrameWorker, NotShown, Shown, open_index
from coder.media.decoding import Decoding
from coder.media.proxy_making import make_proxy
from tests.clips import HEIGHT, WIDTH, Shelf, read_number

PATIENCE_S = 60


class View:
    """Takes what a worker delivers; can hold the worker up inside a delivery."""

    def __init__(self) -> None:
        self.results: list[Shown | NotShown] = []
        self.threads: set[str] = set()
        self.open = threading.Event()
        self.open.set()
        self._news = threading.Condition()

    def deliver(self, result: Shown | NotShown) -> None:
        with self._news:
            self.results.append(result)
            self.threads.add(threading.current_thread().name)
            self._news.notify_all()
        assert self.open.wait(PATIENCE_S)

    def wait_for(self, count: int) -> list[Shown | NotShown]:
        with self._news:
            assert self._news.wait_for(lambda: len(self.results) >= count, PATIENCE_S)
        return self.results


@pytest.fixture
def film(shelf: Shelf) -> FrameIndex:
    return open_index(shelf["constant25.mp4"])


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def worker(film: FrameIndex, view: View) -> Iterator[FrameWorker]:
    worker = FrameWorker(film, view.deliver)
    yield worker
    view.open.set()
    worker.stop()


def number(result: Shown | NotShown) -> int | None:
    assert isinstance(result, Shown)
    return read_number(result.bgra[..., :3])


def test_a_frame_comes_scaled_with_its_number_and_time(worker: FrameWorker, view: View, film: FrameIndex) -> None:
    worker.show(123, WIDTH, HEIGHT)
    (result,) = view.wait_for(1)
    assert isinstance(result, Shown)
    assert (result.index, result.at_us, result.exact, number(result)) == (123, film.at_us(123), True, 123)
    worker.show(124, 160, 92)
    shown = view.wait_for(2)[1]
    assert isinstance(shown, Shown)
    assert shown.bgra.shape == (92, 160, 4)
    assert threading.current_thread().name not in view.threads


def test_a_dim_film_is_brightened_for_the_eye_only(worker: FrameWorker, view: View) -> None:
    means = []
    for lift in (0, 3, 6, 0):
        worker.show(123, WIDTH, HEIGHT, lift)
        shown = view.wait_for(len(means) + 1)[-1]
        assert isinstance(shown, Shown)
        assert (shown.bgra.shape, shown.bgra.dtype, number(shown)) == ((HEIGHT, WIDTH, 4), np.uint8, 123)
        means.append(shown.bgra[..., :3].mean())
    assert means[0] == means[3] < means[1] - 20 < means[2] - 40
    assert (shown.bgra[..., 3] == 255).all()


def test_the_newest_request_wins(worker: FrameWorker, view: View) -> None:
    view.open.clear()
    worker.show(10, WIDTH, HEIGHT)
    view.wait_for(1)  # the worker is held up in this delivery
    for i in range(100, 200):
        worker.show(i, WIDTH, HEIGHT)
    view.open.set()
    results = view.wait_for(2)
    worker.stop()
    assert [number(result) for result in results] == [10, 199]


def test_every_step_of_a_held_key_comes_exactly(worker: FrameWorker, view: View) -> None:
    steps = [*range(250, 120, -1), *range(120, 180)]
    for count, i in enumerate(steps, 1):
        worker.show(i, WIDTH, HEIGHT)
        assert number(view.wait_for(count)[-1]) == i


def test_frames_asked_for_after_a_rest_come_exactly_both_ways(worker: FrameWorker, view: View) -> None:
    """While nobody asks, the worker decodes ahead and behind; what it shows stays exact in the midst of that."""
    for count, i in enumerate((200, 199, 198, 205, 150, 151, 299, 0, 64), 1):
        worker.show(i, WIDTH, HEIGHT)
        assert number(view.wait_for(count)[-1]) == i
        time.sleep(0.2 if i % 2 else 0.01)


def test_a_preview_is_a_key_frame_and_says_so(shelf: Shelf, view: View) -> None:
    film = open_index(shelf["late.ts"])
    worker = FrameWorker(film, view.deliver)
    try:
        worker.preview(100, WIDTH, HEIGHT)
        (result,) = view.wait_for(1)
        assert isinstance(result, Shown)
        assert (result.index, result.exact, number(result)) == (60, False, 60)
        worker.show(100, WIDTH, HEIGHT)
        assert number(view.wait_for(2)[1]) == 100
    finally:
        worker.stop()


def test_with_a_small_copy_a_quick_look_is_the_very_frame(shelf: Shelf, tmp_path: Path, view: View) -> None:
    film = open_index(shelf["late.ts"])
    for _ in make_proxy(film, tmp_path / "small.mp4"):
        pass
    worker = FrameWorker(film, view.deliver, proxy=tmp_path / "small.mp4")
    try:
        assert worker._opening is not None
        worker._opening.join(PATIENCE_S)
        for count, i in enumerate((100, 7, 299), 1):
            worker.preview(i, WIDTH, HEIGHT)
            result = view.wait_for(count)[-1]
            assert isinstance(result, Shown)
            assert (result.index, result.at_us, result.exact, number(result)) == (i, film.at_us(i), True, i)
    finally:
        worker.stop()


@pytest.mark.parametrize("kind", ["missing", "of another film"])
def test_without_the_right_small_copy_a_quick_look_is_a_key_frame(
    shelf: Shelf, tmp_path: Path, view: View, kind: str
) -> None:
    film, copy = open_index(shelf["late.ts"]), tmp_path / "small.mp4"
    if kind == "of another film":
        for _ in make_proxy(open_index(shelf["turned90.mp4"]), copy):
            pass
    worker = FrameWorker(film, view.deliver, proxy=copy)
    try:
        assert worker._opening is not None
        worker._opening.join(PATIENCE_S)
        worker.preview(100, WIDTH, HEIGHT)
        (result,) = view.wait_for(1)
        assert isinstance(result, Shown)
        assert (result.index, result.exact, number(result)) == (60, False, 60)
    finally:
        worker.stop()


def test_what_cannot_be_shown_is_said_and_the_worker_goes_on(worker: FrameWorker, view: View) -> None:
    worker.show(5000, WIDTH, HEIGHT)
    (result,) = view.wait_for(1)
    assert isinstance(result, NotShown)
    assert "There is no frame 5000" in str(result.error)
    worker.show(5, WIDTH, HEIGHT)
    assert number(view.wait_for(2)[1]) == 5


def test_a_film_that_is_gone_is_said_at_every_request(shelf: Shelf, tmp_path: Path, view: View) -> None:
    path = tmp_path / "lent.mp4"
    path.write_bytes(shelf["constant25.mp4"].read_bytes())
    film = open_index(path)
    path.unlink()
    worker = FrameWorker(film, view.deliver)
    try:
        for count in (1, 2):
            worker.show(count, WIDTH, HEIGHT)
            result = view.wait_for(count)[-1]
            assert isinstance(result, NotShown)
            assert (result.index, "lent.mp4" in str(result.error)) == (count, True)
    finally:
        worker.stop()


def test_stopping_leaves_no_thread_and_delivers_nothing_more(film: FrameIndex, view: View) -> None:
    before = set(threading.enumerate())
    workers = [FrameWorker(film, view.deliver) for _ in range(4)]
    for worker in workers:
        worker.show(200, WIDTH, HEIGHT)
    view.wait_for(1)
    for worker in workers:
        worker.stop()
        worker.stop()
    delivered = len(view.results)
    workers[0].show(3, WIDTH, HEIGHT)
    assert set(threading.enumerate()) == before
    assert len(view.results) == delivered


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be taken away there")
def test_at_rest_it_has_decoded_what_is_likely_next(shelf: Shelf, tmp_path: Path, view: View) -> None:
    """Once nobody has asked for a while, the frames around are there: they come even if the film is taken away."""
    path = tmp_path / "lent.mp4"
    path.write_bytes(shelf["constant25.mp4"].read_bytes() + bytes(200_000))
    worker = FrameWorker(open_index(path), view.deliver)
    try:
        worker.show(200, WIDTH, HEIGHT)
        view.wait_for(1)
        time.sleep(3)
        os.truncate(path, 0)
        near = [*range(199, 139, -1), *range(201, 217)]
        for count, i in enumerate(near, 2):
            worker.show(i, WIDTH, HEIGHT)
            assert number(view.wait_for(count)[-1]) == i
        worker.show(20, WIDTH, HEIGHT)
        assert isinstance(view.wait_for(len(near) + 2)[-1], NotShown)
    finally:
        worker.stop()


def test_stopping_does_not_wait_for_the_whole_way_to_a_far_frame(
    shelf: Shelf, view: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    film, steps = open_index(shelf["constant25.mp4"]), 0
    under_way, on = threading.Event(), threading.Event()

    def step(decoding: Decoding, skip_from: int = 0, skip_to: int = 0) -> list[VideoFrame]:
        """Stands for a decoder that never gets there."""
        nonlocal steps
        steps += 1
        under_way.set()
        assert on.wait(PATIENCE_S)
        return []

    monkeypatch.setattr(Decoding, "step", step)
    worker = FrameWorker(film, view.deliver)
    worker.show(200, WIDTH, HEIGHT)
    assert under_way.wait(PATIENCE_S)
    worker._stopping = True  # what `stop` sets first
    on.set()
    worker.stop()
    assert steps == 1
    assert view.results == []


def test_stopping_does_not_wait_for_a_small_copy_to_be_read(
    film: FrameIndex, view: View, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = threading.Event()

    def read(path: Path, *, progress: Callable[[float], None]) -> FrameIndex:
        """Stands for a copy on a disk so slow that reading it never ends."""
        while True:
            progress(0.5)
            reading.set()
            time.sleep(0.001)

    monkeypatch.setattr("coder.media.proxy.open_index", read)
    before = set(threading.enumerate())
    worker = FrameWorker(film, view.deliver, proxy=tmp_path / "small.mp4")
    assert reading.wait(PATIENCE_S)
    worker.stop()
    assert set(threading.enumerate()) == before
