"""A button of the review of answers: an act or an outcome, with what it means below its name."""

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QAbstractButton, QSizePolicy

from coder.annotate.keycaps import shown
from coder.annotate.view.code_button import CodeOf
from coder.annotate.view.ink import draw_key, draw_swatch, scaled, theme

_EDGE_PX, _SIGN_PX = 8, 22
_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class ReviewButton(QAbstractButton):
    """name: in bold where it is chosen. words: below it. tag: beside the name, such as “proposed”.

    key: on a cap before the name. code: its swatch stands there instead.
    """

    def __init__(
        self, name: str, words: str, *, key: str = "", code: CodeOf | None = None, chosen: bool, tag: str = ""
    ) -> None:
        super().__init__()
        self._words = words
        self._key = shown(key)
        self._code = code
        self._chosen = chosen
        self._tag = tag
        self.setText(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chosen(self) -> bool:
        """True if this is what is judged, or the act that was picked."""
        return self._chosen

    @property
    def tag(self) -> str:
        """What stands beside the name."""
        return self._tag

    def sizeHint(self) -> QSize:
        return QSize(260, self.heightForWidth(260))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, a0: int) -> int:
        room = QRect(0, 0, a0 - self._left_px() - _EDGE_PX, 2000)
        height = QFontMetrics(self._bold()).boundingRect(room, _WORDS, self._title()).height()
        if self._words:
            height += QFontMetrics(self._small()).boundingRect(room, _WORDS, self._words).height() + 1
        return height + 10

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        marked = self._chosen or self.hasFocus()
        proposed = bool(self._tag and self._key)  # an outcome that waits for its key
        edge = QPen(QColor(colours.accent if marked or proposed else colours.line_strong), 2 if marked else 1)
        if proposed and not marked:
            edge = QPen(edge.color(), 2, Qt.PenStyle.DashLine)
        painter.setPen(edge)
        painter.setBrush(QColor(colours.accent_soft if self._chosen or self.underMouse() else colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        left, line = self._left_px(), QFontMetrics(self._bold()).height()
        if self._key:
            painter.setFont(scaled(self.font(), 1.0, QFont.Weight.Medium))
            draw_key(painter, QRectF(_EDGE_PX, 4, left - _EDGE_PX - 6, line + 2), self._key)
        elif self._code is not None:
            draw_swatch(painter, QRectF(_EDGE_PX, 5 + (line - 12) / 2, 12, 12), *self._code)
        painter.setFont(self._bold() if self._chosen else self.font())
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        room = QRect(left, 5, self.width() - left - _EDGE_PX, self.height())
        name = QFontMetrics(painter.font()).boundingRect(room, _WORDS, self._title())
        painter.drawText(room, _WORDS, self._title())
        painter.setFont(self._small())
        painter.setPen(QColor(colours.text if self._chosen else colours.muted))
        painter.drawText(room.adjusted(0, name.height() + 1, 0, 0), _WORDS, self._words)
        painter.end()

    def _title(self) -> str:
        title = f"{self.text()} ✓" if self._chosen else self.text()
        return f"{title}  ·  {self._tag}" if self._tag else title

    def _left_px(self) -> int:
        if not self._key:
            return _EDGE_PX + (_SIGN_PX if self._code is not None else 0)
        return _EDGE_PX + 6 + max(_SIGN_PX, QFontMetrics(self.font()).horizontalAdvance(self._key) + 10)

    def _bold(self) -> QFont:
        return scaled(self.font(), 1.0, QFont.Weight.DemiBold)

    def _small(self) -> QFont:
        return scaled(self.font(), 0.94)
