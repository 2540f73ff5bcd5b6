"""Which page of films is open in the window: a session's films, or two of them side by side."""

from collections.abc import Callable

from PyQt6.QtCore import QObject

from coder.desktop.film_actions import FilmActions
from coder.desktop.films_page import FilmsPage
from coder.desktop.main_window import MainWindow
from coder.desktop.sync_page import SyncPage
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.study import Media, Session
from coder.workflows.cameras import Proposal, set_timing
from coder.workflows.side_by_side import SideBySide


class FilmPages(QObject):
    """Shows the pages one over the other; back leads where the person came from."""

    def __init__(self, window: MainWindow, actions: FilmActions) -> None:
        super().__init__(actions)
        self._window = window
        self._actions = actions
        self.films: FilmsPage | None = None
        self.sync: SyncPage | None = None
        self._back: Callable[[], None] = lambda: None

    def show(self, session_id: str, back: Callable[[], None]) -> None:
        """Show the films of a session. back: shows the page that was there before."""
        self.drop()
        self._back = back
        try:
            self.films = FilmsPage(self._actions, session_id, self.leave, self._compare)
        except CoderError as error:
            self._actions.tools.on_error(error)
            back()
            return
        self._window.show_page(self.films)
        self._window.name(self.films.session.name)

    def leave(self) -> None:
        """Go back to where the person came from."""
        self._actions.tools.strip.hush()
        self.drop()
        self._back()

    def drop(self) -> None:
        """Take the pages away and end their threads."""
        self._drop_sync()
        page, self.films = self.films, None
        if page is not None:
            page.shut()
            self._window.drop_page(page)

    def _compare(self, session: Session, media: Media) -> None:
        self._actions.side_by_side(session, media, self._show_pair)

    def _show_pair(self, pair: SideBySide) -> None:
        """Unless the person has gone elsewhere meanwhile."""
        if self.films is None or self.films.session.id != pair.session.id:
            return
        self._drop_sync()
        passes = len(self._actions.store.passes(pair.session.id))
        self.sync = SyncPage(pair, passes, lambda proposal: self._accept(pair, proposal), self._leave_sync)
        self._window.show_page(self.sync)

    def _accept(self, pair: SideBySide, proposal: Proposal) -> None:
        media = pair.other.media
        try:
            set_timing(self._actions.store, media.id, proposal.offset_us, proposal.skew_ppm)
        except CoderError as error:
            self._actions.tools.on_error(error)
            return
        self._leave_sync()
        self._actions.tools.strip.say(tr("“{camera}” is synchronised.", camera=media.role))
        self._actions.changed.emit()

    def _leave_sync(self) -> None:
        self._drop_sync()
        if self.films is not None:
            self._window.show_page(self.films)

    def _drop_sync(self) -> None:
        page, self.sync = self.sync, None
        if page is not None:
            page.shut()
            self._window.drop_page(page)
