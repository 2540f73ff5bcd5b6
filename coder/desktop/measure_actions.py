"""Measuring from the window: ask which sessions, measure them beside whatever else is done, say what came out."""

from collections.abc import Sequence

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from coder.desktop.measure_form import MeasureForm, SessionState, Wanted
from coder.desktop.shared import Tools
from coder.desktop.strip import Task
from coder.language import plural, tr
from coder.model.problem import CoderError
from coder.store import StudyStore
from coder.workflows.concluding import CONCLUDED, SEEN
from coder.workflows.extracted import Became, Extracted, of_session
from coder.workflows.extraction import EXTRACTORS, extract_steps
from coder.workflows.measuring_state import film_states

_VOICE = "voice"


class MeasureActions(QObject):
    """Asks, and lets the strip of measuring do the work.

    settled(Outcome): something has become of a film, while others are still measured.
    """

    settled = pyqtSignal(object)

    def __init__(self, store: StudyStore, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._store, self._tools, self._window = store, tools, window

    def ask(self, session_ids: Sequence[str]) -> None:
        """Show how far each session is, with these chosen, and ask what is to be measured."""
        try:
            sessions = self._sessions()
        except CoderError as error:
            self._tools.on_error(error)
            return
        MeasureForm(self._window, sessions, session_ids, self.start).open()

    def start(self, wanted: Wanted) -> None:
        """Measure; it goes on while other things are done."""
        settings = {SEEN: {"rate_hz": str(wanted.rate_hz)}}
        if wanted.child_side is not None:
            settings[CONCLUDED] = {"child_side": wanted.child_side}
        count = len(wanted.session_ids)
        self._tools.measuring.run(
            Task(
                plural("Measuring {count} session", "Measuring {count} sessions", count),
                lambda: extract_steps(
                    self._store,
                    wanted.session_ids,
                    settings,
                    workers=wanted.workers,
                    extractors=[name for name in EXTRACTORS if wanted.voice or name != _VOICE],
                    again=wanted.again,
                    told=self.settled.emit,
                ),
                self._say,
                tr("Measuring was stopped. What was finished is kept, and measuring goes on from there."),
            )
        )

    def _say(self, found: Extracted) -> None:
        failed = {outcome.session_id for outcome in found.failed}
        sessions = list(dict.fromkeys(outcome.session_id for outcome in found.outcomes))
        new = [one for one in sessions if of_session(found.outcomes, one) is Became.MEASURED]
        there = [one for one in sessions if of_session(found.outcomes, one) in {Became.THERE, Became.NOTHING}]
        said = []
        if new:
            said.append(plural("{count} session is measured.", "{count} sessions are measured.", len(new)))
        if there:
            said.append(
                plural(
                    "{count} session was measured already.", "{count} sessions were measured already.", len(there)
                )
            )
        if failed:
            said.append(plural("{count} session failed.", "{count} sessions failed.", len(failed)))
        detail = str(found.problems()[0]) if failed else ""
        offer = tr("Loo&k at what failed…") if failed else ""
        self._tools.measuring.say(" ".join(said), offer, lambda: self.ask(sorted(failed)), detail)

    def _sessions(self) -> tuple[SessionState, ...]:
        states = film_states(self._store, EXTRACTORS)
        return tuple(
            SessionState(session.id, session.name, tuple(one for one in states if one.session_id == session.id))
            for session in self._store.sessions()
        )
