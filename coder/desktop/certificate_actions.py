"""A certificate from the window: as a PDF, or on paper."""

from pathlib import Path

from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QWidget

from coder.desktop.forms import folder_name
from coder.desktop.paper_form import Paper, PaperForm
from coder.desktop.pdf import print_html, write_pdf
from coder.desktop.shared import Tools
from coder.language import tr
from coder.model.training import Certificate
from coder.store import StudyStore
from coder.workflows.training.certificate_page import certificate_html, certificate_title


class CertificateActions:
    """Asks where it is to go, and says where it is. Belongs to one open study."""

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        self._store, self._tools, self._window = store, tools, window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def save(self, certificate: Certificate) -> None:
        """Ask for a folder, or for a printer."""

        def make(paper: Paper, out: Path) -> None:
            html, title = certificate_html(self._store, certificate), certificate_title(certificate)
            if paper is Paper.PRINT:
                print_html(self._window, html, title)
                return
            write_pdf(html, out, title)
            self._folder = out.parent
            words = tr("The certificate is in {place}.", place=out)
            self._tools.strip.say(words, tr("Sho&w"), lambda: self._tools.show_file(out))

        name = folder_name(f"{certificate.coder} {certificate.course.name} {certificate.issued_at}")
        PaperForm(
            self._window,
            tr("Save the certificate…"),
            tr("Your results, to keep or to show. It can be saved again at any time."),
            self._folder,
            tr("certificate {name}", name=name).replace(" ", "-"),
            make,
            (Paper.PDF, Paper.PRINT),
        ).open()
