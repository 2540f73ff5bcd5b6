"""Several child processes measure the films of a list, a segment at a time; blocks come out in order.

A segment is measured alike whoever measures it and whatever was measured before, so the number of processes, an
end half way or a death change no bit of the result. A child that dies, hangs or fails costs the film it was at;
the others go on, and another child takes its place.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path

from coder.features.child import Child, end
from coder.features.extractor import Block
from coder.features.messages import AGAIN, Failure, Finished, Task
from coder.language import spoken, tr
from coder.model.problem import CoderError, FeatureError, MediaError, Problem
from coder.model.progress import Progress

_log = logging.getLogger(__name__)

PATIENCE_S = 120.0
_TICK_S = 0.25  # how soon whoever listens can cancel
_IDLE_S = 0.02  # how soon it is asked again for a job that is not ready
_MOST_USUAL = 4  # processes; each takes some hundred megabytes
_AHEAD = 2  # segments for each child that may be under way or wait for an earlier one


def usual_workers() -> int:
    """How many processes suit this computer."""
    return min(os.cpu_count() or 1, _MOST_USUAL)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One film to be measured by one extractor.

    name: told with everything that comes of it. settings: as the extractor tells them, fitted to the film. start:
    a multiple of segment, the `stop` of the last block that is kept. stop: how many frames (or `Sound`s) there
    are.
    """

    name: str
    film: Path
    extractor: str
    settings: Mapping[str, str]
    segment: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A job has come so far: frames done, those of the segments under way included. text: what is being done."""

    job: str
    done: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The next block of a job."""

    job: str
    block: Block


@dataclass(frozen=True, slots=True)
class Took:
    """Some segment of a job is done, in so many seconds of one process. looked_at: how many frames it has."""

    job: str
    looked_at: int
    took_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """Nothing more comes of a job. error: why it failed, None if all its blocks have come."""

    job: str
    error: CoderError | None = None


Told = Moved | Measured | Took | Ended


def measure(
    jobs: Iterable[Job | None], workers: int, *, patience_s: float = PATIENCE_S
) -> Generator[Told | None, None, None]:
    """Measure every job with so many processes; None comes now and then, so that one can cancel.

    jobs: taken one by one, each when a process would be idle without it; None: not ready yet. Nothing is done
    while nobody listens: no more than a few blocks for each process ever wait. Closing the iterator ends the
    processes. A child that says nothing for `patience_s` seconds has failed.
    """
    pool = _Pool(iter(jobs), workers, patience_s)
    try:
        yield from pool.run()
    finally:
        end(pool.children)


@dataclass(slots=True, eq=False)
class _Running:
    """A job that was begun. given, told: frames up to which segments were given out, and blocks handed over."""

    job: Job
    given: int
    told: int
    early: dict[int, Block] = field(default_factory=dict)
    done: dict[int, int] = field(default_factory=dict)

    def has_work(self, ahead: int) -> bool:
        return self.given < self.job.stop and self.given < self.told + ahead * self.job.segment

    def next_task(self) -> Task:
        job, start = self.job, self.given
        self.given = min(start + job.segment, job.stop)
        return Task(str(job.film), job.extractor, dict(job.settings), start, self.given, spoken())

    def moved(self, text: str) -> Moved:
        return Moved(self.job.name, self.told + sum(self.done.values()), text)

    def ready(self) -> Iterator[Measured]:
        while (block := self.early.pop(self.told, None)) is not None:
            self.done.pop(block.start, None)
            self.told = block.stop
            yield Measured(self.job.name, block)


class _Pool:
    def __init__(self, jobs: Iterator[Job | None], workers: int, patience_s: float) -> None:
        if workers < 1:
            raise ValueError(f"at least one process is needed, not {workers}")
        self._jobs, self._workers, self._patience_s = jobs, workers, patience_s
        self._no_more = False
        self._running: deque[_Running] = deque()
        self._at: dict[Child, _Running] = {}
        self.children: list[Child] = []

    def run(self) -> Iterator[Told | None]:
        while True:
            yield from self._give_out()
            if not self._at:
                if self._no_more:
                    return
                time.sleep(_IDLE_S)
            listening = time.monotonic()
            ready = wait([child.connection for child in self._at], _TICK_S)
            listened_s = time.monotonic() - listening  # while whoever listens to us is slow nobody was silent
            for child in list(self._at):
                if child not in self._at:
                    continue  # it was ended with the film that another one has failed at
                if child.connection in ready:
                    child.silent_s = 0.0
                    yield from self._hear(child)
                else:
                    child.silent_s += listened_s
                    if child.silent_s >= self._patience_s:
                        yield from self._lose(child, self._hung(child))
            yield None

    def _give_out(self) -> Iterator[Told]:
        """Work for every child that waits, and new children while there is work without one."""
        while len(self._at) < self._workers and (running := self._with_work()) is not None:
            if running.job.start >= running.job.stop:
                self._running.remove(running)
                yield Ended(running.job.name)
                continue
            task = running.next_task()
            try:
                child = self._given(task)
            except OSError as error:
                what = tr("No process could be started for measuring: {reason}.", reason=error.strerror or error)
                yield from self._fail(running, FeatureError(Problem(what, str(running.job.film), tr(AGAIN))))
            else:
                self._at[child] = running

    def _given(self, task: Task) -> Child:
        """The child that has the task now: one that waits, or a new one."""
        for child in [child for child in self.children if child not in self._at]:
            if child.give(task):
                return child
            self._drop(child)  # it ended while it waited, which costs nobody anything
        child = Child()
        self.children.append(child)
        child.give(task)
        return child

    def _with_work(self) -> _Running | None:
        """The first job with a segment to give out; the next of the list is begun if none of them has one."""
        ahead = _AHEAD * self._workers
        for running in self._running:
            if running.has_work(ahead) or running.job.start >= running.job.stop:
                return running
        if len(self._running) > self._workers:
            return None  # a segment that takes long must not make all the others pile up behind it
        try:
            job = next(self._jobs)
        except StopIteration:
            self._no_more = True
            return None
        if job is None:
            return None
        self._running.append(_Running(job, job.start, job.start))
        return self._with_work()

    def _hear(self, child: Child) -> Iterator[Told]:
        running = self._at[child]
        try:
            message = child.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(child, Problem(child.last_words(), str(running.job.film), tr(AGAIN)))
            return
        if isinstance(message, Block):
            child.found = message
        elif isinstance(message, Finished) and child.found is not None:
            del self._at[child]
            yield from self._keep(running, child.found, message.took_s)
        elif isinstance(message, Failure):
            del self._at[child]
            if message.detail:
                _log.error("measuring %s failed:\n%s", running.job.film, message.detail)
                self._drop(child)
            yield from self._fail(running, (MediaError if message.media else FeatureError)(*message.problems))
        elif isinstance(message, Progress) and child.task is not None:
            if message.total == child.task.stop - child.task.start:  # opening the film has a count of its own
                running.done[child.task.start] = min(message.done, message.total)
            yield running.moved(message.text)

    def _keep(self, running: _Running, block: Block, took_s: float) -> Iterator[Told]:
        running.early[block.start] = block
        running.done[block.start] = block.stop - block.start
        yield Took(running.job.name, len(block.indices), took_s)
        yield from running.ready()
        if running.told >= running.job.stop:
            self._running.remove(running)
            yield Ended(running.job.name)

    def _lose(self, child: Child, problem: Problem) -> Iterator[Told]:
        """The child is no use any more, and the film it was at has failed."""
        running = self._at.pop(child)
        self._drop(child)
        yield from self._fail(running, FeatureError(problem))

    def _fail(self, running: _Running, error: CoderError) -> Iterator[Told]:
        """The job is over: what others still measure for it is of no use, and may go wrong in the same way."""
        for child in [child for child, at in self._at.items() if at is running]:
            del self._at[child]
            self._drop(child)
        self._running.remove(running)
        yield Ended(running.job.name, error)

    def _drop(self, child: Child) -> None:
        self.children.remove(child)
        end([child])

    def _hung(self, child: Child) -> Problem:
        what = tr("Measuring stopped: nothing was heard of it for {patience_s:g} s.", patience_s=self._patience_s)
        return Problem(what, str(self._at[child].job.film), tr(AGAIN))
