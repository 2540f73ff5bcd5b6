"""The guided step: the master's codes at their moments with their reasons, then one question at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtWidgets import QWidget

from coder.desktop.shared import Tools
from coder.model.coding import CodingPass
from coder.model.scheme import Scheme
from coder.model.study import Media, Session
from coder.model.training import Exercise, Master, Step


@dataclass(frozen=True)
class Watched:
    """What a guided step shows; here until `coder.workflows.training.results` has it.

    coding: the master's codes as a pass. scheme: in the person's language. films: with where they lie.
    """

    step: Step
    coding: CodingPass
    master: Master
    scheme: Scheme
    session: Session
    films: tuple[tuple[Media, Path], ...]
    exercises: tuple[Exercise, ...] = ()


class GuidedPage(QWidget):
    """Shows one guided step. `shut` must be called before it goes: it has threads.

    on_back: leave without finishing. on_done(right, asked): all codes were seen and all questions answered, so
    many of them right; whoever shows the page writes it down (`finish_guided`) and leads on.
    """

    def __init__(
        self,
        watched: Watched,
        tools: Tools,
        on_back: Callable[[], object],
        on_done: Callable[[int, int], object],
    ) -> None:
        super().__init__()
        self.watched = watched
        self._tools, self._on_back, self._on_done = tools, on_back, on_done

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
