"""The whole session in one narrow strip: where the timeline is, where the playhead is, what is coded."""

from PyQt6.QtCore import QEvent, QRectF, Qt, QTimer
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.culling import boxes
from coder.annotate.view.ink import fill_of, theme
from coder.annotate.view.layout import LABELS_PX, timeline_tiers
from coder.annotate.view.scale import Scale
from coder.annotate.view.watched import Watched
from coder.language import tr
from coder.model.scheme import TierKind

HEIGHT_PX = 24
_SOON_MS = 100


class Overview(QWidget):
    """Click or drag to move the timeline there."""

    def __init__(self, content: BenchContent, scale: Watched[Scale], painted: Watched[Painted | None]) -> None:
        super().__init__()
        self._content = content
        self._scale = scale
        self._painted = painted
        self._still: QPixmap | None = None
        self._drawn_px = 0
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Overview of the session"))
        self.setToolTip(tr("The whole session: click to move the timeline there"))
        # Drawing all of a long pass takes as long as ten strokes: it waits until they have been painted elsewhere.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self._redraw)
        content.desk.listen(lambda _: self._soon.start())
        scale.listen(self._on_scale)
        painted.listen(lambda _: self.update())

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        colours, whole, view = theme(), self._whole(), self._scale.value
        if self._still is None:
            ratio = self.devicePixelRatioF()
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._paint_still(self._still, whole)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._still)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(LABELS_PX, 0)
        left, right = whole.x(view.start_us), whole.x(view.end_us)
        painter.setPen(QPen(QColor(colours.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(left + 1, 2, max(right - left - 2, 4), HEIGHT_PX - 4), 3, 3)
        painted = self._painted.value
        if painted is not None:
            painter.setPen(QPen(QColor(colours.playhead), 2))
            x = round(whole.x(painted.at_us))
            painter.drawLine(x, 2, x, HEIGHT_PX - 3)
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._redraw()

    def changeEvent(self, a0: QEvent | None) -> None:
        super().changeEvent(a0)
        if a0 is not None and a0.type() == QEvent.Type.StyleChange:
            self._redraw()

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        self.mouseMoveEvent(a0)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None:
            at_us = self._whole().us(a0.position().x() - LABELS_PX)
            self._scale.set(self._scale.value.centred(at_us, self._content.bounds))

    def _whole(self) -> Scale:
        return Scale.fitting(self._content.bounds, max(self._scale.value.width_px, 1))

    def _on_scale(self, scale: Scale) -> None:
        if scale.width_px != self._drawn_px:
            self._still = None
        self.update()

    def _redraw(self) -> None:
        self._still = None
        self.update()

    def _paint_still(self, target: QPixmap, whole: Scale) -> None:
        colours, coding = theme(), self._content.desk.coding
        self._drawn_px = whole.width_px
        target.fill(QColor(colours.surface))
        painter = QPainter(target)
        painter.setPen(QColor(colours.muted))
        painter.drawText(
            QRectF(8, 0, LABELS_PX - 16, HEIGHT_PX), int(Qt.AlignmentFlag.AlignVCenter), tr("Whole session")
        )
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.drawLine(LABELS_PX - 1, 0, LABELS_PX - 1, HEIGHT_PX)
        painter.translate(LABELS_PX, 0)
        left, right = whole.x(coding.window.start_us), whole.x(coding.window.end_us)
        painter.fillRect(QRectF(left, 4, right - left, HEIGHT_PX - 8), QColor(colours.window))
        tiers = [
            tier for tier in timeline_tiers(self._content.scheme) if tier.kind is TierKind.STATE and tier.exclusive
        ]
        height = (HEIGHT_PX - 8) / max(len(tiers), 1)
        for n, tier in enumerate(tiers):
            for box in boxes(coding.row(tier.id), whole, narrow_px=1.0):
                area = QRectF(box.left_px, 4 + n * height, max(box.right_px - box.left_px, 1.0), height)
                painter.fillRect(
                    area, QColor(colours.line_strong) if box.count > 1 else fill_of(tier, box.event.code)
                )
        painter.end()
