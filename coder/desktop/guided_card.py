"""One event of the master as a card: what it is, why it is coded so, and what its code means."""

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Keymap
from coder.annotate.view.code_button import spoken
from coder.annotate.view.definition import definition_html
from coder.annotate.view.event_form import Title
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.moment_chips import times_text
from coder.annotate.view.small_button import small_button
from coder.desktop.guided_stops import Stop
from coder.desktop.guided_words import anchor, facts, rating_words, when
from coder.desktop.pieces import label
from coder.language import tr
from coder.model.scheme import Code, Tier, TierKind
from coder.model.time import Span
from coder.workflows.training.results import Watched


class EventCard(QScrollArea):
    """Explains one event at a time. play: a stretch that justifies a rating is to be seen."""

    def __init__(self, watched: Watched, keymap: Keymap, play: Callable[[Span], None]) -> None:
        super().__init__()
        self._watched, self._keymap, self._play = watched, keymap, play
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrows scroll a long definition
        self.setAccessibleName(tr("What the master has here"))

    def show_stop(self, stop: Stop, given: Code | None = None) -> None:
        """Explain this one from now on. given: another code of the tier that was taken for it, explained below."""
        event, reason, rates = stop.event, stop.event.note.strip(), stop.tier.kind is TierKind.RATING
        inside = QWidget()
        column = _column(inside)
        column.addWidget(Title(stop.tier, stop.code))
        if rates:
            column.addWidget(paragraph(rating_words(stop), "asked"))
            for line in anchor(stop):
                column.addWidget(paragraph(line))
        column.addWidget(paragraph(when(stop), "muted"))
        key = self._keymap.key_of(stop.tier.id, stop.code.id)
        if key:
            column.addWidget(paragraph(tr("Its key: {key}", key=shown(key)), "muted"))
        if reason:
            column.addSpacing(6)
            column.addWidget(paragraph(tr("Why"), "asked"))
            column.addWidget(paragraph(reason))
        for line in facts(stop, self._watched):
            column.addWidget(paragraph(line))
        if event.moments:
            column.addWidget(paragraph(tr("What justifies it:"), "muted"))
            column.addLayout(self._moments(stop))
        column.addSpacing(6)
        means = tr("What the item means") if rates else tr("What the code means")
        column.addWidget(paragraph(means, "asked"))
        column.addWidget(definition(stop.tier, stop.code))
        if given is not None:
            column.addSpacing(6)
            column.addWidget(paragraph(tr("Your answer, “{code}”, means", code=given.label), "asked"))
            column.addWidget(definition(stop.tier, given))
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.setAccessibleDescription(". ".join(filter(None, (spoken(stop.code.label, key), reason))))

    def _moments(self, stop: Stop) -> FlowLayout:
        row = FlowLayout(4)
        for moment in stop.event.moments:
            times = times_text(moment)
            name = tr("{item}: play the moment {times}", item=stop.code.label, times=times)
            chip = small_button(f"▸ {times}", name)
            chip.clicked.connect(partial(self._play, moment))
            row.addWidget(chip)
        return row


def definition(tier: Tier, code: Code) -> QLabel:
    """The words of the scheme about a code."""
    made = paragraph("")
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(definition_html(tier, code))
    return made


def paragraph(text: str, role: str = "") -> QLabel:
    """A text that never makes its column wider."""
    made = label(text, role, wrap=True)
    policy = made.sizePolicy()  # which knows that the height follows from the width
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    made.setSizePolicy(policy)
    return made


def _column(inside: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(inside)
    column.setContentsMargins(16, 8, 16, 8)
    column.setSpacing(4)
    return column
