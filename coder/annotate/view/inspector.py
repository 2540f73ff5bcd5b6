"""The inspector: the selected event in full, to read and to mend."""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder.annotate.keymap import COMMAND, Do, OptionKey, option_keys
from coder.annotate.view.chips import Chip
from coder.annotate.view.fields import EditedField, NumberField
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.ink import draw_swatch
from coder.annotate.view.layout import STREAM_NAMES
from coder.annotate.view.watched import Watched
from coder.model.coding import Event
from coder.model.scheme import Code, Modifier, Scheme, Tier
from coder.model.time import clock, seconds_text

EMPTY = "Nothing selected. Click an event on the timeline, or press ↑ or ↓."


@dataclass(frozen=True, slots=True)
class InspectorWishes:
    """What a person can ask for here. The times come as the text that was typed. leave: back to the timeline."""

    onset: Callable[[str], None]
    offset: Callable[[str], None]
    option: Callable[[str, str], None]
    number: Callable[[str, int], None]
    note: Callable[[str], None]
    leave: Callable[[], None]


class Inspector(QScrollArea):
    """Shows one event, or how to select one. It is built anew for each event it shows."""

    def __init__(
        self, scheme: Scheme, selected: Watched[Event | None], wishes: InspectorWishes, *, locked: bool
    ) -> None:
        super().__init__()
        self._scheme = scheme
        self._selected = selected
        self._wishes = wishes
        self._locked = locked
        self._note: EditedField | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Selected event")
        self.setMinimumHeight(96)
        selected.listen(self._show)
        self._show(None)

    def edit_note(self) -> None:
        """Put the cursor into the note."""
        if self._note is not None:
            self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Show the selected event as it is, dropping what was typed and refused."""
        self._show(self._selected.value)

    def _show(self, event: Event | None) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._note = None
        if event is None:
            hint = QLabel(EMPTY)
            hint.setProperty("role", "muted")
            hint.setWordWrap(True)
            column.addWidget(hint)
        else:
            tier = self._scheme.tier(event.tier)
            code = tier.code(event.code)
            column.addWidget(_Title(tier, code))
            column.addLayout(self._times(event))
            for modifier in code.modifiers:
                column.addLayout(self._modifier(event, code, modifier))
            column.addLayout(self._note_row(event))
        column.addStretch(1)
        self._replace(inner)

    def _replace(self, inner: QWidget) -> None:
        """Swap the shown event, which may be in the middle of a signal; the focus stays on the same control."""
        old, focus = self.takeWidget(), QApplication.focusWidget()
        name = focus.accessibleName() if old is not None and focus is not None and old.isAncestorOf(focus) else ""
        self.setWidget(inner)
        if old is not None:
            old.hide()
            old.deleteLater()
        for twin in inner.findChildren(QWidget) if name else ():
            if twin.accessibleName() == name:
                twin.setFocus(Qt.FocusReason.OtherFocusReason)

    def _times(self, event: Event) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        fields = [("Onset", clock(event.onset_us), self._wishes.onset, Do.SET_ONSET)]
        if not event.span.is_moment:
            after = f"Offset ({seconds_text(event.span.duration_us)})"
            fields.append((after, clock(event.offset_us), self._wishes.offset, Do.SET_OFFSET))
        for n, (name, text, wish, command) in enumerate(fields):
            caption = _caption(name)
            caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            grid.addWidget(caption, 0, n)
            field = EditedField(text, wish, self._wishes.leave)
            field.setAccessibleName(name.split(" ", maxsplit=1)[0])
            field.setToolTip(f"Type a time, or {COMMAND[command].label.lower()} ({COMMAND[command].keys[0]})")
            field.setReadOnly(self._locked)
            grid.addWidget(field, 1, n)
        for n in range(2):
            grid.setColumnStretch(n, 1)
        return grid

    def _modifier(self, event: Event, code: Code, modifier: Modifier) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(2)
        value = event.modifier(modifier.id)
        missing = modifier.required and value is None
        name = f"{modifier.label} – still missing" if missing else modifier.label
        box.addWidget(_caption(name, missing=missing), 0, Qt.AlignmentFlag.AlignLeft)
        keyed = [option for option in option_keys(code) if option.modifier.id == modifier.id]
        if modifier.kind == "number" and not keyed:
            box.addWidget(self._number(modifier, value))
            return box
        known = {option.value for option in keyed}
        keyed += [OptionKey("", modifier, one.id, one.label) for one in modifier.options if one.id not in known]
        chosen = set((value or "").split(","))
        chips = FlowLayout()
        for option in keyed:
            chip = Chip(option, chosen=option.value in chosen, press=self._wishes.option)
            chip.setEnabled(not self._locked)
            chips.addWidget(chip)
        box.addLayout(chips)
        return box

    def _number(self, modifier: Modifier, value: str | None) -> NumberField:
        field = NumberField()
        field.setRange(modifier.low if modifier.low is not None else -999, modifier.high or 999)
        field.setValue(int(value or field.minimum()))
        field.setAccessibleName(modifier.label)
        field.setReadOnly(self._locked)
        field.editingFinished.connect(lambda: self._wishes.number(modifier.id, field.value()))
        return field

    def _note_row(self, event: Event) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(2)
        box.addWidget(_caption("Note"))
        self._note = EditedField(event.note, self._wishes.note, self._wishes.leave)
        self._note.setAccessibleName("Note")
        self._note.setPlaceholderText("" if self._locked else "Enter to write")
        self._note.setReadOnly(self._locked)
        box.addWidget(self._note)
        return box


class _Title(QWidget):
    """Swatch and name of the event's code, with the tier below."""

    def __init__(self, tier: Tier, code: Code) -> None:
        super().__init__()
        name = QLabel(code.label)
        name.setProperty("role", "heading")
        name.setWordWrap(True)
        place = QLabel(f"{tier.label} · {STREAM_NAMES[tier.stream]}")
        place.setProperty("role", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(place)
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


def _caption(text: str, *, missing: bool = False) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "badge-warning" if missing else "muted")
    return label
