"""The chosen trainee: standing and certificate, what is to be looked at, newest figures beside what is needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from coder.desktop.cohort_rows import CohortRow, steps_done
from coder.desktop.cohort_texts import drift_lines, failed_lines, no_scheme_line, standing_lines, stuck_lines
from coder.desktop.learning_plots import CURVE_COLUMNS, CurveRow
from coder.desktop.pieces import Card, OneLine, button, label, scrolled
from coder.desktop.reliability_texts import number_text
from coder.desktop.tables import Column, Rows
from coder.desktop.walk_cells import TallTable
from coder.language import later, plural, tr
from coder.model.study import Coder
from coder.model.training import Certificate
from coder.workflows.training.cohort import Member


def _newest(row: CurveRow) -> str:
    """Without limits, which the learning curve has."""
    return number_text(row.curve.statistic, row.newest.value if row.newest is not None else None)


_NAME, _, _MEAN, _NEEDED, _SO_FAR = CURVE_COLUMNS
_COLUMNS: tuple[Column[CurveRow], ...] = (
    _NAME,
    Column(later("Newest"), _newest, right=True, width_px=70),
    replace(_MEAN, width_px=78),
    replace(_NEEDED, width_px=70),
    replace(_SO_FAR, width_px=90, least_px=76),
)
_AT_ONCE = 4
"""So many sentences of what is not reached; the table below has every number."""


@dataclass(frozen=True, slots=True)
class MemberWishes:
    """What can be done about one trainee. show_reliability: the desk where double-coded sessions are compared."""

    show_learning: Callable[[Member], object]
    show_reliability: Callable[[], object]
    save_certificate: Callable[[Certificate], object]
    save_record: Callable[[Coder], object]


class CohortDetail(Card):
    """Shows one `CohortRow`; None while there is none."""

    def __init__(self, wishes: MemberWishes) -> None:
        self.learning_button = button(tr("&Learning curve…"), self.show_learning, "primary")
        super().__init__("", (self.learning_button,))
        self._wishes = wishes
        self._row: CohortRow | None = None
        self._line = OneLine("", "muted")
        self.stands = label("", wrap=True)
        self.drift = label("", "strip-warning", wrap=True)
        self.told = label("", wrap=True)
        self.numbers = TallTable(Rows[CurveRow](_COLUMNS, self), tr("Newest figures beside what is needed"))
        self.reliability_button = button(tr("Rel&iability…"), wishes.show_reliability)
        self.certificate_button = button(tr("C&ertificate…"), self._save_certificate)
        self.record_button = button(tr("Save the rec&ord…"), self._save_record)
        self._lay_out()
        self.numbers.opened.connect(lambda _row: self.show_learning())

    def show_row(self, row: CohortRow | None) -> None:
        """Show a trainee in a course."""
        self._row = row
        member = row.member if row is not None else None
        self.heading.setText(row.coder.name if row is not None else "")
        self._line.setText(_course_text(row) if row is not None else "")
        _put(self.stands, list(standing_lines(row)) if row is not None else [])
        _put(self.drift, drift_lines(member) if member is not None else [])
        _put(self.told, _told(member) if member is not None else [])
        rows = _asked(member) if member is not None else []
        self.numbers.lines.show(rows)
        self.numbers.choose(0)
        self._below.setVisible(bool(rows))
        begun = member is not None and steps_done(member) is not None
        self.learning_button.setEnabled(begun and member is not None and bool(member.scores))
        self.reliability_button.setVisible(member is not None and bool(member.alerts))
        self.certificate_button.setVisible(member is not None and member.where.certificate is not None)
        self.record_button.setEnabled(begun)

    def show_learning(self) -> None:
        """Go on to the learning curve, where there is one."""
        member = self._row.member if self._row is not None else None
        if member is not None and self.learning_button.isEnabled():
            self._wishes.show_learning(member)

    def _save_certificate(self) -> None:
        member = self._row.member if self._row is not None else None
        if member is not None and member.where.certificate is not None:
            self._wishes.save_certificate(member.where.certificate)

    def _save_record(self) -> None:
        if self._row is not None:
            self._wishes.save_record(self._row.coder)

    def _lay_out(self) -> None:
        words = QWidget()
        reading = QVBoxLayout(words)
        reading.setContentsMargins(0, 0, 8, 0)
        reading.setSpacing(10)
        for one in (self.drift, self.stands, self.told):
            one.setAlignment(Qt.AlignmentFlag.AlignTop)
            reading.addWidget(one)
        reading.addStretch(1)
        self._below = QWidget()
        numbers = QVBoxLayout(self._below)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.setSpacing(4)
        numbers.addWidget(label(tr("Newest figures beside what is needed"), "asked"))
        numbers.addWidget(self.numbers, 1)
        both = QSplitter(Qt.Orientation.Vertical)
        both.setChildrenCollapsible(False)
        both.setProperty("role", "gap")
        both.addWidget(scrolled(words, tr("About this trainee")))
        both.addWidget(self._below)
        both.setSizes([280, 260])
        both.setStretchFactor(1, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for act in (self.reliability_button, self.certificate_button, self.record_button):
            buttons.addWidget(act)
        buttons.addStretch(1)
        self.column.addWidget(self._line)
        self.column.addWidget(both, 1)
        self.column.addLayout(buttons)


def _course_text(row: CohortRow) -> str:
    member = row.member
    if member is None:
        return row.course[0]
    scheme = f" · {member.scheme.title}" if member.scheme is not None else ""
    return f"{member.title} {member.course.version}{scheme}"


def _told(member: Member) -> list[str]:
    """What is not reached, as far as there is room, and what the trainee was told after a failed test."""
    said = [*stuck_lines(member)]
    rest = len(said) - _AT_ONCE
    if rest > 0:
        said[_AT_ONCE:] = [plural("{count} more number is short.", "{count} more numbers are short.", rest)]
    if said:
        said.insert(0, tr("Not reached yet:"))
    failed = failed_lines(member)
    if failed:
        said += [""] if said else []
        said += [tr("What the trainee was told after the test:"), *failed]
    if member.scheme is None:
        said.append(no_scheme_line())
    return said


def _asked(member: Member) -> list[CurveRow]:
    """The numbers of which something is asked, what is not there yet first."""
    if member.scheme is None:
        return []
    rows = [CurveRow(one, member.scheme) for one in member.curves if one.criterion is not None]
    return sorted(rows, key=lambda row: row.curve.reached is not False)


def _put(words: QLabel, lines: Sequence[str]) -> None:
    words.setText("\n".join(lines))
    words.setVisible(bool(lines))
