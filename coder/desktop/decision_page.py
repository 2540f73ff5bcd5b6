"""What came of a test: passed or not, each thing that the rule asked with what was reached, and what to do now."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtWidgets import QWidget

from coder.model.training import Certificate, Decision, TakenCourse


@dataclass(frozen=True, slots=True)
class DecisionWishes:
    """What the page may ask for. show_clip: the feedback on the clip of that name."""

    back: Callable[[], object]
    save_certificate: Callable[[Certificate], object]
    show_clip: Callable[[str], object]
    go_on: Callable[[], object]


class DecisionPage(QWidget):
    """Explains one `Decision`. certificate: the one that was issued on it, None if the test was not passed."""

    def __init__(
        self, taken: TakenCourse, decision: Decision, certificate: Certificate | None, wishes: DecisionWishes
    ) -> None:
        super().__init__()
        self.decision, self._wishes = decision, wishes
