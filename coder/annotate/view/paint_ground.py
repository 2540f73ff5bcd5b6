"""Painting around the events: names of rows, ruler with frames, playhead, loop, what is not to be coded."""

from collections.abc import Sequence

from PyQt6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from coder.annotate.families import InPlay
from coder.annotate.view.frames import FrameMark, label_every
from coder.annotate.view.ink import scaled, theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Row, Shows
from coder.annotate.view.paint_derived import paint_derived, paint_episodes
from coder.annotate.view.paint_measured import (
    paint_curve,
    paint_differences,
    paint_gaps,
    paint_spectrum,
    paint_wave,
)
from coder.annotate.view.paint_tiers import paint_tier
from coder.annotate.view.scale import Scale, ruler_text
from coder.annotate.view.scene import CENTRE, LEFT, Scene, elided
from coder.annotate.view.sight import Band
from coder.model.time import Span, clock

TICKS_PX = 16  # the ruler's lower part: ticks, frames, the loop
AWAY_PX = 108


def paint_rows(painter: QPainter, scene: Scene, reading: str) -> None:
    """All rows of the strip; the painter's origin is the upper left corner of the first row."""
    seen = painter.clipBoundingRect()
    for row in scene.layout:
        if row.bottom_px < seen.top() or row.top_px > seen.bottom():
            continue
        if row.tier is not None:
            paint_tier(painter, scene, row, row.tier)
        elif row.shows is Shows.TRACK:
            paint_gaps(painter, scene, row)
            paint_curve(painter, scene, row)
        elif row.shows is Shows.DERIVED:
            paint_derived(painter, scene, row)
        elif row.shows is Shows.EPISODES:
            paint_episodes(painter, scene, row)
        elif row.shows is Shows.WAVE:
            paint_wave(painter, scene, row)
        elif row.shows is Shows.SPECTRUM:
            paint_spectrum(painter, scene, row, reading)
        elif row.shows is Shows.DIFFERENCES:
            paint_differences(painter, scene, row)
    shade_outside(painter, scene)


def paint_labels(painter: QPainter, layout: Sequence[Row], in_play: InPlay) -> None:
    """The names of the rows, in the column at the left; muted where a tier is not in play."""
    colours, body = theme(), painter.font()
    for row in layout:
        heading = row.shows is Shows.HEADING
        quiet = heading or (row.tier is not None and row.tier.id not in in_play)
        box = QRectF(8 if heading else 16, row.top_px, LABELS_PX - (12 if heading else 24), row.height_px)
        painter.setFont(scaled(body, 0.85, body.Weight.DemiBold) if heading else body)
        painter.setPen(QColor(colours.muted if quiet else colours.text))
        lanes = [lane for lane in row.lanes if lane.code is not None]
        if lanes and row.tier is not None:
            for lane in lanes:
                elided(
                    painter,
                    QRectF(16, lane.top_px, LABELS_PX - 24, lane.height_px),
                    row.tier.code(lane.code or "").label,
                )
        elif row.shows is Shows.TRACK:
            upper = QRectF(box.x(), box.y() + 2, box.width(), row.height_px / 2 - 2)
            if upper.height() >= 2 * painter.fontMetrics().height():
                painter.drawText(upper, int(LEFT | Qt.TextFlag.TextWordWrap), row.label)
            else:
                elided(painter, upper, row.label)
        else:
            elided(painter, box, row.label)
    painter.setFont(body)


def paint_margins(
    painter: QPainter, size: QSize, scale: Scale, frames: Sequence[FrameMark], loop: Span | None
) -> None:
    """The ruler in its strip, and the lines that part it and the labels from the rest of the picture."""
    painter.resetTransform()
    painter.setClipRect(QRect(LABELS_PX, 0, scale.width_px, RULER_PX))
    painter.translate(LABELS_PX, 0)
    paint_ruler(painter, scale, frames, loop)
    painter.resetTransform()
    painter.setClipping(False)
    painter.setPen(QColor(theme().line))
    painter.drawLine(0, RULER_PX - 1, size.width(), RULER_PX - 1)
    painter.drawLine(LABELS_PX - 1, 0, LABELS_PX - 1, size.height())


def paint_ruler(painter: QPainter, scale: Scale, frames: Sequence[FrameMark], loop: Span | None) -> None:
    """Times above, ticks or single frames below; the painter's origin is the upper left corner of the strip."""
    colours, body = theme(), painter.font()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if loop is not None:
        box = QRectF(scale.x(loop.start_us), RULER_PX - TICKS_PX, loop.duration_us / scale.us_per_px, TICKS_PX - 1)
        painter.fillRect(box, QColor(colours.accent_soft))
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawLine(QLineF(box.topLeft(), box.bottomLeft()))
        painter.drawLine(QLineF(box.topRight(), box.bottomRight()))
    painter.setFont(scaled(body, 0.85))
    if frames:
        _paint_frames(painter, scale, frames)
    for at_us, labelled in scale.ticks():
        x = round(scale.x(at_us)) + 0.5
        if not frames:
            painter.setPen(QColor(colours.line_strong if labelled else colours.line))
            painter.drawLine(QPointF(x, RULER_PX - (7 if labelled else 4)), QPointF(x, RULER_PX - 1))
        if labelled:
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(x + 4, 12), ruler_text(at_us, scale.us_per_px))
    painter.setFont(body)


def paint_loop(painter: QPainter, scene: Scene) -> None:
    """The ends of the loop, down all rows."""
    if scene.loop is None or not scene.layout:
        return
    painter.setPen(QPen(QColor(theme().accent), 1, Qt.PenStyle.DashLine))
    for at_us in (scene.loop.start_us, scene.loop.end_us):
        x = round(scene.scale.x(at_us)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, scene.layout[-1].bottom_px))


def paint_playhead(painter: QPainter, x_px: float, height_px: float) -> None:
    """The line at the frame on the screen, with its handle in the ruler."""
    colour, top = QColor(theme().playhead), RULER_PX - TICKS_PX - 1
    painter.setPen(QPen(colour, 2))
    painter.drawLine(QPointF(x_px, top), QPointF(x_px, height_px))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corners = ((-6, 0), (6, 0), (6, 7), (0, 13), (-6, 7))
    painter.drawPolygon(QPolygonF([QPointF(x_px + dx, top + dy) for dx, dy in corners]))


def away_box(*, left: bool, width_px: float) -> QRectF:
    """Where the way back to a playhead out of sight is offered: at the end of the ruler where it lies."""
    return QRectF(LABELS_PX + 4 if left else width_px - AWAY_PX - 4, 3, AWAY_PX, RULER_PX - 7)


def paint_away(painter: QPainter, at_us: int, *, left: bool, width_px: float) -> None:
    """The way back to a playhead that is out of sight."""
    colours, box = theme(), away_box(left=left, width_px=width_px)
    painter.setPen(QPen(QColor(colours.playhead), 1.5))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(QColor(colours.text))
    painter.drawText(box, CENTRE, f"◂ {clock(at_us)}" if left else f"{clock(at_us)} ▸")


def paint_band(painter: QPainter, band: Band) -> None:
    """The rubber band."""
    colours = theme()
    box = QRectF(QPointF(band.x_px, band.y_px), QPointF(band.to_x_px, band.to_y_px)).normalized()
    fill = QColor(colours.accent)
    fill.setAlphaF(0.14)
    painter.setPen(QPen(QColor(colours.accent), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRect(box)


def paint_present(painter: QPainter, boxes: Sequence[QRectF]) -> None:
    """The outline of the intervals and segments in which the frame on the screen lies."""
    painter.setPen(QPen(QColor(theme().accent), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for box in boxes:
        painter.drawRoundedRect(box.adjusted(0, 0.5, 0, -0.5), 2, 2)


def _paint_frames(painter: QPainter, scale: Scale, frames: Sequence[FrameMark]) -> None:
    """The frames as cells in turns light and dark, with their borders, and numbers where there is room."""
    colours = theme()
    top, height = RULER_PX - TICKS_PX, TICKS_PX - 1
    widest = QFontMetricsF(painter.font()).horizontalAdvance(str(frames[-1].number)) + 8
    every = label_every(frames, scale, widest)
    for frame in frames:
        left, right = scale.x(frame.span.start_us), scale.x(frame.span.end_us)
        if frame.number % 2:
            painter.fillRect(QRectF(left, top, right - left, height), QColor(colours.window))
        painter.setPen(QColor(colours.line_strong))
        x = round(left) + 0.5
        painter.drawLine(QPointF(x, top), QPointF(x, top + height))
        if frame.number % every == 0:
            painter.setPen(QColor(colours.text))
            room = QRectF(left, top, max(right - left, widest), height)
            painter.drawText(room.adjusted(3, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), str(frame.number))


def shade_outside(painter: QPainter, scene: Scene) -> None:
    """A veil over what lies outside the coded window."""
    if not scene.layout:
        return
    height = scene.layout[-1].bottom_px
    window = scene.box(scene.coding.window, 0, height)
    veil = QColor(theme().line)
    veil.setAlphaF(0.55)
    painter.fillRect(QRectF(0, 0, max(window.left(), 0.0), height), veil)
    painter.fillRect(QRectF(window.right(), 0, max(scene.scale.width_px - window.right(), 0.0), height), veil)
