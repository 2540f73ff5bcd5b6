"""Watches over the films of a pass that is open: says when one is not the file that was coded, or is missing."""

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.film_actions import FilmActions
from coder.desktop.jobs import Job
from coder.desktop.pieces import button, label
from coder.language import tr
from coder.model.problem import CodingError, Problem
from coder.model.study import Session
from coder.workflows.film_checks import FilmDoubt, doubts_at_once, doubts_steps


class FilmWatch(QObject):
    """Compares sizes at once and the whole content in the background. changed: the doubts are not as they were.

    confirmed: the person has said, for this opening of the pass, that codes on another file are meant.
    """

    changed = pyqtSignal()

    def __init__(self, actions: FilmActions, session: Session) -> None:
        super().__init__()
        store = actions.store
        self.confirmed = False
        self.doubts: tuple[FilmDoubt, ...] = doubts_at_once(store, session)
        self._job = Job(tr("Checking the films"), lambda: doubts_steps(store, session), self)
        self._job.finished.connect(self._take)
        self._job.failed.connect(actions.tools.on_error)

    def start(self) -> None:
        """Begin to read the films in the background."""
        self._job.start()

    @property
    def exchanged(self) -> bool:
        """True if a film is there but is not the one that was coded."""
        return any(not doubt.missing for doubt in self.doubts)

    def may_code(self) -> None:
        """Raises CodingError while a film is not the one that was coded and nobody has confirmed it."""
        if self.exchanged and not self.confirmed:
            raise CodingError(
                Problem(
                    tr("The film is not the file that was coded, so nothing is coded on it yet."),
                    hint=tr("Relink the original, or choose “Code on it all the same” above the picture."),
                )
            )

    def confirm(self) -> None:
        """Allow coding on the file that is there, until the pass is closed."""
        self.confirmed = True
        self.changed.emit()

    def stop(self) -> None:
        """End the check and wait for its thread."""
        self._job.cancel()
        self._job.wait()

    def _take(self, doubts: tuple[FilmDoubt, ...]) -> None:
        if doubts != self.doubts:
            self.doubts = doubts
            self.changed.emit()


class FilmBanner(QFrame):
    """Lasting and quiet: which film is in doubt, and what can be done. can_code: the pass takes strokes."""

    def __init__(self, watch: FilmWatch, actions: FilmActions, parent: QWidget, *, can_code: bool) -> None:
        super().__init__(parent)
        self._watch, self._actions, self._can_code = watch, actions, can_code
        self.setProperty("role", "banner")
        self.setAccessibleName(tr("Warning about the films"))
        self.text = label("", wrap=True)
        self.confirm_button = button(tr("Code on it &all the same"), watch.confirm)
        self.relink_button = button(tr("&Relink…"), self._relink)
        self.details_button = button(tr("D&etails…"), actions.show_page)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        words = QVBoxLayout()
        words.addWidget(self.text)
        row.addLayout(words, 1)
        for one in (self.confirm_button, self.relink_button, self.details_button):
            # a click must not take the focus, and with it the coding keys, from the bench
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        watch = self._watch
        self.setVisible(bool(watch.doubts))
        self.confirm_button.setVisible(watch.exchanged and self._can_code and not watch.confirmed)
        lines = [doubt.problem.what for doubt in watch.doubts]
        if watch.exchanged and watch.confirmed:
            lines[-1] = tr("{warning} You chose to code on it all the same.", warning=lines[-1])
        self.text.setText("\n".join(lines))
        self.setAccessibleDescription("\n".join(lines))

    def _relink(self) -> None:
        self._actions.relink(self._watch.doubts[0].media)
