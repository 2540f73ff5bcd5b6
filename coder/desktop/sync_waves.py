"""Two films' sound, one above the other on the session clock, and the places where they were matched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.scale import Scale, ruler_text
from coder.desktop.look import scaled, theme_now
from coder.desktop.wave_rows import Wave
from coder.language import tr
from coder.model.study import Media
from coder.model.time import SECOND_US, Span

_ZOOM = 1.5
_PAN = 0.2
_NOTCH = 120
_NEAR_US = 1_500_000
_MARK_PX = 6
_FAINT, _STRONG = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class Lane:
    """One film's sound and how its clock lies on the session's."""

    name: str
    wave: Wave
    media: Media


@dataclass(frozen=True, slots=True)
class Matched:
    """The same moment in both, as times of the upper and of the lower film; strength 0 … 1 is how sure it is."""

    upper_us: int
    lower_us: int
    strength: float


class SyncWaves(QWidget):
    """Looks only. Wheel: zoom; Shift and wheel, or dragging: along; keys: see `keyPressEvent`.

    place_chosen(int): a matched place was gone to.
    """

    place_chosen = pyqtSignal(int)

    def __init__(self, upper: Lane, lower: Lane, places: Sequence[Matched]) -> None:
        super().__init__()
        self._lanes = (upper, lower)
        self._places = tuple(places)
        self.place = -1
        self._bounds = _bounds(self._lanes)
        self._dragged_from: QPoint | None = None
        self.scale = Scale.fitting(self._bounds, 1)
        self.setAccessibleName(tr("Sound of both films on the session clock"))
        self.setAccessibleDescription(
            tr("Plus and minus zoom, the arrows go along, 0 shows all, Page Down goes to the next matched place.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_timing(self, media: Media) -> None:
        """Lay the lower film on the session clock as `media` says; what is in sight stays, or all of it does."""
        upper, lower = self._lanes
        all_in_sight = self.scale.us_per_px * self.scale.width_px >= self._bounds.duration_us
        self._lanes = (upper, Lane(lower.name, lower.wave, media))
        self._bounds = _bounds(self._lanes)
        whole = Scale.fitting(self._bounds, self.scale.width_px)
        self.scale = whole if all_in_sight else self.scale.kept_in(self._bounds)
        self.update()

    def go_to_place(self, place: int) -> None:
        """Show a matched place closely, so that it can be judged."""
        if self._places:
            self.place = min(max(place, 0), len(self._places) - 1)
            at_us = self._lanes[0].media.to_session_us(self._places[self.place].upper_us)
            near = Span(at_us - _NEAR_US, at_us + _NEAR_US)
            self.scale = Scale.fitting(near, self.scale.width_px).kept_in(self._bounds)
            self.place_chosen.emit(self.place)
            self.update()

    def show_all(self) -> None:
        """Both films from end to end."""
        self.scale = Scale.fitting(self._bounds, self.scale.width_px)
        self.place = -1
        self.update()

    def zoom(self, factor: float, at_x_px: float | None = None) -> None:
        """`factor` times larger around a pixel, the middle if None."""
        middle = self.width() / 2 if at_x_px is None else at_x_px
        self.scale = self.scale.zoomed(factor, middle, self._bounds)
        self.update()

    def pan(self, by_px: float) -> None:
        """Go along by some pixels."""
        self.scale = self.scale.panned(by_px, self._bounds)
        self.update()

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(800, scaled(300))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, scaled(170))

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Plus, minus, arrows, 0, Home, Page Up and Page Down."""
        if event is None:
            return
        step = self.width() * _PAN
        keys: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Plus: lambda: self.zoom(_ZOOM),
            Qt.Key.Key_Equal: lambda: self.zoom(_ZOOM),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _ZOOM),
            Qt.Key.Key_0: self.show_all,
            Qt.Key.Key_Left: lambda: self.pan(-step),
            Qt.Key.Key_Right: lambda: self.pan(step),
            Qt.Key.Key_PageDown: lambda: self.go_to_place(self.place + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to_place(self.place - 1),
        }
        do = keys.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None
        if do is None:
            super().keyPressEvent(event)
        else:
            do()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None:
            return
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turned.x()) > abs(turned.y()):
            self.pan(-(turned.x() or turned.y()) / _NOTCH * self.width() * _PAN / 2)
        else:
            self.zoom(_ZOOM ** (turned.y() / _NOTCH), event.position().x())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self._dragged_from = event.pos()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self._dragged_from is not None:
            self.pan(self._dragged_from.x() - event.pos().x())
            self._dragged_from = event.pos()

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        self._dragged_from = None

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self.scale = self.scale.resized(max(self.width(), 1), self._bounds)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        theme = theme_now()
        painter.fillRect(self.rect(), QColor(theme.surface))
        boxes = self._boxes()
        self._paint_ruler(painter, boxes[0].top())
        for lane, box, colour in zip(self._lanes, boxes, (theme.accent, theme.good), strict=True):
            _paint_wave(painter, lane.wave, lane.wave.columns(lane.media, self.scale), box, QColor(colour))
        self._paint_places(painter, boxes)
        for lane, box in zip(self._lanes, boxes, strict=True):
            _paint_name(painter, lane.name, box)
        edge_px = 2 if self.hasFocus() else 1
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.line), edge_px))
        inset = edge_px / 2
        painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))
        painter.end()

    def _boxes(self) -> tuple[QRectF, QRectF]:
        top, gap = self.fontMetrics().height() + 10, 22
        height = (self.height() - top - gap - 8) / 2
        return QRectF(0, top, self.width(), height), QRectF(0, top + height + gap, self.width(), height)

    def _paint_ruler(self, painter: QPainter, height: float) -> None:
        theme = theme_now()
        for at_us, labelled in self.scale.ticks():
            x = self.scale.x(at_us)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QLineF(x, height - (8 if labelled else 4), x, self.height() if labelled else height))
            text = ruler_text(at_us, self.scale.us_per_px)
            if labelled and x + 4 + painter.fontMetrics().horizontalAdvance(text) < self.width():
                painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(x + 4, height - 6), text)

    def _paint_places(self, painter: QPainter, boxes: tuple[QRectF, QRectF]) -> None:
        theme = theme_now()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        upper, lower = boxes
        for number, place in enumerate(self._places):
            x = self.scale.x(self._lanes[0].media.to_session_us(place.upper_us))
            below = self.scale.x(self._lanes[1].media.to_session_us(place.lower_us))
            colour = QColor(theme.playhead)
            colour.setAlphaF(1.0 if number == self.place else _FAINT + (_STRONG - _FAINT) * place.strength)
            painter.setPen(QPen(colour, 2 if number == self.place else 1))
            painter.drawLine(QLineF(x, upper.top(), x, upper.bottom()))
            painter.drawLine(QLineF(x, upper.bottom(), below, lower.top()))
            painter.drawLine(QLineF(below, lower.top(), below, lower.bottom()))
            painter.setBrush(colour)
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(x - _MARK_PX, upper.top()),
                        QPointF(x + _MARK_PX, upper.top()),
                        QPointF(x, upper.top() + _MARK_PX),
                    ]
                )
            )
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


def _bounds(lanes: tuple[Lane, Lane]) -> Span:
    """Both films, and some room before and behind."""
    begin = min(lane.media.to_session_us(0) for lane in lanes)
    end = max(lane.media.to_session_us(lane.media.duration_us) for lane in lanes)
    room = max((end - begin) // 50, SECOND_US // 5)
    return Span(begin - room, end + room)


def _paint_wave(painter: QPainter, wave: Wave, columns: NDArray[np.float64], box: QRectF, colour: QColor) -> None:
    """One line for each pixel column, never thinner than a pixel; a film's extent is a soft band."""
    sounding = np.flatnonzero(~np.isnan(columns[:, 0]))
    if not len(sounding):
        return
    band = QColor(colour)
    band.setAlphaF(0.08)
    left, right = float(sounding[0]), float(sounding[-1]) + 1
    painter.fillRect(QRectF(left, box.top(), right - left, box.height()), band)
    half, middle = box.height() / 2 - 2, box.center().y()
    heights = columns[sounding] / wave.loudest * half
    painter.setPen(colour)
    lines = [
        QLineF(x + 0.5, middle - high, x + 0.5, max(middle - low, middle - high + 1))
        for x, (low, high) in zip(sounding.tolist(), heights.tolist(), strict=True)
    ]
    painter.drawLines(*lines)


def _paint_name(painter: QPainter, name: str, box: QRectF) -> None:
    theme = theme_now()
    metrics = painter.fontMetrics()
    tag = QRectF(8, box.top() + 8, metrics.horizontalAdvance(name) + 16, metrics.height() + 4)
    ground = QColor(theme.raised)
    ground.setAlphaF(0.9)
    painter.setPen(QColor(theme.line))
    painter.setBrush(ground)
    painter.drawRoundedRect(tag, 4, 4)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(theme.text))
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
