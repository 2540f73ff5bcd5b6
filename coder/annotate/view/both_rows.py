"""Both passes below the film: A's row over B's, the stretch in dispute, sound and measured curves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QRect, QSize, Qt
from PyQt6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from coder.annotate.view.asked import Asked, about_text, asked_text
from coder.annotate.view.both_layout import BothRows, rows_about
from coder.annotate.view.content import Painted
from coder.annotate.view.curve import Curve
from coder.annotate.view.differing import side_text
from coder.annotate.view.frames import WIDE_PX, FrameAt, frames_in_sight
from coder.annotate.view.layout import LABELS_PX, RULER_PX
from coder.annotate.view.opening import OUTLINE_HZ
from coder.annotate.view.paint_both import BothScene, paint_moving, paint_still
from coder.annotate.view.paint_tiers import span_text
from coder.annotate.view.scale import Scale
from coder.annotate.view.sight import Sight
from coder.annotate.view.walk_content import WalkContent
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Wave, on_session_clock
from coder.language import tr
from coder.model.evidence import Question
from coder.model.time import SECOND_US, Span

_WHEEL_ZOOM = 1.2
_LEAST_SIGHT_US = 12 * SECOND_US


@dataclass(frozen=True, slots=True)
class BothState:
    """What the rows show and listen to. loop: what is played again and again."""

    chosen: Watched[Asked | None]
    painted: Watched[Painted | None]
    loop: Watched[Span | None]


class BothRowsView(QWidget):
    """Reads, changes nothing. seek: a time was pointed at. frame_at: the frame at a time.

    What stands still is kept as a picture, so that a moving playhead costs one strip.
    """

    def __init__(
        self, content: WalkContent, state: BothState, seek: Callable[[int], None], frame_at: FrameAt
    ) -> None:
        super().__init__()
        self._content, self._state = content, state
        self._seek, self._frame_at = seek, frame_at
        self._bounds = content.bench.bounds
        self._scale = Scale.fitting(self._bounds, 1000)
        self._curves = {track: Curve(track) for track in content.tracks}
        self._wave: Wave | None = None
        self._still: QPixmap | None = None
        self._at_x = 0
        self._of_tier: Sequence[Asked] = ()
        self.rows = BothRows()
        self.setAccessibleName(tr("Both passes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        state.chosen.listen(self._on_chosen)
        state.painted.listen(self._on_painted)
        state.loop.listen(lambda _: self.repaint_rows())

    # for the walk

    @property
    def scale(self) -> Scale:
        """What part of the session is in sight."""
        return self._scale

    def set_outline(self, outline: NDArray[np.int16]) -> None:
        """Show the outline of the sound of the first film."""
        start_us, step_us = on_session_clock(self._content.bench.media, SECOND_US / OUTLINE_HZ)
        self._wave = Wave(outline, start_us, step_us)
        self._lay_out()

    def zoom(self, factor: float) -> None:
        """Enlarge around the playhead."""
        at_us = self._playhead_us
        self._look(self._scale.zoomed(factor, self._scale.x(at_us), self._bounds))

    def zoom_all(self) -> None:
        """Show the whole session."""
        self._look(Scale.fitting(self._bounds, self._scale.width_px))

    def zoom_moment(self) -> None:
        """Show what is asked about with what is around it."""
        one = self._state.chosen.value
        if one is not None:
            sight_us = max(3 * one.span.duration_us, _LEAST_SIGHT_US)
            middle = (one.span.start_us + one.span.end_us) // 2
            around = Span(middle - sight_us // 2, middle + sight_us // 2)
            self._look(Scale.fitting(around, self._scale.width_px).kept_in(self._bounds))

    def zoom_frames(self) -> None:
        """Enlarge until single frames can be told apart, with the playhead in the middle."""
        frame = self._frame_at(self._playhead_us)
        if frame is not None:
            factor = self._scale.us_per_px * WIDE_PX / max(frame.span.duration_us, 1)
            near = self._scale.zoomed(factor, self._scale.width_px / 2, self._bounds)
            self._look(near.centred(self._playhead_us, self._bounds))

    def repaint_rows(self) -> None:
        """Draw everything anew at the next occasion."""
        self._still = None
        self.update()

    def x_of(self, at_us: int) -> int:
        """Where a time lies, in pixels of the widget."""
        return round(LABELS_PX + self._scale.x(at_us))

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(600, RULER_PX + self.rows.height_px)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, RULER_PX + self.rows.height_px)

    def paintEvent(self, a0: QPaintEvent | None) -> None:
        ratio = self.devicePixelRatioF()
        if self._still is None:
            self._still = QPixmap(self.size() * ratio)
            self._still.setDevicePixelRatio(ratio)
            frames = frames_in_sight(self._scale, self._frame_at)
            paint_still(self._still, self.size(), self.font(), self._scene(), frames)
        painter, painted = QPainter(self), self._state.painted.value
        if a0 is not None:
            painter.setClipRegion(a0.region())
        painter.drawPixmap(0, 0, self._still)
        if painted is not None:
            paint_moving(painter, self._scene(), painted, self.height())
        painter.end()

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._look(self._scale.resized(max(self.width() - LABELS_PX, 1), self._bounds))

    def changeEvent(self, a0: QEvent | None) -> None:
        super().changeEvent(a0)
        if a0 is not None and a0.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._lay_out()

    def wheelEvent(self, a0: QWheelEvent | None) -> None:
        if a0 is None:
            return
        turn = a0.angleDelta()
        if a0.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x = a0.position().x() - LABELS_PX
            self._look(self._scale.zoomed(_WHEEL_ZOOM ** (turn.y() / 120), x, self._bounds))
        elif a0.modifiers() & Qt.KeyboardModifier.ShiftModifier or turn.x():
            self._look(self._scale.panned(-(turn.x() or turn.y()) * 0.8, self._bounds))
        else:
            a0.ignore()  # the rows are scrolled

    def mousePressEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is not None and a0.button() is Qt.MouseButton.LeftButton:
            self._go(a0.position().x())

    def mouseMoveEvent(self, a0: QMouseEvent | None) -> None:
        if a0 is None:
            return
        if a0.buttons() & Qt.MouseButton.LeftButton:
            self._go(a0.position().x())
        else:
            self.setToolTip(self.told_at(a0.position().x(), a0.position().y()))

    def told_at(self, x_px: float, y_px: float) -> str:
        """What the event at a point is; "" if there is none."""
        in_play = self._scene().in_play
        for side, rows in zip(self._content.sides, self.rows.of_sides, strict=False):
            found = Sight(rows, self._scale, 0, in_play).hit(side.lanes, x_px, y_px)
            if found is not None:
                label = self._content.scheme.code(found.event.tier, found.event.code).label
                times = span_text(found.event.span)
                return tr("{coder}: {code}, {times}", coder=side.name, code=label, times=times)
        return ""

    # within

    @property
    def _playhead_us(self) -> int:
        painted, one = self._state.painted.value, self._state.chosen.value
        if painted is not None:
            return painted.at_us
        return one.span.start_us if one is not None else self._bounds.start_us

    def _scene(self) -> BothScene:
        one, loop = self._state.chosen.value, self._state.loop.value
        return BothScene(self._content, self.rows, self._scale, one, self._of_tier, loop, self._curves, self._wave)

    def _go(self, x_px: float) -> None:
        at_us = self._scale.us(x_px - LABELS_PX)
        self._seek(min(max(at_us, self._bounds.start_us), self._bounds.end_us))

    def _look(self, scale: Scale) -> None:
        self._scale = scale
        self.repaint_rows()

    def _lay_out(self) -> None:
        text_px, sound = self.fontMetrics().height(), self._wave is not None
        self.rows = rows_about(self._content, self._state.chosen.value, sound=sound, text_px=text_px)
        self.updateGeometry()
        self.repaint_rows()

    def _on_chosen(self, one: Asked | None) -> None:
        content = self._content
        if isinstance(one, Question):
            mine = (other for other in content.questions if other.pass_id == one.pass_id)
            self._of_tier = [other for other in mine if other.tier == one.tier]
            side, about = content.side_of(one).title, about_text(one, content.scheme)
            self.setAccessibleDescription(f"{side}: {about}; {asked_text(one, content.scheme)}")
        elif one is not None:
            self._of_tier = [other for other in content.differences if other.tier == one.tier]
            sides = enumerate(content.sides)
            texts = [f"{side.title}: {side_text(one, content.scheme, of_b=bool(at))}" for at, side in sides]
            self.setAccessibleDescription("; ".join(texts))
        else:
            self.setAccessibleDescription("")
        self._lay_out()
        self.zoom_moment()

    def _on_painted(self, painted: Painted | None) -> None:
        before = self._at_x
        if painted is not None:
            following = self._scale.following(painted.at_us, self._bounds)
            if following is not self._scale:
                self._look(following)
            self._at_x = self.x_of(painted.at_us)
        if self._content.tracks:
            self.update(QRect(0, 0, LABELS_PX, self.height()))
        for x in (before, self._at_x):
            self.update(QRect(x - 8, 0, 17, self.height()))
