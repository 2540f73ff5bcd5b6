"""What is in question: what each coder has there, what was measured, what the scheme says about these codes."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.view.after_paint import AfterPaint
from coder.annotate.view.asked import (
    Asked,
    about_text,
    asked_text,
    code_label,
    codes_asked,
    definition_asked,
    is_rating,
    tiers_asked,
)
from coder.annotate.view.definition import definition_html
from coder.annotate.view.differing import rating_text, side_text, span_text, values_text
from coder.annotate.view.event_form import SURE
from coder.annotate.view.moment_chips import MomentChips
from coder.annotate.view.walk_content import Side, WalkContent
from coder.language import tr
from coder.model.coding import Certainty, Event
from coder.model.evidence import Concern, Question
from coder.model.scheme import RATING, Tier
from coder.model.time import Span


class InQuestion(QScrollArea):
    """Built anew for whatever is asked about. play: an evidence moment of a rating was asked for."""

    def __init__(self, content: WalkContent, play: Callable[[Span], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._content = content
        self._play, self._leave = play, leave
        self.sides: list[SideCard] = []
        self.measured: MeasuredCard | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("What is in question"))
        self.setMinimumHeight(96)
        self._one: Asked | None = None
        self._later = AfterPaint(self, self._build)
        self._build()

    def show_one(self, one: Asked | None) -> None:
        """Show what is asked about, or nothing; after the next paint, so that no verdict waits for it."""
        self._one = one
        self._later.ask()

    def shown(self) -> list["SideCard"]:
        """The cards of the sides as they are now."""
        self._later.now()
        return self.sides

    def _build(self) -> None:
        one = self._one
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(16, 10, 12, 10)
        stack.setSpacing(8)
        self.sides, self.measured = [], None
        if one is not None:
            self._fill(stack, one)
        stack.addStretch(1)
        old = self.takeWidget()
        self.setWidget(inner)
        if old is not None:
            old.hide()
            old.deleteLater()  # it may be in the middle of a click on one of its chips

    def _fill(self, stack: QVBoxLayout, one: Asked) -> None:
        content = self._content
        named = f"{about_text(one, content.scheme)} · {asked_text(one, content.scheme)}"
        stack.addWidget(_label(named, "heading"))
        stack.addWidget(_label(span_text(one.span), "muted"))
        for said in content.said(one) if content.said is not None else ():
            if said.heading:
                stack.addWidget(_label(said.heading, "asked"))
            stack.addWidget(_label(said.text, ""))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        sides = (content.side_of(one),) if isinstance(one, Question) else content.sides
        for at, side in enumerate(sides):
            card = SideCard(content, side, one, self._play, self._leave, of_b=bool(at))
            self.sides.append(card)
            grid.addWidget(card, 0, at)
            grid.setColumnStretch(at, 1)
        facts = tuple(content.facts(one))
        self.measured = MeasuredCard(facts) if facts else None
        if self.measured is not None:
            beside = isinstance(one, Question)
            grid.addWidget(self.measured, *((0, 1) if beside else (1, 0, 1, len(sides))))
            grid.setColumnStretch(1, 1)
        stack.addLayout(grid)
        if definition := definition_asked(one, content.scheme):
            stack.addWidget(_label(definition, ""))
        for tier, code in codes_asked(one, content.scheme):
            stack.addWidget(_label(code.label, "heading"))
            text = _label("", "")
            text.setTextFormat(Qt.TextFormat.RichText)
            text.setText(definition_html(tier, code))
            stack.addWidget(text)
        for tier in tiers_asked(one, content.scheme):
            if rule := tier.rule.strip():
                stack.addWidget(_label(tr("Rule of “{tier}”", tier=tier.label), "heading"))
                stack.addWidget(_label(rule, ""))


class SideCard(QFrame):
    """What one coder has at the place that is asked about. of_b: it is B's side of a disagreement."""

    def __init__(
        self,
        content: WalkContent,
        side: Side,
        one: Asked,
        play: Callable[[Span], None],
        leave: Callable[[], None],
        *,
        of_b: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.text = _side_text(one, content, of_b=of_b)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(10, 6, 10, 8)
        stack.setSpacing(2)
        stack.addWidget(_label(side.title, "muted"))
        stack.addWidget(_label(self.text, "heading"))
        event = side.events.get(_event_id(one, of_b=of_b))
        self.moments: MomentChips | None = None
        if event is not None:
            tier = content.scheme.tier(event.tier)
            for line in _about(event, tier, one, noted=of_b or content.said is None):
                stack.addWidget(_label(line, ""))
            if event.moments:
                item = tier.code(event.code).label
                self.moments = MomentChips(item, play, lambda _span: None, leave, locked=True)
                self.moments.show_moments(event.moments)
                stack.addWidget(self.moments)
        stack.addStretch(1)


class MeasuredCard(QFrame):
    """What the tracks say at that place, in sentences: facts beside the codes, never a vote."""

    def __init__(self, facts: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.facts = tuple(facts)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(10, 6, 10, 8)
        stack.setSpacing(2)
        stack.addWidget(_label(tr("Measured"), "muted"))
        for fact in facts:
            stack.addWidget(_label(fact, ""))
        stack.addStretch(1)


def _side_text(one: Asked, content: WalkContent, *, of_b: bool) -> str:
    if not isinstance(one, Question):
        return side_text(one, content.scheme, of_b=of_b)
    if one.concern is Concern.UNCODED:
        return tr("nothing")
    return code_label(content.scheme, one.tier, one.code)


def _event_id(one: Asked, *, of_b: bool) -> str:
    if isinstance(one, Question):
        return one.event_id
    return one.event_b if of_b else one.event_a


def _about(event: Event, tier: Tier, one: Asked, *, noted: bool) -> list[str]:
    """Times, details, how sure, and the note or the reason of an event. noted: its note belongs here."""
    code = tier.code(event.code)
    details = {detail.id: detail for detail in code.modifiers}
    lines = _anchor(event, tier) if is_rating(one) else [span_text(event.span)]
    lines += [
        f"{details[name].label if name in details else name}: {values_text(details.get(name), value)}"
        for name, value in event.modifiers
        if name != RATING
    ]
    if event.certainty is not Certainty.CERTAIN:
        lines.append(tr(SURE[event.certainty]))
    if event.note and noted:
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
