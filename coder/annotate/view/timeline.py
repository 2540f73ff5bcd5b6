"""The timeline: tiers, sound and curves over time; select, seek, drag."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PyQt6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
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

from coder.annotate.view.canvas import Canvas, TimelineState
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.frames import WIDE_PX, FrameAt
from coder.annotate.view.ink import theme
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import LABELS_PX, RULER_PX, SoundRows
from coder.annotate.view.paint_ground import away_box
from coder.annotate.view.paint_tiers import span_text
from coder.annotate.view.pointer import HeldKeys, Pointer, PointerWishes
from coder.annotate.view.scale import Scale
from coder.annotate.view.sight import Hit, Part, Sight
from coder.annotate.view.wave import Spectrum, Wave
from coder.language import plural, tr
from coder.model.coding import Event
from coder.model.time import Span, clock

_WHEEL_ZOOM = 1.2


@dataclass(frozen=True, slots=True)
class TimelineWishes:
    """What a person can ask for here. menu: an event, and where on the screen. frame_at: the frame at a time."""

    pointer: PointerWishes
    menu: Callable[[Event, QPoint], None]
    frame_at: FrameAt


class Timeline(QAbstractScrollArea):
    """Draws what is in sight; rows are kept as a picture, so that a moving playhead costs one strip."""

    def __init__(self, content: BenchContent, state: TimelineState, lanes: Lanes, wishes: TimelineWishes) -> None:
        super().__init__()
        self._content = content
        self._state = state
        self._lanes = lanes
        self._wishes = wishes
        self._pointer = Pointer(content, state.selection, lanes, state.painted, state.loop, wishes.pointer)
        self._canvas = Canvas(content, state, lanes, self._pointer, wishes.frame_at)
        self._still: QPixmap | None = None
        self._marks: list[QRect] = []
        self._following = True
        self._tabbed_to = False  # the ring is for those who move by Tab; it would only be noise for the others
        self._last_x = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Timeline"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(RULER_PX + 96)
        self._strip().setMouseTracking(True)
        self._lay_out()
        content.desk.listen(lambda _: self.repaint_rows())
        state.scale.listen(self._on_scale)
        state.selection.primary.listen(self._on_selected)
        state.selection.also.listen(lambda _: self._on_more_selected())
        state.painted.listen(self._on_painted)
        state.in_play.listen(lambda _: self._lay_out())
        state.loop.listen(lambda _: self.repaint_rows())

    # for the bench

    def set_wave(self, wave: Wave) -> None:
        """Add the row of the sound's outline."""
        self._canvas.wave = wave
        self.show_sound(SoundRows(wave=True))

    def set_spectrum(self, spectrum: Spectrum | None, reading: str = "") -> None:
        """Show the spectrogram, or say how far its reading is."""
        self._canvas.spectrum, self._canvas.reading = spectrum, reading
        self.repaint_rows()

    def set_derived(self, states: Mapping[str, Sequence[Span]]) -> None:
        """Show derived states where they are now."""
        self._canvas.derived = states
        self.repaint_rows()

    def show_derived(self, *, shown: bool) -> None:
        """Show or hide the rows of derived states."""
        self._canvas.shows_derived = shown
        self._lay_out()

    @property
    def sound(self) -> SoundRows:
        """Which rows the sound has."""
        return self._canvas.sound

    def show_sound(self, sound: SoundRows) -> None:
        """Give the sound these rows."""
        self._canvas.sound = sound
        self._lay_out()

    def content_height(self) -> int:
        """Pixels that all rows and the ruler need."""
        return self._canvas.height_px

    def zoom(self, factor: float) -> None:
        """Enlarge around the playhead if it is in sight, else around the middle."""
        scale, painted = self._state.scale.value, self._state.painted.value
        x = scale.x(painted.at_us) if painted is not None else -1.0
        middle = scale.width_px / 2
        at = x if 0 <= x <= scale.width_px else middle
        self._state.scale.set(scale.zoomed(factor, at, self._content.bounds))

    def zoom_all(self) -> None:
        """Show the whole session."""
        self._state.scale.set(Scale.fitting(self._content.bounds, self._state.scale.value.width_px))

    def zoom_frames(self) -> None:
        """Enlarge until single frames can be told apart, with the playhead in the middle."""
        scale, painted = self._state.scale.value, self._state.painted.value
        at_us = painted.at_us if painted is not None else scale.us(scale.width_px / 2)
        frame = self._wishes.frame_at(at_us)
        if frame is not None:
            factor = scale.us_per_px * WIDE_PX / max(frame.span.duration_us, 1)
            near = scale.zoomed(factor, scale.width_px / 2, self._content.bounds)
            self._state.scale.set(near.centred(at_us, self._content.bounds))

    def come_back(self) -> None:
        """Look at the playhead again, and follow it."""
        painted = self._state.painted.value
        self._following = True
        if painted is not None:
            self._state.scale.set(self._state.scale.value.following(painted.at_us, self._content.bounds))

    def repaint_rows(self) -> None:
        """Draw the rows anew at the next occasion."""
        self._still = None
        self._strip().update()

    def x_of(self, at_us: int) -> int:
        """Where a time lies in the viewport, in pixels."""
        return round(LABELS_PX + self._state.scale.value.x(at_us))

    # Qt's events

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        strip = self._strip()
        ratio = self.devicePixelRatioF()
        if self._still is None:
            self._still = QPixmap(strip.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            self._canvas.paint_still(self._still, strip.size(), self.font(), self._offset_y())
        painter = QPainter(strip)
        if a0 is not None:
            painter.setClipRegion(a0.region())
        painter.drawPixmap(0, 0, self._still)
        self._canvas.paint_moving(painter, strip.size(), self._offset_y())
        if self._tabbed_to:
            painter.setPen(QPen(QColor(theme().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(strip.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        width = max(self._strip().width() - LABELS_PX, 1)
        self._state.scale.set(self._state.scale.value.resized(width, self._content.bounds))
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
        if a0.key() == Qt.Key.Key_Escape and self._pointer.busy:
            self._pointer.let_go()
            self.repaint_rows()
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
        turn, bounds, scale = a0.angleDelta(), self._content.bounds, self._state.scale
        if a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x = a0.position().x() - LABELS_PX
            scale.set(scale.value.zoomed(_WHEEL_ZOOM ** (turn.y() / 120), x, bounds))
        elif a0.modifiers() & Qt.KeyboardModifier.ShiftModifier or turn.x():
            scale.set(scale.value.panned(-(turn.x() or turn.y()) * 0.8, bounds))
        else:
            super().wheelEvent(a0)

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None or a0.button() != Qt.MouseButton.LeftButton:
            return
        side, width_px = self._side(), self._strip().width()
        if side and away_box(left=side < 0, width_px=width_px).contains(a0.position()):
            self.come_back()
            return
        self._pointer.press(self._sight(), a0.position().x(), a0.position().y(), _held(a0))

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None:
            return
        x, y = a0.position().x(), a0.position().y()
        if not a0.buttons() & Qt.MouseButton.LeftButton:
            self._point_out(self._sight().hit(self._lanes, x, y), x, y)
        elif self._pointer.move(self._sight(), x, y, _held(a0)):
            self.repaint_rows()

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() == Qt.MouseButton.LeftButton:
            self._pointer.release(_held(a0))
            self.repaint_rows()

    def mouseDoubleClickEvent(self, a0: QMouseEvent | None) -> None:
        found = self._hit(a0.position()) if a0 is not None else None
        if found is not None:
            self._wishes.pointer.go_to(found.event.onset_us)

    def contextMenuEvent(self, a0: QContextMenuEvent | None) -> None:
        if a0 is None:
            return
        selection = self._state.selection
        if a0.reason() == QContextMenuEvent.Reason.Keyboard:
            event = selection.primary.value
            if event is not None:
                at = QPoint(min(max(self.x_of(event.onset_us), LABELS_PX), self._strip().width() - 40), RULER_PX)
                self._wishes.menu(event, self._strip().mapToGlobal(at))
            return
        found = self._hit(QPointF(a0.pos()))
        if found is not None:
            others = selection.events if found.event.id in selection.ids else ()
            selection.choose(found.event, others)
            self._wishes.menu(found.event, a0.globalPos())

    # what these do

    def _strip(self) -> QWidget:
        viewport = self.viewport()
        if viewport is None:
            raise RuntimeError("a scroll area always has a viewport")
        return viewport

    def _offset_y(self) -> int:
        bar = self.verticalScrollBar()
        return bar.value() if bar is not None else 0

    def _sight(self) -> Sight:
        return self._canvas.sight(self._offset_y())

    def _hit(self, at: QPointF) -> Hit | None:
        return self._sight().hit(self._lanes, at.x(), at.y())

    def _side(self) -> int:
        """Where the playhead lies: -1 out of sight on the left, 1 on the right, else 0."""
        painted = self._state.painted.value
        return 0 if painted is None else self._state.scale.value.side(painted.at_us)

    def _point_out(self, found: Hit | None, x: float, y: float) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if found is not None and not self._content.locked:
            edge = found.part is not Part.BODY
            shape = Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.PointingHandCursor
        self._strip().setCursor(shape)
        told = self._describe(found.event) if found else self._canvas.derived_text(self._sight(), x, y)
        self._strip().setToolTip(told)

    def _describe(self, event: Event) -> str:
        label = self._content.scheme.code(event.tier, event.code).label
        return tr("{code}, {times}", code=label, times=span_text(event.span))

    def _on_scale(self, _: Scale) -> None:
        # whoever looks elsewhere is left in peace until the playhead comes by or is asked for
        self._following = self._side() == 0
        self.repaint_rows()

    def _on_selected(self, event: Event | None) -> None:
        if event is not None:
            scale = self._state.scale.value
            if event.offset_us < scale.start_us or event.onset_us > scale.end_us:
                self._state.scale.set(scale.centred(event.onset_us, self._content.bounds))
        self._on_more_selected()

    def _on_more_selected(self) -> None:
        events = self._state.selection.events
        if len(events) > 1:
            first, last = clock(events[0].onset_us), clock(max(event.offset_us for event in events))
            text = plural(
                "{count} event selected, from {first} to {last}",
                "{count} events selected, from {first} to {last}",
                len(events),
                first=first,
                last=last,
            )
        else:
            text = self._describe(events[0]) if events else tr("Nothing selected")
        self.setAccessibleDescription(text)
        self.repaint_rows()

    def _on_painted(self, painted: Painted | None) -> None:
        before, strip = self._last_x, self._strip()
        if painted is not None:
            scale = self._state.scale.value
            if self._following:
                self._state.scale.set(scale.following(painted.at_us, self._content.bounds))
            elif self._side() == 0:
                self._following = True
            else:
                strip.update(QRect(0, 0, strip.width(), RULER_PX))
            self._last_x = self.x_of(painted.at_us)
            marks = self._canvas.marks_at(painted.at_us)
            if marks != self._marks:
                self._marks = marks
                strip.update()
        if self._content.tracks:
            strip.update(QRect(0, 0, LABELS_PX, strip.height()))
        for x in (before, self._last_x):
            strip.update(QRect(x - 8, 0, 17, strip.height()))

    def _lay_out(self) -> None:
        self._canvas.lay_out(self.font())
        self._fit_scroll_bar()
        self.repaint_rows()

    def _fit_scroll_bar(self) -> None:
        bar = self.verticalScrollBar()
        if bar is not None:
            bar.setRange(0, max(self.content_height() - self._strip().height(), 0))
            bar.setPageStep(self._strip().height())
            bar.setSingleStep(28)


def _held(event: QMouseEvent) -> HeldKeys:
    keys = event.modifiers()
    return HeldKeys(
        more=bool(keys & Qt.KeyboardModifier.ControlModifier),
        extend=bool(keys & Qt.KeyboardModifier.ShiftModifier),
        free=bool(keys & Qt.KeyboardModifier.AltModifier),
    )
