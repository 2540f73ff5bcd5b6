"""One event in full, to read and to mend: its times, its details, how sure one is of it, and its note."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.amend import ON_TIME
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Do, Keymap, OptionKey, option_keys
from coder.annotate.view.chips import Chip
from coder.annotate.view.fields import EditedField, NumberField, TimeField
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.ink import draw_swatch
from coder.annotate.view.layout import STREAM_NAMES
from coder.language import later, tr
from coder.model.coding import NOTHING, Certainty, Event
from coder.model.scheme import Code, Modifier, Scheme, Tier, TierKind
from coder.model.time import clock, seconds_text

SURE = {
    Certainty.CERTAIN: later("Certain"),
    Certainty.LIKELY: later("Likely"),
    Certainty.GUESS: later("A guess"),
}


@dataclass(frozen=True, slots=True)
class EventWishes:
    """What a person can ask for here. The times come as the text that was typed. leave: back to the timeline."""

    onset: Callable[[str], None]
    offset: Callable[[str], None]
    option: Callable[[str, str], None]
    number: Callable[[str, int], None]
    certainty: Callable[[Certainty], None]
    note: Callable[[str], None]
    leave: Callable[[], None]


class EventForm(QWidget):
    """answer: what there is to say of an answer. unsaved: a note that was typed and could not be saved."""

    def __init__(
        self,
        scheme: Scheme,
        keymap: Keymap,
        event: Event,
        wishes: EventWishes,
        answer: QWidget | None = None,
        *,
        locked: bool,
        unsaved: str | None = None,
    ) -> None:
        super().__init__()
        self._keymap = keymap
        self._event = event
        self._wishes = wishes
        self._locked = locked
        tier = scheme.tier(event.tier)
        self._fixed = locked or tier.kind not in ON_TIME  # the others have the times of their interval or segment
        code = tier.code(event.code)
        by_key = not locked and tier.kind is not TierKind.RATING  # the key opens the panel of the ratings then
        self.note = self._note(unsaved, tr("Enter to write") if by_key else "")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(Title(tier, code))
        column.addLayout(self._times())
        if event.reaction_us:
            column.addWidget(_reaction(event))
        if event.either:
            column.addWidget(_as_right(tier, event))
        for modifier in code.modifiers:
            if not modifier.judged:
                column.addLayout(self._modifier(code, modifier))
        if answer is not None:
            column.addWidget(answer)
        caption = _caption(tr("Note"))
        if unsaved is not None:
            caption = _caption(tr("Note – not saved yet, Enter tries again"), warn=True)
        column.addLayout(_block(caption, self.note))
        column.addLayout(self._certainty())
        column.addStretch(1)

    def _times(self) -> QLayout:
        event, wishes = self._event, self._wishes
        row = FlowLayout(spacing_px=8)
        row.addWidget(self._time(tr("Onset"), tr("Onset"), clock(event.onset_us), wishes.onset, Do.SET_ONSET))
        if not event.span.is_moment:
            words = tr("Offset ({length})", length=seconds_text(event.span.duration_us))
            offset = self._time(tr("Offset"), words, clock(event.offset_us), wishes.offset, Do.SET_OFFSET)
            row.addWidget(offset)
        return row

    def _time(self, name: str, words: str, text: str, wish: Callable[[str], None], do: Do) -> QWidget:
        field = TimeField(text, wish, self._wishes.leave)
        field.setAccessibleName(name)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        field.setReadOnly(self._fixed)
        if not self._fixed:
            field.setToolTip(tr("Type a time. By key: {command}", command=self._keymap.command(do).hint))
        box = QWidget()
        stack = _block(_caption(words), field)
        stack.setContentsMargins(0, 0, 0, 0)
        box.setLayout(stack)
        return box

    def _modifier(self, code: Code, modifier: Modifier) -> QLayout:
        value = self._event.modifier(modifier.id)
        missing = modifier.required and value is None
        name = tr("{detail} – still missing", detail=modifier.label) if missing else modifier.label
        caption = _caption(name, warn=missing)
        keyed = [option for option in option_keys(code) if option.modifier.id == modifier.id]
        if modifier.kind == "number" and not keyed:
            return _block(caption, self._number(modifier, value))
        known = {option.value for option in keyed}
        keyed += [OptionKey("", modifier, one.id, one.label) for one in modifier.options if one.id not in known]
        chosen = set((value or "").split(","))
        return _block(
            caption,
            self._chips(
                modifier.label,
                [
                    (one.label, one.key, one.value in chosen, partial(self._wishes.option, modifier.id, one.value))
                    for one in keyed
                ],
            ),
        )

    def _certainty(self) -> QLayout:
        keys = self._keymap.keys_of(Do.CERTAINTY)
        name = tr("How sure ({key})", key=shown(keys[0])) if keys else tr("How sure")
        values = [
            (tr(words), "", self._event.certainty is sure, partial(self._wishes.certainty, sure))
            for sure, words in SURE.items()
        ]
        return _block(_caption(name), self._chips(tr("How sure"), values))

    def _chips(self, of: str, values: Sequence[tuple[str, str, bool, Callable[[], None]]]) -> QLayout:
        row = FlowLayout()
        for text, key, chosen, press in values:
            chip = Chip(text, key, of=of, chosen=chosen, press=press)
            chip.setEnabled(not self._locked)
            row.addWidget(chip)
        return row

    def _number(self, modifier: Modifier, value: str | None) -> NumberField:
        field = NumberField()
        field.setRange(modifier.low if modifier.low is not None else -999, modifier.high or 999)
        field.setValue(int(value or field.minimum()))
        field.setAccessibleName(modifier.label)
        field.setReadOnly(self._locked)
        field.editingFinished.connect(lambda: self._wishes.number(modifier.id, field.value()))
        return field

    def _note(self, unsaved: str | None, hint: str) -> EditedField:
        note = EditedField(self._event.note, self._wishes.note, self._wishes.leave, unsaved)
        note.setAccessibleName(tr("Note"))
        note.setPlaceholderText(hint)
        note.setReadOnly(self._locked)
        return note


class Title(QWidget):
    """Swatch and name of a code, with its tier below."""

    def __init__(self, tier: Tier, code: Code) -> None:
        super().__init__()
        name = QLabel(code.label)
        name.setProperty("role", "heading")
        place = _caption(f"{tier.label} · {tr(STREAM_NAMES[tier.stream])}")
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (name, place):
            label.setWordWrap(True)
            words.addWidget(label)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Swatch(tier, code), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)


class _Swatch(QFrame):
    def __init__(self, tier: Tier, code: Code) -> None:
        super().__init__()
        self._tier, self._code = tier, code
        self.setFixedSize(QSize(16, 22))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_swatch(painter, QRectF(0, 3, 16, 16), self._tier, self._code)
        painter.end()


def _reaction(event: Event) -> QLabel:
    text = tr("Put {length} earlier for reaction time", length=seconds_text(event.reaction_us))
    label = _caption(text)
    label.setWordWrap(True)
    return label


def _as_right(tier: Tier, event: Event) -> QLabel:
    """What was settled to be as right here as the event's own code."""
    labels = {code.id: code.label for code in tier.codes}
    names = [labels.get(code, code) if code != NOTHING else tr("nothing") for code in event.either]
    label = _caption(tr("As right here: {codes}", codes=", ".join(names)))
    label.setWordWrap(True)
    return label


def _block(caption: QLabel, below: QWidget | QLayout) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(2)
    box.addWidget(caption)
    if isinstance(below, QLayout):
        box.addLayout(below)
    else:
        box.addWidget(below)
    return box


def _caption(text: str, *, warn: bool = False) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "badge-warning" if warn else "muted")
    label.setWordWrap(True)
    return label
