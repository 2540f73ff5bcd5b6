"""A place in the window for one page at a time: made anew whenever it is shown, gone once another one is."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from coder.desktop.errors import OnError
from coder.desktop.main_window import MainWindow
from coder.model.problem import CoderError


@runtime_checkable
class Filmed(Protocol):
    """A page that shows a film, and so has threads to end."""

    def shut(self) -> None:
        """Stop playing and end all threads."""


class OnePage(QObject):
    """page: what is shown now, None once another page is."""

    def __init__(self, window: MainWindow, on_error: OnError, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._on_error = window, on_error
        self.page: QWidget | None = None
        self._again: Callable[[], object] = lambda: None
        window.pages.currentChanged.connect(self._left)

    def show(self, make: Callable[[], QWidget], name: str) -> None:
        """Make a page and put it in the place of the one there; what goes wrong is told, and that one stays."""
        try:
            page = make()
        except CoderError as error:
            self._on_error(error)
            return
        before, self.page = self.page, page
        self._again = lambda: self.show(make, name)
        self._window.show_page(page)
        self._window.name(name)
        self._drop(before)

    def again(self) -> None:
        """Make the page that was shown last anew; nothing if there was none."""
        self._again()

    def drop(self) -> None:
        """Take the page away."""
        page, self.page = self.page, None
        self._drop(page)

    def _drop(self, page: QWidget | None) -> None:
        if page is not None:
            if isinstance(page, Filmed):
                page.shut()
            self._window.drop_page(page)

    def _left(self) -> None:
        if self.page is not None and self._window.pages.currentWidget() is not self.page:
            self.drop()
