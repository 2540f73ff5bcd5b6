"""The one way to do slow work: a generator of `Progress` runs on a thread, signals tell how it goes."""

from collections.abc import Callable
from typing import Any

from PyQt6.QtCore import QObject, QThread, pyqtSignal

from coder.model.problem import CoderError
from coder.workflows.steps import Steps

Work = Callable[[], Steps[Any]]
"""Makes the generator. It is called, stepped and closed on the worker's thread, and only there."""


class Job(QObject):
    """One run of a generator. Exactly one of finished, failed, broke or cancelled ends it.

    progress: a `Progress`. finished: what the generator returned. failed: a `CoderError`, for a person. broke: any
    other exception, a mistake in the program. cancelled: the generator was closed; what it had finished stays.
    Signals arrive on the thread that made the job. `ended` follows when the thread is gone.
    """

    progress = pyqtSignal(object)
    finished = pyqtSignal(object)
    failed = pyqtSignal(object)
    broke = pyqtSignal(object)
    cancelled = pyqtSignal()
    ended = pyqtSignal()

    def __init__(self, title: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._thread = _Worker(work, self)
        self._thread.finished.connect(self.ended)

    @property
    def running(self) -> bool:
        """True between `start` and `ended`."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin. A job runs once."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask for the end: the generator is closed after the step it is in."""
        self._thread.requestInterruption()

    def wait(self) -> None:
        """Block until the thread is gone: for closing the program only, after `cancel`."""
        self._thread.wait()


class _Worker(QThread):
    def __init__(self, work: Work, job: Job) -> None:
        super().__init__(job)
        self._work, self._job = work, job

    def run(self) -> None:
        try:
            generator = self._work()
            try:
                self._step_through(generator)
            finally:
                generator.close()
        except CoderError as error:
            self._job.failed.emit(error)
        except Exception as error:  # noqa: BLE001  whatever it is, a person must hear of it; a thread cannot raise
            self._job.broke.emit(error)

    def _step_through(self, generator: Steps[Any]) -> None:
        while not self.isInterruptionRequested():
            try:
                step = next(generator)
            except StopIteration as end:
                self._job.finished.emit(end.value)
                return
            self._job.progress.emit(step)
        generator.close()
        self._job.cancelled.emit()
