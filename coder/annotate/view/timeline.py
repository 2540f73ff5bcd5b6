"""The timeline: tiers, sound and curves over time; select, seek, drag."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PyQt6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.drag import SNAP_PX, Grip, dragged, edges_near, snapped
from coder.annotate.view.ink import theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Hit, Part, Row, hit, rows
from coder.annotate.view.scale import Scale
from coder.annotate.view.timeline_paint import (
    LaneRows,
    Scene,
    paint_labels,
    paint_playhead,
    paint_rows,
    paint_ruler,
    paint_values,
)
from coder.annotate.view.watched import Watched
from coder.model.coding import Event
from coder.model.time import Span, clock

_DRAG_PX = 4
_WHEEL_ZOOM = 1.2


@dataclass(frozen=True, slots=True)
class TimelineWishes:
    """What a person can ask for here.

    place: an event and the span it was dragged to. frame: the onset of the frame nearest to a time. menu: an
    event, and where on the screen.
    """

    select: Callable[[Event | None], None]
    go_to: Callable[[int], None]
    place: Callable[[Event, Span], None]
    frame: Callable[[int], int]
    menu: Callable[[Event, QPoint], None]


class Timeline(QAbstractScrollArea):
    """Draws what is in sight; rows are kept as a picture, so that a moving playhead costs one strip."""

    def __init__(
        self,
        content: BenchContent,
        scale: Watched[Scale],
        selected: Watched[Event | None],
        shown: Watched[Painted | None],
        wishes: TimelineWishes,
    ) -> None:
        super().__init__()
        self._content = content
        self._scale = scale
        self._selected = selected
        self._shown = shown
        self._wishes = wishes
        self._layout: tuple[Row, ...] = ()
        self._lanes = LaneRows()
        self._wave: NDArray[np.int16] | None = None
        self._wave_step_us = 1.0
        self._still: QPixmap | None = None
        self._grip: Grip | None = None
        self._pressed_at: QPointF | None = None
        self._draft: Event | None = None
        self._seeking = False
        self._tabbed_to = False  # the ring is for those who move by Tab; it would only be noise for the others
        self._last_x = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(RULER_PX + 96)
        self._strip().setMouseTracking(True)
        self._lay_out()
        content.desk.listen(lambda _: self.repaint_rows())
        scale.listen(lambda _: self.repaint_rows())
        selected.listen(self._on_selected)
        shown.listen(self._on_shown)

    def set_wave(self, wave: NDArray[np.int16], step_us: float) -> None:
        """Add the row of the sound: (n, 2) lowest and highest sample of each step."""
        self._wave, self._wave_step_us = wave, step_us
        self._lay_out()

    def content_height(self) -> int:
        """Pixels that all rows and the ruler need."""
        return RULER_PX + (self._layout[-1].top_px + self._layout[-1].height_px + 8 if self._layout else 0)

    def zoom(self, factor: float) -> None:
        """Enlarge around the playhead if it is in sight, else around the middle."""
        scale, shown = self._scale.value, self._shown.value
        x = scale.x(shown.at_us) if shown is not None else -1.0
        middle = scale.width_px / 2
        self._scale.set(scale.zoomed(factor, x if 0 <= x <= scale.width_px else middle, self._content.bounds))

    def zoom_all(self) -> None:
        """Show the whole session."""
        self._scale.set(Scale.fitting(self._content.bounds, self._scale.value.width_px))

    def repaint_rows(self) -> None:
        """Draw the rows anew at the next occasion."""
        self._still = None
        self._strip().update()

    def x_of(self, at_us: int) -> int:
        """Where a time lies in the viewport, in pixels."""
        return round(LABELS_PX + self._scale.value.x(at_us))

    # Qt's events

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        strip = self._strip()
        ratio = self.devicePixelRatioF()
        if self._still is None:
            self._still = QPixmap(strip.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._paint_still(self._still)
        painter = QPainter(strip)
        if a0 is not None:
            painter.setClipRegion(a0.region())
        painter.drawPixmap(0, 0, self._still)
        shown = self._shown.value
        if shown is not None and self._content.tracks:
            painter.save()
            painter.setClipRect(QRect(0, RULER_PX, LABELS_PX - 1, strip.height()))
            painter.translate(0, RULER_PX - self._offset_y())
            paint_values(painter, self._layout, shown.at_us)
            painter.restore()
        if shown is not None and 0 <= self._scale.value.x(shown.at_us) <= self._scale.value.width_px:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_playhead(painter, self.x_of(shown.at_us), strip.height())
        if self._tabbed_to:
            painter.setPen(QPen(QColor(theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(strip.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        width = max(self._strip().width() - LABELS_PX, 1)
        self._scale.set(self._scale.value.resized(width, self._content.bounds))
        self._fit_scroll_bar()
        self.repaint_rows()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.repaint_rows()

    def changeEvent(self, a0: QEvent | None) -> None:
        super().changeEvent(a0)
        if a0 is not None and a0.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._lay_out()

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:
        if a0 is None:
            return
        if a0.key() == Qt.Key.Key_Escape and self._draft is not None:
            self._let_go()
            return
        a0.ignore()  # every key belongs to the bench; the scroll area would take the arrows

    def focusInEvent(self, a0: QFocusEvent | None) -> None:
        super().focusInEvent(a0)
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._tabbed_to = a0 is not None and a0.reason() in by_key
        self._strip().update()

    def focusOutEvent(self, a0: QFocusEvent | None) -> None:
        super().focusOutEvent(a0)
        self._tabbed_to = False
        self._strip().update()

    def wheelEvent(self, a0: QWheelEvent | None) -> None:
        if a0 is None:
            return
        turn, bounds = a0.angleDelta(), self._content.bounds
        if a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x = a0.position().x() - LABELS_PX
            factor = _WHEEL_ZOOM ** (turn.y() / 120)
            self._scale.set(self._scale.value.zoomed(factor, x, bounds))
        elif a0.modifiers() & Qt.KeyboardModifier.ShiftModifier or turn.x():
            self._scale.set(self._scale.value.panned(-(turn.x() or turn.y()) * 0.8, bounds))
        else:
            super().wheelEvent(a0)

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None or a0.button() != Qt.MouseButton.LeftButton:
            return
        if a0.position().y() < RULER_PX:
            self._seeking = True
            self._seek(a0.position().x())
            return
        found = self._hit(a0.position())
        self._wishes.select(found.event if found else None)
        if found and not self._content.locked:
            self._grip = Grip(found.event, found.part, self._us(a0.position().x()))
            self._pressed_at = a0.position()

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None:
            return
        if self._seeking:
            self._seek(a0.position().x())
        elif self._grip is not None and self._pressed_at is not None:
            moved = abs(a0.position().x() - self._pressed_at.x())
            if self._draft is not None or moved >= _DRAG_PX:
                self._drag(self._grip, a0.position().x())
        else:
            self._point_out(self._hit(a0.position()))

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None or a0.button() != Qt.MouseButton.LeftButton:
            return
        grip, draft = self._grip, self._draft
        self._seeking = False
        self._let_go()
        if grip is not None and draft is not None and draft.span != grip.event.span:
            self._wishes.place(grip.event, draft.span)

    def mouseDoubleClickEvent(self, a0: QMouseEvent | None) -> None:
        found = self._hit(a0.position()) if a0 is not None else None
        if found is not None:
            self._wishes.go_to(found.event.onset_us)

    def contextMenuEvent(self, a0: QContextMenuEvent | None) -> None:
        if a0 is None:
            return
        found = self._hit(QPointF(a0.pos()))
        if found is not None:
            self._wishes.select(found.event)
            self._wishes.menu(found.event, a0.globalPos())

    # what these do

    def _strip(self) -> QWidget:
        viewport = self.viewport()
        if viewport is None:
            raise RuntimeError("a scroll area always has a viewport")
        return viewport

    def _us(self, x_px: float) -> int:
        return self._scale.value.us(x_px - LABELS_PX)

    def _rows_y(self, y_px: float) -> float:
        return y_px - RULER_PX + self._offset_y()

    def _offset_y(self) -> int:
        bar = self.verticalScrollBar()
        return bar.value() if bar is not None else 0

    def _hit(self, at: QPointF) -> Hit | None:
        if at.x() < LABELS_PX or at.y() < RULER_PX:
            return None
        coding = self._content.desk.coding
        return hit(self._layout, coding, self._scale.value, at.x() - LABELS_PX, self._rows_y(at.y()))

    def _seek(self, x_px: float) -> None:
        bounds = self._content.bounds
        self._wishes.go_to(min(max(self._us(x_px), bounds.start_us), bounds.end_us))

    def _drag(self, grip: Grip, x_px: float) -> None:
        reach_us = SNAP_PX * self._scale.value.us_per_px
        coding, at_us = self._content.desk.coding, self._us(x_px)
        around = Span(
            min(at_us, grip.event.onset_us) - round(reach_us), max(at_us, grip.event.offset_us) + round(reach_us)
        )
        edges = edges_near(coding, self._content.scheme, grip, around)
        span = dragged(grip, at_us, coding.window, lambda at: snapped(at, edges, reach_us, self._wishes.frame))
        self._draft = replace(grip.event, span=span)
        if grip.part is not Part.BODY:
            self._wishes.go_to(span.start_us if grip.part is Part.ONSET else span.end_us)
        self.repaint_rows()

    def _let_go(self) -> None:
        self._grip = self._pressed_at = self._draft = None
        self.repaint_rows()

    def _point_out(self, found: Hit | None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if found is not None and not self._content.locked:
            edge = found.part is not Part.BODY
            shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.PointingHandCursor
        self._strip().setCursor(shape)
        self._strip().setToolTip(self._describe(found.event) if found else "")

    def _describe(self, event: Event) -> str:
        label = self._content.scheme.code(event.tier, event.code).label
        if event.span.is_moment:
            return f"{label}, {clock(event.onset_us)}"
        return f"{label}, {clock(event.onset_us)} – {clock(event.offset_us)}"

    def _on_selected(self, event: Event | None) -> None:
        self.setAccessibleDescription(self._describe(event) if event else "Nothing selected")
        if event is not None:
            scale = self._scale.value
            if event.offset_us < scale.start_us or event.onset_us > scale.end_us:
                self._scale.set(scale.centred(event.onset_us, self._content.bounds))
        self.repaint_rows()

    def _on_shown(self, shown: Painted | None) -> None:
        before = self._last_x
        if shown is not None:
            self._scale.set(self._scale.value.following(shown.at_us, self._content.bounds))
            self._last_x = self.x_of(shown.at_us)
        if self._content.tracks:
            self._strip().update(QRect(0, 0, LABELS_PX, self._strip().height()))
        for x in (before, self._last_x):
            self._strip().update(QRect(x - 8, 0, 17, self._strip().height()))

    def _lay_out(self) -> None:
        content, text_px = self._content, QFontMetrics(self.font()).height()
        self._layout = rows(content.scheme, content.tracks, wave=self._wave is not None, text_px=text_px)
        self._fit_scroll_bar()
        self.repaint_rows()

    def _fit_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setRange(0, max(self.content_height() - self._strip().height(), 0))
            bar.setPageStep(self._strip().height())
            bar.setSingleStep(28)

    def _paint_still(self, target: QPixmap) -> None:
        colours, strip, scale = theme(), self._strip(), self._scale.value
        target.fill(QColor(colours.surface))
        painter = QPainter(target)
        painter.setFont(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows_box = QRect(0, RULER_PX, strip.width(), strip.height() - RULER_PX)
        painter.setClipRect(rows_box)
        painter.translate(0, RULER_PX - self._offset_y())
        paint_labels(painter, self._layout)
        # A point event at the very start reaches into the margin of the labels.
        painter.setClipRect(QRect(LABELS_PX - 9, self._offset_y(), scale.width_px + 9, rows_box.height()))
        painter.translate(LABELS_PX, 0)
        scene = Scene(
            self._layout,
            self._content.desk.coding,
            scale,
            self._selected.value,
            self._draft,
            self._wave,
            self._content.media.offset_us,
            self._wave_step_us,
            self._lanes,
        )
        paint_rows(painter, scene)
        painter.resetTransform()
        painter.setClipRect(QRect(LABELS_PX, 0, scale.width_px, RULER_PX))
        painter.translate(LABELS_PX, 0)
        paint_ruler(painter, scale)
        painter.resetTransform()
        painter.setClipping(False)
        painter.setPen(QColor(colours.line))
        painter.drawLine(0, RULER_PX - 1, strip.width(), RULER_PX - 1)
        painter.drawLine(LABELS_PX - 1, 0, LABELS_PX - 1, strip.height())
        painter.end()
