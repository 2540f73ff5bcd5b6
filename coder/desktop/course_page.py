"""One course: what it is, what must be reached to pass, its steps, and the one thing to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coder.desktop.course_rows import STANDING_TONES
from coder.desktop.course_texts import next_words, try_text
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head, scrolled
from coder.desktop.rule_card import RuleCard
from coder.desktop.step_rows import STEP_COLUMNS, StepRow, step_rows
from coder.desktop.tables import ROW_PX, Rows, Table
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.training import Certificate, RuleChange, Standing, StepKind
from coder.workflows.training.progress import CourseProgress, StepProgress, StepState
from coder.workflows.training.words import standing_words

_SIDE_PX, _WIDEST_SIDE_PX = 380, 440


@dataclass(frozen=True, slots=True)
class CourseWishes:
    """What the page may ask for. try_step: id of a step; show_attempt: id of an attempt; show_decision: a test."""

    back: Callable[[], object]
    try_step: Callable[[str], object]
    show_attempt: Callable[[str], object]
    show_learning: Callable[[], object]
    show_decision: Callable[[int], object]
    change_rule: Callable[[], object]
    save_certificate: Callable[[Certificate], object]


class CoursePage(QWidget):
    """Shows the `CourseProgress` of one trainee; made anew when something has changed.

    lengths_us: of the clips, by the id of the step. changes: of the rule, with the name of who made each.
    """

    def __init__(
        self,
        progress: CourseProgress,
        scheme: Scheme,
        wishes: CourseWishes,
        lengths_us: Mapping[str, int],
        changes: Sequence[tuple[RuleChange, str]] = (),
    ) -> None:
        super().__init__()
        self.progress, self._wishes = progress, wishes
        self.back_button = button(tr("← C&ourses"), wishes.back, "quiet")
        self.learning_button = button(tr("&Learning curve…"), wishes.show_learning)
        self.learning_button.setEnabled(any(_submitted(one) for one in progress.steps))
        self.go_button = button(tr("&Go on"), self._go_on, "primary")
        self.steps = Table(Rows[StepRow](STEP_COLUMNS, self), tr("Steps of the course"))
        self.steps.lines.show(step_rows(progress, lengths_us))
        self.text = label("", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.try_button = button("", self._try, "")
        self.feedback_button = button(tr("Loo&k at the differences…"), self._show_attempt)
        self.rule = RuleCard(progress.taken.rule, scheme, changes, wishes.change_rule)
        decided = [one.test_set for one in progress.tests if one.passed is not None]
        self.decision_buttons = tuple(map(self._decision_button, decided))
        self.certificate_button = button(tr("C&ertificate…"), self._save)
        if progress.certificate is None:
            self.certificate_button.hide()
        self._lay_out()
        self.steps.chosen.connect(lambda _row: self._show_step())
        self.steps.opened.connect(lambda _row: self._open())
        numbers = [one.step.id for one in progress.steps]
        self.steps.choose(numbers.index(progress.next.id) if progress.next is not None else 0)
        self._show_step()
        self.setFocusProxy(self.go_button if progress.next is not None else self.steps)

    @property
    def step(self) -> StepProgress | None:
        """The chosen one."""
        rows = self.steps.lines.rows
        return rows[self.steps.row].progress if 0 <= self.steps.row < len(rows) else None

    def _go_on(self) -> None:
        if self.progress.next is not None:
            self._wishes.try_step(self.progress.next.id)

    def _save(self) -> None:
        if self.progress.certificate is not None:
            self._wishes.save_certificate(self.progress.certificate)

    def _open(self) -> None:
        """Enter on a step: try it if that is possible, else see what came of it."""
        if self.try_button.isEnabled():
            self._try()
        elif self.feedback_button.isEnabled():
            self._show_attempt()

    def _try(self) -> None:
        if self.step is not None:
            self._wishes.try_step(self.step.step.id)

    def _show_attempt(self) -> None:
        last = self.step.last if self.step is not None else None
        if last is not None:
            self._wishes.show_attempt(last.attempt.id)

    def _show_step(self) -> None:
        chosen = self.step
        if chosen is None:
            return
        step, last = chosen.step, chosen.last
        is_next = step == self.progress.next  # of which the card at the top speaks
        self.text.setText("" if is_next else "\n\n".join(filter(None, (chosen.why, step.text))))
        self.text.setVisible(bool(self.text.text()))
        self.try_button.setText(try_text(chosen))
        self.try_button.setEnabled(chosen.may_try)
        self.try_button.setVisible(chosen.may_try and not is_next)
        shown = step.kind is not StepKind.GUIDED and last is not None and not last.sealed
        self.feedback_button.setVisible(shown)
        self.feedback_button.setEnabled(shown)

    def _decision_button(self, test_set: int) -> QPushButton:
        several = len(self.progress.tests) > 1
        text = tr("Result of test {number}…", number=test_set) if several else tr("&Result of the test…")
        return button(text, lambda: self._wishes.show_decision(test_set))

    # layout

    def _lay_out(self) -> None:
        course = self.progress.taken.course
        done = sum(one.state is StepState.DONE for one in self.progress.steps)
        line = tr(
            "{name} · version {version} · {done} of {all} steps done",
            name=self.progress.coder.name,
            version=course.id.version,
            done=done,
            all=len(self.progress.steps),
        )
        head = page_head(self.back_button, OneLine(course.title, "title"), OneLine(line, "muted"))
        for one in (*self.decision_buttons, self.certificate_button):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.learning_button, 0, Qt.AlignmentFlag.AlignVCenter)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._steps_card(), 1)
        body.addLayout(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self._next_card())
        column.addLayout(body, 1)

    def _next_card(self) -> QFrame:
        heading, line = next_words(self.progress)
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(OneLine(heading, "heading"))
        words.addWidget(label(line, "muted", wrap=True))
        row.addLayout(words, 1)
        row.addWidget(self.go_button)
        self.go_button.setVisible(self.progress.next is not None)
        self.go_button.setAccessibleDescription(f"{heading}. {line}")
        return card

    def _steps_card(self) -> Card:
        card = Card(tr("Steps"))
        rows = len(self.progress.steps)
        self.steps.setMaximumHeight(scaled(ROW_PX) * (rows + 1) + 6)
        card.column.addWidget(self.steps, 100)
        card.column.addWidget(self.text)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.try_button)
        row.addWidget(self.feedback_button)
        row.addStretch(1)
        card.column.addLayout(row)
        card.column.addStretch(1)
        return card

    def _side(self) -> QVBoxLayout:
        course, where = self.progress.taken.course, self.progress.where
        stands = Card(tr("Where you stand"))
        role = "strip-warning" if STANDING_TONES[where.standing] == "warning" else ""
        stands.column.addWidget(label(standing_words(where.standing, where.due_on), role, wrap=True))
        about = Card(tr("About this course"))
        words = QWidget()
        reading = QVBoxLayout(words)
        reading.setContentsMargins(0, 0, 8, 0)
        reading.setSpacing(12)
        reading.addWidget(label(course.summary, wrap=True))
        if course.notice:
            reading.addWidget(label(course.notice, "muted", wrap=True))
        reading.addStretch(1)
        about.column.addWidget(scrolled(words, tr("About this course")), 1)
        column = QVBoxLayout()
        column.setSpacing(16)
        if where.standing is not Standing.IN_TRAINING and self.progress.next is not None:
            column.addWidget(stands)  # else the card at the top says so
        column.addWidget(self.rule, 3)
        column.addWidget(about, 2)
        for card in (stands, self.rule, about):
            card.setFixedWidth(min(scaled(_SIDE_PX), _WIDEST_SIDE_PX))
        return column


def _submitted(one: StepProgress) -> bool:
    return one.step.kind is not StepKind.GUIDED and one.last is not None and not one.last.sealed
