"""A modifier of the selected event: one chip for each value, with its key; a field for a long range of numbers."""

from collections.abc import Callable

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from coder.annotate.keymap import OptionKey
from coder.annotate.view.ink import draw_key, theme


class Chip(QAbstractButton):
    """One value that can be chosen; says by a tick and by colour that it is."""

    def __init__(self, option: OptionKey, *, chosen: bool, press: Callable[[str, str], None]) -> None:
        super().__init__()
        self.option = option
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{option.modifier.label}: {option.label}, key {option.key}")
        self.setToolTip(f"{option.label} ({option.key})")
        # Not `clicked`: a note being typed is saved at the press, and then a new chip stands in this place.
        self.pressed.connect(lambda: press(option.modifier.id, option.value))

    def sizeHint(self) -> QSize:
        return QSize(round(self._key_px() + self._text_px() + 20), self.fontMetrics().height() + 10)

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        focus = self.hasFocus()
        edge = colours.accent if chosen or focus else colours.line_strong
        painter.setPen(QPen(QColor(edge), 2 if focus or chosen else 1))
        painter.setBrush(QColor(colours.accent_soft if chosen or self.underMouse() else colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        left = 5.0
        if self.option.key:
            draw_key(painter, QRectF(left, 4, self._key_px(), self.height() - 8), self.option.key, muted=True)
            left += self._key_px() + 5
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        box = QRectF(left, 0, self.width() - left - 5, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._label())
        painter.end()

    def _label(self) -> str:
        return f"{self.option.label} ✓" if self.isChecked() else self.option.label

    def _text_px(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(f"{self.option.label} ✓")

    def _key_px(self) -> float:
        return (
            max(18.0, QFontMetricsF(self.font()).horizontalAdvance(self.option.key) + 8)
            if self.option.key
            else 0.0
        )
