"""The supervisor's pages of training: all trainees, how one of them is learning, one attempt. One at a time."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QWidget

from coder.desktop.certificate_actions import CertificateActions
from coder.desktop.cohort_detail import MemberWishes
from coder.desktop.cohort_page import CohortPage, CohortWishes
from coder.desktop.looking_back import LookingBack
from coder.desktop.main_window import MainWindow
from coder.desktop.one_page import OnePage
from coder.desktop.record_actions import RecordActions
from coder.desktop.study_actions import StudyActions
from coder.language import tr
from coder.workflows.training.cohort import Cohort, Member
from coder.workflows.training.records import KeptRecord


class CohortPages(QObject):
    """Belongs to a study's pages of training. The pages go once another page is shown.

    courses: shows where a course is begun.
    """

    def __init__(self, window: MainWindow, actions: StudyActions, courses: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._actions, self._courses = window, actions, courses
        self._store, self._tools = actions.store, actions.tools
        self._certificates = CertificateActions(actions.store, actions.tools, window)
        self._records = RecordActions(actions.store, actions.tools, window)
        self._back: Callable[[], object] = lambda: None
        self._found: Cohort | None = None
        self._place = OnePage(window, actions.tools.on_error, self)
        self._looking = LookingBack(actions, self._place)
        actions.closing.connect(self._place.drop)
        actions.films.relinked.connect(lambda: self._place.again() if self.page is not None else None)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self._place.page

    def show(self, back: Callable[[], object]) -> None:
        """Show all trainees. back: shows what was there before."""
        self._back, self._found = back, None
        self._show_all()

    def _show_all(self, chosen: tuple[str, str] = ("", "")) -> None:
        member = MemberWishes(
            show_learning=self._show_learning,
            show_reliability=lambda: self._actions.supervise_wanted.emit("desk"),
            save_certificate=self._certificates.save,
            save_record=self._records.ask_save,
        )
        wishes = CohortWishes(
            back=self._back,
            courses=self._courses,
            bring=lambda: self._records.ask_bring(self.bring),
            member=member,
        )
        found = self._found  # looking at everybody takes its time; F5 does it again
        self._place.show(lambda: CohortPage(self._store, self._tools, wishes, found, chosen), tr("All trainees"))

    def bring(self, file: Path) -> None:
        """Ask whose the record in a file is, and count it in."""
        self._records.bring(file, self._brought)

    def _brought(self, kept: KeptRecord) -> None:
        self._actions.changed.emit()
        coder = self._store.coder(kept.coder_id).name
        self._tools.strip.say(tr("The training record of {coder} is counted in.", coder=coder))
        if isinstance(self.page, CohortPage):
            self.page.choose(kept.coder_id)
            self.page.refresh()

    def _show_learning(self, member: Member) -> None:
        """How a trainee is learning; back leads to the list as it was."""
        taken, page = member.taken, self.page
        if taken is None or not isinstance(page, CohortPage):
            return
        self._found = page.found
        back = partial(self._show_all, (member.coder.id, member.course.name))
        # an attempt as the trainee saw it; only they may try again
        self._looking.show_learning(taken, member.coder.id, back, self._looking.show_attempt)
