"""The reliability report and the agenda of a meeting from the window: for browsers, as a PDF, on paper."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QWidget

from coder.desktop.paper_form import Paper, PaperForm
from coder.desktop.pdf import Html, print_html, write_pdf
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.scheme import SchemeId
from coder.store import StudyStore
from coder.workflows.agenda_page import agenda_page_steps, agenda_title, plain_agenda_steps
from coder.workflows.reporting import plain_report_steps, report_steps, report_title
from coder.workflows.steps import Steps


class ReportActions:
    """Asks what it is to be, lets the strip do the slow part, and says where it is. Belongs to one open study."""

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        self._store, self._tools, self._window = store, tools, window
        reports = store.folder / "reports"
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = reports if reports.is_dir() else Path(documents)

    def report(self) -> PaperForm:
        """Ask for the reliability report of all schemes."""
        store = self._store
        return self._ask(
            tr("Reliability report…"),
            tr("Numbers with their intervals, figures, and sentences for a paper. In English."),
            "reliability",
            tr("Writing the report"),
            tr("The report was not written."),
            lambda out: report_steps(store, out),
            lambda: plain_report_steps(store),
            report_title(store),
        )

    def agenda(self, scheme_id: SchemeId | None = None) -> PaperForm:
        """Ask for the agenda of a training meeting about one scheme, or about all."""
        store = self._store
        return self._ask(
            tr("Agenda of a meeting…"),
            tr("What the coders differ in most, code by code, with the notes on what was settled."),
            f"agenda-{scheme_id.name}" if scheme_id is not None else "agenda",
            tr("Writing the agenda"),
            tr("The agenda was not written."),
            lambda out: agenda_page_steps(store, scheme_id, out),
            lambda: plain_agenda_steps(store, scheme_id),
            agenda_title(store),
        )

    def _ask(
        self,
        asked: str,
        lead: str,
        stem: str,
        doing: str,
        stopped: str,
        page: Callable[[Path], Steps[Path]],
        plain: Callable[[], Steps[tuple[str, ...]]],
        title: str,
    ) -> PaperForm:
        """Open the form. page: writes the file for browsers; plain: makes what is printed or made a PDF of."""

        def make(paper: Paper, out: Path) -> None:
            self._folder = self._folder if paper is Paper.PRINT else out.parent
            if paper is Paper.PAGE:
                task = Task(doing, lambda: page(out), lambda _: self._saved(out), stopped)
            elif paper is Paper.PDF:
                task = Task(doing, plain, lambda html: self._try(lambda: self._write(html, out, title)), stopped)
            else:
                task = Task(
                    doing, plain, lambda html: self._try(lambda: print_html(self._window, html, title)), stopped
                )
            self._tools.strip.follow(task)

        form = PaperForm(self._window, asked, lead, self._folder, stem, make)
        form.open()
        return form

    def _write(self, html: Html, out: Path, title: str) -> None:
        write_pdf(html, out, title)
        self._saved(out)

    def _saved(self, out: Path) -> None:
        words = tr("It is in {place}.", place=out)
        self._tools.strip.say(words, tr("Sho&w"), lambda: self._tools.show_file(out))

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except CoderError as error:
            self._tools.on_error(error)
