"""Several selected events: what they are, and what can be done with all of them."""

from collections import Counter
from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap
from coder.language import plural, tr
from coder.model.coding import Event
from coder.model.scheme import Scheme
from coder.model.time import clock

OFFERED = (
    Do.MOVE_EARLIER,
    Do.MOVE_LATER,
    Do.TO_TIER_ABOVE,
    Do.TO_TIER_BELOW,
    Do.COPY,
    Do.PASTE,
    Do.MERGE,
    Do.CERTAINTY,
    Do.DELETE,
    Do.DESELECT,
)


class SeveralForm(QWidget):
    """How many, of which codes, from when to when; the keys that act on all."""

    def __init__(self, scheme: Scheme, keymap: Keymap, events: Sequence[Event], *, locked: bool) -> None:
        super().__init__()
        title = QLabel(plural("{count} event", "{count} events", len(events)))
        title.setProperty("role", "heading")
        counts = Counter(scheme.name_of(event.tier, event.code) for event in events)
        which = QLabel("\n".join(tr("{count} × {code}", count=n, code=code) for code, n in counts.items()))
        start_us, end_us = min(event.onset_us for event in events), max(event.offset_us for event in events)
        when = QLabel(tr("{start} to {end}", start=clock(start_us), end=clock(end_us)))
        when.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(4)
        for label in (title, which, when):
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(4)
        column.addLayout(_keys(keymap, (Do.COPY, Do.DESELECT) if locked else OFFERED))
        column.addStretch(1)


def _keys(keymap: Keymap, offered: Sequence[Do]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(3)
    for at, do in enumerate(offered):
        command = keymap.command(do)
        cap = QLabel(shown(command.keys[0]) if command.keys else "–")
        cap.setProperty("role", "key")
        words = QLabel(tr(command.label))
        words.setWordWrap(True)
        grid.addWidget(cap, at, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, at, 1)
    grid.setColumnStretch(1, 1)
    return grid
