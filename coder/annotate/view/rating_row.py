"""One item of a rating tier: its name, the numbers of the scale, and its reason. The current one is outlined.

A rating that lacks its reason keeps the empty field for it, whichever item is the current one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from coder.annotate.ratings import wants_reason
from coder.annotate.view.fields import EditedField
from coder.annotate.view.flow import FlowLayout
from coder.annotate.view.ink import theme
from coder.annotate.view.moment_chips import MomentChips
from coder.language import tr
from coder.model.coding import Event
from coder.model.scheme import NOT_RATED, RATING, Code, Tier
from coder.model.time import Span

_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class RowWishes:
    """What a person can do in a row.

    give: rate, or take back if the item has this rating. leave: the field is left. choose: this is the current
    item. step: to the item above (-1) or below (1). play, remove: an evidence moment.
    """

    give: Callable[[str], None]
    reason: Callable[[str], None]
    leave: Callable[[], None]
    choose: Callable[[], None]
    step: Callable[[int], None]
    play: Callable[[Span], None]
    remove: Callable[[Span], None]


class RatingButton(QToolButton):
    """One rating. Says by its look that the item has it; arrow keys go to the items above and below."""

    def __init__(self, value: str, text: str, item: str, anchor: str, wishes: RowWishes) -> None:
        super().__init__()
        self.value = value
        self._wishes = wishes
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(tr("{item}: {rating}", item=item, rating=text))
        self.setAccessibleDescription(anchor)
        self.setToolTip(anchor)
        self.clicked.connect(lambda: wishes.give(value))

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        super().focusInEvent(a0)
        self._wishes.choose()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is not None and a0.key() in _ARROWS and not a0.modifiers():
            self._wishes.step(_ARROWS[Qt.Key(a0.key())])
        else:
            super().keyPressEvent(a0)


class RatingRow(QWidget):
    """Shows a rating; owns nothing. Its anchors stand below while it is the current item."""

    def __init__(self, tier: Tier, code: Code, wishes: RowWishes, *, locked: bool) -> None:
        super().__init__()
        self.code = code
        self._tier = tier
        self._wishes = wishes
        self._locked = locked
        self._current = False
        self._event: Event | None = None
        self._field: EditedField | None = None
        self._name = QLabel(code.label)
        self._name.setWordWrap(True)
        self._buttons = list(self._made(locked=locked))
        numbers = FlowLayout(2)
        for button in self._buttons:
            numbers.addWidget(button)
        self._anchors = QLabel(anchors_text(tier, code))
        self._anchors.setProperty("role", "muted")
        self._anchors.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 6, 8, 6)
        self._column.setSpacing(3)
        self._column.addWidget(self._name)
        self._column.addLayout(numbers)
        self._column.addWidget(self._anchors)
        self.moments = MomentChips(code.label, wishes.play, wishes.remove, wishes.leave, locked=locked)
        self._column.addWidget(self.moments)
        for label in (self._name, self._anchors):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._anchors.hide()

    @property
    def field(self) -> EditedField | None:
        """Where the reason is typed. None if the item is not rated, or neither the current one nor lacking it."""
        return self._field

    @property
    def buttons(self) -> tuple[RatingButton, ...]:
        """From the lowest rating up, and last the one for an item that cannot be rated."""
        return tuple(self._buttons)

    def finish(self) -> None:
        """Hand over a reason that is being typed."""
        if self._field is not None:
            self._field.finish()

    def button(self, value: str) -> RatingButton:
        """The button of a rating; KeyError if there is none."""
        for button in self._buttons:
            if button.value == value:
                return button
        raise KeyError(value)

    def show_rating(self, event: Event | None, *, current: bool, key: str) -> None:
        """Show the rating that the item has (None: none), and whether it is the current item.

        key: which key opens the field of its reason; empty if none does now.
        """
        rating = event.modifier(RATING) if event is not None else None
        for button in self._buttons:
            button.setChecked(button.value == rating)
        font = self._name.font()
        font.setWeight(QFont.Weight.DemiBold if current else QFont.Weight.Normal)
        self._name.setFont(font)
        self.setAccessibleName(self.code.label if rating is None else f"{self.code.label}: {rating}")
        self._anchors.setVisible(current and bool(self._anchors.text()))
        if current != self._current:
            self._current = current
            self.update()
        self.moments.show_moments(event.moments if event is not None else ())
        self._show_field(event, key)

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        super().mousePressEvent(a0)
        self._wishes.choose()

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        super().paintEvent(a0)
        if not self._current:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme().accent), 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _show_field(self, event: Event | None, key: str) -> None:
        """The field belongs to one rating; a reason that is being typed, or could not be saved, stays in it."""
        lacking = event is not None and wants_reason(self._tier, event)
        wanted = event is not None and (self._current or lacking)
        held = self._field is not None and wanted and (event == self._event or self._field.hasFocus())
        self._event = event
        if not held:
            self._replace_field(event if wanted else None)
        if self._field is not None:
            self._field.setPlaceholderText(_asking(key, lacking=lacking))

    def _replace_field(self, event: Event | None, unsaved: str | None = None) -> None:
        before, self._field = self._field, None
        if before is not None:
            before.hide()
            before.deleteLater()
        if event is not None:
            self._field = EditedField(event.note, self._hand_over, self._wishes.leave, unsaved)
            self._field.setAccessibleName(tr("Reason for the rating of {item}", item=self.code.label))
            self._field.setReadOnly(self._locked)
            self._column.addWidget(self._field)
            self._field.setVisible(self.isVisible())  # at once, so that it can take the focus

    def _hand_over(self, text: str) -> None:
        """Have a reason saved; if that fails, it waits in its field for another Enter."""
        self._wishes.reason(text)
        if self._event is not None and self._event.note != text.strip():
            self._replace_field(self._event, text)

    def _made(self, *, locked: bool) -> list[RatingButton]:
        scale, words = self._tier.scale, dict(self.code.anchors or _common(self._tier))
        if scale is None:
            return []
        found = [(str(number), str(number), words.get(number, "")) for number in range(scale.low, scale.high + 1)]
        if scale.na:
            found.append((NOT_RATED, scale.na, ""))
        made = [RatingButton(value, text, self.code.label, tip, self._wishes) for value, text, tip in found]
        for button in made:
            button.setEnabled(not locked)
        return made


def _asking(key: str, *, lacking: bool) -> str:
    if not lacking:
        return tr("Reason")
    return tr("{key}: write the reason", key=key) if key else tr("Reason for this rating (needed)")


def anchors_text(tier: Tier, code: Code) -> str:
    """What the ratings of an item mean, a line for each that is explained."""
    return "\n".join(f"{number}  {words}" for number, words in code.anchors or _common(tier))


def _common(tier: Tier) -> tuple[tuple[int, str], ...]:
    return tier.scale.anchors if tier.scale is not None else ()
