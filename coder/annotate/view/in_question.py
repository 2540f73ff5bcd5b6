"""What is in question: what each coder has there, in full, and what the scheme says about these codes."""

from collections.abc import Callable

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.definition import definition_html
from coder.annotate.view.differing import (
    codes_of,
    item_text,
    kind_text,
    rating_text,
    side_text,
    span_text,
    values_text,
)
from coder.annotate.view.event_form import SURE
from coder.annotate.view.moment_chips import MomentChips
from coder.annotate.view.walk_content import Side, WalkContent
from coder.language import tr
from coder.model.coding import Certainty, Event
from coder.model.disagreement import Disagreement, DisagreementKind
from coder.model.scheme import RATING, Tier
from coder.model.time import Span


class InQuestion(QScrollArea):
    """Built anew for each disagreement. play: an evidence moment of a rating was asked for."""

    def __init__(self, content: WalkContent, play: Callable[[Span], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._content = content
        self._play, self._leave = play, leave
        self.sides: list[SideCard] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("What is in question"))
        self.setMinimumHeight(96)
        self._one: Disagreement | None = None
        self._later = AfterPaint(self, self._build)
        self._build()

    def show_one(self, one: Disagreement | None) -> None:
        """Show a disagreement, or nothing; after the next paint, so that no verdict waits for it."""
        self._one = one
        self._later.ask()

    def shown(self) -> list["SideCard"]:
        """The cards of both sides as they are now."""
        self._later.now()
        return self.sides

    def _build(self) -> None:
        one = self._one
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(16, 10, 12, 10)
        stack.setSpacing(8)
        self.sides = []
        if one is not None:
            self._fill(stack, one)
        stack.addStretch(1)
        old = self.takeWidget()
        self.setWidget(inner)
        if old is not None:
            old.hide()
            old.deleteLater()  # it may be in the middle of a click on one of its chips

    def _fill(self, stack: QVBoxLayout, one: Disagreement) -> None:
        content = self._content
        stack.addWidget(_label(f"{item_text(one, content.scheme)} · {kind_text(one, content.scheme)}", "heading"))
        stack.addWidget(_label(span_text(one.span), "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for at, side in enumerate((content.a, content.b)):
            card = SideCard(content, side, one, self._play, self._leave, of_b=bool(at))
            self.sides.append(card)
            grid.addWidget(card, 0, at)
            grid.setColumnStretch(at, 1)
        stack.addLayout(grid)
        for tier, code in codes_of(one, content.scheme):
            stack.addWidget(_label(code.label, "heading"))
            text = _label("", "")
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setText(definition_html(tier, code))
            stack.addWidget(text)
        rule = content.scheme.tier(one.tier).rule.strip()
        if rule:
            stack.addWidget(_label(tr("Rule of “{tier}”", tier=content.scheme.tier(one.tier).label), "heading"))
            stack.addWidget(_label(rule, ""))


class SideCard(QFrame):
    """What one coder has at the place of a disagreement."""

    def __init__(
        self,
        content: WalkContent,
        side: Side,
        one: Disagreement,
        play: Callable[[Span], None],
        leave: Callable[[], None],
        *,
        of_b: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.text = side_text(one, content.scheme, of_b=of_b)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(10, 6, 10, 8)
        stack.setSpacing(2)
        stack.addWidget(_label(side.title, "muted"))
        stack.addWidget(_label(self.text, "heading"))
        event = side.events.get(one.event_b if of_b else one.event_a)
        self.moments: MomentChips | None = None
        if event is not None:
            tier = content.scheme.tier(one.tier)
            for line in _about(event, tier, one):
                stack.addWidget(_label(line, ""))
            if event.moments:
                item = tier.code(event.code).label
                self.moments = MomentChips(item, play, lambda _span: None, leave, locked=True)
                self.moments.show_moments(event.moments)
                stack.addWidget(self.moments)
        stack.addStretch(1)


def _about(event: Event, tier: Tier, one: Disagreement) -> list[str]:
    """Times, details, how sure, and the note or the reason of an event."""
    code = tier.code(event.code)
    details = {detail.id: detail for detail in code.modifiers}
    lines = [span_text(event.span)] if one.kind is not DisagreementKind.RATING else _anchor(event, tier)
    lines += [
        f"{details[name].label if name in details else name}: {values_text(details.get(name), value)}"
        for name, value in event.modifiers
        if name != RATING
    ]
    if event.certainty is not Certainty.CERTAIN:
        lines.append(tr(SURE[event.certainty]))
    if event.note:
        lines.append(tr("“{note}”", note=event.note))
    return lines


def _anchor(event: Event, tier: Tier) -> list[str]:
    """What the scale says of the rating, where it says something."""
    value = event.modifier(RATING) or ""
    anchors = tier.code(event.code).anchors or (tier.scale.anchors if tier.scale is not None else ())
    return [words for number, words in anchors if str(number) == value and words != rating_text(tier, value)]


def _label(text: str, role: str) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    made.setMinimumWidth(0)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    if role:
        made.setProperty("role", role)
    return made
