"""A share with its 95 % interval as a small bar, and beside it what chance alone would give."""

from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from coder.desktop.chart_scale import Axis
from coder.desktop.look import theme_now
from coder.model.evidence import Figure

_DOT_PX = 4.5


def paint_share(
    painter: QPainter, cell: QRectF, figure: Figure, *, chance: float | None = None, top: float | None = None
) -> None:
    """An axis 0 … 1, the interval with its estimate as a dot.

    chance: the mean of what shifted time gives, as a band from 0; top: its 95th percentile, where the band ends.
    """
    theme, middle = theme_now(), cell.center().y()
    axis, half = Axis(0.0, 1.0, cell.left() + _DOT_PX, cell.right() - _DOT_PX), cell.height() * 0.24
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if chance is not None:
        reach = axis.kept_px(chance if top is None else top)
        band = QRectF(axis.px(0.0), middle - half, max(reach - axis.px(0.0), 1.0), 2 * half)
        painter.fillRect(band, QColor(theme.line))
        painter.setPen(QPen(QColor(theme.muted), 1.5, Qt.PenStyle.DotLine))
        at = axis.kept_px(chance)
        painter.drawLine(QLineF(at, middle - half, at, middle + half))
    painter.setPen(QPen(QColor(theme.line_strong), 1))
    painter.drawLine(QLineF(axis.px(0.0), middle, axis.px(1.0), middle))
    for end in (0.0, 1.0):
        painter.drawLine(QLineF(axis.px(end), middle - 3, axis.px(end), middle + 3))
    if figure.value is not None:
        painter.setPen(QPen(QColor(theme.accent), 2))
        if figure.low is not None and figure.high is not None:
            low, high = axis.kept_px(figure.low), axis.kept_px(figure.high)
            painter.drawLine(QLineF(low, middle, high, middle))
            for end_px in (low, high):
                painter.drawLine(QLineF(end_px, middle - 4, end_px, middle + 4))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(QPointF(axis.kept_px(figure.value), middle), _DOT_PX, _DOT_PX)
    painter.restore()
