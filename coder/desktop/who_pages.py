"""Opening the page on which people are put right, and going back."""

from collections.abc import Callable

from PyQt6.QtCore import QObject

from coder.desktop.main_window import MainWindow
from coder.desktop.study_actions import StudyActions
from coder.desktop.study_page import StudyPage
from coder.desktop.who_page import WhoPage
from coder.language import tr
from coder.model.problem import CoderError, FeatureError, Problem
from coder.model.study import Media
from coder.workflows.who import film_persons, measured_films


class WhoPages(QObject):
    """Belongs to a study's page. back: shows the study again. The page goes once another one is shown."""

    def __init__(
        self, window: MainWindow, actions: StudyActions, study: StudyPage, back: Callable[[], object]
    ) -> None:
        super().__init__(study)
        self._window, self._actions, self._back = window, actions, back
        self.page: WhoPage | None = None
        actions.who_wanted.connect(self.show)
        actions.closing.connect(self.drop)
        window.pages.currentChanged.connect(self._left)

    def show(self, session_id: str, media_id: str = "") -> None:
        """Show who is who in a film of a session; the first one that was measured if none is named."""
        store, tools = self._actions.store, self._actions.tools
        try:
            session = store.session(session_id)
            films = measured_films(store, session)
            if not films:
                what = tr("Nobody was looked for in “{session}” yet.", session=session.name)
                raise FeatureError(Problem(what, hint=tr("Measure the session first.")))
            media = next((film for film in films if film.id == media_id), films[0])
            known = film_persons(store, session_id, media.id)
            page = WhoPage(known, films, store, tools, self._back, lambda film: self._another(session_id, film))
        except CoderError as error:
            tools.on_error(error)
            return
        self.drop()
        self.page = page
        tools.strip.hush()
        self._window.show_page(page)
        self._window.name(tr("Who is who: {session}", session=session.name))

    def drop(self) -> None:
        """Take the page away."""
        page, self.page = self.page, None
        if page is not None:
            page.shut()
            self._window.drop_page(page)

    def _another(self, session_id: str, film: Media) -> None:
        self.show(session_id, film.id)

    def _left(self) -> None:
        if self.page is not None and self._window.pages.currentWidget() is not self.page:
            self.drop()
