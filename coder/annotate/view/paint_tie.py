"""Painting which act answers which cue: a line between the two while one of them is selected or reviewed."""

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF

from coder.annotate.reviewing import Tie
from coder.annotate.view.ink import theme
from coder.annotate.view.layout import Row
from coder.annotate.view.scene import Scene
from coder.model.coding import Event

_HEAD_PX = 7.0


def paint_tie(painter: QPainter, scene: Scene, tie: Tie) -> None:
    """A line with an arrow from the cue to its act; broken while the act is only proposed."""
    cue_row, act_row = _row(scene, tie.cue), _row(scene, tie.act)
    if cue_row is None or act_row is None:
        return
    down = 1.0 if act_row.top_px >= cue_row.top_px else -1.0
    start, end = _edge(scene, cue_row, tie.cue, down), _edge(scene, act_row, tie.act, -down)
    ink = QColor(theme().accent)
    line = Qt.PenStyle.SolidLine if tie.judged else Qt.PenStyle.DashLine
    middle_y = (start.y() + end.y()) / 2
    painter.setPen(QPen(ink, 2, line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([start, QPointF(start.x(), middle_y), QPointF(end.x(), middle_y), end]))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    back = -down * _HEAD_PX
    painter.drawPolygon(QPolygonF([end, end + QPointF(-_HEAD_PX / 2, back), end + QPointF(_HEAD_PX / 2, back)]))


def _row(scene: Scene, event: Event) -> Row | None:
    return next((row for row in scene.layout if row.tier is not None and row.tier.id == event.tier), None)


def _edge(scene: Scene, row: Row, event: Event, down: float) -> QPointF:
    """The lower (1) or upper (-1) edge of a moment's row, where it is; at most a little out of sight."""
    x = min(max(scene.scale.x(event.onset_us), -20.0), scene.scale.width_px + 20.0)
    return QPointF(x, row.bottom_px - 1.0 if down > 0 else row.top_px + 1.0)
