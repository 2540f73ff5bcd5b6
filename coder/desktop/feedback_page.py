"""Feedback on an attempt: what stands out, in words; each difference from the master in the film; numbers."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QVBoxLayout, QWidget

from coder.desktop.film_actions import FilmActions
from coder.desktop.film_watch import FilmBanner, FilmWatch
from coder.desktop.shared import Tools
from coder.store import StudyStore

if TYPE_CHECKING:
    from coder.workflows.training.results import Result


class FeedbackPage(QWidget):
    """Shows one `Result`; reads, changes nothing. `shut` must be called before it goes.

    on_again(attempt id, at_us): the trainee wants another attempt that keeps their own codes up to there (session
    clock); None: one from the start. A test has one attempt only, so there nothing of this is offered.
    """

    def __init__(
        self,
        result: "Result",
        store: StudyStore,
        tools: Tools,
        on_back: Callable[[], object],
        on_again: Callable[[str, int | None], object],
    ) -> None:
        super().__init__()
        self.result = result
        self._store, self._tools = store, tools
        self._on_back, self._on_again = on_back, on_again
        self._watch: FilmWatch | None = None
        self._column = QVBoxLayout(self)

    def watch_films(self, watch: FilmWatch, films: FilmActions) -> None:
        """Warn above the page while a film is missing or not the one that was coded."""
        self._watch = watch
        self._column.insertWidget(0, FilmBanner(watch, films, self, can_code=False))
        watch.start()

    def shut(self) -> None:
        """Stop playing and end all threads; may be called twice."""
        if self._watch is not None:
            self._watch.stop()
