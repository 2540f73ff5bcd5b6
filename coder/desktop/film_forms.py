"""What the films of a session ask for: another camera, where a film lies now, where a copy is to go."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLineEdit, QWidget

from coder.desktop.forms import Form, PlaceField
from coder.desktop.pieces import label
from coder.desktop.wording import breakable
from coder.language import tr
from coder.model.problem import MediaError, Problem


class AddCameraForm(Form):
    """Asks for another film of a session and what it is called. add(film, role)."""

    def __init__(
        self, parent: QWidget | None, session: str, role: str, start: Path, add: Callable[[Path, str], object]
    ) -> None:
        lead = tr(
            "Another film of “{session}”, recorded at the same time. It begins with the session until you "
            "synchronise it.",
            session=session,
        )
        super().__init__(parent, tr("Add camera…"), tr("Add camera"), lead)
        self.film = PlaceField(start, folder=False)
        self.role = QLineEdit(role)
        self.add(tr("&Film"), self.film)
        self.add(tr("&Role"), self.role)
        self.film.edit.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        self.accept_button.setEnabled(False)
        self.do = lambda: add(_film_at(self.film), self.role.text())


class RelinkForm(Form):
    """Asks where a film lies now. relink(film)."""

    def __init__(
        self, parent: QWidget | None, camera: str, old: Path, start: Path, relink: Callable[[Path], object]
    ) -> None:
        lead = tr("“{camera}” was here: {place}", camera=camera, place=breakable(str(old)))
        super().__init__(parent, tr("Relink film…"), tr("Relink"), lead)
        self.film = PlaceField(start, folder=False)
        self.add(tr("&Film"), self.film)
        self.say(tr("Its name may be another; its content must be that of the film that was coded."))
        self.film.edit.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        self.accept_button.setEnabled(False)
        self.do = lambda: relink(_film_at(self.film))


class FindForm(Form):
    """Asks for a folder in which to look for every missing film of the study. find(folder)."""

    def __init__(self, parent: QWidget | None, start: Path, find: Callable[[Path], object]) -> None:
        lead = tr(
            "All films of the study that are missing are looked for here and in the folders inside, by their "
            "content, whatever they are called now."
        )
        super().__init__(parent, tr("Look in a folder…"), tr("Look for films"), lead)
        self.folder = PlaceField(start, folder=True)
        self.add(tr("&Folder"), self.folder)
        self.do = self._checked(find)

    def _checked(self, find: Callable[[Path], object]) -> Callable[[], object]:
        def do() -> None:
            if not self.folder.path.is_dir():
                raise MediaError(
                    Problem(tr("There is no folder at this place."), hint=tr("Choose it with Browse."))
                )
            find(self.folder.path)

        return do


class ConvertForm(Form):
    """Asks where the converted copy of a film is to go. convert(film, copy). film: None to ask for it as well."""

    def __init__(
        self, parent: QWidget | None, film: Path | None, start: Path, convert: Callable[[Path, Path], object]
    ) -> None:
        lead = tr("A copy that every machine can play, with the same frames at the same times. The film stays.")
        super().__init__(parent, tr("Convert a copy…"), tr("Convert"), lead)
        self._film = film
        self.film = PlaceField(start, folder=False)
        if film is None:
            self.add(tr("&Film"), self.film)
            self.film.edit.textChanged.connect(self._show_result)
        self.place = PlaceField(start, folder=True)
        self.add(tr("&In folder"), self.place)
        self.outcome = label("", "muted", wrap=True)
        self.outcome.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.outcome.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.fields.addRow("", self.outcome)
        self.place.edit.textChanged.connect(self._show_result)
        self.do = lambda: convert(self._film or _film_at(self.film), self.copy)
        self._show_result()

    @property
    def copy(self) -> Path:
        """Where the copy will lie: beside what is there already."""
        film = self._film or self.film.path
        return free_name(self.place.path, tr("{film} converted", film=film.stem))

    def _show_result(self) -> None:
        named = self._film is not None or bool(self.film.edit.text().strip())
        self.accept_button.setEnabled(named)
        self.outcome.setText(breakable(tr("Will be {place}", place=self.copy)) if named else "")


def free_name(folder: Path, stem: str, ending: str = ".mp4") -> Path:
    """The first of `stem.mp4`, `stem 2.mp4` … that is not taken in `folder`."""
    names = (folder / (f"{stem}{ending}" if number == 1 else f"{stem} {number}{ending}") for number in count(1))
    return next(path for path in names if not path.exists())


def _film_at(field: PlaceField) -> Path:
    if not field.path.is_file():
        raise MediaError(Problem(tr("There is no film at this place."), hint=tr("Choose it with Browse.")))
    return field.path
