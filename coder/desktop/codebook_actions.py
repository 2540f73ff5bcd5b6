"""The codebook of a scheme from the window: as a page for browsers, as a PDF, on paper."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QWidget

from coder.desktop.jobs import Work
from coder.desktop.pdf import print_html, write_pdf
from coder.desktop.scheme_forms import ExportForm
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.scheme import Scheme
from coder.workflows.codebook import codebook_steps, codebook_title, plain_codebook_steps
from coder.workflows.scheme_library import Entry, original


class CodebookActions:
    """Asks where to, lets the strip do the slow part, and says where the codebook is."""

    def __init__(self, tools: Tools, window: QWidget) -> None:
        self.tools = tools
        self._window = window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def save_page(self, entry: Entry) -> None:
        """Ask for a folder, and write one file for browsers, with pictures and clips."""

        def write(scheme: Scheme, out: Path) -> Task:
            return self._task(lambda: codebook_steps(scheme, out), lambda _: self._saved(out))

        self._ask(entry, tr("Codebook as a web page…"), ".html", write)

    def save_pdf(self, entry: Entry) -> None:
        """Ask for a folder, and write a PDF with pictures."""

        def write(scheme: Scheme, out: Path) -> Task:
            def written(html: str) -> None:
                write_pdf(html, out, codebook_title(scheme))
                self._saved(out)

            return self._task(lambda: plain_codebook_steps(scheme), lambda html: self._try(lambda: written(html)))

        self._ask(entry, tr("Codebook as PDF…"), ".pdf", write)

    def print(self, entry: Entry) -> None:
        """Make the codebook with pictures, then ask for a printer."""
        scheme = original(entry)

        def then(html: str) -> None:
            self._try(lambda: print_html(self._window, html, codebook_title(scheme)))

        self.tools.strip.follow(self._task(lambda: plain_codebook_steps(scheme), then))

    def _ask(self, entry: Entry, title: str, ending: str, write: Callable[[Scheme, Path], Task]) -> None:
        scheme = original(entry)

        def begin(out: Path) -> None:
            self._folder = out.parent
            self.tools.strip.follow(write(scheme, out))

        stem = f"{scheme.id.name}-{scheme.id.version}".replace("/", "-").replace("\\", "-")
        ExportForm(self._window, title, self._folder, stem, ending, begin).open()

    def _task(self, work: Work, then: Callable[[str], object]) -> Task:
        return Task(tr("Making the codebook"), work, then, tr("The codebook was not made."))

    def _saved(self, out: Path) -> None:
        words = tr("The codebook is in {place}.", place=out)
        self.tools.strip.say(words, tr("Sho&w"), lambda: self.tools.show_file(out))

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except CoderError as error:
            self.tools.on_error(error)
