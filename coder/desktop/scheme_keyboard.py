"""The keys of a scheme as they lie on the keyboard: which codes have which, which the player has."""

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from coder.desktop.look import scaled, theme_now
from coder.formats.scheme_draft import SchemeDraft
from coder.formats.scheme_keys import normal_key, why_not
from coder.formats.scheme_node import Node
from coder.language import tr

ROWS = ("1234567890", "QWERTYUIOP", "ASDFGHJKL;", "ZXCVBNM,./")
_KEY_PX, _ROW_PX, _GAP_PX, _SHIFT = 62, 56, 4, 0.28


class Keyboard(QWidget):
    """A picture of four rows; it takes no keys, and says in words what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: dict[str, list[tuple[int, str]]] = {}
        self.setMinimumHeight(scaled(4 * (_ROW_PX + _GAP_PX)))

    def show_draft(self, draft: SchemeDraft) -> None:
        """Show the keys of a draft's codes, in the colour of their tier."""
        self.codes = {}
        for at, tier in enumerate(Node((), draft.value()).each("tiers")):
            for code in tier.each("codes"):
                if key := normal_key(code.text("key")):
                    self.codes.setdefault(key, []).append((at, code.text("label") or code.text("id")))
        told = [f"{key}: {', '.join(name for _, name in codes)}" for key, codes in self.codes.items()]
        self.setAccessibleName(tr("Keys of the scheme. {keys}", keys="; ".join(told)))
        self.setToolTip("\n".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Ten keys wide, four rows high."""
        return QSize(scaled(10 * (_KEY_PX + _GAP_PX) + 60), scaled(4 * (_ROW_PX + _GAP_PX)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Each key with its code; a key that two codes want is framed as a mistake."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = scaled(_GAP_PX)
        wide = min(scaled(_KEY_PX * 2), self.width() / (10 + 3 * _SHIFT) - gap)
        high = scaled(_ROW_PX)
        for row, keys in enumerate(ROWS):
            for at, key in enumerate(keys):
                left = (at + row * _SHIFT) * (wide + gap) + 1
                self._paint_key(painter, QRectF(left, row * (high + gap) + 1, wide - 2, high - 2), key)
        painter.end()

    def _paint_key(self, painter: QPainter, cap: QRectF, key: str) -> None:
        theme, codes = theme_now(), self.codes.get(key, [])
        kept = bool(why_not(key))
        fill = theme.code_colour(codes[0][0]) if codes else QColor(theme.window if kept else theme.surface)
        ink = QColor(theme.code_ink if codes else theme.muted)
        wanted_twice = len(codes) > 1
        frame = QColor(theme.error if wanted_twice else theme.line_strong if codes else theme.line)
        painter.setPen(QPen(frame, 3 if wanted_twice else 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(cap, 5, 5)
        painter.setPen(ink)
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        inner = cap.adjusted(6, 4, -4, -4)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, key)
        small = QFont(self.font())
        small.setPointSizeF(self.font().pointSizeF() * 0.85)
        painter.setFont(small)
        name = codes[0][1] if codes else tr("player") if kept else ""
        below = inner.adjusted(0, QFontMetricsF(bold).height(), 0, 0)
        lines = _lines(name, QFontMetricsF(small), below.width())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, "\n".join(lines))


def _lines(name: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """A name in two lines at most, broken between words, cut short with dots."""
    words = name.split()
    first = ""
    while words and (not first or metrics.horizontalAdvance(f"{first} {words[0]}") <= width):
        first = f"{first} {words.pop(0)}".strip()
    return [metrics.elidedText(one, Qt.TextElideMode.ElideRight, width) for one in (first, " ".join(words)) if one]
