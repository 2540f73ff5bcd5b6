"""Attempts at a step on the bench: what is said above the picture, and what follows when one is submitted."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QObject

from coder.desktop.bench_page import BenchPage
from coder.desktop.study_actions import StudyActions
from coder.desktop.training_texts import bench_words, locking_words, place_in_test
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.training import Attempt, Step, StepKind, TakenCourse
from coder.workflows.training.history import attempt_of, step_of
from coder.workflows.training.taken import taken_course


@dataclass(frozen=True, slots=True)
class AttemptNews:
    """Who is told. left: back was pressed. submitted: of practice. next_clip: that clip of a test follows.
    decided: the last clip of a test was submitted."""

    left: Callable[[Attempt], object]
    submitted: Callable[[TakenCourse, Attempt], object]
    next_clip: Callable[[TakenCourse, Attempt, Step], object]
    decided: Callable[[TakenCourse, Attempt, int], object]


class AttemptBench(QObject):
    """Belongs to an open study; knows which attempt is on the bench."""

    def __init__(self, actions: StudyActions, news: AttemptNews, parent: QObject) -> None:
        super().__init__(parent)
        self._store, self._tools, self._news = actions.store, actions.tools, news
        self._coded: Attempt | None = None  # what is on the bench, or was last
        actions.submitted.connect(self._submitted)

    def prepare(self, bench: BenchPage) -> None:
        """If the pass on the bench is an attempt, say so above the picture; Back leads to the course then."""
        self._coded = None
        try:
            attempt = attempt_of(self._store, bench.opened.header.id)
            if attempt is None or bench.opened.readonly:
                return
            taken = taken_course(self._store, attempt.course_id)
        except CoderError as error:  # the pass is open, and can be coded
            self._tools.on_error(error)
            return
        step = step_of(taken, attempt)
        if step is not None:
            self._coded = attempt
            words = "\n".join(filter(None, (bench_words(taken, step), step.text)))
            back = tr("Back to the course; everything is saved")
            bench.remind(words, back, locking_words(taken, step))
            bench.back_button.clicked.connect(lambda: self._left(attempt))

    def _left(self, attempt: Attempt) -> None:
        try:
            self._news.left(attempt)
        except CoderError as error:
            self._tools.on_error(error)

    def _submitted(self, pass_id: str) -> None:
        attempt, self._coded = self._coded, None
        if attempt is None or attempt.pass_id != pass_id:
            return
        self._tools.strip.hush()
        try:
            self._lead_on(attempt)
        except CoderError as error:
            self._tools.on_error(error)

    def _lead_on(self, attempt: Attempt) -> None:
        """Of practice the differences follow, of a test the next clip, or what came of it."""
        taken = taken_course(self._store, attempt.course_id)
        step = taken.course.step(attempt.step_id)
        if step.kind is StepKind.PRACTICE:
            self._news.submitted(taken, attempt)
            return
        at, count = place_in_test(taken, step)
        if at < count:
            self._news.next_clip(taken, attempt, taken.course.tests(step.test_set)[at])
        else:
            self._news.decided(taken, attempt, step.test_set)
