"""Training records from the window: one out into a file, one in from a file."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QStandardPaths
from PyQt6.QtWidgets import QFileDialog, QWidget

from coder.desktop.forms import Choice, Form, folder_name
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.progress import Progress
from coder.model.study import Coder
from coder.store import StudyStore
from coder.workflows.steps import Steps
from coder.workflows.training.records import SUFFIX, KeptRecord, Record, bring_record, read_record, write_record


class RecordActions:
    """Asks for the file, and whose record it is. Belongs to one open study."""

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        self._store, self._tools, self._window = store, tools, window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def ask_save(self, coder: Coder) -> None:
        """Ask where a trainee's record is to go."""
        dialog = QFileDialog(self._window, tr("Save the training record"), str(self._folder))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_filter())
        dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.selectFile(f"{folder_name(coder.name) or tr('trainee')}{SUFFIX}")
        dialog.fileSelected.connect(lambda chosen: self.save(coder, Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, coder: Coder, file: Path) -> None:
        """Write the record, and say where it is."""

        def written(_record: Record) -> None:
            self._folder = file.parent
            self._tools.strip.say(
                tr("The training record is in {place}.", place=file),
                tr("Sho&w"),
                lambda: self._tools.show_file(file.parent),
                tr("It holds results and certificates, no codes and no film."),
            )

        title, stopped = tr("Writing the training record"), tr("The training record is not written.")

        def steps() -> Steps[Record]:
            yield Progress(0, 1, title)
            return write_record(self._store, coder.id, file)

        self._tools.strip.follow(Task(title, steps, written, stopped))

    def ask_bring(self, chosen: Callable[[Path], object]) -> None:
        """Ask for a record's file. chosen: called with it."""
        dialog = QFileDialog(self._window, tr("Bring in a training record"), str(self._folder))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_filter())
        dialog.fileSelected.connect(lambda file: chosen(Path(file)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring(self, file: Path, then: Callable[[KeptRecord], object]) -> None:
        """Read a record, ask whose it is, and keep it here. then: called with what is kept.

        What is wrong with the file is told, and nothing is kept.
        """

        def keep(coder_id: str | None) -> None:
            kept = bring_record(self._store, file, coder_id)
            self._folder = file.parent
            then(kept)

        try:
            record = read_record(file)
            coders = self._store.coders()
        except CoderError as error:
            self._tools.on_error(error)
        else:
            BringForm(self._window, record, coders, keep).open()


class BringForm(Form):
    """keep(coder id) keeps a record for a coder of the study; None enters a trainee of the record's name."""

    def __init__(
        self,
        parent: QWidget | None,
        record: Record,
        coders: tuple[Coder, ...],
        keep: Callable[[str | None], object],
    ) -> None:
        lead = tr(
            "A record of {coder} from the study “{study}”, written on {day}: {courses}.",
            coder=record.coder,
            study=record.study,
            day=record.written_at[:10],
            courses=", ".join(tr("“{course}”", course=one.title) for one in record.courses),
        )
        super().__init__(parent, tr("Bring in a training record…"), tr("Bring in"), lead)
        known = {one.name: one.id for one in coders}
        options: list[tuple[str, str | None]] = [(one.name, one.id) for one in coders]
        if record.coder not in known:
            options.insert(0, (tr("{coder}, entered as a trainee", coder=record.coder), None))
        self.whose: Choice[str | None] = Choice(options, known.get(record.coder))
        self.add(tr("&Whose is it here?"), self.whose)
        self.say(
            tr(
                "Its checksum shows that the file was not damaged or edited on the way. It is no signature: take "
                "it from somebody whom you trust."
            )
        )
        self.do = lambda: keep(self.whose.value)


def _filter() -> str:
    return tr("Training records (*.json);;All files (*)")
