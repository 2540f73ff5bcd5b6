"""The frame: the menu bar, one page at a time, the strip below. It has nothing to do itself."""

from collections.abc import Callable

from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import QMainWindow, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from coder.desktop.start_page import APP_NAME
from coder.desktop.strip import Strip

SMALLEST_PX = (1000, 560)
USUAL_PX = (1280, 720)


class MainWindow(QMainWindow):
    """may_close: asked when the window is to close; False keeps it open for now."""

    def __init__(self, strip: Strip, may_close: Callable[[], bool]) -> None:
        super().__init__()
        self._may_close = may_close
        self.pages = QStackedWidget()
        self.bar = QMenuBar(self)
        self.setMenuBar(self.bar)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        if strip.beside is not None:
            column.addWidget(strip.beside)
        column.addWidget(strip)
        self.setCentralWidget(inside)
        self.setMinimumSize(*SMALLEST_PX)
        self.resize(*USUAL_PX)
        self.name("")

    def name(self, what: str) -> None:
        """Put what is open into the title bar."""
        self.setWindowTitle(f"{what} – {APP_NAME}" if what else APP_NAME)

    def show_page(self, page: QWidget) -> None:
        """Show a page and give it the keyboard."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        page.setFocus()

    def drop_page(self, page: QWidget) -> None:
        """Take a page away for good."""
        self.pages.removeWidget(page)
        page.deleteLater()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Close only when whoever owns the work agrees."""
        if event is not None:
            event.setAccepted(self._may_close())
