"""What the rows of the timeline show at one moment, and what their painters share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from coder.annotate.families import InPlay
from coder.annotate.keymap import Keymap
from coder.annotate.view.asked import Asked
from coder.annotate.view.curve import Curve
from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import Row
from coder.annotate.view.scale import Scale
from coder.annotate.view.wave import Spectrum, Wave
from coder.model.coding import CodingPass, Event
from coder.model.scheme import Tier
from coder.model.time import Span
from coder.model.track import FeatureTrack

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
FAINT = 0.38


@dataclass(frozen=True, slots=True)
class Draft:
    """What is being dragged: the events as they would become, and the pass they would make; None: not possible."""

    events: tuple[Event, ...]
    after: CodingPass | None = None


@dataclass(frozen=True)
class Scene:
    """Everything the rows show. chosen: ids of the selected events."""

    layout: Sequence[Row]
    coding: CodingPass
    scale: Scale
    lanes: Lanes
    keymap: Keymap
    in_play: InPlay
    chosen: frozenset[str] = frozenset()
    draft: Draft | None = None
    differences: Sequence[Asked] = ()
    loop: Span | None = None
    wave: Wave | None = None
    spectrum: Spectrum | None = None
    curves: Mapping[FeatureTrack, Curve] = field(default_factory=dict)
    derived: Mapping[str, Sequence[Span]] = field(default_factory=dict)

    def row(self, tier: Tier, code: str | None) -> Sequence[Event]:
        """The events of a lane: while something is dragged, as they would become."""
        if code is None and self.draft is not None and self.draft.after is not None:
            return self.draft.after.row(tier.id)
        return self.lanes.row(tier, code)

    def box(self, span: Span, top_px: float, height_px: float) -> QRectF:
        """Where a span lies, cut off at the left edge and a little behind the right one."""
        left = min(max(self.scale.x(span.start_us), 0.0), self.scale.width_px + 8.0)
        right = min(max(self.scale.x(span.end_us), 0.0), self.scale.width_px + 8.0)
        return QRectF(left, top_px, right - left, height_px)


def elided(painter: QPainter, box: QRectF, text: str, align: int = LEFT) -> None:
    """Text that ends with dots where there is no room for all of it."""
    metrics = QFontMetricsF(painter.font())
    painter.drawText(box, align, metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width()))
