"""One course: what it is, what must be reached to pass, its steps, and the one thing to do next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QWidget

if TYPE_CHECKING:
    from coder.workflows.training.progress import CourseProgress


@dataclass(frozen=True, slots=True)
class CourseWishes:
    """What the page may ask for. step: ids of steps; attempt: ids of attempts."""

    back: Callable[[], object]
    begin_step: Callable[[str], object]
    show_attempt: Callable[[str], object]
    show_learning: Callable[[], object]
    show_decision: Callable[[int], object]
    change_rule: Callable[[], object]


class CoursePage(QWidget):
    """Shows the `CourseProgress` of one trainee."""

    def __init__(self, progress: "CourseProgress", wishes: CourseWishes) -> None:
        super().__init__()
        self.progress, self._wishes = progress, wishes
