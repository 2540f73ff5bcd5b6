"""How a trainee is learning: a curve per code with its limits and the criterion, timing bias, confusions."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QWidget

from coder.desktop.shared import Tools

if TYPE_CHECKING:
    from coder.workflows.training.learning import Learning


class LearningPage(QWidget):
    """Shows one trainee's `Learning` in one course; reads, changes nothing.

    on_attempt(attempt id): the feedback on an attempt is wanted.
    """

    def __init__(
        self,
        learning: "Learning",
        tools: Tools,
        on_back: Callable[[], object],
        on_attempt: Callable[[str], object],
    ) -> None:
        super().__init__()
        self.learning = learning
        self._tools, self._on_back, self._on_attempt = tools, on_back, on_attempt
