"""Opening the review of a move, carrying it out, and going back."""

from collections.abc import Callable

from PyQt6.QtCore import QObject

from coder.desktop.main_window import MainWindow
from coder.desktop.move_page import MovePage, MoveWishes
from coder.desktop.study_actions import StudyActions, called
from coder.desktop.study_page import StudyPage
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.recoding import Recoding
from coder.workflows.moving import move_pass, plan_move, version_to


class MovePages(QObject):
    """Belongs to a study's page. back: shows the study again. The review goes once another page is shown."""

    def __init__(
        self, window: MainWindow, actions: StudyActions, study: StudyPage, back: Callable[[], object]
    ) -> None:
        super().__init__(study)
        self._window, self._actions, self._study, self._back = window, actions, study, back
        self.page: MovePage | None = None
        self._pass_id = ""
        actions.move_wanted.connect(self.show)
        window.pages.currentChanged.connect(self._left)

    def show(self, pass_id: str) -> None:
        """Show what moving a pass to the newest version would do."""
        store = self._actions.store
        self.drop()
        try:
            header = store.header(pass_id)
            plan = plan_move(store, pass_id, version_to(store, pass_id))
            name = called(store.session(header.session_id), store.coder(header.coder_id))
            self.page = MovePage(name, store.load_pass(pass_id), plan, MoveWishes(self._move, self.leave))
        except CoderError as error:
            self._actions.tools.on_error(error)
            return
        self._pass_id = pass_id
        self._actions.tools.strip.hush()
        self._window.show_page(self.page)
        self._window.name(name)

    def leave(self) -> None:
        """Go back to the study; nothing is kept."""
        self._close(self._pass_id)

    def drop(self) -> None:
        """Take the page away."""
        page, self.page = self.page, None
        if page is not None:
            self._window.drop_page(page)

    def _left(self) -> None:
        if self.page is not None and self._window.pages.currentWidget() is not self.page:
            self.drop()

    def _close(self, pass_id: str) -> None:
        self._back()
        self._study.choose_pass(pass_id)

    def _move(self, plan: Recoding) -> None:
        try:
            moved = move_pass(self._actions.store, self._pass_id, plan.new.id, plan)
        except CoderError as error:
            self._actions.tools.on_error(error)
            return
        self._close(moved.header.id)
        text = tr("The pass is moved to version {version}.", version=plan.new.id.version)
        self._actions.tools.strip.say(text, detail=moved.summary)
