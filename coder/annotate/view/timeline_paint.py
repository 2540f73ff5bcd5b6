"""Painting the timeline: rows, events, curves, ruler. Reads the model, changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QLineF, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from coder.annotate.view.culling import Box, boxes
from coder.annotate.view.curve import lines, value_text
from coder.annotate.view.ink import fill_of, hatch, scaled, theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Lane, Row
from coder.annotate.view.scale import Scale, ruler_text
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Code, Tier, TierKind
from coder.model.time import Span, clock

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class LaneRows:
    """The events of one code of a tier whose states may overlap; sorted out once for each version of the tier."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[Event, ...], Mapping[str, tuple[Event, ...]]]] = {}

    def row(self, coding: CodingPass, tier: Tier, code: str | None) -> Sequence[Event]:
        """The events of a lane, in order."""
        events = coding.row(tier.id)
        if code is None:
            return events
        known = self._known.get(tier.id)
        if known is None or known[0] is not events:
            by_code = {one.id: tuple(event for event in events if event.code == one.id) for one in tier.codes}
            known = self._known[tier.id] = (events, by_code)
        return known[1].get(code, ())


@dataclass(frozen=True)
class Scene:
    """Everything the rows show. draft: the event being dragged, as it would become. wave: (n, 2) lowest and
    highest sample of each `wave_step_us` of sound from session time `wave_start_us` on."""

    layout: Sequence[Row]
    coding: CodingPass
    scale: Scale
    selected: Event | None = None
    draft: Event | None = None
    wave: NDArray[np.int16] | None = None
    wave_start_us: float = 0.0
    wave_step_us: float = 1.0
    lanes: LaneRows = field(default_factory=LaneRows)


def paint_ruler(painter: QPainter, scale: Scale) -> None:
    """Ticks and times over the rows; the painter's origin is the upper left corner of the strip."""
    colours = theme()
    painter.setFont(scaled(painter.font(), 0.85))
    for at_us, labelled in scale.ticks():
        x = round(scale.x(at_us)) + 0.5
        painter.setPen(QColor(colours.line_strong if labelled else colours.line))
        painter.drawLine(QPointF(x, RULER_PX - (7 if labelled else 4)), QPointF(x, RULER_PX - 1))
        if labelled:
            painter.setPen(QColor(colours.muted))
            painter.drawText(QPointF(x + 4, RULER_PX - 8), ruler_text(at_us, scale.us_per_px))


def paint_labels(painter: QPainter, layout: Sequence[Row]) -> None:
    """The names of the rows, in the column at the left."""
    colours = theme()
    body = painter.font()
    for row in layout:
        heading = row.tier is None and row.track is None and not row.is_wave
        box = QRectF(8 if heading else 16, row.top_px, LABELS_PX - (12 if heading else 24), row.height_px)
        painter.setFont(scaled(body, 0.85, body.Weight.DemiBold) if heading else body)
        painter.setPen(QColor(colours.muted if heading else colours.text))
        lanes = [lane for lane in row.lanes if lane.code is not None]
        if lanes and row.tier is not None:
            for lane in lanes:
                lane_box = QRectF(16, lane.top_px, LABELS_PX - 24, lane.height_px)
                _text(painter, lane_box, f"{row.tier.code(lane.code or '').label}")
        elif row.track is not None:
            half = row.height_px / 2
            _text(painter, QRectF(box.x(), box.y() + 2, box.width(), half - 2), row.label)
        else:
            _text(painter, box, row.label)
    painter.setFont(body)


def paint_rows(painter: QPainter, scene: Scene) -> None:
    """All rows of the strip; the painter's origin is the upper left corner of the first row."""
    for row in scene.layout:
        if row.tier is not None:
            _paint_tier(painter, scene, row, row.tier)
        elif row.track is not None:
            _paint_curve(painter, scene, row)
        elif row.is_wave:
            _paint_wave(painter, scene, row)
    _shade_outside(painter, scene)


def paint_values(painter: QPainter, layout: Sequence[Row], at_us: int) -> None:
    """What each curve says at the frame on the screen, below its name in the column at the left."""
    painter.setFont(scaled(painter.font(), 0.85))
    painter.setPen(QColor(theme().muted))
    for row in layout:
        if row.track is not None:
            half = row.height_px / 2
            box = QRectF(16, row.top_px + half, LABELS_PX - 24, half - 2)
            _text(painter, box, value_text(row.track, at_us))


def paint_playhead(painter: QPainter, x_px: float, height_px: float) -> None:
    """The line at the frame on the screen, with its handle in the ruler."""
    colour = QColor(theme().playhead)
    painter.setPen(QPen(colour, 2))
    painter.drawLine(QPointF(x_px, 4), QPointF(x_px, height_px))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    handle = [QPointF(x_px - 6, 4), QPointF(x_px + 6, 4), QPointF(x_px + 6, 12), QPointF(x_px, 18)]
    painter.drawPolygon(QPolygonF([*handle, QPointF(x_px - 6, 12)]))


def _paint_tier(painter: QPainter, scene: Scene, row: Row, tier: Tier) -> None:
    window = _window_box(scene, row.top_px, row.height_px)
    painter.fillRect(window, QColor(theme().window))
    if tier.kind is not TierKind.POINT and tier.exclusive and tier.exhaustive and tier.default is None:
        painter.fillRect(window, hatch(theme().line_strong, 0.35))
    looks = {code.id: (code, fill_of(tier, code.id)) for code in tier.codes}
    for lane in row.lanes:
        events = scene.lanes.row(scene.coding, tier, lane.code)
        if tier.kind is TierKind.POINT:
            _paint_moments(painter, scene, lane, tier, events)
            continue
        for box in boxes(events, scene.scale):
            _paint_state(painter, scene, lane, looks[box.event.code], box)
    if scene.draft is not None and scene.draft.tier == tier.id:
        _paint_draft(painter, scene, row, tier, scene.draft)


def _paint_state(painter: QPainter, scene: Scene, lane: Lane, look: tuple[Code, QColor], box: Box) -> None:
    colours, width, (code, fill) = theme(), scene.scale.width_px, look
    left, right = max(box.left_px, 0.0), min(box.right_px, width + 4.0)
    area = QRectF(left, lane.top_px + 1, max(right - left - 1, 1.0), lane.height_px - 2)
    if box.count > 1:
        painter.fillRect(area, QColor(colours.line_strong))
        return
    if area.width() < 6:
        painter.fillRect(area, fill)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(area, 3, 3)
    if code.uncodable:
        painter.fillRect(area, hatch(colours.code_ink, 0.35))
    if box.event.note and area.width() > 12:
        corner = area.topRight()
        painter.setBrush(QColor(colours.code_ink))
        painter.drawPolygon(QPolygonF([corner, corner + QPointF(-7, 0), corner + QPointF(0, 7)]))
    if scene.selected is not None and scene.selected.id == box.event.id:
        _outline(painter, area)
    painter.setPen(QColor(colours.code_ink))
    inner = QRectF(max(left, 0) + 5, area.y(), min(right, width) - max(left, 0) - 10, area.height())
    metrics = QFontMetricsF(painter.font())
    if inner.width() >= 36 or inner.width() >= metrics.horizontalAdvance(code.label):
        _text(painter, inner, code.label)
    elif area.width() >= 12:
        painter.drawText(area, _CENTRE, code.key)


def _paint_moments(painter: QPainter, scene: Scene, lane: Lane, tier: Tier, events: Sequence[Event]) -> None:
    colours, shown = theme(), list(boxes(events, scene.scale, narrow_px=3.0))
    head_px = lane.height_px - 10.0
    for n, box in enumerate(shown):
        room = shown[n + 1].left_px - box.left_px if n + 1 < len(shown) else head_px
        x, code = box.left_px, tier.code(box.event.code)
        chosen = scene.selected is not None and scene.selected.id == box.event.id
        painter.setPen(QPen(QColor(colours.text), 2 if chosen else 1))
        painter.drawLine(QPointF(x, lane.top_px + 2), QPointF(x, lane.top_px + lane.height_px - 2))
        if box.count > 1:
            painter.fillRect(QRectF(x - 2, lane.top_px + 4, 5, lane.height_px - 8), QColor(colours.line_strong))
            continue
        size = head_px if room >= head_px or chosen else 7.0
        head = QRectF(x - size / 2, lane.top_px + (lane.height_px - size) / 2, size, size)
        painter.setBrush(fill_of(tier, code.id))
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.drawEllipse(head)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.text), 2))
            painter.drawEllipse(head.adjusted(-2, -2, 2, 2))
        if size == head_px:
            painter.setPen(QColor(colours.code_ink))
            painter.drawText(head, _CENTRE, code.key)


def _paint_draft(painter: QPainter, scene: Scene, row: Row, tier: Tier, draft: Event) -> None:
    colours, scale = theme(), scene.scale
    left, right = scale.x(draft.onset_us), scale.x(draft.offset_us)
    fill = fill_of(tier, draft.code)
    fill.setAlphaF(0.8)
    area = QRectF(left, row.top_px, max(right - left, 3.0), row.height_px)
    painter.setPen(QPen(QColor(colours.text), 2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRoundedRect(area, 3, 3)
    times = (
        clock(draft.onset_us) if draft.span.is_moment else f"{clock(draft.onset_us)} – {clock(draft.offset_us)}"
    )
    painter.setPen(QColor(colours.code_ink))
    if area.width() > QFontMetricsF(painter.font()).horizontalAdvance(times) + 8:
        painter.drawText(area, _CENTRE, times)


def _paint_curve(painter: QPainter, scene: Scene, row: Row) -> None:
    colours = theme()
    if row.track is None:
        return
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.drawLine(
        QPointF(0, row.top_px + row.height_px), QPointF(scene.scale.width_px, row.top_px + row.height_px)
    )
    painter.setPen(QPen(QColor(colours.curve), 1.5))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for line in lines(row.track, scene.scale, row.top_px + 3, row.height_px - 6):
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.tolist()]))


def _paint_wave(painter: QPainter, scene: Scene, row: Row) -> None:
    if scene.wave is None or len(scene.wave) == 0:
        return
    scale, middle, half = scene.scale, row.top_px + row.height_px / 2, row.height_px / 2 - 1
    onsets_us = np.arange(scale.width_px) * scale.us_per_px + scale.start_us
    steps = ((onsets_us - scene.wave_start_us) / scene.wave_step_us).astype(np.int64)
    inside = np.flatnonzero((steps >= 0) & (steps < len(scene.wave)))
    if len(inside) == 0:
        return
    last = min(int(steps[inside[-1]] + scale.us_per_px / scene.wave_step_us) + 1, len(scene.wave))
    low = np.minimum.reduceat(scene.wave[:last, 0], steps[inside]) / 32768
    high = np.maximum.reduceat(scene.wave[:last, 1], steps[inside]) / 32768
    painter.setPen(QPen(QColor(theme().curve), 1))
    for x, down, up in zip(inside.tolist(), low.tolist(), high.tolist(), strict=True):
        painter.drawLine(QLineF(x + 0.5, middle - up * half, x + 0.5, middle - down * half))


def _shade_outside(painter: QPainter, scene: Scene) -> None:
    if not scene.layout:
        return
    height = scene.layout[-1].top_px + scene.layout[-1].height_px
    window = _window_box(scene, 0, height)
    veil = QColor(theme().line)
    veil.setAlphaF(0.55)
    painter.fillRect(QRectF(0, 0, window.left(), height), veil)
    painter.fillRect(QRectF(window.right(), 0, scene.scale.width_px - window.right(), height), veil)


def _window_box(scene: Scene, top: float, height: float) -> QRectF:
    window: Span = scene.coding.window
    left = min(max(scene.scale.x(window.start_us), 0.0), scene.scale.width_px)
    right = min(max(scene.scale.x(window.end_us), 0.0), scene.scale.width_px)
    return QRectF(left, top, right - left, height)


def _outline(painter: QPainter, area: QRectF) -> None:
    painter.setPen(QPen(QColor(theme().text), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)


def _text(painter: QPainter, box: QRectF, text: str) -> None:
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, _LEFT, elided)
