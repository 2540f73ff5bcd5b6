"""The one place with a message box: what went wrong, where, and how to mend it."""

import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coder.desktop.pieces import button, label, scrolled
from coder.desktop.wording import breakable
from coder.language import plural, tr
from coder.model.problem import CoderError, Problem

OnError = Callable[[CoderError], None]
WIDTH_PX = 520
LIST_AT_MOST_PX = 360


class ErrorBox(QDialog):
    """Says the problems of one failure. details: the whole text that “Copy details” puts on the clipboard."""

    def __init__(self, parent: QWidget, problems: tuple[Problem, ...], details: str, *, title: str) -> None:
        super().__init__(parent)
        self.details = details
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription("\n".join(str(problem) for problem in problems))
        self.setMinimumWidth(WIDTH_PX)
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 24, 24, 20)
        body.setSpacing(16)
        if len(problems) == 1:
            body.addLayout(_told(problems[0], "heading"))
        else:
            body.addWidget(
                label(
                    plural("{count} thing needs mending", "{count} things need mending", len(problems)), "heading"
                )
            )
            body.addWidget(_listed(problems), 1)
        body.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.copy_button = button(tr("Copy &details"), self._copy, "quiet")
        self.close_button = button(tr("&Close"), self.accept, "primary")
        self.close_button.setDefault(True)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        self.close_button.setFocus()
        return row

    def _copy(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.details)
            self.copy_button.setText(tr("Copied"))


def show_error(parent: QWidget, error: CoderError) -> ErrorBox:
    """Open a box for a person's mistake or a bad file, and return at once; one that says just this is kept."""
    problems = tuple(error.problems) or (Problem(tr("That did not work.")),)
    details = "\n".join(str(problem) for problem in problems)
    return _opened(parent, problems, details, tr("This did not work"))


def show_crash(parent: QWidget, error: BaseException) -> ErrorBox:
    """Open a box for a mistake in the program, with the traceback behind “Copy details”."""
    problem = Problem(
        tr("The program made a mistake it was not prepared for."),
        "",
        tr(
            "What you coded is saved up to your last key. Please copy the details and send them to those who "
            "look after the program. In short: {kind}: {error}",
            kind=type(error).__name__,
            error=error,
        ),
    )
    details = "".join(traceback.format_exception(error))
    return _opened(parent, (problem,), details, tr("A mistake in the program"))


class LastDefence(QObject):
    """What Python calls for an exception that nobody caught: it is told, on the screen and on stderr.

    parent: gives the window to stand before. Works from every thread; the box opens on the window's. Each place
    that fails is told once: a mistake while painting would open hundreds of boxes.
    """

    _caught = pyqtSignal(object)

    def __init__(self, parent: Callable[[], QWidget]) -> None:
        super().__init__()
        self._parent = parent
        self._places: set[str] = set()
        self._caught.connect(self._tell)

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Takes the place of `sys.excepthook`."""
        sys.__excepthook__(kind, error, trace)
        if not isinstance(error, KeyboardInterrupt):
            self._caught.emit(error.with_traceback(trace))

    def of_thread(self, args: threading.ExceptHookArgs) -> None:
        """Takes the place of `threading.excepthook`."""
        self(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, CoderError):
            show_error(self._parent(), error)
            return
        place = "".join(traceback.format_tb(error.__traceback__))
        if place not in self._places:
            self._places.add(place)
            show_crash(self._parent(), error)


def _opened(parent: QWidget, problems: tuple[Problem, ...], details: str, title: str) -> ErrorBox:
    """A box on the screen: the one that says this already, else a new one.

    Strokes that follow each other fast fail alike, before anybody can close the first box.
    """
    for box in parent.findChildren(ErrorBox):
        if box.isVisible() and (box.windowTitle(), box.details) == (title, details):
            box.raise_()
            box.activateWindow()
            return box
    box = ErrorBox(parent, problems, details, title=title)
    box.open()
    return box


def _told(problem: Problem, role: str) -> QVBoxLayout:
    told = QVBoxLayout()
    told.setSpacing(8)
    told.addWidget(label(problem.what, role, wrap=True))
    if problem.where:
        told.addWidget(label(breakable(problem.where), "muted", wrap=True))
    if problem.hint:
        told.addWidget(label(problem.hint, wrap=True))
    return told


def _listed(problems: tuple[Problem, ...]) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 8, 0)
    for problem in problems:
        card = QFrame()
        card.setProperty("role", "card")
        told = _told(problem, "")
        told.setContentsMargins(12, 10, 12, 10)
        card.setLayout(told)
        column.addWidget(card)
    column.addStretch(1)
    area = scrolled(inside, tr("What needs mending"))
    height_px = column.totalHeightForWidth(WIDTH_PX - 56)
    area.setMinimumHeight(min(height_px, LIST_AT_MOST_PX))
    area.setMaximumHeight(height_px)
    return area
