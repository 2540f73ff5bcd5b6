"""The picture of the timeline: which rows it has, what stands still on it, and what moves with the playhead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRect, QSize
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from coder.annotate.families import InPlay
from coder.annotate.reviewing import tie_of
from coder.annotate.view import paint_ground as ground
from coder.annotate.view.content import BenchContent, Painted
from coder.annotate.view.curve import Curve
from coder.annotate.view.frames import FrameAt, frames_in_sight
from coder.annotate.view.ink import theme
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import LABELS_PX, NO_SOUND, RULER_PX, Row, SoundRows, rows
from coder.annotate.view.paint_measured import paint_values
from coder.annotate.view.paint_tie import paint_tie
from coder.annotate.view.paint_tiers import present_segments, span_text
from coder.annotate.view.pointer import Pointer
from coder.annotate.view.scale import Scale
from coder.annotate.view.scene import Scene
from coder.annotate.view.selection import Selection
from coder.annotate.view.sight import Sight
from coder.annotate.view.watched import Watched
from coder.annotate.view.wave import Spectrum, Wave
from coder.model.time import Span


@dataclass(frozen=True, slots=True)
class TimelineState:
    """What the timeline shows and listens to."""

    scale: Watched[Scale]
    selection: Selection
    painted: Watched[Painted | None]
    in_play: Watched[InPlay]
    loop: Watched[Span | None]


class Canvas:
    """Paints; what it needs to know it reads from what it was given."""

    def __init__(
        self, content: BenchContent, state: TimelineState, lanes: Lanes, pointer: Pointer, frame_at: FrameAt
    ) -> None:
        self.layout: tuple[Row, ...] = ()
        self.sound: SoundRows = NO_SOUND
        self.wave: Wave | None = None
        self.spectrum: Spectrum | None = None
        self.reading = ""  # what to say while there is no spectrogram
        self.derived: Mapping[str, Sequence[Span]] = {}
        self.shows_derived = True
        self._content = content
        self._state = state
        self._lanes = lanes
        self._pointer = pointer
        self._frame_at = frame_at
        self._curves = {track: Curve(track) for track in content.tracks}

    @property
    def height_px(self) -> int:
        """Pixels that all rows and the ruler need."""
        return RULER_PX + (self.layout[-1].bottom_px + 8 if self.layout else 0)

    def lay_out(self, font: QFont) -> None:
        """Arrange the rows anew."""
        content, in_play = self._content, self._state.in_play.value
        hidden = {tier.id for tier in content.scheme.tiers if in_play.hidden and tier.id not in in_play}
        self.layout = rows(
            content.scheme,
            content.tracks,
            episodes=content.episodes,
            sound=self.sound,
            differences=bool(content.differences),
            derived=content.derived if self.shows_derived else (),
            hidden=hidden,
            text_px=QFontMetrics(font).height(),
        )

    def sight(self, offset_px: int) -> Sight:
        """What lies where, with the rows scrolled down by some pixels."""
        return Sight(self.layout, self._state.scale.value, offset_px, self._state.in_play.value)

    def derived_text(self, sight: Sight, x_px: float, y_px: float) -> str:
        """The name and the times of the derived state or the episode at a point; "" if there is none."""
        row, at_us = sight.row_at(y_px), sight.us(x_px)
        spans = row.spans or self.derived.get(row.derived, ()) if row is not None else ()
        found = next((span for span in spans if span.contains(at_us)), None)
        return "" if row is None or found is None else f"{row.label}, {span_text(found)}"

    def marks_at(self, at_us: int) -> list[QRect]:
        """The intervals and segments in which a moment lies: what has to be painted anew when it leaves them."""
        return [box.toAlignedRect() for box in present_segments(self._scene(), at_us)]

    def paint_still(self, target: QPixmap, size: QSize, font: QFont, offset_px: int) -> None:
        """Everything but what moves with the playhead."""
        colours, scene = theme(), self._scene()
        scale, below = scene.scale, size.height() - RULER_PX
        target.fill(QColor(colours.surface))
        painter = QPainter(target)
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRect(0, RULER_PX, size.width(), below))
        painter.translate(0, RULER_PX - offset_px)
        ground.paint_labels(painter, self.layout, scene.in_play)
        # A point event at the very start reaches into the margin of the labels.
        painter.setClipRect(QRect(LABELS_PX - 9, offset_px, scale.width_px + 9, below))
        painter.translate(LABELS_PX, 0)
        ground.paint_rows(painter, scene, self.reading)
        desk = self._content.desk
        tie = tie_of(desk.coding, desk.scheme, desk.linked, self._state.selection.events)
        if tie is not None:
            paint_tie(painter, scene, tie)
        ground.paint_loop(painter, scene)
        ground.paint_margins(painter, size, scale, frames_in_sight(scale, self._frame_at), scene.loop)
        painter.end()

    def paint_moving(self, painter: QPainter, size: QSize, offset_px: int) -> None:
        """The rubber band, the playhead, and what is told of the frame on the screen."""
        painted, scale = self._state.painted.value, self._state.scale.value
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._pointer.band is not None:
            ground.paint_band(painter, self._pointer.band)
        if painted is None:
            return
        painter.save()
        painter.setClipRect(QRect(0, RULER_PX, size.width(), size.height()))
        painter.translate(0, RULER_PX - offset_px)
        paint_values(painter, self.layout, painted.at_us)
        painter.translate(LABELS_PX, 0)
        ground.paint_present(painter, present_segments(self._scene(), painted.at_us))
        painter.restore()
        side = scale.side(painted.at_us)
        if side == 0:
            ground.paint_playhead(painter, round(LABELS_PX + scale.x(painted.at_us)), size.height())
        else:
            ground.paint_away(painter, painted.at_us, left=side < 0, width_px=size.width())

    def _scene(self) -> Scene:
        chosen, caught = self._state.selection.ids, self._pointer.caught
        return Scene(
            self.layout,
            self._content.desk.coding,
            self._state.scale.value,
            self._lanes,
            self._content.keymap,
            self._state.in_play.value,
            chosen | {event.id for event in caught} if caught else chosen,
            self._pointer.draft,
            self._content.differences,
            self._state.loop.value,
            self.wave,
            self.spectrum,
            self._curves,
            self.derived,
        )
