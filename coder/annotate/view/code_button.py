"""One code as a row of the palette: key, colour, name; marked while it holds."""

from collections.abc import Callable
from math import ceil

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QEnterEvent, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from coder.annotate.keycaps import shown
from coder.annotate.view.ink import draw_hatched, draw_key, draw_swatch, scaled, theme
from coder.language import tr
from coder.model.scheme import Code, Tier

CodeOf = tuple[Tier, Code]

ROOMY_PX = 12
"""How much higher than its text a row is, where there is room."""

_LEFT_PX, _RIGHT_PX = 36, 8  # beside key and name

ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}


def spoken(name: str, key: str) -> str:
    """How a screen reader names the button of a code or of a value."""
    return tr("{code}, key {key}", code=name, key=shown(key)) if key else name


def tip(name: str, key: str) -> str:
    """The tool tip of such a button."""
    return f"{name} ({shown(key)})" if key else name


class HoldingButton(QAbstractButton):
    """A button of a code: it says by its look, and to a screen reader, that the code holds."""

    def __init__(self, *, holds: bool = False) -> None:
        super().__init__()
        self._holds = holds

    @property
    def holds(self) -> bool:
        """True while the code is marked as holding."""
        return self._holds

    def set_holds(self, holds: bool) -> None:
        """Mark the code as holding at the frame on the screen."""
        if holds != self._holds:
            self._holds = holds
            self.setAccessibleDescription(tr("holds now") if holds else "")
            self.update()


class CodeButton(HoldingButton):
    """point_out: called with the code under the mouse or the keyboard, None when it leaves. move: an arrow key."""

    def __init__(
        self,
        tier: Tier,
        code: Code,
        key: str,
        point_out: Callable[[CodeOf | None], None],
        move: Callable[[QWidget, int, int], None],
    ) -> None:
        super().__init__()
        self.tier = tier
        self.code = code
        self._key = shown(key)
        self._point_out = point_out
        self._move = move
        self._slack_px = ROOMY_PX
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(spoken(code.label, key))
        self.setToolTip(tip(code.label, key))

    def set_slack(self, slack_px: int) -> None:
        """How much higher than its text the row is."""
        if slack_px != self._slack_px:
            self._slack_px = slack_px
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + self._slack_px)

    def natural_px(self) -> int:
        """The width at which the name is not cut, bold or not."""
        bold = QFontMetricsF(scaled(self.font(), 1.0, QFont.Weight.DemiBold))
        return ceil(_LEFT_PX + self._key_px() + bold.horizontalAdvance(self.code.label)) + _RIGHT_PX

    def _key_px(self) -> float:
        medium = QFontMetricsF(scaled(self.font(), 1.0, QFont.Weight.Medium))
        return max(26.0, medium.horizontalAdvance(self._key) + 10)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        self._point_out((self.tier, self.code))
        self.update()

    def leaveEvent(self, a0: QEvent | None) -> None:
        super().leaveEvent(a0)
        self._point_out(None)
        self.update()

    def focusInEvent(self, e: QFocusEvent | None) -> None:
        super().focusInEvent(e)
        self._point_out((self.tier, self.code))

    def focusOutEvent(self, e: QFocusEvent | None) -> None:
        super().focusOutEvent(e)
        self._point_out(None)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:
        if e is None:
            return
        plain = e.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and e.key() in ARROWS:
            self._move(self, *ARROWS[Qt.Key(e.key())])
        elif plain and e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif plain and e.key() == Qt.Key.Key_Space:
            super().keyPressEvent(e)
        else:
            e.ignore()  # the bench's

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        inner = area.adjusted(0, 1, 0, -1)
        if self._holds or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if self._holds else colours.window))
            painter.drawRoundedRect(inner, 4, 4)
        painter.setFont(scaled(self.font(), 1.0, QFont.Weight.Medium))
        key_px = self._key_px()
        left = _LEFT_PX + key_px
        if self.code.uncodable:
            draw_hatched(painter, inner.adjusted(left - 4, 0, 0, 0))
        if self._holds:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(0, 4, 3, area.height() - 8), 1.5, 1.5)
        if self._key:
            over = min(4, self._slack_px / 4)
            box = QRectF(8, over, key_px, area.height() - 2 * over)
            draw_key(painter, box, self._key, muted=not self.isEnabled())
        draw_swatch(painter, QRectF(16 + key_px, area.height() / 2 - 6, 12, 12), self.tier, self.code)
        painter.setFont(scaled(self.font(), 1.0, QFont.Weight.DemiBold) if self._holds else self.font())
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        box = QRectF(left, 0, area.width() - left - _RIGHT_PX, area.height())
        text = QFontMetricsF(painter.font()).elidedText(self.code.label, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1.5, -1, -1.5), 4, 4)
        painter.end()
