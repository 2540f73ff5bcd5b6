"""The strip at the foot of the window: the job that runs, and what became of it. Nothing here stops the work."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from coder.desktop.errors import OnError
from coder.desktop.jobs import Job, Work
from coder.desktop.pieces import OneLine, button, label
from coder.language import tr
from coder.model.progress import Progress

Then = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Task:
    """Slow work as a page asks for it.

    then: called with the result. stopped: what is said if it is cancelled, "" for nothing. quiet: what was said
    before is shown again when it has ended.
    """

    title: str
    work: Work
    then: Then
    stopped: str
    quiet: bool = False


class Strip(QWidget):
    """Runs one job at a time, shows how far it is, and tells short good news.

    busy_changed(bool): a job began, or its thread is gone. beside: another one with work of its own; what waits
    until this one is idle waits for that one, too.
    """

    busy_changed = pyqtSignal(bool)

    def __init__(
        self, on_error: OnError, parent: QWidget | None = None, *, stop: str = "", beside: "Strip | None" = None
    ) -> None:
        """stop: what the button says that ends the work, if not “Cancel”."""
        super().__init__(parent)
        self.beside = beside
        self._on_error = on_error
        self._job: Job | None = None
        self._afterwards: list[Callable[[], object]] = []
        self._task: Task | None = None
        self._following: list[Task] = []
        self._news: tuple[str, str, Callable[[], object], str] | None = None
        self._offered: Callable[[], object] = lambda: None
        self.setAccessibleName(tr("Work in progress"))
        self._title = label("", "heading")
        self._text = OneLine("", "muted")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar()
        self._bar.setFixedSize(240, 8)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("How far the work is"))
        self.cancel_button = button(stop or tr("Ca&ncel"), self.cancel)
        self.offer_button = button("", self._take_offer)
        self.dismiss_button = button(tr("&Dismiss"), self._forget_news, "quiet")
        self._lay_out()
        self.hide()

    @property
    def busy(self) -> bool:
        """True while a job runs; a second one is refused."""
        return self._job is not None

    @property
    def any_busy(self) -> bool:
        """True while a job runs here or beside."""
        return self.busy or (self.beside is not None and self.beside.any_busy)

    @property
    def text(self) -> str:
        """What the strip says now."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def run(self, task: Task) -> None:
        """Start a task. ValueError if one runs: the page greys its buttons while the strip is busy."""
        if self._job is not None:
            raise ValueError("one job at a time")
        job = Job(task.title, task.work, self)
        job.progress.connect(self._show_progress)
        job.finished.connect(lambda result: self._close_with(self._wanted(task), result))
        job.failed.connect(lambda error: self._close_with(self._on_error, error))
        job.broke.connect(lambda error: self._close_with(_raise_to_the_last_defence, error))
        job.cancelled.connect(lambda: self._close_with(self._say_stopped, task.stopped))
        job.ended.connect(self._ended)
        self._job, self._task = job, task
        self._news = self._news if task.quiet else None
        self._show_running(task.title)
        self.busy_changed.emit(True)
        job.start()

    def follow(self, task: Task) -> None:
        """Start a task once the one that runs has ended, at once if none runs; `when_idle` forgets it."""
        if self._job is None:
            self.run(task)
        else:
            self._following.append(task)

    def forget(self, task: Task) -> None:
        """Nobody wants the result of a task any more: it is ended if it runs, and not begun if it waits."""
        if task in self._following:
            self._following.remove(task)
        elif self._job is not None and self._task is task:
            self._task = None  # its result may be on the way already
            self.cancel()

    def cancel(self) -> None:
        """Ask the running job to end after the step it is in."""
        if self._job is not None:
            self.cancel_button.setEnabled(False)
            self._text.setText(tr("Stopping after this step …"))
            self._job.cancel()

    def when_idle(self, then: Callable[[], object]) -> None:
        """Call `then` once no job runs, cancelling those that do."""
        self._following.clear()
        if self._job is None and self.beside is not None:
            self.beside.when_idle(then)
        elif self._job is None:
            then()
        else:
            self._afterwards.append(then)
            self.cancel()

    def wait(self) -> None:
        """Cancel and block until the thread is gone: only for the end of the program."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        if self.beside is not None:
            self.beside.wait()

    def say(self, text: str, offer: str = "", take: Callable[[], object] = lambda: None, detail: str = "") -> None:
        """Tell good news, with one thing to do about it if `offer` names it. detail: what else is to be known."""
        self._news = (text, offer, take, detail)
        self._title.setText(text)
        self._text.setText(detail)
        self._offered = take
        self.offer_button.setText(offer)
        self._set_parts(running=False, offer=bool(offer))
        self._text.setVisible(bool(detail))
        self.show()

    def hush(self) -> None:
        """Take old news away, those beside too; a running job stays."""
        self._news = None
        if self._job is None:
            self.hide()
        if self.beside is not None:
            self.beside.hush()

    def _show_running(self, title: str) -> None:
        self._title.setText(title)
        self._text.setText("")
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self._set_parts(running=True, offer=False)
        self.show()

    def _show_progress(self, progress: Progress) -> None:
        if self.cancel_button.isEnabled():
            self._text.setText(progress.text)
        if progress.fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(progress.fraction * 1000))

    def _close_with(self, tell: Then, what: Any) -> None:
        self.hide()
        if self._news is not None:
            self.say(*self._news)
        tell(what)

    def _ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        waiting, self._afterwards = self._afterwards, []
        self.busy_changed.emit(False)
        for then in waiting:
            self.when_idle(then)
        if self._following and self._job is None:
            self.run(self._following.pop(0))

    def _wanted(self, task: Task) -> Then:
        """What becomes of a task's result: nothing, if whoever asked for it has gone."""
        return task.then if self._task is task else lambda _result: None

    def _say_stopped(self, text: str) -> None:
        if text:
            self.say(text)

    def _take_offer(self) -> None:
        self._forget_news()
        self._offered()

    def _forget_news(self) -> None:
        self._news = None
        self.hide()

    def _set_parts(self, *, running: bool, offer: bool) -> None:
        self._bar.setVisible(running)
        self._text.setVisible(running)
        self.cancel_button.setVisible(running)
        self.offer_button.setVisible(offer)
        self.dismiss_button.setVisible(not running)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(24, 0, 24, 16)
        outer.addWidget(card)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(16)
        row.addWidget(self._title)
        row.addWidget(self._text, 1)
        row.addStretch(0)
        for part in (self._bar, self.cancel_button, self.offer_button, self.dismiss_button):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)


def _raise_to_the_last_defence(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
