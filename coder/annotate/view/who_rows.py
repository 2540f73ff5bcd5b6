"""Where a film shows child and parent, what people said about it, and the stretch that is about to be said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.content import Painted
from coder.annotate.view.ink import hatch, theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX
from coder.annotate.view.paint_ground import paint_playhead, paint_ruler
from coder.annotate.view.scale import Scale
from coder.annotate.view.scene import elided
from coder.annotate.view.watched import Watched
from coder.annotate.view.who_lanes import Sight, Stretch
from coder.language import tr
from coder.model.time import Span

_ROW_PX, _GAP_PX = 26, 4


@dataclass(frozen=True)
class WhoLanes:
    """What the rows show. marked: what people have said."""

    child: Sequence[Stretch] = ()
    parent: Sequence[Stretch] = ()
    marked: Sequence[Span] = field(default=())


class WhoRows(QWidget):
    """Click or drag to go there. bounds: what the rows span."""

    def __init__(
        self,
        bounds: Span,
        lanes: Watched[WhoLanes],
        chosen: Watched[Span | None],
        painted: Watched[Painted | None],
        seek: Callable[[int], None],
    ) -> None:
        super().__init__()
        self._bounds, self._lanes, self._chosen, self._painted = bounds, lanes, chosen, painted
        self._seek = seek
        self._scale = Scale.fitting(bounds, 1000)
        self.setAccessibleName(tr("Where child and parent are seen"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for each in (lanes, chosen, painted):
            each.listen(lambda _: self.update())

    def x_of(self, at_us: int) -> int:
        """Where a time lies, in pixels of the widget."""
        return round(LABELS_PX + self._scale.x(at_us))

    def sizeHint(self) -> QSize:
        return QSize(600, RULER_PX + 3 * (_ROW_PX + _GAP_PX) + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._scale = Scale.fitting(self._bounds, max(self.width() - LABELS_PX, 1))

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        self.mouseMoveEvent(a0)

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.position().x() >= LABELS_PX:
            self._seek(round(self._scale.us(a0.position().x() - LABELS_PX)))

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        colours, lanes = theme(), self._lanes.value
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        rows = ((tr("Child"), lanes.child), (tr("Parent"), lanes.parent))
        top = RULER_PX + _GAP_PX
        for name, stretches in rows:
            painter.setPen(QColor(colours.text))
            elided(painter, QRectF(16, top, LABELS_PX - 24, _ROW_PX), name)
            for stretch in stretches:
                self._paint_stretch(painter, stretch, top)
            top += _ROW_PX + _GAP_PX
        painter.setPen(QColor(colours.text))
        elided(painter, QRectF(16, top, LABELS_PX - 24, _ROW_PX), tr("Said by people"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.good))
        for span in lanes.marked:
            painter.drawRoundedRect(self._box(span, top + _ROW_PX / 2 - 3, 6), 2, 2)
        self._paint_chosen(painter)
        self._paint_margins(painter)

    def _paint_stretch(self, painter: QPainter, stretch: Stretch, top: float) -> None:
        colours = theme()
        box = self._box(stretch.span, top + 3, _ROW_PX - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        if stretch.sight is Sight.SEEN:
            painter.setBrush(QColor(colours.curve))
            painter.drawRect(box)
        else:
            painter.setBrush(QColor(colours.warning_soft))
            painter.drawRect(box)
            painter.fillRect(box, hatch(colours.warning, 0.8))

    def _paint_chosen(self, painter: QPainter) -> None:
        if self._chosen.value is None:
            return
        box = self._box(self._chosen.value, RULER_PX, self.height() - RULER_PX - 1)
        ground = QColor(theme().accent)
        ground.setAlphaF(0.14)
        painter.setPen(QPen(QColor(theme().accent), 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(ground)
        painter.drawRect(box)

    def _paint_margins(self, painter: QPainter) -> None:
        painter.save()
        painter.translate(LABELS_PX, 0)
        paint_ruler(painter, self._scale, (), self._chosen.value)
        painter.restore()
        painter.setPen(QColor(theme().line))
        painter.drawLine(QPointF(0, RULER_PX - 1), QPointF(self.width(), RULER_PX - 1))
        painter.drawLine(QPointF(LABELS_PX - 1, 0), QPointF(LABELS_PX - 1, self.height()))
        if self._painted.value is not None:
            paint_playhead(painter, self.x_of(self._painted.value.at_us), self.height())

    def _box(self, span: Span, top: float, height: float) -> QRectF:
        left, right = self.x_of(span.start_us), self.x_of(span.end_us)
        return QRectF(left, top, max(right - left, 2), height)
