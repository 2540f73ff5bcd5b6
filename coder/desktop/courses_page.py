"""The courses that there are: what each is about, how far the trainee is, what comes next."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QWidget

from coder.desktop.shared import Tools
from coder.model.study import Coder
from coder.store import StudyStore


class CoursesPage(QWidget):
    """Lists shipped courses and those that the study has taken. on_course(taken id), on_take(file of a course)."""

    def __init__(
        self,
        store: StudyStore,
        coder: Coder,
        tools: Tools,
        on_back: Callable[[], object],
        on_course: Callable[[str], object],
        on_take: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self._store, self._coder, self._tools = store, coder, tools
        self._on_back, self._on_course, self._on_take = on_back, on_course, on_take
