"""What can be done with the films of a session, each with the form it needs; slow work goes through the strip."""

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from coder.desktop.film_forms import AddCameraForm, ConvertForm, FindForm, RelinkForm
from coder.desktop.jobs import Work
from coder.desktop.shared import Tools
from coder.desktop.strip import Task, Then
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.model.study import Media, Session
from coder.store import StudyStore
from coder.workflows.cameras import (
    Passport,
    add_camera_steps,
    convert_steps,
    find_moved_steps,
    passport_steps,
    proxy_steps,
    relink_steps,
    rename_camera,
)
from coder.workflows.names import one_line
from coder.workflows.side_by_side import SideBySide, side_by_side_steps


class FilmActions(QObject):
    """The commands of the films page.

    changed: the study's films are not as they were shown. copied(str): the film of that id has a small copy now.
    relinked: a film lies elsewhere now. page_wanted: somebody wants to see all films of the session.
    """

    changed = pyqtSignal()
    copied = pyqtSignal(str)
    relinked = pyqtSignal()
    page_wanted = pyqtSignal()

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self.store = store
        self.tools = tools
        self._window = window

    def show_page(self) -> None:
        """Show all films of the session that is open."""
        self.page_wanted.emit()

    def add_camera(self, session: Session) -> None:
        """Ask for another film of a session and take it in."""

        def add(film: Path, role: str) -> None:
            self._run(
                tr("Adding “{camera}”", camera=one_line(role) or film.stem),
                lambda: add_camera_steps(self.store, session.id, film, role),
                lambda media: self._added(film, media),
                tr("The camera was not added."),
            )

        role = tr("camera {number}", number=len(session.media) + 1)
        AddCameraForm(self._window, session.name, role, self._films_folder(), add).open()

    def relink(self, media: Media) -> None:
        """Ask where a film lies now."""

        def relink(film: Path) -> None:
            self._run(
                tr("Comparing {film} with the film that was coded", film=film.name),
                lambda: relink_steps(self.store, media.id, film),
                lambda _media: self._relinked(tr("“{camera}” is linked again.", camera=media.role)),
                tr("The film was not relinked."),
            )

        old = self.store.media_path(media)
        start = next((folder for folder in old.parents if folder.is_dir()), self._films_folder())
        RelinkForm(self._window, media.role, old, start, relink).open()

    def find_missing(self) -> None:
        """Ask for a folder and look there for every missing film of the study."""

        def told(found: tuple[Media, ...]) -> None:
            if found:
                self._relinked(
                    plural("{count} film is linked again.", "{count} films are linked again.", len(found))
                )
            else:
                self.tools.strip.say(tr("None of the missing films is in that folder."))

        def find(folder: Path) -> None:
            self._run(
                tr("Looking for missing films"),
                lambda: find_moved_steps(self.store, folder),
                told,
                tr("The search was stopped. No film was linked."),
            )

        FindForm(self._window, self._films_folder(), find).open()

    def make_proxy(self, media: Media) -> None:
        """Make the small proxy of a film; goes on while other things are done."""

        def made(_proxy: Path) -> None:
            self.tools.strip.say(tr("“{camera}” has a small proxy now.", camera=media.role))
            self.copied.emit(media.id)

        self._run(
            tr("Making a small proxy of “{camera}”", camera=media.role),
            lambda: proxy_steps(self.store, media.id),
            made,
            tr("The proxy was stopped. What was finished is kept, and it goes on from there."),
        )

    def convert(self, film: Path | None, then: Callable[[Path], object] | None = None) -> None:
        """Ask where the converted copy is to go, and make it. then: goes on with it; None: it is shown."""

        def ready(copy: Path) -> None:
            self.tools.strip.say(
                tr("The copy is ready: {film}", film=copy.name),
                tr("Open its &folder"),
                lambda: self.tools.show_file(copy.parent),
            )

        def convert(source: Path, copy: Path) -> None:
            self._run(
                tr("Converting {film}", film=source.name),
                lambda: convert_steps(source, copy),
                then or ready,
                tr("Converting was stopped. Nothing was left behind, and the film is as it was."),
            )

        start = film.parent if film is not None else self._films_folder()
        ConvertForm(self._window, film, start, convert).open()

    def rename(self, media: Media, role: str) -> None:
        """Call a camera by another name. Nothing happens for an empty one."""
        try:
            if role.strip():
                rename_camera(self.store, media.id, role)
        except CoderError as error:
            self.tools.on_error(error)
        self.changed.emit()

    def read_passport(self, media: Media, then: Callable[[Passport], object]) -> Task:
        """Read a film's timing passport, once nothing else runs. Returns the task, so that it can be forgotten."""
        title = tr("Reading the timing passport of “{camera}”", camera=media.role)
        task = Task(title, lambda: passport_steps(self.store, media.id), then, "", quiet=True)
        self.tools.strip.follow(task)
        return task

    def side_by_side(self, session: Session, media: Media, then: Callable[[SideBySide], object]) -> None:
        """Read a film and the session's first one, and compare their sound."""
        self._run(
            tr("Comparing the sound of “{one}” and “{other}”", one=session.media[0].role, other=media.role),
            lambda: side_by_side_steps(self.store, session.id, media.id),
            then,
            tr("The cameras were not compared. Nothing was changed."),
        )

    def _run(self, title: str, work: Work, then: Then, stopped: str) -> None:
        """What is asked for while another job runs waits for its end."""
        self.tools.strip.follow(Task(title, work, then, stopped))

    def _added(self, film: Path, media: Media) -> None:
        self._done(tr("“{camera}” is added. Synchronise it now.", camera=media.role))
        try:
            self.tools.preferences.change(film_folder=str(film.parent))
        except CoderError as error:
            self.tools.strip.say(str(error))

    def _relinked(self, text: str) -> None:
        self._done(text)
        self.relinked.emit()

    def _done(self, text: str) -> None:
        self.tools.strip.say(text)
        self.changed.emit()

    def _films_folder(self) -> Path:
        return Path(self.tools.preferences.value.film_folder or self.store.folder.parent)
