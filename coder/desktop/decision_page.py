"""What came of a test: passed or not, each thing that the rule asked with what was reached, and what to do now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coder.desktop.course_texts import certificate_text
from coder.desktop.look import scaled
from coder.desktop.pieces import Card, OneLine, button, label, page_head, scrolled
from coder.language import tr
from coder.model.scheme import Scheme
from coder.model.training import Certificate, Criterion, Decision
from coder.training.patterns import Pattern
from coder.workflows.training.habit_sentences import detail_name
from coder.workflows.training.progress import CourseProgress
from coder.workflows.training.words import criterion_words, decision_words, pattern_words

_SIDE_PX, _WIDEST_SIDE_PX = 400, 480
_HABITS, _BADGE_PX = 3, 112


@dataclass(frozen=True, slots=True)
class DecisionWishes:
    """What the page may ask for. show_attempt: the feedback on an attempt, by its id."""

    back: Callable[[], object]
    save_certificate: Callable[[Certificate], object]
    show_attempt: Callable[[str], object]


class DecisionPage(QWidget):
    """Explains one `Decision`. certificate: the one that was issued on it, None if the test was not passed.

    habits: what stood out over all clips, weightiest first.
    """

    def __init__(
        self,
        progress: CourseProgress,
        test_set: int,
        decision: Decision,
        scheme: Scheme,
        certificate: Certificate | None,
        habits: Sequence[Pattern],
        wishes: DecisionWishes,
    ) -> None:
        super().__init__()
        self.decision, self.certificate, self.habits = decision, certificate, tuple(habits)
        self._progress, self._test_set, self._scheme, self._wishes = progress, test_set, scheme, wishes
        self.back_button = button(tr("← &Back to the course"), wishes.back, "quiet")
        self.save_button = button(tr("Save the &certificate…"), self._save, "primary")
        if certificate is None:
            self.save_button.hide()
        self.course_button = button(tr("&Go on with the course"), wishes.back, "" if certificate else "primary")
        self._lay_out()
        self.setFocusProxy(self.save_button if certificate is not None else self.course_button)

    def _save(self) -> None:
        if self.certificate is not None:
            self._wishes.save_certificate(self.certificate)

    def _lay_out(self) -> None:
        taken = self._progress.taken
        passed = self.decision.passed
        title = tr("Test passed") if passed else tr("Test not passed")
        line = f"{self._progress.coder.name} · {taken.course.title} {taken.course.id.version}"
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._asked_card(), 1)
        body.addWidget(self._side())
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addLayout(page_head(self.back_button, label(title, "title"), OneLine(line, "muted")))
        column.addLayout(body, 1)

    def _asked_card(self) -> Card:
        card = Card(tr("What the rule asked, and what you reached"))
        inside = QWidget()
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(6)
        for clip, criteria in groupby(self.decision.criteria, key=lambda one: one.clip):
            lines.addWidget(label(clip or tr("All clips together"), "heading"))
            lines.addWidget(self._lines(tuple(criteria)))
        lines.addStretch(1)
        area = scrolled(inside, tr("What the rule asked, and what you reached"))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that it can be scrolled by keys
        card.column.addWidget(area, 1)
        return card

    def _lines(self, criteria: Sequence[Criterion]) -> QWidget:
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, one in enumerate(criteria):
            text, role = _reached(one)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(text, role), row, 0, top | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(criterion_words(one, self._scheme), wrap=True), row, 1, top)
        grid.setColumnMinimumWidth(0, scaled(_BADGE_PX))  # so that the texts of all clips begin alike
        grid.setColumnStretch(1, 1)
        return lines

    def _side(self) -> QWidget:
        """What it means and what to do now; it scrolls where text is large and the screen is low."""
        cards = [
            self._verdict_card(),
            *([self._habits_card()] if self.habits or not self.decision.passed else []),
            self._clips_card(),
        ]
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        area = scrolled(inside, tr("What to do now"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(min(scaled(_SIDE_PX), _WIDEST_SIDE_PX))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons are enough to go through it
        return area

    def _verdict_card(self) -> Card:
        card = Card(tr("What this means"))
        card.column.addWidget(label(decision_words(self.decision, self._scheme)[0], wrap=True))
        if self.certificate is not None:
            due_on = self._progress.where.due_on
            card.column.addWidget(label(certificate_text(self.certificate, due_on), wrap=True))
        else:
            card.column.addWidget(label(_practise(self._progress), wrap=True))
        for one in (self.save_button, self.course_button):  # beside each other they are too wide in German
            card.column.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _habits_card(self) -> Card:
        card = Card(tr("What to practise") if not self.decision.passed else tr("What stood out"))
        if wanting := _wanting(self.decision, self._scheme):
            above_all = tr("Above all: {names}.", names=", ".join(wanting))
            card.column.addWidget(label(above_all, wrap=True))
        for habit in self.habits[:_HABITS]:
            card.column.addWidget(label(pattern_words(habit, self._scheme), wrap=True))
        return card

    def _clips_card(self) -> Card:
        """The test is done, so its clips may be looked at: each difference in the film."""
        card = Card(tr("See the differences in the film"))
        for step in self._progress.taken.course.tests(self._test_set):
            last = self._progress.of(step.id).last
            if last is not None:
                one = button(f"{step.title}…", partial(self._wishes.show_attempt, last.attempt.id))
                one.setAccessibleDescription(tr("The differences from the master in this clip"))
                card.column.addWidget(one, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _wanting(decision: Decision, scheme: Scheme) -> tuple[str, ...]:
    """The names of codes and tiers in which something was not reached, each once."""
    found = []
    for one in decision.unmet:
        if one.code is not None:
            found.append(tr("“{code}”", code=scheme.name_of(*one.code)))
        elif one.requirement is not None and one.requirement.code is not None:
            found.append(tr("“{code}”", code=scheme.name_of(one.requirement.tier, one.requirement.code)))
        elif one.requirement is not None:
            detail, _, _ = one.requirement.detail.partition("=")
            tier_label = scheme.tier(one.requirement.tier).label
            about = detail_name(scheme, one.requirement.tier, detail) if detail else ""
            found.append(tr("{tier} ({detail})", tier=tier_label, detail=about) if about else tier_label)
    return tuple(dict.fromkeys(found))


def _reached(one: Criterion) -> tuple[str, str]:
    if one.met is None:
        return (tr("– not judged") if one.clip else tr("– to know")), "badge-muted"
    return (tr("✓ reached"), "badge-good") if one.met else (tr("✗ not reached"), "badge-warning")


def _practise(progress: CourseProgress) -> str:
    if progress.next is not None:
        return tr("Look at the differences, practise again, and take the next test when you feel sure.")
    return tr(
        "Look at the differences and practise again. This course has no further test, for a clip counts only the "
        "first time: your supervisor can make a course with other clips."
    )
