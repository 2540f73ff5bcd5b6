"""Painting derived states: thin bars, so that nobody takes them for something that was coded."""

from bisect import bisect_left

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter

from coder.annotate.view.ink import theme
from coder.annotate.view.layout import Row
from coder.annotate.view.scene import Scene

_BAR_PX = 6.0
_LEAST_PX = 2.0


def paint_derived(painter: QPainter, scene: Scene, row: Row) -> None:
    """The stretches of one derived state along the middle of its row."""
    colours, scale = theme(), scene.scale
    middle = row.top_px + row.height_px / 2
    painter.fillRect(scene.box(scene.coding.window, middle - 0.5, 1.0), QColor(colours.line_strong))
    spans = scene.derived.get(row.derived, ())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.accent))
    at, right_px = bisect_left(spans, scale.start_us, key=lambda span: span.end_us), -1.0
    while at < len(spans) and spans[at].start_us <= scale.end_us:
        box = scene.box(spans[at], middle - _BAR_PX / 2, _BAR_PX)
        box.setWidth(max(box.width(), _LEAST_PX))
        if box.right() > right_px + 0.5:  # what would lie on the bar before is not drawn again
            painter.drawRoundedRect(QRectF(box), 2, 2)
            right_px = box.right()
        at += 1
