"""A job tells how it goes, ends in exactly one way, and leaves no thread behind."""

import threading
from collections.abc import Callable, Generator
from typing import Any

import pytest
from PyQt6.QtCore import QThread
from pytestqt.qtbot import QtBot

from coder.desktop.jobs import Job
from coder.desktop.strip import Strip, Task
from coder.model.problem import CoderError, FeatureError, Problem
from coder.model.progress import Progress

Work = Generator[Progress, None, Any]


class Heard:
    """Every signal of a job with the thread it arrived on."""

    def __init__(self, job: Job) -> None:
        self.told: list[str] = []
        self.values: list[object] = []
        self.threads: set[QThread | None] = set()
        for name in ("progress", "finished", "failed", "broke"):
            getattr(job, name).connect(lambda value, name=name: self._hear(name, value))
        job.cancelled.connect(lambda: self._hear("cancelled", None))
        job.ended.connect(lambda: self._hear("ended", None))

    def _hear(self, name: str, value: object) -> None:
        self.told.append(name)
        self.values.append(value)
        self.threads.add(QThread.currentThread())


def three_steps() -> Work:
    for done in range(3):
        yield Progress(done, 3, f"step {done}")
    return "result"


def run(qtbot: QtBot, work: Callable[[], Work]) -> Heard:
    job = Job("A job", work)
    heard = Heard(job)
    with qtbot.waitSignal(job.ended, timeout=60_000):
        job.start()
    assert not job.running
    return heard


def test_progress_and_result_arrive_in_order_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    heard = run(qtbot, three_steps)
    assert heard.told == ["progress", "progress", "progress", "finished", "ended"]
    assert [one.text for one in heard.values[:3] if isinstance(one, Progress)] == ["step 0", "step 1", "step 2"]
    assert heard.values[3] == "result"
    assert heard.threads == {QThread.currentThread()}


def test_the_generator_lives_on_one_thread_that_is_not_the_windows(qtbot: QtBot) -> None:
    threads: list[int] = []

    def work() -> Work:
        threads.append(threading.get_ident())
        try:
            yield Progress(0, 1, "")
            threads.append(threading.get_ident())
        finally:
            threads.append(threading.get_ident())

    run(qtbot, work)
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


def test_a_persons_mistake_is_told_and_nothing_else(qtbot: QtBot) -> None:
    def work() -> Work:
        yield Progress(0, 2, "")
        raise FeatureError(Problem("No face was found."))

    heard = run(qtbot, work)
    assert heard.told == ["progress", "failed", "ended"]
    assert isinstance(heard.values[1], FeatureError)


def test_a_mistake_before_the_first_step_is_told_too(qtbot: QtBot) -> None:
    def work() -> Work:
        raise CoderError(Problem("There is no such session."))

    assert run(qtbot, work).told == ["failed", "ended"]


def test_a_mistake_of_the_program_is_never_lost(qtbot: QtBot) -> None:
    def work() -> Work:
        yield Progress(0, 0, "")
        raise ZeroDivisionError("oh")

    heard = run(qtbot, work)
    assert heard.told == ["progress", "broke", "ended"]
    assert isinstance(heard.values[1], ZeroDivisionError)


def test_cancel_closes_the_generator(qtbot: QtBot) -> None:
    closed = threading.Event()
    stepped = threading.Event()

    def work() -> Work:
        try:
            while True:
                yield Progress(0, 0, "on and on")
                stepped.set()
        finally:
            closed.set()

    job = Job("Endless", work)
    heard = Heard(job)
    job.start()
    qtbot.waitUntil(stepped.is_set)
    with qtbot.waitSignal(job.ended, timeout=60_000):
        job.cancel()
    assert closed.is_set()
    assert heard.told[-2:] == ["cancelled", "ended"]
    assert "finished" not in heard.told


def endless() -> Work:
    while True:
        yield Progress(1, 4, "halfway")


@pytest.fixture
def errors() -> list[CoderError]:
    return []


@pytest.fixture
def strip(qtbot: QtBot, errors: list[CoderError]) -> Strip:
    made = Strip(errors.append)
    qtbot.addWidget(made)
    return made


def test_the_strip_shows_a_job_and_then_its_news(qtbot: QtBot, strip: Strip) -> None:
    results: list[object] = []
    strip.run(Task("Counting", three_steps, results.append, "stopped"))
    assert strip.isVisible()
    assert strip.busy
    qtbot.waitUntil(lambda: not strip.busy)
    assert results == ["result"]
    assert not strip.isVisible()
    taken: list[str] = []
    strip.say("The report is ready.", "Open", lambda: taken.append("opened"))
    assert strip.text == "The report is ready."
    strip.offer_button.click()
    assert taken == ["opened"]
    assert not strip.isVisible()


def test_the_strip_cancels_and_says_what_became_of_it(
    qtbot: QtBot, strip: Strip, errors: list[CoderError]
) -> None:
    strip.run(Task("Measuring", endless, lambda _: pytest.fail("it never ends"), "Stopped; parts are kept."))
    qtbot.waitUntil(lambda: "halfway" in strip.text)
    strip.cancel_button.click()
    qtbot.waitUntil(lambda: not strip.busy)
    assert strip.text == "Stopped; parts are kept."
    assert not errors


def test_the_strip_takes_one_job_at_a_time_and_waits_for_its_end(qtbot: QtBot, strip: Strip) -> None:
    strip.run(Task("First", endless, lambda _: None, "stopped"))
    with pytest.raises(ValueError, match="one job"):
        strip.run(Task("Second", three_steps, lambda _: None, "stopped"))
    done: list[bool] = []
    strip.when_idle(lambda: done.append(strip.busy))
    assert not done
    qtbot.waitUntil(lambda: bool(done))
    assert done == [False]


def test_the_strip_hands_failures_on(qtbot: QtBot, strip: Strip, errors: list[CoderError]) -> None:
    def work() -> Work:
        yield Progress(0, 0, "")
        raise FeatureError(Problem("No face was found."))

    strip.run(Task("Measuring", work, lambda _: pytest.fail("it failed"), "stopped"))
    qtbot.waitUntil(lambda: not strip.busy)
    assert [str(error) for error in errors] == ["No face was found."]
    assert not strip.isVisible()


def test_the_strip_hands_a_mistake_of_the_program_to_the_last_defence(
    qtbot: QtBot, strip: Strip, errors: list[CoderError]
) -> None:
    def work() -> Work:
        yield Progress(0, 0, "")
        raise ZeroDivisionError("oh")

    with qtbot.capture_exceptions() as caught:
        strip.run(Task("Measuring", work, lambda _: pytest.fail("it broke"), "stopped"))
        qtbot.waitUntil(lambda: not strip.busy)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert not errors


def test_a_result_that_nobody_wants_any_more_is_not_told(qtbot: QtBot) -> None:
    """It is on its way already when it is forgotten: the page that asked may be gone by then."""
    told: list[object] = []
    strip = Strip(told.append)
    qtbot.addWidget(strip)
    task = Task("Quick", three_steps, told.append, "Stopped.")
    strip.run(task)
    thread = strip.findChild(QThread)
    assert thread is not None
    thread.wait()
    strip.forget(task)
    qtbot.waitUntil(lambda: not strip.busy)
    assert told == []
