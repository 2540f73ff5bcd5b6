"""The rows below the film while a disagreement is looked at: A over B, then sound and curves. Free of Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.annotate.view.lanes import Lanes
from coder.annotate.view.layout import Lane, Row, Shows, parted
from coder.annotate.view.sight import near
from coder.annotate.view.walk_content import Side, WalkContent
from coder.language import tr
from coder.model.disagreement import Disagreement
from coder.model.scheme import Tier
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack

_GAP_PX, _WAVE_PX = 3, 30
_AROUND_US = 5 * SECOND_US


@dataclass(frozen=True, slots=True)
class BothRows:
    """The rows from the top (0) downwards. a, b: those of each pass; shared: what belongs to neither."""

    a: tuple[Row, ...] = ()
    b: tuple[Row, ...] = ()
    shared: tuple[Row, ...] = ()

    @property
    def all(self) -> tuple[Row, ...]:
        """All rows, from the top."""
        return tuple(sorted((*self.a, *self.b, *self.shared), key=lambda row: row.top_px))

    @property
    def height_px(self) -> int:
        """Pixels that all rows need."""
        return max((row.bottom_px for row in self.all), default=0) + 6


def rows_about(content: WalkContent, one: Disagreement | None, *, sound: bool, text_px: int) -> BothRows:
    """The rows that show one disagreement. text_px: height of a line of text."""
    if one is None:
        return BothRows()
    tier = content.scheme.tier(one.tier)
    stack = _Stack()
    marks = stack.add(Shows.DIFFERENCES, text_px + 2, tr("Disagreements"))
    shown = _codes_near(tier, one, (content.a.lanes, content.b.lanes))
    a = _side_rows(stack, content.a, tier, shown, text_px)
    b = _side_rows(stack, content.b, tier, shown, text_px)
    shared = [marks]
    if sound:
        shared.append(stack.add(Shows.WAVE, _WAVE_PX, tr("Sound")))
    shared += [
        stack.add(Shows.TRACK, 2 * text_px + 10, track.signal.label, track=track)
        for track in telling_first(content.tracks, tier, one)
    ]
    return BothRows(tuple(a), tuple(b), tuple(shared))


def telling_first(tracks: Iterable[FeatureTrack], tier: Tier, one: Disagreement) -> Sequence[FeatureTrack]:
    """The curves, those first that the scheme names as evidence for the codes in question, empty ones last."""
    codes = [tier.code(code) for code in (one.code_a, one.code_b) if code is not None]
    named = {evidence.feature for code in codes for evidence in code.evidence}
    return sorted(tracks, key=lambda track: (not track.valid.any(), track.signal.id not in named))


class _Stack:
    """Puts rows below each other."""

    def __init__(self) -> None:
        self._bottom_px = -_GAP_PX

    def add(
        self,
        shows: Shows,
        height_px: int,
        label: str,
        tier: Tier | None = None,
        track: FeatureTrack | None = None,
        codes: Sequence[str] = (),
    ) -> Row:
        """One more row. codes: each gets a lane of its own."""
        top_px = self._bottom_px + _GAP_PX
        lanes: tuple[Lane, ...] = ()
        if codes:
            each = height_px // len(codes)
            lanes = tuple(Lane(top_px + n * each, each - 2, code) for n, code in enumerate(codes))
        elif tier is not None:
            lanes = (Lane(top_px, height_px),)
        self._bottom_px = top_px + height_px
        return Row(shows, top_px, height_px, label, tier, track, lanes)


def _side_rows(stack: _Stack, side: Side, tier: Tier, shown: Sequence[str], text_px: int) -> list[Row]:
    if not parted(tier):
        return [stack.add(Shows.TIER, text_px + 10, side.title, tier)]
    heading = stack.add(Shows.HEADING, text_px + 2, side.title)
    return [heading, stack.add(Shows.TIER, len(shown) * (text_px + 2), side.title, tier, codes=shown)]


def _codes_near(tier: Tier, one: Disagreement, both: Iterable[Lanes]) -> tuple[str, ...]:
    """Of codes that may hold at the same time: those in question, and those that somebody has near the place."""
    if not parted(tier):
        return ()
    around = Span(one.span.start_us - _AROUND_US, one.span.end_us + _AROUND_US)
    lanes = tuple(both)
    return tuple(
        code.id
        for code in tier.codes
        if code.id in (one.code_a, one.code_b) or any(list(near(row.row(tier, code.id), around)) for row in lanes)
    )
