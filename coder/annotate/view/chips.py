"""One value out of several that can be chosen, with its key."""

from collections.abc import Callable

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from coder.annotate.keycaps import shown
from coder.annotate.view.code_button import spoken, tip
from coder.annotate.view.ink import draw_key, theme
from coder.language import tr


class Chip(QAbstractButton):
    """Says by a tick and by colour that it is chosen. of: what it is a value of, for a screen reader."""

    def __init__(self, text: str, key: str, *, of: str, chosen: bool, press: Callable[[], None]) -> None:
        super().__init__()
        self.setText(text)
        self._key = shown(key)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        name = tr("{detail}: {value}", detail=of, value=text)
        self.setAccessibleName(spoken(name, key))
        self.setToolTip(tip(text if key else name, key))
        # Not `clicked`: a note being typed is saved at the press, and then a new chip stands in this place.
        self.pressed.connect(press)

    def sizeHint(self) -> QSize:
        return QSize(
            round(self._key_px() + self._text_px() + (20 if self._words() else 12)),
            self.fontMetrics().height() + 10,
        )

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
        left = 5.0 if self._label() else (self.width() - self._key_px()) / 2
        if self._key:
            draw_key(painter, QRectF(left, 4, self._key_px(), self.height() - 8), self._key, muted=True)
            left += self._key_px() + 5
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        box = QRectF(left, 0, self.width() - left - 5, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), self._label())
        painter.end()

    def _words(self) -> str:
        """The text, unless the key says it already: Ctrl+2 is a 2."""
        return "" if self._key.endswith(f"+{self.text()}") else self.text()

    def _label(self) -> str:
        return f"{self._words()} ✓".strip() if self.isChecked() else self._words()

    def _text_px(self) -> float:
        return QFontMetricsF(self.font()).horizontalAdvance(f"{self._words()} ✓")

    def _key_px(self) -> float:
        if not self._key:
            return 0.0
        return max(18.0, QFontMetricsF(self.font()).horizontalAdvance(self._key) + 8)
