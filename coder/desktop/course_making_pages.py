"""Making a course, page by page: what it is made of, its clips, one clip's master; then the folder for it."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QLineEdit, QWidget

from coder.desktop.course_making_page import CourseMakingPage, MakingWishes
from coder.desktop.course_master_page import CourseMasterPage
from coder.desktop.forms import Choice, Form, PlaceField, folder_name
from coder.desktop.main_window import MainWindow
from coder.desktop.strip import Task
from coder.desktop.study_actions import StudyActions
from coder.formats.course_file import CourseFile
from coder.language import tr
from coder.media import FrameIndex, open_index
from coder.model.problem import CoderError
from coder.store import StudyStore
from coder.workflows.scheme_languages import in_language
from coder.workflows.schemes import frozen_scheme
from coder.workflows.steps import sharing
from coder.workflows.training.course_draft import CourseDraft, DraftStep, new_draft, next_draft_steps
from coder.workflows.training.history import refuse_master
from coder.workflows.training.kept_draft import forget_draft, keep_draft, kept_draft
from coder.workflows.training.making import write_course_steps


class CourseMakingPages(QObject):
    """Belongs to a study's page. back: shows the study again. The page goes once another one is shown.

    The draft is kept in the study with every change, and there when somebody comes back.
    """

    def __init__(self, window: MainWindow, actions: StudyActions, back: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._actions, self._back = window, actions, back
        self._store, self._tools = actions.store, actions.tools
        self.page: QWidget | None = None
        actions.closing.connect(self.drop)
        window.pages.currentChanged.connect(self._left)

    def show(self) -> None:
        """Show the course that is being made; ask what a new one is to be of, if there is none."""
        try:
            draft = kept_draft(self._store)
        except CoderError as error:
            self._tools.on_error(error)
            return
        if draft is not None:
            self._show_draft(draft)
        else:
            self._ask()

    def drop(self) -> None:
        """Take the page away."""
        page, self.page = self.page, None
        if page is not None:
            _shut(page)
            self._window.drop_page(page)

    def _ask(self) -> None:
        schemes = {}
        for known in self._store.schemes():
            schemes[known.name] = in_language(frozen_scheme(self._store, known)).title

        def begin(scheme: str, title: str, file: Path | None) -> None:
            if file is None:
                self._begin(new_draft(self._store, scheme, title))
            else:
                stopped = tr("No course was begun.")
                title = tr("Reading the course")
                self._tools.strip.follow(Task(title, lambda: next_draft_steps(file), self._begin, stopped))

        NewCourseForm(self._window, self._store, schemes, begin).open()

    def _begin(self, draft: CourseDraft) -> None:
        try:
            keep_draft(self._store, draft)
        except CoderError as error:
            self._tools.on_error(error)
        else:
            self._show_draft(draft)

    def _show_draft(self, draft: CourseDraft) -> None:
        def keep(changed: CourseDraft) -> None:
            try:
                keep_draft(self._store, changed)
            except CoderError as error:
                self._tools.on_error(error)

        wishes = MakingWishes(
            back=self._back, keep=keep, master=self._to_master, write=self._ask_place, discard=self._discard
        )
        try:
            page = CourseMakingPage(self._store, draft, self._tools, wishes)
        except CoderError as error:
            self._tools.on_error(error)
        else:
            self._show(page, tr("Make a course"))

    def _to_master(self, step_id: str) -> None:
        if not isinstance(self.page, CourseMakingPage):
            return
        draft = self.page.draft
        step = draft.step(step_id)
        try:
            refuse_master(self._store, draft.name, step_id)
        except CoderError as error:
            self._tools.on_error(error)
            return

        def show(film: FrameIndex) -> None:
            def keep(changed: DraftStep) -> None:
                try:
                    keep_draft(self._store, draft.with_step(changed))
                except CoderError as error:
                    self._tools.on_error(error)

            self._tools.strip.hush()
            page = CourseMasterPage(step, in_language(draft.scheme), film, keep, self.show, self._tools.on_error)
            self._show(page, tr("The master"))

        text = tr("Reading {film}", film=step.film.name)
        work = sharing(lambda tell: open_index(step.film, progress=tell), text)
        self._tools.strip.follow(Task(text, lambda: work, show, ""))

    def _ask_place(self) -> None:
        if not isinstance(self.page, CourseMakingPage):
            return
        draft = self.page.draft

        def written(course: CourseFile) -> None:
            try:
                self._forget()
            except CoderError as error:
                self._tools.on_error(error)
                return
            self._tools.strip.say(
                tr("The course “{title}” is written.", title=course.course.title),
                tr("Show the folder"),
                lambda: self._tools.show_file(course.path.parent),
                tr("Its masters are sealed, which is no lock."),
            )

        def write(folder: Path) -> None:
            stopped = tr("The course is not written.")
            title = tr("Writing the course")
            self._tools.strip.follow(Task(title, lambda: write_course_steps(draft, folder), written, stopped))

        WriteCourseForm(self._window, self._store.folder.parent, draft, write).open()

    def _discard(self) -> None:
        form = Form(
            self._window,
            tr("Discard the course"),
            tr("Discard"),
            tr("What you have set for this course is lost; sessions and passes stay as they are."),
        )

        form.do = self._forget
        form.open()

    def _forget(self) -> None:
        forget_draft(self._store)
        if isinstance(self.page, CourseMakingPage):
            self.page.let_go()
        self._back()

    def _show(self, page: QWidget, name: str) -> None:
        before, self.page = self.page, page
        self._window.show_page(page)
        self._window.name(name)
        page.setFocus()
        if before is not None:
            _shut(before)
            self._window.drop_page(before)

    def _left(self) -> None:
        if self.page is not None and self._window.pages.currentWidget() is not self.page:
            self.drop()


class NewCourseForm(Form):
    """begin(scheme, title, file): a new course with a scheme, or the next version of the one in a file."""

    def __init__(
        self,
        parent: QWidget | None,
        store: StudyStore,
        schemes: dict[str, str],
        begin: Callable[[str, str, Path | None], object],
    ) -> None:
        lead = tr(
            "A course is made of sessions that were coded in this study: clips to watch, to practise on, a test."
        )
        super().__init__(parent, tr("Make a course…"), tr("Begin"), lead)
        self.title = QLineEdit()
        self.scheme = Choice([(title, name) for name, title in schemes.items()])
        self.file = PlaceField(store.folder.parent, folder=False, files=tr("Courses (*.toml);;All files (*)"))
        self.add(tr("&Title"), self.title)
        self.add(tr("&Scheme"), self.scheme)
        self.add(tr("Or the &next version of"), self.file)
        self.title.textChanged.connect(lambda _text: self._show())
        self.file.edit.textChanged.connect(lambda _text: self._show())
        self._show()
        self.do = lambda: begin(
            self.scheme.value if schemes else "", self.title.text(), self.file.path if self._from_file else None
        )
        if not schemes:
            self.refuse(tr("Nothing is coded in this study yet. Code a session first, or choose a course."))

    @property
    def _from_file(self) -> bool:
        return bool(self.file.edit.text().strip())

    def _show(self) -> None:
        """A course that there is has its title and its scheme."""
        for one in (self.title, self.scheme):
            one.setEnabled(not self._from_file)
        named = bool(self.title.text().strip()) and self.scheme.count() > 0
        self.accept_button.setEnabled(self._from_file or named)


class WriteCourseForm(Form):
    """write(folder) writes the course to a folder of its own in the place that is chosen."""

    def __init__(
        self, parent: QWidget | None, start: Path, draft: CourseDraft, write: Callable[[Path], object]
    ) -> None:
        lead = tr(
            "The folder holds everything: the course, its scheme, the films under new names, the masters sealed. "
            "Hand it on as a whole. Trainees open it with “Course from a file…”."
        )
        super().__init__(parent, tr("Write the course…"), tr("Write"), lead)
        self.folder = QLineEdit(folder_name(f"{draft.title} {draft.version}".replace(".", "-")))
        self.place = PlaceField(start, folder=True)
        self.add(tr("&Name of the folder"), self.folder)
        self.add(tr("&In folder"), self.place)
        self.say(
            tr(
                "Sealed is not locked: an ordinary look shows nothing of a master, but whoever reads the program "
                "can open it. Films are as they are; hand them on only as their families allow."
            )
        )
        self.folder.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(folder_name(text))))
        self.do = lambda: write(self.place.path / folder_name(self.folder.text()))


def _shut(page: QWidget) -> None:
    if isinstance(page, CourseMasterPage):
        page.shut()
