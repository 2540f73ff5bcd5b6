"""What can be done with a scheme, each with the form it needs. The page shows; this asks and calls workflows."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt6.QtWidgets import QWidget

from coder.desktop.codebook_actions import CodebookActions
from coder.desktop.scheme_forms import BeginForm, DeleteForm, ExportForm, ImportForm, TryForm
from coder.desktop.shared import Tools
from coder.language import tr
from coder.model.problem import CoderError
from coder.store import StudyStore
from coder.workflows.own_schemes import copy_scheme, delete_own, export_scheme, import_scheme, restore_own
from coder.workflows.scheme_library import Entry, Origin, library, templates
from coder.workflows.scheme_versions import adopt
from coder.workflows.trial import clips_for


class SchemeActions(QObject):
    """The commands of the schemes page. store: the open study, None if there is none.

    changed(Entry or None): the library is not as it was shown; the scheme to choose. edit_wanted(Entry): a scheme
    is to be edited. trial_wanted(str, str): a scheme's text is to be tried on the sample of that name.
    """

    changed = pyqtSignal(object)
    edit_wanted = pyqtSignal(object)
    trial_wanted = pyqtSignal(str, str)

    def __init__(self, store: StudyStore | None, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self.store = store
        self.tools = tools
        self.codebook = CodebookActions(tools, window)
        self._window = window
        self._folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def entries(self) -> tuple[Entry, ...]:
        """The library as it is now. Raises StoreError if the study cannot be read."""
        return library(self.store)

    def import_file(self) -> None:
        """Ask for a scheme file, and take it in."""

        def take(file: Path) -> None:
            known = {entry.key for entry in self.entries()}
            try:
                entry = import_scheme(file)
            except CoderError as error:
                self.tools.on_error(error)
                return
            self._folder = file.parent
            words = (
                tr("“{scheme}” is there already, word for word.", scheme=entry.title)
                if entry.key in known
                else tr("“{scheme}” is imported.", scheme=entry.title)
            )
            self._done(words, entry)

        ImportForm(self._window, self._folder, take).open()

    def export(self, entry: Entry) -> None:
        """Ask for a folder, and write the scheme's file there."""

        def write(out: Path) -> None:
            export_scheme(entry, out)
            self._folder = out.parent
            self.tools.strip.say(tr("“{scheme}” is in {place}.", scheme=entry.title, place=out))

        ExportForm(self._window, tr("Export scheme…"), self._folder, file_stem(entry), ".toml", write).open()

    def new(self) -> None:
        """Ask for a template, a title and a name, and begin a scheme."""
        lead = tr("A template is a small scheme to change. Yours is kept among your own schemes.")
        BeginForm(
            self._window, tr("New scheme…"), lead, templates(), "", lambda *asked: self._begin(*asked, edit=True)
        ).open()

    def copy(self, entry: Entry, *, edit: bool = False) -> None:
        """Ask for a title and a name, and begin a scheme of one's own from this one."""
        lead = tr(
            "A scheme of your own begins with the text of “{scheme}”. That one stays as it is.", scheme=entry.title
        )
        title = tr("{scheme} (copy)", scheme=entry.title)
        BeginForm(
            self._window,
            tr("Copy scheme…"),
            lead,
            (entry,),
            title,
            lambda *asked: self._begin(*asked, edit=edit),
        ).open()

    def edit(self, entry: Entry) -> None:
        """Edit one's own scheme; of every other a copy is made first."""
        if entry.origin is Origin.OWN:
            self.edit_wanted.emit(entry)
        else:
            self.copy(entry, edit=True)

    def try_it(self, entry: Entry) -> None:
        """Ask on which sample, and put the scheme on the bench."""
        if entry.scheme is not None:
            clips = clips_for(entry.scheme)
            TryForm(self._window, entry.title, clips, lambda clip: self.trial_wanted.emit(entry.text, clip)).open()

    def use(self, entry: Entry) -> None:
        """Take the scheme into the open study: it is offered for new passes, and frozen."""
        if self.store is None:
            return
        try:
            scheme = adopt(self.store, entry.text)
        except CoderError as error:
            self.tools.on_error(error)
            return
        words = tr(
            "“{scheme}”, version {version}, is in this study: new passes can be made with it.",
            scheme=scheme.title,
            version=scheme.id.version,
        )
        self._done(words, next((one for one in self.entries() if one.scheme and one.scheme.id == scheme.id), None))

    def delete(self, entry: Entry) -> None:
        """Ask, then put one of the own schemes away; it can be taken back at once."""

        def delete() -> None:
            away, place = delete_own(entry), entry.file
            self.changed.emit(None)
            if place is not None:
                self.tools.strip.say(
                    tr("“{scheme}” is deleted.", scheme=entry.title),
                    tr("Und&o"),
                    lambda: self._try(lambda: restore_own(away, place)),
                )

        DeleteForm(self._window, entry.title, delete).open()

    def _begin(self, entry: Entry, name: str, title: str, *, edit: bool) -> None:
        made = copy_scheme(entry, name, title)
        self._done(tr("“{scheme}” is among your own schemes.", scheme=made.title), made)
        if edit:
            self.edit_wanted.emit(made)

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except CoderError as error:
            self.tools.on_error(error)
        self.changed.emit(None)

    def _done(self, words: str, entry: Entry | None) -> None:
        self.tools.strip.say(words)
        self.changed.emit(entry)


def file_stem(entry: Entry) -> str:
    """What a file of this scheme is called: name and version, or the file's own name while it has problems."""
    if entry.scheme is not None:
        return f"{entry.scheme.id.name}-{entry.scheme.id.version}".replace("/", "-").replace("\\", "-")
    return entry.file.stem if entry.file is not None else ""
