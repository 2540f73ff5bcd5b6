"""The small dialogs that ask for what a command needs. A mistake is shown inside, and the form stays open."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Generic, TypeVar

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.view.flow import FlowLayout
from coder.desktop.look import scaled, theme_now
from coder.desktop.pieces import button, label
from coder.desktop.wording import breakable
from coder.language import later, tr
from coder.model.problem import CoderError

T = TypeVar("T")
FILMS = later("Films (*.mp4 *.mov *.m4v *.mkv *.avi *.mts *.m2ts *.mpg *.mpeg *.webm *.wmv);;All files (*)")


class Form(QDialog):
    """A question with a few fields. do: what the form is for; a CoderError it raises is shown in the form."""

    def __init__(self, parent: QWidget | None, title: str, do_it: str, lead: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.do: Callable[[], object] = lambda: None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(24, 24, 24, 20)
        self._body.setSpacing(16)
        self._body.addWidget(label(title.rstrip("…"), "heading"))
        if lead:
            self._body.addWidget(label(lead, "muted", wrap=True))
        self.fields = QFormLayout()
        self.fields.setVerticalSpacing(12)
        self.fields.setHorizontalSpacing(16)
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._body.addLayout(self.fields)
        self.strip = label("", "strip-error", wrap=True)
        self.strip.hide()
        self._body.addWidget(self.strip)
        self.cancel_button = button(tr("Cancel"), self.reject)
        self.accept_button = button(do_it, self.try_it, "primary")
        self._add_buttons()

    def add(self, name: str, field: QWidget) -> None:
        """Put a field under the others; `name` (with its mnemonic) is also what a screen reader says.

        Tab goes through the fields, then Cancel, then the button that does it; the first field has the keyboard.
        """
        text = label(name)
        text.setBuddy(field.focusProxy() or field)  # a field of several parts takes no keyboard itself
        parts = field.parts if isinstance(field, PlaceField) else (field,)
        parts[0].setAccessibleName(name.replace("&", ""))
        self.fields.addRow(text, field)
        if self.fields.rowCount() == 1:
            field.setFocus()
        for one, after in pairwise((*parts, self.cancel_button, self.accept_button)):
            self.setTabOrder(one, after)

    def say(self, text: str) -> None:
        """Put a paragraph under what is there."""
        self.fields.addRow(label(text, wrap=True))

    def refuse(self, text: str) -> None:
        """Show a mistake and stay open."""
        self.strip.setText(text)
        self.strip.show()
        self.adjustSize()

    def try_it(self) -> None:
        """Do what the form is for; close if that worked."""
        self.strip.hide()
        try:
            self.do()
        except CoderError as error:
            self.refuse("\n".join(str(problem) for problem in error.problems))
        else:
            self.accept()

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        self.cancel_button.setAutoDefault(False)
        self.accept_button.setDefault(True)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.accept_button)
        self._body.addLayout(row)


class Chooser(QComboBox):
    """A list to choose from that shows it is one."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The list as usual, and the chevron that a style sheet can only give as a picture."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme_now().muted), 1.6))
        at = QPointF(self.width() - 16, self.height() / 2 + 2)
        painter.drawPolyline(at + QPointF(-4, -4), at, at + QPointF(4, -4))
        painter.end()


def filter_row(fields: Iterable[tuple[QComboBox, str]], chose: Callable[[], object]) -> FlowLayout:
    """What narrows a list, side by side as long as there is room. fields: each with what it is called.

    They take the keyboard by Tab alone: letters belong to the page.
    """
    row = FlowLayout(6)
    for field, name in fields:
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        field.setMaximumWidth(scaled(240))
        field.activated.connect(lambda _at: chose())
        row.addWidget(field)
    return row


class Choice(Chooser, Generic[T]):
    """A list to choose one value from."""

    def __init__(self, options: Sequence[tuple[str, T]], chosen: T | None = None) -> None:
        super().__init__()
        self._values = [value for _, value in options]
        self.addItems([text for text, _ in options])
        if chosen in self._values:
            self.setCurrentIndex(self._values.index(chosen))

    @property
    def value(self) -> T:
        """The chosen value; IndexError if there was nothing to choose from."""
        return self._values[max(self.currentIndex(), 0)]


class PlaceField(QWidget):
    """A path with a button to look for it. folder: a folder is wanted. files: which, as Qt filters; else films."""

    def __init__(self, start: Path, *, folder: bool, files: str = "") -> None:
        super().__init__()
        self._start, self._folder, self._files = start, folder, files
        self.edit = QLineEdit(str(start) if folder else "")
        self.button = button(tr("&Browse…"), self._browse)
        self.button.setAutoDefault(False)
        self.parts: tuple[QWidget, ...] = (self.edit, self.button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)

    @property
    def path(self) -> Path:
        """What stands in the field."""
        return Path(self.edit.text().strip()).expanduser()

    def _browse(self) -> None:
        dialog = QFileDialog(self.edit.window(), self.edit.accessibleName())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._folder:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.setDirectory(str(self.path))
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilter(self._files or tr(FILMS))
            dialog.setDirectory(str(self._start))
        dialog.fileSelected.connect(lambda chosen: self.edit.setText(str(Path(chosen))))
        dialog.open()


class NewStudyForm(Form):
    """Asks for a study's name and where its folder is to lie. create(folder, name) makes it."""

    def __init__(self, parent: QWidget | None, start: Path, create: Callable[[Path, str], object]) -> None:
        lead = tr("A study is one folder with everything that is coded in it. Films stay where they are.")
        super().__init__(parent, tr("New study…"), tr("Create study"), lead)
        self.name = QLineEdit()
        self.place = PlaceField(start, folder=True)
        self.outcome = label("", "muted", wrap=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outcome.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.add(tr("&Name"), self.name)
        self.add(tr("&In folder"), self.place)
        self.fields.addRow("", self.outcome)
        for edit in (self.name, self.place.edit):
            edit.textChanged.connect(self._show_result)
        self.do = lambda: create(self.folder, self.name.text().strip())
        self._show_result()

    @property
    def folder(self) -> Path:
        """The study's own folder, named after the study."""
        return self.place.path / folder_name(self.name.text())

    def _show_result(self) -> None:
        named = bool(folder_name(self.name.text()))
        self.accept_button.setEnabled(named)
        self.outcome.setText(
            breakable(tr("Will be {place}", place=self.folder)) if named else tr("Give the study a name.")
        )


def folder_name(name: str) -> str:
    """A study's name as every system allows it for a folder; "" if nothing is left."""
    return re.sub(r"[^\w \-]+", "", name).strip(" -")
