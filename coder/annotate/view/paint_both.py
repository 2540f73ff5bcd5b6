"""Painting the passes over each other, what is in question across them. Reads the model, changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRect, QRectF, QSize
from PyQt6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from coder.annotate.families import InPlay
from coder.annotate.view import paint_ground as ground
from coder.annotate.view.asked import Asked, events_asked, is_rating, item_asked, tiers_asked
from coder.annotate.view.both_layout import BothRows
from coder.annotate.view.content import Painted
from coder.annotate.view.curve import Curve
from coder.annotate.view.differing import rating_text
from coder.annotate.view.frames import FrameMark
from coder.annotate.view.ink import hatch, theme
from coder.annotate.view.layout import LABELS_PX, RULER_PX, Row, Shows
from coder.annotate.view.paint_measured import (
    paint_curve,
    paint_differences,
    paint_gaps,
    paint_level,
    paint_values,
    paint_wave,
)
from coder.annotate.view.paint_tiers import paint_tier
from coder.annotate.view.scale import Scale
from coder.annotate.view.scene import Scene, elided
from coder.annotate.view.walk_content import Side, WalkContent
from coder.annotate.view.wave import Wave
from coder.model.scheme import RATING, Tier
from coder.model.time import Span
from coder.model.track import FeatureTrack


@dataclass(frozen=True)
class BothScene:
    """Everything that is shown. one: what is asked about. of_tier: all of its kind on its tier, by time."""

    content: WalkContent
    rows: BothRows
    scale: Scale
    one: Asked | None
    of_tier: Sequence[Asked]
    loop: Span | None
    curves: Mapping[FeatureTrack, Curve]
    wave: Wave | None

    @property
    def in_play(self) -> InPlay:
        """Nothing is faint."""
        tiers = tiers_asked(self.one, self.content.scheme) if self.one is not None else ()
        return InPlay(frozenset(tier.id for tier in tiers))

    def side(self, side: Side) -> Scene:
        """What the rows of one pass show."""
        return Scene(
            self.rows.all,
            side.desk.coding,
            self.scale,
            side.lanes,
            self.content.keymap,
            self.in_play,
            chosen=events_asked(self.one),
            differences=self.of_tier,
            loop=self.loop,
            wave=self.wave,
            curves=self.curves,
        )

    @property
    def item(self) -> str:
        """The code in question."""
        return item_asked(self.one)

    @property
    def stretch(self) -> QRectF | None:
        """Where it lies."""
        if self.one is None:
            return None
        left, right = self.scale.x(self.one.span.start_us), self.scale.x(self.one.span.end_us)
        return QRectF(left, 0, max(right - left, 1.0), self.rows.height_px)


def paint_still(target: QPixmap, size: QSize, font: QFont, scene: BothScene, frames: Sequence[FrameMark]) -> None:
    """Everything but what moves with the playhead."""
    colours, scale = theme(), scene.scale
    target.fill(QColor(colours.surface))
    painter = QPainter(target)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(0, RULER_PX)
    ground.paint_labels(painter, scene.rows.all, scene.in_play)
    painter.setClipRect(QRect(LABELS_PX - 9, 0, scale.width_px + 9, size.height()))
    painter.translate(LABELS_PX, 0)
    _paint_rows(painter, scene)
    ground.paint_margins(painter, size, scale, frames, scene.loop)
    painter.end()


def paint_moving(painter: QPainter, scene: BothScene, painted: Painted, height_px: int) -> None:
    """What the curves say at the frame on the screen, and the playhead."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.save()
    painter.translate(0, RULER_PX)
    paint_values(painter, scene.rows.shared, painted.at_us)
    painter.restore()
    if scene.scale.side(painted.at_us) == 0:
        ground.paint_playhead(painter, round(LABELS_PX + scene.scale.x(painted.at_us)), height_px)


def _paint_rows(painter: QPainter, scene: BothScene) -> None:
    colours, box = theme(), scene.stretch
    rated = is_rating(scene.one)
    if box is not None and not rated:  # a whole segment is no place to look at
        painter.fillRect(box, QColor(colours.warning_soft))
    for side, rows in zip(scene.content.sides, scene.rows.of_sides, strict=False):
        shown = scene.side(side)
        for row in rows:
            if row.tier is not None and rated:
                _paint_ratings(painter, shown, row, row.tier, scene.item)
            elif row.tier is not None:
                paint_tier(painter, shown, row, row.tier)
    shared = scene.side(scene.content.a)
    for row in scene.rows.shared:
        if row.shows is Shows.DIFFERENCES:
            paint_differences(painter, shared, row)
        elif row.shows is Shows.WAVE:
            paint_wave(painter, shared, row)
        elif row.shows is Shows.TRACK:
            paint_level(painter, shared, row)
            paint_gaps(painter, shared, row)
            paint_curve(painter, shared, row)
    ground.shade_outside(painter, shared)
    if box is not None and not rated:
        painter.fillRect(box, hatch(colours.warning, 0.18))
        painter.setPen(QPen(QColor(colours.warning), 2))
        painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.drawLine(box.topRight(), box.bottomRight())
    ground.paint_loop(painter, shared)


def _paint_ratings(painter: QPainter, scene: Scene, row: Row, tier: Tier, item: str) -> None:
    """What an item was rated in each segment, and along the lower edge the moments that justify it."""
    colours = theme()
    for event in scene.coding.row(tier.id):
        box = scene.box(event.span, row.top_px + 1, row.height_px - 2).adjusted(0.5, 0, -0.5, 0)
        if event.code != item or box.right() < 0 or box.left() > scene.scale.width_px:
            continue
        painter.setPen(QPen(QColor(colours.line_strong), 1))
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawRect(box)
        painter.setPen(QColor(colours.text))
        inside = box.intersected(QRectF(0, box.top(), scene.scale.width_px, box.height())).adjusted(6, 0, -6, 0)
        rating = rating_text(tier, event.modifier(RATING) or "")
        elided(painter, inside, f"{tier.code(item).label}: {rating}")
        for moment in event.moments:
            place = scene.box(moment, row.bottom_px - 6.0, 4.0)
            painter.fillRect(place.adjusted(0, 0, max(3.0 - place.width(), 0.0), 0), QColor(colours.accent))
