"""Running a long piece of work to its end."""

import threading
from collections.abc import Callable, Generator
from contextlib import closing
from queue import SimpleQueue
from typing import TypeVar

from coder.model.progress import Progress

Result = TypeVar("Result")
Steps = Generator[Progress, None, Result]

_PERCENT = 100


def finish(steps: Steps[Result], tell: Callable[[Progress], None] | None = None) -> Result:
    """The result of `steps`; `tell` hears each progress on the way.

    Whatever interrupts it closes `steps` too: a child process must not outlive the study that it measures for.
    """
    with closing(steps):
        while True:
            try:
                progress = next(steps)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            if tell is not None:
                tell(progress)


class _GivenUpError(Exception):
    """Nobody wants the result any more."""


def telling(work: Callable[[Callable[[int], None]], Result], total: int, text: str) -> Steps[Result]:
    """Work that tells how far it is, as steps: it runs on a thread of its own, and what it tells is the progress.

    Closing the steps ends the work where it next tells.
    """
    news: SimpleQueue[int | None] = SimpleQueue()
    given_up = threading.Event()
    result: list[Result] = []
    failed: list[BaseException] = []

    def tell(done: int) -> None:
        if given_up.is_set():
            raise _GivenUpError
        news.put(done)

    def run() -> None:
        try:
            result.append(work(tell))
        except BaseException as error:  # noqa: BLE001  raised again on the thread that waits for the result
            failed.append(error)
        finally:
            news.put(None)

    thread = threading.Thread(target=run, name=text, daemon=True)
    thread.start()
    try:
        yield Progress(0, total, text)
        while (done := news.get()) is not None:
            yield Progress(done, total, text)
    finally:
        given_up.set()
        thread.join()
    if failed:
        raise failed[0]
    return result[0]


def sharing(work: Callable[[Callable[[float], None]], Result], text: str) -> Steps[Result]:
    """`telling`, for work that tells the share that is done, 0.0 … 1.0."""
    return telling(lambda tell: work(lambda share: tell(round(share * _PERCENT))), _PERCENT, text)
