"""Films of the chosen session that are not where they were, and the two ways to find them again."""

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QWidget

from coder.desktop.film_actions import FilmActions
from coder.desktop.pieces import button, label
from coder.desktop.wording import breakable
from coder.language import tr
from coder.model.study import Media


class LostFilms(QWidget):
    """Hidden while nothing is missing."""

    def __init__(self, films: FilmActions) -> None:
        super().__init__()
        self._films = films
        self._lost: tuple[Media, ...] = ()
        self._text = label("", "strip-error", wrap=True)
        self.relink_button = button(tr("Relin&k…"), self._relink)
        self.find_button = button(tr("Look in &a folder…"), films.find_missing)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        for one in (self.relink_button, self.find_button):
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)

    @property
    def text(self) -> str:
        """What is said about the films."""
        return self._text.text()

    def show_lost(self, lost: Sequence[Media], first: Path | None, *, can_do: bool) -> None:
        """Show which films are missing. first: where the first of them was."""
        self._lost = tuple(lost)
        self.setVisible(bool(lost))
        for one in (self.relink_button, self.find_button):
            one.setEnabled(can_do)
        where = breakable(str(first))
        if len(self._lost) == 1:
            self._text.setText(
                tr("The film of “{camera}” is missing. It was here: {where}", camera=lost[0].role, where=where)
            )
        elif self._lost:
            cameras = ", ".join(f"“{media.role}”" for media in self._lost)
            self._text.setText(
                tr("The films of {cameras} are missing. The first was here: {where}", cameras=cameras, where=where)
            )

    def _relink(self) -> None:
        self._films.relink(self._lost[0])
