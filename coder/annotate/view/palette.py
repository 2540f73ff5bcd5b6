"""The palette: every code with its key; what holds at the frame on the screen; the words of the scheme."""

from collections.abc import Callable
from html import escape

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from coder.annotate.desk import Desk
from coder.annotate.view.columns import Columns
from coder.annotate.view.content import Painted
from coder.annotate.view.ink import draw_key, draw_swatch, scaled, theme
from coder.annotate.view.layout import STREAM_NAMES, rated_tiers, timeline_tiers
from coder.annotate.view.watched import Watched
from coder.model.coding import CodingPass
from coder.model.scheme import Code, Tier, TierKind
from coder.model.time import SECOND_US

CodeOf = tuple[Tier, Code]

TWO_COLUMNS_PX = 500

RATED = (
    "These items are rated for whole segments, which the bench does not take yet. Bring ratings in as a table "
    "with “coder import”. Point at an item to read what its ratings mean."
)


def holding(coding: CodingPass, tier: Tier, at_us: int) -> frozenset[str]:
    """The codes of a tier of states that hold at a moment."""
    if tier.kind is not TierKind.STATE:
        return frozenset()
    if tier.exclusive:
        state = coding.state_at(tier.id, at_us)
        return frozenset({state.code}) if state is not None else frozenset()
    return frozenset(event.code for event in coding.row(tier.id) if event.span.contains(at_us))


class CodeButton(QAbstractButton):
    """One code: key cap, swatch, label; marked while it holds."""

    def __init__(self, tier: Tier, code: Code, point_out: Callable[[CodeOf | None], None]) -> None:
        super().__init__()
        self.tier = tier
        self.code = code
        self._point_out = point_out
        self._holds = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{code.label}, key {code.key}" if code.key else code.label)
        self.setToolTip(f"{code.label} ({code.key})" if code.key else code.label)

    @property
    def holds(self) -> bool:
        """True while the code is marked as holding."""
        return self._holds

    def set_holds(self, holds: bool) -> None:
        """Mark the code as holding at the frame on the screen."""
        if holds != self._holds:
            self._holds = holds
            self.setAccessibleDescription("holds now" if holds else "")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 12)

    def enterEvent(self, event: QEnterEvent | None) -> None:
        super().enterEvent(event)
        self._point_out((self.tier, self.code))
        self.update()

    def leaveEvent(self, a0: QEvent | None) -> None:
        super().leaveEvent(a0)
        self._point_out(None)
        self.update()

    def paintEvent(self, e: QPaintEvent | None) -> None:
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._holds or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if self._holds else colours.window))
            painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), 4, 4)
        if self._holds:
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(0, 5, 3, area.height() - 10), 1.5, 1.5)
        font = scaled(self.font(), 1.0, QFont.Weight.Medium)
        painter.setFont(font)
        key_px = max(26.0, QFontMetricsF(font).horizontalAdvance(self.code.key) + 10)
        if self.code.key:
            draw_key(painter, QRectF(8, 4, key_px, area.height() - 8), self.code.key, muted=not self.isEnabled())
        draw_swatch(painter, QRectF(16 + key_px, area.height() / 2 - 6, 12, 12), self.tier, self.code)
        painter.setFont(scaled(self.font(), 1.0, QFont.Weight.DemiBold) if self._holds else self.font())
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.muted))
        left = 36 + key_px
        box = QRectF(left, 0, area.width() - left - 8, area.height())
        text = QFontMetricsF(painter.font()).elidedText(self.code.label, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
        if self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1, 1.5, -1, -1.5), 4, 4)
        painter.end()


class Palette(QScrollArea):
    """All codes of the timeline's tiers. press: code at the frame on the screen, as the key does.

    point_out: called with the code under the mouse, None when it leaves.
    """

    def __init__(
        self,
        desk: Desk,
        shown: Watched[Painted | None],
        press: Callable[[Tier, Code], None],
        point_out: Callable[[CodeOf | None], None],
        *,
        locked: bool,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._shown = shown
        self._buttons: list[CodeButton] = []
        self._columns = Columns()
        timed, rated = timeline_tiers(desk.scheme), rated_tiers(desk.scheme)
        for tier in (*timed, *rated):
            parts: list[QWidget] = [_heading(tier)]
            for code in tier.codes:
                button = CodeButton(tier, code, point_out)
                button.setEnabled(tier in timed and not locked)
                button.clicked.connect(lambda _, tier=tier, code=code: press(tier, code))
                parts.append(button)
                self._buttons.append(button)
            self._columns.add(*parts)
        if rated:
            self._columns.add(_remark(RATED))
        self.setWidget(self._columns)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Codes")
        desk.listen(lambda _: self._mark())
        shown.listen(lambda _: self._mark())

    def button(self, tier: str, code: str) -> CodeButton:
        """The button of a code; KeyError if there is none."""
        for button in self._buttons:
            if (button.tier.id, button.code.id) == (tier, code):
                return button
        raise KeyError((tier, code))

    def wants_room(self, height_px: int) -> bool:
        """True if the codes do not fit into one column of this height and are better shown in two."""
        return self._columns.height_in_one() > height_px

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        if a0 is not None:
            wide = a0.size().width() >= TWO_COLUMNS_PX
            self._columns.spread(2 if wide and self.wants_room(a0.size().height()) else 1)

    def _mark(self) -> None:
        shown, coding = self._shown.value, self._desk.coding
        tiers = {button.tier.id: button.tier for button in self._buttons}
        held = {tier.id: holding(coding, tier, shown.at_us) if shown else () for tier in tiers.values()}
        for button in self._buttons:
            button.set_holds(button.code.id in held[button.tier.id])


class Definition(QScrollArea):
    """What a code means, in the words of the scheme."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._hint = QLabel(hint)
        self._hint.setProperty("role", "muted")
        for label in (self._title, self._text, self._hint):
            label.setWordWrap(True)
            label.setMinimumWidth(0)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addWidget(self._hint)
        column.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Definition of the code")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(72)
        self.show_code(None)

    @property
    def title(self) -> str:
        """The code that is explained; "" if none is."""
        return self._title.text()

    def show_code(self, shown: CodeOf | None) -> None:
        """Explain a code; None shows how to get an explanation."""
        for label in (self._title, self._text):
            label.setVisible(shown is not None)
        self._hint.setVisible(shown is None)
        self._title.setText(shown[1].label if shown else "")
        self._text.setText(definition_html(*shown) if shown else "")


def definition_html(tier: Tier, code: Code) -> str:
    """Definition, anchors, examples, non-examples and the shortest length of a code, as rich text."""
    parts = [escape(code.definition.strip(), quote=False)]
    scale = tier.scale.anchors if tier.scale is not None else ()
    parts += [f"<b>{number}:</b> {escape(words, quote=False)}" for number, words in code.anchors or scale]
    parts += [f"<b>Yes:</b> {escape(example, quote=False)}" for example in code.examples]
    parts += [f"<b>No:</b> {escape(example, quote=False)}" for example in code.non_examples]
    if tier.kind is TierKind.STATE and code.min_us:
        parts.append(f"<b>Lasts</b> at least {code.min_us / SECOND_US:g} s.")
    return "".join(f'<p style="margin: 0 0 6px 0">{part}</p>' for part in parts)


def _heading(tier: Tier) -> QLabel:
    label = QLabel(f"{tier.label}  ·  {STREAM_NAMES[tier.stream]}")
    label.setProperty("role", "muted")
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the codes decide the width
    label.setContentsMargins(8, 4, 8, 4)
    return label


def _remark(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setWordWrap(True)
    label.setMinimumWidth(0)
    label.setContentsMargins(8, 4, 8, 4)
    return label
