"""What the schemes page asks for: a file, a place, a name and title, a sample to try a scheme on."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit, QWidget

from coder.desktop.film_forms import free_name
from coder.desktop.forms import Choice, Form, PlaceField
from coder.desktop.pieces import label
from coder.desktop.wording import breakable
from coder.language import later, tr
from coder.model.problem import SchemeError
from coder.workflows.own_schemes import free_name as free_scheme_name
from coder.workflows.own_schemes import require_free_name
from coder.workflows.scheme_library import Entry

SCHEMES = later("Schemes (*.toml);;All files (*)")


class ImportForm(Form):
    """Asks for a scheme file. take(file) reads it, and tells itself what is wrong with it."""

    def __init__(self, parent: QWidget | None, start: Path, take: Callable[[Path], object]) -> None:
        lead = tr("The file is checked and copied, sign by sign, to your own schemes. It stays where it is.")
        super().__init__(parent, tr("Import a scheme…"), tr("Import"), lead)
        self.file = PlaceField(start, folder=False, files=tr(SCHEMES))
        self.add(tr("&File"), self.file)
        self.file.edit.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        self.accept_button.setEnabled(False)
        self.do = lambda: take(self.file.path)


class ExportForm(Form):
    """Asks for the folder a file goes to; nothing there is replaced. write(file)."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        start: Path,
        stem: str,
        ending: str,
        write: Callable[[Path], object],
    ) -> None:
        super().__init__(parent, title, tr("Save"))
        self._stem, self._ending = stem, ending
        self.place = PlaceField(start, folder=True)
        self.outcome = label("", "muted", wrap=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outcome.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.add(tr("&In folder"), self.place)
        self.fields.addRow("", self.outcome)
        self.place.edit.textChanged.connect(self._show_result)
        self.do = lambda: write(self.file)
        self._show_result()

    @property
    def file(self) -> Path:
        """The file that will be written."""
        return free_name(self.place.path, self._stem, self._ending)

    def _show_result(self) -> None:
        there = self.place.path.is_dir()
        self.accept_button.setEnabled(there)
        words = tr("Will be {place}", place=self.file) if there else tr("There is no folder at this place.")
        self.outcome.setText(breakable(words))


class BeginForm(Form):
    """Asks what a new scheme begins from, its title and its name. make(entry, name, title)."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        lead: str,
        choices: Sequence[Entry],
        suggested: str,
        make: Callable[[Entry, str, str], object],
    ) -> None:
        super().__init__(parent, title, tr("Make scheme"), lead)
        self.begin_from = Choice[Entry]([(one.title, one) for one in choices])
        self.title = QLineEdit(suggested)
        self.name = QLineEdit()
        self._suggested = ""
        if len(choices) > 1:
            self.add(tr("&Begin from"), self.begin_from)
        self.add(tr("&Title"), self.title)
        self.add(tr("&Name"), self.name)
        self.outcome = label("", "muted", wrap=True)
        self.outcome.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.fields.addRow("", self.outcome)
        self.title.textChanged.connect(self._suggest)
        self.name.textChanged.connect(self._show_result)
        self.do = lambda: make(self.begin_from.value, self.name.text().strip(), self.title.text())
        self._suggest()
        self.title.setFocus()
        self.title.selectAll()

    def _suggest(self) -> None:
        """The title makes the name until a person writes another."""
        if self.name.text() == self._suggested:
            self._suggested = free_scheme_name(self.title.text())
            self.name.setText(self._suggested)
        self._show_result()

    def _show_result(self) -> None:
        words = tr("The name stays the same in all versions and stands in exported files.")
        try:
            require_free_name(self.name.text().strip())
        except SchemeError as error:
            words = str(error)
        self.outcome.setText(words)
        self.accept_button.setEnabled(bool(self.title.text().strip()))


class TryForm(Form):
    """Asks on which sample a scheme is tried. begin(clip)."""

    def __init__(
        self, parent: QWidget | None, scheme: str, clips: Sequence[str], begin: Callable[[str], object]
    ) -> None:
        lead = tr(
            "“{scheme}” is put on the bench with a sample film, for practice. Nothing of what you code is kept.",
            scheme=scheme,
        )
        super().__init__(parent, tr("Try on a sample…"), tr("Begin"), lead)
        self.clip = Choice[str]([(one, one) for one in clips])
        self.add(tr("&Sample film"), self.clip)
        self.do = lambda: begin(self.clip.value)


class DeleteForm(Form):
    """Asks whether one of a person's own schemes is to go. delete()."""

    def __init__(self, parent: QWidget | None, title: str, delete: Callable[[], object]) -> None:
        lead = tr(
            "“{scheme}” leaves your own schemes. Studies that use it keep their own text of it, and its file goes "
            "into the folder “deleted” beside them.",
            scheme=title,
        )
        super().__init__(parent, tr("Delete scheme…"), tr("Delete scheme"), lead)
        self.do = delete
        self.accept_button.setFocus()
