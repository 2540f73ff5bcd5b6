"""Painting the row of a rating tier: its segments, how far each is rated, and the moments that justify ratings."""

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from coder.annotate import ratings
from coder.annotate.view.ink import theme
from coder.annotate.view.layout import Row
from coder.annotate.view.scene import Scene, elided
from coder.language import tr
from coder.model.scheme import Tier
from coder.model.time import Span


def paint_segments(painter: QPainter, scene: Scene, row: Row, tier: Tier) -> None:
    """How many items of each segment are rated, as a share of its width and in words."""
    colours, body = theme(), painter.font()
    for span in ratings.segments(scene.coding, tier):
        if span.end_us < scene.scale.start_us or span.start_us > scene.scale.end_us:
            continue
        box = scene.box(span, row.top_px + 1, row.height_px - 2).adjusted(0.5, 0, -0.5, 0)
        done = len({event.code for event in ratings.in_segment(scene.coding, tier, span)})
        share = done / max(len(tier.codes), 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.good_soft if share == 1 else colours.accent_soft))
        full = scene.scale.x(span.start_us) + share * span.duration_us / scene.scale.us_per_px
        filled = max(min(full, box.right()) - box.left(), 0.0)
        painter.drawRect(QRectF(box.left(), box.top(), filled, box.height()))
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setPen(QColor(colours.good if share == 1 else colours.text))
        inner = box.intersected(QRectF(0, box.top(), scene.scale.width_px, box.height())).adjusted(6, 0, -6, 0)
        words = tr("{done} of {all} rated", done=done, all=len(tier.codes))
        if QFontMetricsF(body).horizontalAdvance(words) > inner.width():
            words = tr("{done} of {all}", done=done, all=len(tier.codes))
        if inner.width() >= 30:
            elided(painter, inner, f"✓ {words}" if share == 1 else words)
        _paint_evidence(painter, scene, row, tier, span)
    painter.setFont(body)


def _paint_evidence(painter: QPainter, scene: Scene, row: Row, tier: Tier, segment: Span) -> None:
    """The moments that justify ratings, as strokes along the lower edge; those of what is selected are darker."""
    for event in ratings.in_segment(scene.coding, tier, segment):
        ink = QColor(theme().text if event.id in scene.chosen else theme().accent)
        for moment in event.moments:
            box = scene.box(moment, row.bottom_px - 6.0, 4.0)
            if box.right() >= 0 and box.left() <= scene.scale.width_px:
                painter.fillRect(box.adjusted(0, 0, max(3.0 - box.width(), 0.0), 0), ink)
                painter.fillRect(QRectF(box.left(), box.top() - 4, 2, 8), ink)  # each has a beginning of its own
