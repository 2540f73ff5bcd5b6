"""The films of a session: where each lies, what it is, and what can be done about it."""

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtGui import QKeySequence, QShortcut
from PyQt6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coder.desktop.film_actions import FilmActions
from coder.desktop.film_facts import known_facts, passport_facts
from coder.desktop.film_rows import FILM_COLUMNS, FilmRow, advice_text, problem_text, summary_text
from coder.desktop.look import scaled
from coder.desktop.passport_card import FactsGrid
from coder.desktop.pieces import Card, button, label, page_head, scrolled
from coder.desktop.strip import Task
from coder.desktop.tables import ROW_PX, Rows, Table
from coder.desktop.wording import breakable
from coder.language import tr
from coder.model.problem import CoderError
from coder.model.study import Media, Session
from coder.workflows.cameras import MOST_CAMERAS, Passport

_HEADER_PX = 36


class FilmsPage(QWidget):
    """Shows a session's films; reads their passports while it is open.

    synchronise(media): lay this film beside the first one.
    """

    def __init__(
        self,
        actions: FilmActions,
        session_id: str,
        on_back: Callable[[], None],
        synchronise: Callable[[Session, Media], None],
    ) -> None:
        super().__init__()
        self.verbs = actions
        self._session_id = session_id
        self._synchronise = synchronise
        self._passports: dict[tuple[str, str], Passport] = {}
        self._asked: dict[tuple[str, str], Task] = {}
        self.session = actions.store.session(session_id)
        self.rows: tuple[FilmRow, ...] = ()
        self._named = self.session.media[0]
        self._title = label("", "title")
        self._line = label("", "muted", wrap=True)
        self.back_button = button(tr("← &Back"), on_back, "quiet")
        self.add_button = button(tr("&Add camera…"), self.add_camera)
        self.sync_button = button(tr("Synchron&ise…"), self.synchronise)
        self.find_button = button(tr("&Look in a folder…"), actions.find_missing)
        self.table = Table(Rows[FilmRow](FILM_COLUMNS, self), tr("Films of the session"))
        self.relink_button = button(tr("&Relink…"), lambda: actions.relink(self.chosen.media))
        self.proxy_button = button(tr("Make a small &proxy"), lambda: actions.make_proxy(self.chosen.media))
        self.convert_button = button(tr("&Convert a copy…"), lambda: actions.convert(self.chosen.path))
        self._passport_card = Card("", (self.relink_button, self.proxy_button, self.convert_button))
        self.role = QLineEdit()
        self.role.editingFinished.connect(self._rename)
        self.problem = label("", "strip-error", wrap=True)
        self.advice = label("", "muted", wrap=True)
        self.place = label("", "muted", wrap=True)
        self.facts = FactsGrid()
        self._lay_out()
        self.table.chosen.connect(lambda _row: self._show_film())
        actions.changed.connect(self.refresh)
        actions.copied.connect(self._read_again)
        actions.tools.strip.busy_changed.connect(self._show_can_do)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._look_again)
        self.setFocusProxy(self.table)
        self.refresh()

    @property
    def chosen(self) -> FilmRow:
        """The chosen film."""
        return self.rows[max(self.table.row, 0)]

    def choose(self, media_id: str) -> None:
        """Choose a film."""
        ids = [row.media.id for row in self.rows]
        self.table.choose(ids.index(media_id) if media_id in ids else 0)

    def refresh(self) -> None:
        """Read the session again; read the passports that are not there yet."""
        before = self.chosen.media.id if self.rows else ""
        self._title.setText(tr("Films of “{session}”", session=self.session.name))
        try:
            self.session = self.verbs.store.session(self._session_id)
        except CoderError as error:
            self.verbs.tools.on_error(error)
            return
        self.rows = tuple(self._row(media) for media in self.session.media)
        table = self.table.model()
        assert isinstance(table, Rows)
        table.show(self.rows)
        self.table.setFixedHeight(scaled(ROW_PX) * len(self.rows) + scaled(_HEADER_PX))
        self.choose(before)
        self._show_film()
        for row in self.rows:
            key = (row.media.id, row.media.path)
            if row.found and key not in self._asked:
                self._asked[key] = self.verbs.read_passport(row.media, self._keep)

    def shut(self) -> None:
        """Read no more passports."""
        for task in self._asked.values():
            self.verbs.tools.strip.forget(task)

    def add_camera(self) -> None:
        """Ask for another film."""
        if len(self.rows) < MOST_CAMERAS:
            self.verbs.add_camera(self.session)

    def synchronise(self) -> None:
        """Lay the chosen film beside the first one; the second film if the first is chosen."""
        if self.sync_button.isEnabled():
            other = self.chosen if not self.chosen.first else self.rows[1]
            self._synchronise(self.session, other.media)

    def _row(self, media: Media) -> FilmRow:
        path = self.verbs.store.media_path(media)
        passport = self._passports.get((media.id, media.path))
        return FilmRow(media, path, path.is_file(), passport, media is self.session.media[0])

    def _keep(self, passport: Passport) -> None:
        self._passports[passport.media.id, passport.media.path] = passport
        self.refresh()

    def _look_again(self) -> None:
        self._asked.clear()
        self._passports.clear()
        self.refresh()

    def _read_again(self, media_id: str) -> None:
        self._asked = {key: task for key, task in self._asked.items() if key[0] != media_id}
        self.refresh()

    def _rename(self) -> None:
        if self.role.isModified():
            self.role.setModified(False)
            self.verbs.rename(self._named, self.role.text())

    def _show_film(self) -> None:
        row = self.chosen
        self._passport_card.heading.setText(tr("Timing passport of “{camera}”", camera=row.media.role))
        if not self.role.isModified():
            self._named = row.media
            self.role.setText(row.media.role)
        self.place.setText(breakable(str(row.path)))
        read = row.passport
        self.facts.show_groups(
            known_facts(row.media) if read is None else passport_facts(replace(read, media=row.media))
        )
        problem, advice = problem_text(row), advice_text(row)
        self.problem.setVisible(problem != "")
        self.problem.setText(problem)
        self.advice.setVisible(advice != "")
        self.advice.setText(advice)
        self._line.setText(summary_text(self.rows))
        self._show_can_do()

    def _show_can_do(self) -> None:
        idle = not self.verbs.tools.strip.busy
        row = self.chosen
        found = [one for one in self.rows if one.found]
        self.add_button.setEnabled(idle and len(self.rows) < MOST_CAMERAS)
        self.sync_button.setEnabled(idle and len(self.rows) > 1 and len(found) == len(self.rows))
        self.find_button.setEnabled(idle and len(found) < len(self.rows))
        self.relink_button.setEnabled(idle)
        read = row.passport is not None and row.passport.facts is not None and row.passport.problem is None
        done = row.passport is not None and row.passport.proxy is not None
        self.proxy_button.setEnabled(idle and read and not done)
        self.convert_button.setEnabled(idle and row.found)

    def _lay_out(self) -> None:
        head = page_head(self.back_button, self._title, self._line)
        films = Card(tr("Films"), (self.find_button, self.sync_button, self.add_button))
        films.column.addWidget(self.table)
        inside = QWidget()
        body = QVBoxLayout(inside)
        body.setContentsMargins(0, 0, 8, 0)
        body.setSpacing(12)
        body.addWidget(self.problem)
        body.addWidget(self.advice)
        called = QHBoxLayout()
        called.setSpacing(12)
        name = label(tr("R&ole"), "muted")
        name.setBuddy(self.role)
        self.role.setAccessibleName(tr("What this camera is called"))
        called.addWidget(name)
        called.addWidget(self.role, 1)
        called.addWidget(self.place, 3)
        body.addLayout(called)
        body.addWidget(self.facts)
        body.addStretch(1)
        self._passport_card.column.addWidget(scrolled(inside, tr("Timing passport")), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(films)
        column.addWidget(self._passport_card, 1)
