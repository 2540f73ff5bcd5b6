"""The pages of training: who learns, the courses, one course, its steps, what a test decided."""

from collections.abc import Callable
from enum import StrEnum

from PyQt6.QtCore import QObject

from coder.desktop.bench_page import BenchPage
from coder.desktop.main_window import MainWindow
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage


class Trained(StrEnum):
    """What of training may be asked for from anywhere; the value of a line of the menu."""

    COURSES = "courses"


class TrainingPages(QObject):
    """Belongs to a study's page. The pages go once another page is shown.

    back: shows the study again. leave: shows what was there before training was entered, if not the study.
    """

    def __init__(
        self, window: MainWindow, actions: StudyActions, study: StudyPage, back: Callable[[], object]
    ) -> None:
        super().__init__(study)
        self._window, self._actions, self._back = window, actions, back
        self._study = study
        self.leave: Callable[[], object] = back
        actions.train_wanted.connect(lambda what: self.open(Trained(what)))

    def open(self, what: Trained) -> None:
        """Show a page of training from wherever the person is; what is on the bench is saved and put away."""
        raise NotImplementedError

    def prepare(self, page: BenchPage) -> Callable[[], object] | None:
        """If the pass on the bench is an attempt: say so above the picture. What Back shows then; else None."""
        raise NotImplementedError

    def submitted(self, pass_id: str) -> bool:
        """A pass was submitted from the bench. True if it was an attempt, and the page that follows is shown."""
        raise NotImplementedError
