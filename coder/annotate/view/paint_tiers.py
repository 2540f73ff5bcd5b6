"""Painting the rows of tiers: states, moments, intervals, rated segments. Reads the model, changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from coder.annotate.intervals import intervals_of
from coder.annotate.view.culling import Box, boxes
from coder.annotate.view.ink import fill_of, hatch, theme
from coder.annotate.view.layout import Lane, Row
from coder.annotate.view.paint_measured import upright
from coder.annotate.view.paint_ratings import paint_segments
from coder.annotate.view.scene import CENTRE, FAINT, LEFT, Scene
from coder.model.coding import Certainty, Event
from coder.model.scheme import Code, Tier, TierKind
from coder.model.time import Span, clock

_DOT_PX = 7.0
_UNCODED = 0.22  # of the colour of a default code, where it would come in
_GRID_PX = 4.0  # narrower intervals are not told apart by lines


@dataclass(frozen=True, slots=True)
class Look:
    """How the events of a code are drawn. key: stands for the name where there is no room for it."""

    code: Code
    fill: QColor
    key: str


def paint_tier(painter: QPainter, scene: Scene, row: Row, tier: Tier) -> None:
    """One row; faint if its tier is not in play. The painter's origin is the upper left corner of all rows."""
    painter.setOpacity(1.0 if tier.id in scene.in_play else FAINT)
    window = scene.box(scene.coding.window, row.top_px, row.height_px)
    painter.fillRect(window, QColor(theme().window))
    if tier.kind is TierKind.RATING:
        paint_segments(painter, scene, row, tier)
        painter.setOpacity(1.0)
        return
    if tier.kind is not TierKind.POINT and tier.exclusive and tier.exhaustive and tier.default is None:
        painter.fillRect(window, hatch(theme().line_strong, 0.35))
    if tier.default is not None:  # what nobody has coded counts as this: faintly, under what is coded
        uncoded = fill_of(tier, tier.default)
        uncoded.setAlphaF(_UNCODED)
        painter.fillRect(window, uncoded)
    looks = {
        code.id: Look(code, fill_of(tier, code.id), scene.keymap.key_of(tier.id, code.id)) for code in tier.codes
    }
    for lane in row.lanes:
        events = scene.row(tier, lane.code)
        if tier.kind is TierKind.POINT:
            _paint_moments(painter, scene, lane, looks, events)
            continue
        _paint_states(painter, scene, lane, looks, events)
    if tier.kind is TierKind.INTERVAL:
        _paint_grid(painter, scene, row, tier)
    painter.setOpacity(1.0)
    if scene.draft is not None:
        for event in scene.draft.events:
            if event.tier == tier.id:
                possible = scene.draft.after is not None
                _paint_draft(painter, scene, row, looks[event.code].fill, event, possible=possible)


def present_segments(scene: Scene, at_us: int) -> list[QRectF]:
    """Where the intervals and rated segments lie in which a moment falls."""
    found = []
    for row in scene.layout:
        if row.tier is None or row.tier.kind not in (TierKind.INTERVAL, TierKind.RATING):
            continue
        spans = intervals_of(row.tier, scene.coding.window)
        at = spans.at(at_us)
        if at is not None and row.tier.id in scene.in_play:
            found.append(scene.box(spans[at], row.top_px, row.height_px))
    return found


def _paint_states(
    painter: QPainter, scene: Scene, lane: Lane, looks: dict[str, Look], events: Sequence[Event]
) -> None:
    """Boxes first, words last: pens and brushes change as seldom as can be, which is what painting costs."""
    colours, width = theme(), scene.scale.width_px
    crowd, chosen_ink, ink = QColor(colours.line_strong), QColor(colours.text), QColor(colours.code_ink)
    top, height = lane.top_px + 1, lane.height_px - 2
    wide: list[tuple[QRectF, Box]] = []
    for box in boxes(events, scene.scale):
        left, right = max(box.left_px, 0.0), min(box.right_px, width + 4.0)
        area = QRectF(left, top, max(right - left - 1, 1.0), height)
        if box.count > 1:
            painter.fillRect(area, crowd)
        elif area.width() < 6:
            painter.fillRect(area, chosen_ink if box.event.id in scene.chosen else looks[box.event.code].fill)
        else:
            wide.append((area, box))
    painter.setPen(Qt.PenStyle.NoPen)
    for area, box in wide:
        painter.setBrush(looks[box.event.code].fill)
        painter.drawRoundedRect(area, 3, 3)
    for area, box in wide:
        if looks[box.event.code].code.uncodable:
            painter.fillRect(area, hatch(colours.code_ink, 0.35))
        if box.event.note and area.width() > 12:
            corner = area.topRight()
            painter.setBrush(ink)
            painter.drawPolygon(QPolygonF([corner, corner + QPointF(-7, 0), corner + QPointF(0, 7)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(chosen_ink, 2))
    for area, box in wide:
        if box.event.id in scene.chosen:
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 3, 3)
    painter.setPen(ink)
    metrics = QFontMetricsF(painter.font())
    for area, box in wide:
        _write(painter, metrics, area, looks[box.event.code], box.event, width)


def _write(
    painter: QPainter, metrics: QFontMetricsF, area: QRectF, look: Look, event: Event, width_px: int
) -> None:
    """The label of a state, or its key where there is no room for words."""
    room = min(area.right(), width_px) - area.left() - 10
    label = look.code.label + _DOUBT[event.certainty]
    if room >= 36 or room >= metrics.horizontalAdvance(label):
        inner = QRectF(area.left() + 5, area.y(), room, area.height())
        painter.drawText(inner, LEFT, metrics.elidedText(label, Qt.TextElideMode.ElideRight, room))
    elif area.width() >= 12:
        painter.drawText(area, CENTRE, look.key)


_DOUBT = {Certainty.CERTAIN: "", Certainty.LIKELY: " ?", Certainty.GUESS: " ??"}


def _paint_moments(
    painter: QPainter, scene: Scene, lane: Lane, looks: dict[str, Look], events: Sequence[Event]
) -> None:
    colours, shown = theme(), list(boxes(events, scene.scale, narrow_px=3.0))
    ink, crowd, rim = QColor(colours.text), QColor(colours.line_strong), QPen(QColor(colours.line_strong), 1)
    top, bottom, head_px = lane.top_px, lane.top_px + lane.height_px, lane.height_px - 10.0
    heads: list[tuple[QRectF, Box]] = []
    for n, box in enumerate(shown):
        x = box.left_px
        if box.count > 1:
            painter.fillRect(QRectF(x - 2, top + 4, 5, lane.height_px - 8), crowd)
            continue
        room = shown[n + 1].left_px - x if n + 1 < len(shown) else head_px
        if room < _DOT_PX and box.event.id not in scene.chosen:
            painter.fillRect(QRectF(x - 1.5, top + 4, 3, lane.height_px - 8), looks[box.event.code].fill)
            continue
        size = head_px if room >= head_px or box.event.id in scene.chosen else _DOT_PX
        heads.append((QRectF(x - size / 2, top + (lane.height_px - size) / 2, size, size), box))
    above = [(box.left_px, top + 2.0, box.left_px, head.top()) for head, box in heads]
    below = [(box.left_px, head.bottom(), box.left_px, bottom - 2.0) for head, box in heads]
    painter.setPen(QPen(ink, 1))
    upright(painter, np.array(above + below))
    painter.setPen(rim)
    for head, box in heads:
        painter.setBrush(looks[box.event.code].fill)
        painter.drawEllipse(head)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2))
    for head, box in heads:
        if box.event.id in scene.chosen:
            painter.drawLine(QPointF(box.left_px, top + 2), QPointF(box.left_px, head.top()))
            painter.drawLine(QPointF(box.left_px, head.bottom()), QPointF(box.left_px, bottom - 2))
            painter.drawEllipse(head.adjusted(-2, -2, 2, 2))
    painter.setPen(QColor(colours.code_ink))
    for head, box in heads:
        if head.width() == head_px:
            painter.drawText(head, CENTRE, looks[box.event.code].key)


def _paint_grid(painter: QPainter, scene: Scene, row: Row, tier: Tier) -> None:
    """The borders of the intervals, over what is coded in them."""
    spans, scale = intervals_of(tier, scene.coding.window), scene.scale
    if not len(spans) or spans.every_us / scale.us_per_px < _GRID_PX:
        return
    painter.setPen(QColor(theme().line_strong))
    at = max(spans.ended_by(round(scale.start_us)), 0)
    while at < len(spans) and spans[at].start_us <= scale.end_us:
        for edge_us in (spans[at].start_us, spans[at].end_us):
            x = round(scale.x(edge_us)) + 0.5
            painter.drawLine(QPointF(x, row.top_px), QPointF(x, row.bottom_px))
        at += 1


def _paint_draft(painter: QPainter, scene: Scene, row: Row, fill: QColor, draft: Event, *, possible: bool) -> None:
    """An event that is being dragged; crossed out where it cannot go."""
    colours = theme()
    lane = next((one for one in row.lanes if one.code == draft.code), row.lanes[0])
    box = scene.box(draft.span, lane.top_px, lane.height_px)
    box.setWidth(max(box.width(), 3.0))
    painter.setPen(QPen(QColor(colours.text if possible else colours.error), 2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    painter.drawRoundedRect(box, 3, 3)
    if not possible:
        painter.fillRect(box, hatch(colours.error, 0.7))
    painter.setPen(QColor(colours.code_ink))
    metrics, whole, start = QFontMetricsF(painter.font()), span_text(draft.span), clock(draft.onset_us)
    for times in (whole, start):
        if box.width() > metrics.horizontalAdvance(times) + 8:
            painter.drawText(box, CENTRE, times)
            return


def span_text(span: Span) -> str:
    """`00:00:01.000 – 00:00:02.000`, or the time of a moment."""
    return clock(span.start_us) if span.is_moment else f"{clock(span.start_us)} – {clock(span.end_us)}"
