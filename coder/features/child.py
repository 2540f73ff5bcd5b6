"""A child process as its parent sees it: it can be given work, listened to and ended."""

import logging
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

from coder.features import worker
from coder.features.extractor import Block
from coder.features.messages import Task
from coder.language import tr

_log = logging.getLogger(__name__)

_GRACE_S = 1.0  # between asking children to end and ending them
_LAST_WORDS = 4000


class Child:
    """One process that measures.

    task: what it was given last. found: the block that it has found in it. silent_s: how long it said nothing.
    """

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="coder-measuring-", suffix=".log")
        os.close(handle)
        self.log = Path(name)
        context = multiprocessing.get_context("spawn")
        self.connection: Connection[object, object]
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=worker.main, args=(theirs, self.log), daemon=True)
        self.task: Task | None = None
        self.found: Block | None = None
        self.silent_s = 0.0
        with theirs, _without_interrupts():  # only the child holds that end then, so that its death is heard
            self.process.start()

    def give(self, task: Task) -> bool:
        """Give it a task; False if it has died meanwhile."""
        self.task, self.found, self.silent_s = task, None, 0.0
        try:
            self.connection.send(task)
        except OSError:
            return False
        return True

    def last_words(self) -> str:
        """What a person is told once the pipe is broken; the log gets what the process wrote."""
        self.process.join(_GRACE_S)
        code = self.process.exitcode
        words = self.log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
        _log.error("a measuring process died with code %s; its last words:\n%s", code, words)
        if code is not None and code == -getattr(signal, "SIGKILL", 0):
            return tr("Measuring stopped: the system ended its process, perhaps for want of memory.")
        return tr("Measuring stopped: its process ended by itself (code {exitcode}).", exitcode=code)


def end(children: Iterable[Child]) -> None:
    """No child is left behind: ask all, then insist."""
    ending = list(children)
    for child in ending:
        child.connection.close()
        child.process.terminate()
    deadline = time.monotonic() + _GRACE_S
    for child in ending:
        child.process.join(max(deadline - time.monotonic(), 0))
        if child.process.is_alive():
            child.process.kill()
        child.process.join()
        child.process.close()
        with suppress(OSError):  # Windows may hold the file a moment longer; it is a temporary file
            child.log.unlink()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """A child inherits that ctrl-C is none of its business: the parent hears it and ends its children in order."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
