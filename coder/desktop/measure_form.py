"""The form that asks which sessions are to be measured and how; it also shows how far each is, and what failed."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QAbstractItemView, QCheckBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QWidget

from coder.desktop.forms import Choice, Form
from coder.desktop.look import scaled
from coder.desktop.pieces import button, label
from coder.desktop.tables import ROW_PX, Column, Rows, Table
from coder.desktop.wording import breakable, share_text
from coder.features.pool import usual_workers
from coder.language import later, plural, tr
from coder.model.problem import FeatureError, Problem
from coder.workflows.concluding import SEEN
from coder.workflows.measuring_state import FilmState, Stage

_ROWS_SHOWN = 7
_FRAME_PX = 40  # what the window manager puts around a window
_USUAL_HZ = 10.0
STAGE_WORDS = {
    Stage.FAILED: later("failed"),
    Stage.HALF: later("partly measured"),
    Stage.NEVER: later("not measured"),
    Stage.DONE: later("measured"),
    Stage.NOTHING: later("nothing to measure"),
}
_TONES = {Stage.FAILED: "error", Stage.HALF: "warning", Stage.NEVER: "muted", Stage.DONE: "good"}


@dataclass(frozen=True, slots=True)
class SessionState:
    """A session as the form lists it: its films with each extractor."""

    id: str
    name: str
    films: tuple[FilmState, ...]

    @property
    def stage(self) -> Stage:
        """As far as its film that needs attention most."""
        own = {film.stage for film in self.films}
        return next(stage for stage in Stage if stage in own)

    @property
    def text(self) -> str:
        """The stage, with how much of it is done."""
        word = tr(STAGE_WORDS[self.stage])
        if self.stage is not Stage.HALF:
            return word
        done = min(film.done for film in self.films if film.stage is Stage.HALF)
        return tr("{stage}, {share}", stage=word, share=share_text(done))

    @property
    def rate_hz(self) -> float | None:
        """Looks a second that it was, or is being, measured with."""
        for film in self.films:
            if film.extractor == SEEN and "rate_hz" in film.settings:
                try:
                    return float(film.settings["rate_hz"])
                except ValueError:
                    return None
        return None

    @property
    def rate_text(self) -> str:
        """The rate as a cell shows it."""
        return "" if self.rate_hz is None else f"{self.rate_hz:g}"

    def problems(self) -> tuple[str, ...]:
        """What went wrong with which film, once each."""
        return tuple(
            dict.fromkeys(
                tr(
                    "{film}: {what} {hint}", film=PurePath(film.film).name, what=problem.what, hint=problem.hint
                ).strip()
                for film in self.films
                if film.stage is Stage.FAILED
                for problem in film.problems
            )
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for. child_side: None leaves it as it is."""

    session_ids: tuple[str, ...]
    rate_hz: float
    workers: int
    child_side: str | None
    voice: bool
    again: bool


COLUMNS: tuple[Column[SessionState], ...] = (
    Column(later("Session"), lambda one: one.name, wide=True),
    Column(
        later("State"),
        lambda one: one.text,
        tone=lambda one: _TONES.get(one.stage, "muted"),
        tip=lambda one: "\n".join(one.problems()),
        width_px=170,
    ),
    Column(later("Looks a second"), lambda one: one.rate_text, right=True, width_px=110),
)


class MeasureForm(Form):
    """Asks what is to be measured; `chosen` sessions are marked at first. start(wanted): begin."""

    def __init__(
        self,
        parent: QWidget | None,
        sessions: Sequence[SessionState],
        chosen: Sequence[str],
        start: Callable[[Wanted], object],
    ) -> None:
        lead = tr(
            "Who looks where, how near they are, who touches, moves and speaks, as evidence beside the codes. It "
            "goes on while you code, and after an interruption it goes on where it stopped."
        )
        super().__init__(parent, tr("Measure…"), tr("Measure now"), lead)
        self.setMinimumWidth(scaled(640))
        self._sessions = tuple(sessions)
        self.table = Table(Rows[SessionState](COLUMNS, self), tr("Sessions to be measured"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.lines.show(self._sessions)
        self.count = label("", "muted")
        self.open_button = button(tr("All that are not &finished"), self._choose_unfinished)
        self.open_button.setAutoDefault(False)
        self.problems = label("", "strip-error", wrap=True)
        self.rate = QDoubleSpinBox()
        self.workers = QSpinBox()
        self.child_side = Choice[str | None](
            [
                (tr("As it is: by size, unless somebody has said"), None),
                (tr("By size"), "auto"),
                (tr("On the left of the picture"), "left"),
                (tr("On the right of the picture"), "right"),
            ]
        )
        self.voice = QCheckBox(tr("Listen for &voices as well"))
        self.again = QCheckBox(tr("Measure &anew what is measured already"))
        self._lay_out()
        selection = self.table.selectionModel()
        if selection is not None:
            selection.selectionChanged.connect(lambda _now, _before: self._show_chosen())
        self.table.opened.connect(lambda _row: self.accept_button.click())  # the list takes Enter for itself
        self.choose(chosen)
        self.do = lambda: start(self.wanted())

    @property
    def chosen(self) -> tuple[SessionState, ...]:
        """The sessions that are marked, in the order of the study."""
        selection = self.table.selectionModel()
        rows = sorted(index.row() for index in selection.selectedRows()) if selection is not None else []
        return tuple(self._sessions[row] for row in rows)

    def choose(self, session_ids: Sequence[str]) -> None:
        """Mark these sessions."""
        selection, model = self.table.selectionModel(), self.table.model()
        if selection is None or model is None:
            return
        selection.clearSelection()
        for row, one in enumerate(self._sessions):
            if one.id in session_ids:
                selection.select(
                    model.index(row, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows
                )
        rows = [row for row, one in enumerate(self._sessions) if one.id in session_ids]
        if rows:
            selection.setCurrentIndex(model.index(rows[0], 0), selection.SelectionFlag.NoUpdate)
        self._show_chosen()

    def wanted(self) -> Wanted:
        """What is asked for now. Raises FeatureError if no session is marked."""
        if not self.chosen:
            raise FeatureError(Problem(tr("No session is chosen."), hint=tr("Choose at least one in the list.")))
        return Wanted(
            tuple(one.id for one in self.chosen),
            self.rate.value(),
            self.workers.value(),
            self.child_side.value,
            self.voice.isChecked(),
            self.again.isChecked(),
        )

    def showEvent(self, event: QShowEvent | None) -> None:
        """The width is known now."""
        super().showEvent(event)
        self._make_room()

    def _choose_unfinished(self) -> None:
        done = {Stage.DONE, Stage.NOTHING}
        self.choose([one.id for one in self._sessions if one.stage not in done])
        self.table.setFocus()

    def _show_chosen(self) -> None:
        chosen = self.chosen
        self.count.setText(
            plural(
                "{chosen} of {count} session is chosen; Shift and Ctrl choose several",
                "{chosen} of {count} sessions are chosen; Shift and Ctrl choose several",
                len(self._sessions),
                chosen=len(chosen),
            )
        )
        texts = [
            tr("{session} – {problem}", session=one.name, problem=problem)
            for one in chosen
            for problem in one.problems()
        ]
        self.problems.setText(breakable("\n".join(texts[:_ROWS_SHOWN])))
        self.problems.setVisible(bool(texts))
        self.accept_button.setEnabled(bool(chosen))
        self._make_room()

    def _make_room(self) -> None:
        """As high as the texts need that were just written: Qt does not ask wrapped ones again.

        On a screen too low for it the list is shorter, never the rest: the buttons must be reached.
        """
        layout, screen, row_px = self.layout(), self.screen(), scaled(ROW_PX)
        if layout is None or screen is None or not self.isVisible():
            return
        full_px = row_px * (min(max(len(self._sessions), 2), _ROWS_SHOWN) + 1)
        self.table.setFixedHeight(full_px)
        layout.activate()
        over_px = layout.totalHeightForWidth(self.width()) - (screen.availableGeometry().height() - _FRAME_PX)
        if over_px > 0:
            self.table.setFixedHeight(max(full_px - over_px, row_px * 2))
            layout.activate()
        needed_px = layout.totalHeightForWidth(self.width())
        self.setMinimumHeight(needed_px)
        self.resize(self.width(), needed_px)
        self.table.scrollTo(self.table.currentIndex())

    def _lay_out(self) -> None:
        self.rate.setRange(1, 60)
        self.rate.setDecimals(1)
        self.rate.setValue(next((one.rate_hz for one in self._sessions if one.rate_hz), _USUAL_HZ))
        self.rate.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.workers.setRange(1, max(os.cpu_count() or 1, 2))
        self.workers.setValue(usual_workers())
        self.workers.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.voice.setChecked(True)
        self.fields.addRow(self.table)
        below = QWidget()
        line = QHBoxLayout(below)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.count, 1)
        line.addWidget(self.open_button)
        self.fields.addRow(below)
        self.fields.addRow(self.problems)
        how = QWidget()
        row = QHBoxLayout(how)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.rate, 1)
        processes = label(tr("&Processes"))
        processes.setBuddy(self.workers)
        row.addWidget(processes)
        row.addWidget(self.workers, 1)
        self.add(tr("&Looks a second"), how)
        for field, name in ((self.rate, tr("&Looks a second")), (self.workers, tr("&Processes"))):
            field.setAccessibleName(name.replace("&", ""))
        how.setFocusProxy(self.rate)
        self.add(tr("&Child"), self.child_side)
        self.fields.addRow("", self.voice)
        self.fields.addRow("", self.again)
        self.table.setFocus()
        last: QWidget = self.table
        fields = (self.open_button, self.rate, self.workers, self.child_side, self.voice, self.again)
        for one in (*fields, self.cancel_button, self.accept_button):
            self.setTabOrder(last, one)
            last = one
