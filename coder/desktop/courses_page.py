"""The courses that there are: what each is about, how far the trainee is, what comes next."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.course_rows import COURSE_COLUMNS, CourseRow, course_rows, steps_text
from coder.desktop.course_texts import certificate_text
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head, scrolled
from coder.desktop.shared import Tools
from coder.desktop.tables import Rows, Table
from coder.language import tr
from coder.model.study import Coder
from coder.model.training import Standing
from coder.store import StudyStore
from coder.workflows.training.courses import CourseEntry
from coder.workflows.training.words import standing_words

_LIST_PX = 520


class CoursesPage(QWidget):
    """Lists shipped courses and those that the study has taken.

    on_course(taken id): it is to be shown. on_take(file): that course is to be taken, then shown. on_other:
    another person learns. shipped: the courses that came with this install. Raises
    CoderError if the study cannot be read.
    """

    def __init__(
        self,
        store: StudyStore,
        coder: Coder,
        tools: Tools,
        on_back: Callable[[], object],
        on_course: Callable[[str], object],
        on_take: Callable[[Path], object],
        on_other: Callable[[], object],
        shipped: Sequence[CourseEntry],
    ) -> None:
        super().__init__()
        self._store, self._coder, self._tools, self._shipped = store, coder, tools, shipped
        self._on_course, self._on_take = on_course, on_take
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.other_button = button(tr("So&mebody else…"), on_other)
        self.file_button = button(tr("Course from a fi&le…"), self._ask_file)
        self.list = Table(Rows[CourseRow](COURSE_COLUMNS, self), tr("Courses"))
        self.open_button = button("", self._open, "primary")
        self.newer_button = button(tr("Take the ne&wer version"), self._take_newer)
        self.detail = Card("", (self.newer_button, self.open_button))
        self.where = label("", wrap=True)
        self.summary = label("", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.notice = label("", "muted", wrap=True)
        self.wrong = label("", "strip-error", wrap=True)
        self.none = label(tr("No course came with this install. Open one from a file."), "muted", wrap=True)
        self._lay_out()
        self.list.chosen.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self._open())
        tools.strip.busy_changed.connect(self._show)
        self._list()

    @property
    def row(self) -> CourseRow | None:
        """The chosen course."""
        rows = self.list.lines.rows
        return rows[self.list.row] if 0 <= self.list.row < len(rows) else None

    def _list(self) -> None:
        """Read courses and progress; the one worked at last is chosen."""
        rows = course_rows(self._store, self._coder.id, self._shipped)
        self.list.lines.show(rows)
        self.list.choose(min(_last(rows), len(rows) - 1))
        self.list.setVisible(bool(rows))
        self.detail.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.setFocusProxy(self.list if rows else self.file_button)
        self._show()

    def _show(self) -> None:
        row, idle = self.row, not self._tools.strip.busy
        course = row.course if row is not None else None
        self.detail.heading.setText(row.title if row is not None else "")
        self.wrong.setText("\n".join(str(problem) for problem in row.problems) if row is not None else "")
        self.wrong.setVisible(bool(self.wrong.text()))
        self.open_button.setText(tr("&Go on") if row is not None and row.begun else tr("Be&gin this course"))
        known = row is not None and row.taken is not None
        self.open_button.setEnabled(row is not None and not row.problems and (idle or known))
        self.newer_button.setVisible(row is not None and row.newer)
        self.newer_button.setEnabled(idle)
        self.where.setText(_standing(row) if row is not None else "")
        self.where.setVisible(bool(self.where.text()))
        self.summary.setText(course.summary if course is not None else "")
        self.facts.setText(self._facts(row) if row is not None else "")
        self.notice.setText(course.notice if course is not None else "")

    def _facts(self, row: CourseRow) -> str:
        course = row.course
        if course is None:
            return ""
        lines = [
            tr("{steps}. Version {version}.", steps=steps_text(course), version=course.id.version),
            tr("Scheme: {scheme}", scheme=row.scheme),
        ]
        if course.authors:
            lines.append(tr("Authors: {authors}", authors=", ".join(course.authors)))
        return "\n".join(lines)

    def _open(self) -> None:
        row = self.row
        if row is None or not self.open_button.isEnabled():
            return
        if row.taken is not None:
            self._on_course(row.taken.id)
        elif row.path is not None:
            self._on_take(row.path)

    def _take_newer(self) -> None:
        if self.row is not None and self.row.path is not None:
            self._on_take(self.row.path)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("Choose a course file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Courses (*.toml);;All files (*)"))
        dialog.fileSelected.connect(lambda chosen: self._on_take(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        line = OneLine(tr("{name} is learning.", name=self._coder.name), "muted")
        head = page_head(self.back_button, label(tr("Courses"), "title"), line)
        head.addWidget(self.other_button)
        head.addWidget(self.file_button)
        courses = Card(tr("Courses"))
        courses.column.addWidget(self.none)
        courses.column.addWidget(self.list, 1)
        courses.column.addStretch(0)
        words = QWidget()
        reading = QVBoxLayout(words)
        reading.setContentsMargins(0, 0, 8, 0)
        reading.setSpacing(12)
        for one in (self.wrong, self.where, self.summary, self.facts, self.notice):
            reading.addWidget(one)
        reading.addStretch(1)
        self.detail.column.addWidget(scrolled(words, tr("About this course")), 1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(courses, 1)
        body.addWidget(self.detail, 1)
        self.list.setMinimumWidth(min(scaled(_LIST_PX) // 2, _LIST_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(body, 1)


def _standing(row: CourseRow) -> str:
    """Where the trainee stands, as the page of the course says it; "" before anything was begun."""
    if row.progress is None or not row.begun:
        return ""
    where, certificate = row.progress.where, row.progress.certificate
    if certificate is None or where.standing not in (Standing.CERTIFIED, Standing.DUE_SOON):
        return standing_words(where.standing)
    return f"{standing_words(where.standing)}\n{certificate_text(certificate, where.due_on)}"


def _last(rows: Sequence[CourseRow]) -> int:
    """Where the course is that was worked at last; the first if none was."""
    return max(range(len(rows)), key=lambda at: rows[at].last_at, default=0)
