"""What the menu can ask of the films of the study that is open."""

from coder.desktop.comforts import Comforts
from coder.desktop.film_pages import FilmPages
from coder.desktop.study_actions import StudyActions


class FilmCommands(Comforts):
    """The part of the workstation that the menu's lines about films name."""

    films: FilmPages | None
    _actions: StudyActions | None

    def show_films(self) -> None:
        """Show the films of the session that is open or chosen."""
        raise NotImplementedError

    def add_camera(self) -> None:
        """Ask for another film of the session."""
        self.show_films()
        if self.films is not None and self.films.films is not None:
            self.films.films.add_camera()

    def synchronise(self) -> None:
        """Lay the session's second camera beside its first."""
        self.show_films()
        if self.films is not None and self.films.films is not None:
            self.films.films.synchronise()

    def find_films(self) -> None:
        """Ask for a folder in which to look for all missing films."""
        if self._actions is not None:
            self._actions.films.find_missing()

    def convert_film(self) -> None:
        """Ask for a film, and make a copy of it that every machine can play."""
        if self._actions is not None:
            self._actions.films.convert(None)
