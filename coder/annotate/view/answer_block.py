"""What the inspector says of an answer: how a cue was judged and what answers it, or which cue an act answers."""

from collections.abc import Callable

from PyQt6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coder.annotate.answering import act_of, faults, latency_text
from coder.annotate.desk import Desk
from coder.annotate.keymap import Command
from coder.annotate.view.flow import FlowLayout
from coder.language import tr
from coder.model.coding import Event
from coder.model.scheme import OUTCOME, Link
from coder.model.time import clock


class AnswerBlock(QWidget):
    """review: open the review at this cue. take_back: what was judged of it; None where nothing may be changed."""

    def __init__(
        self,
        desk: Desk,
        link: Link,
        cue: Event,
        command: Command,
        review: Callable[[Event], None],
        take_back: Callable[[Event], None] | None,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(_label(link.label, "muted"))
        outcome = link.outcome(cue.modifier(OUTCOME))
        act = act_of(desk.coding, link, cue) if outcome is not None else None
        if outcome is not None:
            column.addWidget(_label(outcome.label))
        if act is not None:
            words = {
                "act": desk.scheme.name_of(act.tier, act.code),
                "latency": latency_text(act.onset_us - cue.onset_us, link),
            }
            column.addWidget(_label(tr("{act}, after {latency}", **words)))
        for detail in link.details:
            chosen = (cue.modifier(detail.id) or "").split(",")
            values = [one.label for one in detail.options if one.id in chosen] or [one for one in chosen if one]
            if values:
                column.addWidget(_label(tr("{detail}: {value}", detail=detail.label, value=", ".join(values))))
        for fault in faults(desk.coding, desk.scheme, cue):
            column.addWidget(_label(fault.what, "badge-warning"))
        buttons = FlowLayout(6)
        buttons.addWidget(_button(tr("Review answers"), command.hint, lambda: review(cue)))
        if outcome is not None and take_back is not None:
            buttons.addWidget(_button(tr("Take back"), tr("Take back the outcome"), lambda: take_back(cue)))
        column.addLayout(buttons)


def answers_what(desk: Desk, event: Event) -> QWidget | None:
    """Which cue an act answers; None if it answers none."""
    cue = desk.linked.cue_of(event.id)
    if cue is None:
        return None
    name = desk.scheme.name_of(cue.tier, cue.code)
    return _label(tr("Answers “{cue}” at {time}", cue=name, time=clock(cue.onset_us)))


def _label(text: str, role: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    if role:
        label.setProperty("role", role)
    return label


def _button(text: str, hint: str, act: Callable[[], None]) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(hint)
    made.setAccessibleName(hint)
    made.clicked.connect(lambda _: act())
    return made
