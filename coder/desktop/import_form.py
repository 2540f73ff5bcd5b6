"""The form that takes what another program measured: which file, whose values, and what would come of it."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QComboBox, QLineEdit, QWidget

from coder.annotate.view.signal_names import unit_name
from coder.desktop.forms import Choice, Chooser, Form, PlaceField
from coder.desktop.jobs import Job
from coder.desktop.look import scaled
from coder.desktop.pieces import label
from coder.desktop.tables import ROW_PX, Column, Rows, Table
from coder.desktop.wording import share_text
from coder.formats.tracks_csv import UNITS, ColumnMap, Rule, Taken
from coder.formats.tracks_table import columns_of
from coder.language import later, plural, tr
from coder.model.problem import CoderError, FormatError, Problem
from coder.model.study import Session
from coder.model.time import parse_clock
from coder.store import StudyStore
from coder.workflows.steps import Steps
from coder.workflows.track_import import Asked, Found, Seen, find_tracks_steps

_FILES = later("Results (*.csv *.txt *.tsv *.npz);;All files (*)")
_UNIT_WORDS = {
    "s": later("seconds"),
    "ms": later("milliseconds"),
    "us": later("microseconds"),
    "frames": later("numbers of frames"),
    "clock": later("a clock (00:01:02.500)"),
}
_SHOWN = 6
_FRAME_PX = 40  # what the window manager puts around a window

COLUMNS: tuple[Column[Seen], ...] = (
    Column(later("Signal"), lambda one: one.signal.label, wide=True),
    Column(later("Unit"), lambda one: unit_name(one.signal.unit), width_px=70),
    Column(later("Known"), lambda one: share_text(one.known), right=True, width_px=80),
    Column(later("Lowest"), lambda one: _number(one.low), right=True, width_px=80),
    Column(later("Highest"), lambda one: _number(one.high), right=True, width_px=80),
)


class ImportForm(Form):
    """Asks for a file, shows what would be taken of it, then takes it. take(found) keeps it.

    The button first reads the file; only when it is shown what is in it does the same button take it. Whatever is
    changed in between is read again.
    """

    def __init__(
        self,
        parent: QWidget | None,
        store: StudyStore,
        session: Session,
        start: Path,
        take: Callable[[Found], object],
    ) -> None:
        lead = tr(
            "What another program measured in a film of “{session}”, as curves and evidence beside the codes. The "
            "file stays as it is.",
            session=session.name,
        )
        super().__init__(parent, tr("Import measurements…"), "", lead)
        self.setMinimumWidth(scaled(640))
        self._store, self._session = store, session
        self._found: Found | None = None
        self._job: Job | None = None
        self.file = PlaceField(start, folder=False, files=tr(_FILES))
        self.program = Choice[str](
            [
                (tr("OpenFace (table)"), "openface"),
                (tr("iCatcher+ (text or archive)"), "icatcher"),
                (tr("Another program (table)"), "csv"),
                (tr("This program (exported table)"), "coder"),
            ]
        )
        self.camera = Choice[str]([(media.role, media.role) for media in session.media])
        self.person = Choice[str]([(tr("Child"), "child"), (tr("Parent"), "parent")])
        self.faces = QLineEdit()
        self.time: QComboBox = Chooser()
        self.unit = Choice[str]([(tr(_UNIT_WORDS[unit]), unit) for unit in UNITS])
        self.begins = QLineEdit("0")
        self.values = QLineEdit()
        self.rule = QLineEdit()
        self.table = Table(Rows[Seen](COLUMNS, self), tr("What would be taken"))
        self.remarks = label("", "muted", wrap=True)
        self._lay_out()
        self._listen()
        self._take = take
        self._changed()

    def try_it(self) -> None:
        """Read the file, or take what was read."""
        if (found := self._found) is not None:
            self.do = lambda: self._take(found)
            super().try_it()
            return
        self.strip.hide()
        try:
            asked, file = self.asked(), self.file.path
        except CoderError as error:
            self._refuse(error)
            return
        camera = self.camera.value
        job = Job(tr("Reading the file"), lambda: self._reading(file, asked, camera), self)
        job.finished.connect(self._show)
        job.failed.connect(self._refuse)
        job.broke.connect(self._broke)
        job.ended.connect(lambda: self._forget(job))
        self._job = job
        self.accept_button.setEnabled(False)
        self.accept_button.setText(tr("Reading…"))
        job.start()

    def asked(self) -> Asked:
        """What the fields say. Raises FormatError for what cannot be understood."""
        program, person = self.program.value, self.person.value
        if program == "csv":
            return Asked(program, person, how=self._map(person))
        return Asked(program, person, faces=_faces(self.faces.text()) if program == "openface" else None)

    def done(self, result: int) -> None:
        """Close; what is being read is nobody's any more."""
        if self._job is not None:
            self._job.cancel()
            self._job.wait()
        super().done(result)

    def _reading(self, file: Path, asked: Asked, camera: str) -> Steps[Found]:
        return find_tracks_steps(self._store, file, asked, self._session, camera)

    def _map(self, person: str) -> ColumnMap:
        try:
            begins_us = parse_clock(self.begins.text().strip() or "0")
        except ValueError:
            what = tr("“{text}” is not a time in the film.", text=self.begins.text())
            raise FormatError(Problem(what, hint=tr("Write seconds, or a clock as in 00:01:02."))) from None
        taken = tuple(Taken.of(text) for text in self.values.text().split(",") if text.strip())
        rules = tuple(Rule.of(text) for text in self.rule.text().split(",") if text.strip())
        return ColumnMap(self.time.currentText(), self.unit.value, taken, person, rules, begins_us=begins_us)

    def _show(self, found: Found) -> None:
        self._found = found
        self.table.lines.show(found.signals)
        self.table.setFixedHeight(scaled(ROW_PX) * (min(len(found.signals), _SHOWN) + 1))
        said = plural("{count:,} row.", "{count:,} rows.", len(found.at_us))
        self.remarks.setText(" ".join((said, *found.remarks)))
        self._show_found(shown=True)
        self.accept_button.setText(tr("Take these"))
        self.accept_button.setEnabled(True)
        self.accept_button.setFocus()
        self._make_room()

    def _refuse(self, error: CoderError) -> None:
        self._changed()
        texts = [str(problem) for problem in error.problems]
        more = len(texts) - _SHOWN
        if more > 0:
            texts[_SHOWN:] = [plural("{count} more mistake.", "{count} more mistakes.", more)]
        self.refuse("\n".join(texts))
        self._make_room()

    def _broke(self, error: Exception) -> None:
        self._changed()
        raise error

    def _forget(self, job: Job) -> None:
        """Another may be reading already."""
        job.wait()  # its thread says that it ends a moment before it is gone
        job.deleteLater()
        if self._job is job:
            self._job = None

    def _changed(self) -> None:
        """Something else is asked for: what was read does not count any more."""
        self._found = None
        self._show_found(shown=False)
        self.strip.hide()
        self.accept_button.setText(tr("Look into the file"))
        self.accept_button.setEnabled(bool(self.file.edit.text().strip()))

    def _show_found(self, *, shown: bool) -> None:
        self.fields.setRowVisible(self.table, shown)
        self.fields.setRowVisible(self.remarks, shown)

    def _show_program(self) -> None:
        program = self.program.value
        table = program == "csv"
        for field in (self.time, self.unit, self.begins, self.values, self.rule):
            self.fields.setRowVisible(field, table)
        self.fields.setRowVisible(self.faces, program == "openface")
        self.fields.setRowVisible(self.person, program != "coder")
        self._changed()
        self._make_room()

    def _make_room(self) -> None:
        """As high as is needed now, and no higher: Qt does not ask wrapped texts again."""
        self.setMinimumHeight(0)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            screen = self.screen()
            low_px = screen.availableGeometry().height() - _FRAME_PX if screen is not None else 0
            over_px = layout.totalHeightForWidth(self.width()) - low_px
            if over_px > 0 and not self.table.isHidden():  # the list gives way: the buttons must be reached
                self.table.setFixedHeight(max(self.table.height() - over_px, scaled(ROW_PX) * 2))
                layout.activate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))
        self.adjustSize()
        screen = self.screen()
        if screen is not None and self.isVisible():  # it grew downwards
            free = screen.availableGeometry()
            highest_px = free.bottom() - self.height() - _FRAME_PX // 2
            if self.y() > highest_px:
                self.move(self.x(), max(highest_px, free.top()))

    def _show_columns(self) -> None:
        """The columns of a table, to choose from."""
        try:
            names = columns_of(self.file.path) if self.file.path.is_file() else ()
        except CoderError:
            names = ()  # looking into the file says what is wrong with it
        self.time.clear()
        self.time.addItems(names)
        self.values.setText(", ".join(names[1:]))

    def _listen(self) -> None:
        self.file.edit.textChanged.connect(lambda _text: self._show_columns())
        for edit in (self.file.edit, self.faces, self.begins, self.values, self.rule):
            edit.textChanged.connect(lambda _text: self._changed())
        for choice in (self.camera, self.person, self.time, self.unit):
            choice.currentIndexChanged.connect(lambda _index: self._changed())
        self.program.currentIndexChanged.connect(lambda _index: self._show_program())

    def _lay_out(self) -> None:
        self.faces.setPlaceholderText(tr("0=child, 1=parent; empty if there is one face"))
        self.values.setPlaceholderText(tr("column, or column=name:unit, with commas between them"))
        self.rule.setPlaceholderText(tr("as in confidence>=0.8; empty for all"))
        self.add(tr("&File"), self.file)
        self.add(tr("&Made by"), self.program)
        self.add(tr("Fil&m"), self.camera)
        self.add(tr("&Person"), self.person)
        self.add(tr("F&aces"), self.faces)
        self.add(tr("&Time in column"), self.time)
        self.add(tr("Time is &in"), self.unit)
        self.add(tr("Table be&gins at"), self.begins)
        self.add(tr("&Values in columns"), self.values)
        self.add(tr("Valid &where"), self.rule)
        self.fields.addRow(self.table)
        self.fields.addRow(self.remarks)
        self.fields.setRowVisible(self.camera, len(self._session.media) > 1)
        self._show_program()
        self.file.setFocus()


def _faces(text: str) -> dict[str, str] | None:
    """`0=child, 1=parent`; None if nothing is said."""
    pairs = [part.partition("=") for part in text.replace(" ", "").split(",") if part]
    if any(not face.isdecimal() or person not in {"child", "parent"} for face, _, person in pairs):
        raise FormatError(
            Problem(tr("“{text}” does not say whose a face is.", text=text), hint=tr("Write 0=child."))
        )
    return {face: person for face, _, person in pairs} or None


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:z.4g}"
