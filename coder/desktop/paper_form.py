"""Asks what a report is to be: a page for browsers, a PDF, or on paper; and in which folder the file goes."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget

from coder.desktop.film_forms import free_name
from coder.desktop.forms import Choice, Form, PlaceField
from coder.desktop.pieces import label
from coder.desktop.wording import breakable
from coder.language import tr


class Paper(StrEnum):
    """What comes out."""

    PAGE = ".html"
    PDF = ".pdf"
    PRINT = ""


class PaperForm(Form):
    """Nothing that is there is replaced. make(Paper, file): the file is of no matter for what is printed.

    papers: what can be chosen from.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        lead: str,
        start: Path,
        stem: str,
        make: Callable[[Paper, Path], object],
        papers: Sequence[Paper] = tuple(Paper),
    ) -> None:
        super().__init__(parent, title, tr("Save"), lead)
        self._stem = stem
        names = {
            Paper.PAGE: tr("A page for browsers (HTML)"),
            Paper.PDF: tr("A PDF"),
            Paper.PRINT: tr("On paper (choose a printer)"),
        }
        self.paper = Choice[Paper]([(names[one], one) for one in papers])
        self.place = PlaceField(start, folder=True)
        self.outcome = label("", "muted", wrap=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outcome.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.add(tr("&As"), self.paper)
        self.add(tr("&In folder"), self.place)
        self.fields.addRow("", self.outcome)
        self.paper.currentIndexChanged.connect(self._show_result)
        self.place.edit.textChanged.connect(self._show_result)
        self.do = lambda: make(self.paper.value, self.file)
        self._show_result()

    @property
    def file(self) -> Path:
        """The file that will be written."""
        return free_name(self.place.path, self._stem, self.paper.value)

    def _show_result(self) -> None:
        printed = self.paper.value is Paper.PRINT
        there = printed or self.place.path.is_dir()
        self.place.setEnabled(not printed)
        self.accept_button.setEnabled(there)
        self.accept_button.setText(tr("Print…") if printed else tr("Save"))
        if printed:
            words = ""
        else:
            words = tr("Will be {place}", place=self.file) if there else tr("There is no folder at this place.")
        self.outcome.setText(breakable(words))
