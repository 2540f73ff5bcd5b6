"""The pad: all codes in play as large buttons, for mouse and touch screen. It never takes the keyboard."""

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PyQt6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.asking import Question
from coder.annotate.families import InPlay
from coder.annotate.keycaps import shown
from coder.annotate.keymap import Keymap
from coder.annotate.view.code_button import CodeOf, HoldingButton, spoken, tip
from coder.annotate.view.holding import Held
from coder.annotate.view.ink import draw_hatched, fill_of, hatch, scaled, theme
from coder.annotate.view.layout import STREAM_NAMES, timeline_tiers
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.scheme import Code, Scheme, Tier, TierKind

FINGER_PX = 44
_GAP_PX, _EDGE_PX, _BAND_PX = 6, 8, 8
_WORDS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)


def shelves(counts: Sequence[int], columns: int) -> tuple[tuple[int, int, int], ...]:
    """Where groups of so many buttons go, side by side while they fit: (shelf, first column, columns) of each."""
    places, shelf, at = [], 0, 0
    for count in counts:
        wide = min(count, columns)
        if at + wide > columns:
            shelf, at = shelf + 1, 0
        places.append((shelf, at, wide))
        at += wide
    return tuple(places)


class PadButton(HoldingButton):
    """A large button. fill: its colour; None for a detail. It is filled while its code holds."""

    def __init__(self, text: str, key: str, fill: CodeOf | None = None, *, chosen: bool = False) -> None:
        super().__init__(holds=chosen)
        self.setText(text)
        self._key = key
        self._fill = fill
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(_width_px(self.fontMetrics()), self.heightForWidth(_width_px(self.fontMetrics())))

    def minimumSizeHint(self) -> QSize:
        return QSize(FINGER_PX, FINGER_PX)

    def heightForWidth(self, a0: int) -> int:
        room = self._text_box(QRectF(0, 0, a0, 1000)).toRect()
        words = QFontMetrics(self._bold()).boundingRect(room, _WORDS, self.text())
        return max(FINGER_PX, words.height() + 12)

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill = fill_of(self._fill[0], self._fill[1].id) if self._fill is not None else QColor(colours.accent_soft)
        filled, pressed = self._holds and self.isEnabled(), self.isDown()
        painter.setPen(QPen(QColor(colours.text if filled else colours.line_strong), 2 if filled else 1))
        painter.setBrush(fill if filled else QColor(colours.accent_soft if pressed else colours.surface))
        painter.drawRoundedRect(area, 6, 6)
        if self._fill is not None and self._fill[1].uncodable:
            draw_hatched(painter, area.adjusted(2, 2, -2, -2))
        if self._fill is not None and not filled:
            self._paint_band(painter, area, fill)
        on_fill = filled and self._fill is not None
        ink = colours.text if self.isEnabled() else colours.muted
        painter.setPen(QColor(colours.code_ink if on_fill else ink))
        painter.setFont(self._bold() if filled else self.font())
        painter.drawText(self._text_box(area), _WORDS, self.text())
        painter.setPen(QColor(colours.code_ink if on_fill else colours.muted))
        painter.setFont(scaled(self.font(), 0.9))
        key_box = area.adjusted(0, 0, -8, 0)
        painter.drawText(key_box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key)
        painter.end()

    def _paint_band(self, painter: QPainter, area: QRectF, fill: QColor) -> None:
        assert self._fill is not None
        tier, code = self._fill
        band = QRectF(area.left() + 4, area.top() + 5, _BAND_PX, area.height() - 10)
        if tier.kind is TierKind.POINT:
            band = QRectF(band.left(), area.center().y() - _BAND_PX / 2, _BAND_PX, _BAND_PX)
        painter.setPen(QPen(QColor(theme().line_strong), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(band, 4, 4)
        if code.uncodable:
            painter.setBrush(hatch(theme().code_ink, 0.45))
            painter.drawRoundedRect(band, 4, 4)

    def _text_box(self, area: QRectF) -> QRectF:
        key_px = QFontMetrics(self.font()).horizontalAdvance(self._key) + 10 if self._key else 0
        return area.adjusted(_BAND_PX + 10, 2, -key_px - 4, -2)

    def _bold(self) -> QFont:
        return scaled(self.font(), 1.0, QFont.Weight.DemiBold)


class Pad(QWidget):
    """press: code at the frame on the screen, as the key does. answer(modifier, value): a detail of the code."""

    def __init__(
        self,
        scheme: Scheme,
        keymap: Keymap,
        held: Watched[Held],
        in_play: Watched[InPlay],
        question: Watched[Question | None],
        press: Callable[[Tier, Code], None],
        answer: Callable[[str, str], None],
        *,
        locked: bool,
    ) -> None:
        super().__init__()
        self._scheme = scheme
        self._keymap = keymap
        self._held = held
        self._in_play = in_play
        self._question = question
        self._press = press
        self._answer = answer
        self._locked = locked
        self._columns = 0
        self._buttons: dict[tuple[str, str], PadButton] = {}
        self._detail: QWidget | None = None
        self._codes = QScrollArea()
        self._codes.setWidgetResizable(True)
        self._codes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._codes.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._codes.setAccessibleName(tr("Pad of codes"))
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)
        self._stack.addWidget(self._codes, 1)
        held.listen(self._mark)
        in_play.listen(lambda _: self._build())
        question.listen(lambda _: self._ask())
        self._build()

    @property
    def useful(self) -> bool:
        """True if there are codes for it: not in a scheme of ratings alone."""
        return bool(timeline_tiers(self._scheme))

    def button(self, tier: str, code: str) -> PadButton:
        """The button of a code; KeyError if it is not in play."""
        return self._buttons[tier, code]

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if self._fitting() != self._columns:
            self._build()

    def showEvent(self, a0: QShowEvent | None) -> None:
        super().showEvent(a0)
        self._ask()

    def _fitting(self) -> int:
        room = self.width() - 2 * _EDGE_PX - 14  # a scroll bar
        return max(1, room // (_width_px(self.fontMetrics()) + _GAP_PX))

    def _build(self) -> None:
        self._columns = self._fitting()
        self._buttons = {}
        inner = QWidget()
        stack = QVBoxLayout(inner)
        stack.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        tiers = [tier for tier in timeline_tiers(self._scheme) if tier.id in self._in_play.value]
        shelf_grid = QGridLayout()
        shelf_grid.setSpacing(_GAP_PX)
        for column in range(self._columns):
            shelf_grid.setColumnStretch(column, 1)
        places = shelves([len(tier.codes) for tier in tiers], self._columns)
        for tier, (shelf, first, wide) in zip(tiers, places, strict=True):
            buttons = [self._code(tier, code) for code in tier.codes]
            words = f"{tier.label} · {tr(STREAM_NAMES[tier.stream])}"
            shelf_grid.addWidget(_group(words, buttons, wide), shelf, first, 1, wide)
        stack.addLayout(shelf_grid)
        stack.addStretch(1)
        self._codes.setWidget(inner)
        self._mark(self._held.value)
        self._ask()

    def _code(self, tier: Tier, code: Code) -> PadButton:
        key = self._keymap.key_of(tier.id, code.id)
        button = PadButton(code.label, shown(key), (tier, code))
        button.setAccessibleName(spoken(code.label, key))
        button.setToolTip(tip(code.label, key))
        button.setEnabled(not self._locked)
        button.clicked.connect(lambda: self._press(tier, code))
        self._buttons[tier.id, code.id] = button
        return button

    def _mark(self, held: Held) -> None:
        for name, button in self._buttons.items():
            button.set_holds(name in held)

    def _ask(self) -> None:
        """The values of a detail come below the codes, which stay where they are under the finger."""
        if self._detail is not None:
            self._detail.hide()
            self._detail.deleteLater()
            self._detail = None
        question = self._question.value
        if question is None or not self.isVisible():
            return
        buttons = []
        for option in question.options:
            button = PadButton(option.label, shown(option.key), chosen=option.value in question.chosen)
            name = tr("{detail}: {value}", detail=option.modifier.label, value=option.label)
            button.setAccessibleName(spoken(name, option.key))
            button.setToolTip(tip(option.label, option.key))
            button.clicked.connect(lambda _, one=option: self._answer(one.modifier.id, one.value))
            buttons.append(button)
        words = tr("{code} · {detail}?", code=question.code.label, detail=question.modifier.label)
        self._detail = _group(words, buttons, min(len(buttons), self._columns), role="asked")
        self._detail.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        self._stack.addWidget(self._detail)


def _group(words: str, buttons: Sequence[QWidget], columns: int, role: str = "muted") -> QWidget:
    group = QWidget()
    grid = QGridLayout(group)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(_GAP_PX)
    label = QLabel(words)
    label.setProperty("role", role)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setToolTip(words)
    grid.addWidget(label, 0, 0, 1, columns)
    for at, button in enumerate(buttons):
        grid.addWidget(button, 1 + at // columns, at % columns)
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    return group


def _width_px(metrics: QFontMetrics) -> int:
    """The width that a button should have at least: two or three short words below each other."""
    return max(2 * FINGER_PX, metrics.averageCharWidth() * 15)
