"""Who learns: a name from the list, or a new one."""

from collections.abc import Callable

from PyQt6.QtWidgets import QWidget

from coder.desktop.shared import Tools
from coder.model.study import Coder
from coder.store import StudyStore


class TraineePage(QWidget):
    """Asks for the trainee. on_chosen(coder): known, or just entered."""

    def __init__(
        self,
        store: StudyStore,
        tools: Tools,
        on_back: Callable[[], object],
        on_chosen: Callable[[Coder], object],
    ) -> None:
        super().__init__()
        self._store, self._tools, self._on_back, self._on_chosen = store, tools, on_back, on_chosen
