"""Painting derived states and measured episodes: thin bars, so that nobody takes them for codes."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QPainter

from coder.annotate.view.ink import theme
from coder.annotate.view.layout import Row
from coder.annotate.view.scene import Scene
from coder.model.time import Span

_BAR_PX = 6.0
_LEAST_PX = 2.0


def paint_derived(painter: QPainter, scene: Scene, row: Row) -> None:
    """The stretches of one derived state along the middle of its row."""
    _paint_bars(painter, scene, row, scene.derived.get(row.derived, ()), theme().accent)


def paint_episodes(painter: QPainter, scene: Scene, row: Row) -> None:
    """The episodes of one signal, in the colour of the curves."""
    _paint_bars(painter, scene, row, row.spans, theme().curve)


def _paint_bars(painter: QPainter, scene: Scene, row: Row, spans: Sequence[Span], colour: str) -> None:
    scale = scene.scale
    middle = row.top_px + row.height_px / 2
    painter.fillRect(scene.box(scene.coding.window, middle - 0.5, 1.0), QColor(theme().line_strong))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    at = bisect_left(spans, scale.start_us, key=_end)
    while at < len(spans) and spans[at].start_us <= scale.end_us:
        box = scene.box(spans[at], middle - _BAR_PX / 2, _BAR_PX)
        box.setWidth(max(box.width(), _LEAST_PX))
        painter.drawRoundedRect(QRectF(box), 2, 2)
        beyond_us = scale.start_us + (box.right() + 0.5) * scale.us_per_px
        at = bisect_left(spans, beyond_us, at + 1, key=_end)  # what would lie on this bar is not drawn again


_end = attrgetter("end_us")
