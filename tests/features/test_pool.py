"""Several films and several processes: order, bounds, and what happens to the others when one of them dies."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coder.features.pool import Ended, Job, Measured, Told, measure
from coder.model.problem import FeatureError
from tests.features import plugins

FILM = Path(__file__).parents[2] / "sample_media" / "dyad-first.mp4"


@pytest.fixture(autouse=True)
def _plugins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugins.install(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)


def job(name: str, extractor: str = "brightness", stop: int = 200, start: int = 0, **settings: str) -> Job:
    """The sample film."""
    return Job(name, FILM, extractor, settings, 50, start, stop)


def told_of(told: list[Told], name: str) -> list[str]:
    """What came of a job: its blocks, and how it ended."""
    lines = []
    for one in told:
        if isinstance(one, Measured) and one.job == name:
            lines.append(f"{one.block.start}-{one.block.stop}")
        elif isinstance(one, Ended) and one.job == name:
            lines.append("whole" if one.error is None else str(one.error.problems[0].what))
    return lines


WHOLE = ["0-50", "50-100", "100-150", "150-200", "whole"]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_blocks_of_several_films_come_in_order_however_many_processes(workers: int) -> None:
    told = [one for one in measure([job("a"), job("b", "change"), job("c", stop=120)], workers) if one is not None]
    assert told_of(told, "a") == WHOLE
    assert told_of(told, "b") == WHOLE
    assert told_of(told, "c") == ["0-50", "50-100", "100-120", "whole"]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(("workers", "wrong"), [(1, "aborting"), (2, "killed"), (3, "greedy"), (2, "hanging")])
def test_a_child_that_dies_or_hangs_costs_its_own_film_only(workers: int, wrong: str) -> None:
    jobs = [job("a"), job("wrong", wrong, at="100"), job("b"), job("c", "change")]
    told = [one for one in measure(jobs, workers, patience_s=4) if one is not None]
    for name in "abc":
        assert told_of(told, name) == WHOLE, name
    assert told_of(told, "wrong")[-1].startswith("Measuring stopped")
    assert told_of(told, "wrong")[:-1] == ["0-50", "50-100"][: len(told_of(told, "wrong")) - 1]
    assert not multiprocessing.active_children()


def test_a_job_with_nothing_left_and_one_that_is_not_ready_yet() -> None:
    told = [
        one for one in measure([None, job("a", start=200), None, None, job("b", start=150)], 2) if one is not None
    ]
    assert told_of(told, "a") == ["whole"]
    assert told_of(told, "b") == ["150-200", "whole"]


def test_who_does_not_listen_is_not_buried_in_blocks(tmp_path: Path) -> None:
    """While nobody asks for the next message no more segments are given out than can wait."""
    notes = tmp_path / "notes"
    notes.mkdir()
    messages = measure([job("a", "quick", stop=60 * 200, notes=str(notes))], 2)
    while not isinstance(next(messages), Measured):
        pass
    settled(lambda: len(list(notes.iterdir())))
    assert len(list(notes.iterdir())) <= 5  # one is told, two wait at the most, two are under way
    messages.close()


def test_a_segment_that_takes_long_does_not_let_the_others_pile_up(tmp_path: Path) -> None:
    """Blocks behind a slow one wait in memory: there is a most of them."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "hold only").write_text("0")
    messages = measure([job("a", "quick", stop=60 * 200, notes=str(notes))], 3)
    for _ in range(12):
        next(messages)
    listened(messages, lambda: len(list(notes.glob("[0-9]*"))))
    assert len(list(notes.glob("[0-9]*"))) <= 6  # twice as many as there are processes
    (notes / "hold only").unlink()
    first = next(one for one in messages if isinstance(one, Measured))
    assert first.block.start == 0
    messages.close()


def test_films_and_processes_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one process"):
        next(measure([job("a")], 0))
    missing = Job("gone", tmp_path / "gone.mp4", "brightness", {}, 50, 0, 200)
    told = [one for one in measure([missing, job("a")], 1) if one is not None]
    assert told_of(told, "gone")[0].startswith("There is no such file")
    assert told_of(told, "a") == WHOLE


@pytest.mark.skipif(os.name != "posix", reason="asks for processes by signal 0")
@pytest.mark.parametrize("busy", ["hanging", "brightness"])
def test_children_end_by_themselves_when_their_parent_is_killed(tmp_path: Path, busy: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys, multiprocessing\n"
        "from pathlib import Path\n"
        "from coder.features.pool import Job, Moved, measure\n"
        "if __name__ == '__main__':\n"
        f"    jobs = [Job(str(i), Path({str(FILM)!r}), {busy!r}, {{'at': '0'}}, 50, 0, 200) for i in range(9)]\n"
        "    for number, message in enumerate(measure(jobs, 2)):\n"
        "        if isinstance(message, Moved) and len(multiprocessing.active_children()) == 2:\n"
        "            print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "            sys.stdin.read()\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(tmp_path), str(FILM.parents[1])])
    logs = tmp_path / "logs"
    logs.mkdir()
    environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(logs)}
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(alive(pid) for pid in pids)
        parent.send_signal(signal.SIGKILL)
        for _ in range(600):
            if not any(alive(pid) for pid in pids):
                break
            time.sleep(0.1)
    assert not any(alive(pid) for pid in pids)
    assert list(logs.glob("coder-measuring-*")) == []


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def settled(count: Callable[[], int]) -> None:
    """Wait until a count has not changed for two seconds, when there is one."""
    before, since = 0, time.monotonic()
    while not before or time.monotonic() - since < 2:
        time.sleep(0.05)
        if count() != before:
            before, since = count(), time.monotonic()


def listened(messages: Iterator[object], count: Callable[[], int]) -> None:
    """As `settled`, while somebody listens."""
    before, since = 0, time.monotonic()
    while not before or time.monotonic() - since < 2:
        next(messages)
        if count() != before:
            before, since = count(), time.monotonic()


def test_what_is_measured_does_not_depend_on_the_processes() -> None:
    def values(workers: int, start: int = 0) -> bytes:
        told = measure([job("a", "change", start=start)], workers)
        return np.concatenate([one.block.values for one in told if isinstance(one, Measured)], axis=1).tobytes()

    alone = values(1)
    assert values(2) == values(3) == alone
    assert alone.endswith(values(2, start=100))


def test_an_error_of_a_job_is_one_a_person_understands() -> None:
    (ended,) = [one for one in measure([job("a", "killed", at="0")], 1) if isinstance(one, Ended)]
    assert isinstance(ended.error, FeatureError)
    assert ended.error.problems[0].where == str(FILM)
    assert "goes on after the last finished part" in ended.error.problems[0].hint
