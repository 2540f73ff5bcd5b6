"""The rows below the film while something is asked about: A over B, sound and curves. Free of Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coder.annotate.view.asked import Asked, codes_asked, rules_asked, tiers_asked
from coder.annotate.view.layout import Lane, Row, Shows, parted
from coder.annotate.view.sight import near
from coder.annotate.view.signal_names import signal_name
from coder.annotate.view.walk_content import Side, WalkContent
from coder.language import tr
from coder.model.evidence import Question
from coder.model.scheme import Scheme, Tier
from coder.model.time import SECOND_US, Span
from coder.model.track import FeatureTrack

_GAP_PX, _WAVE_PX = 3, 30
_AROUND_US = 5 * SECOND_US


@dataclass(frozen=True, slots=True)
class BothRows:
    """The rows from the top (0) downwards. a, b: those of each pass; shared: what belongs to neither.

    b: () where there is only one pass.
    """

    a: tuple[Row, ...] = ()
    b: tuple[Row, ...] = ()
    shared: tuple[Row, ...] = ()

    @property
    def of_sides(self) -> tuple[tuple[Row, ...], ...]:
        """A's rows, then B's."""
        return (self.a, self.b)

    @property
    def all(self) -> tuple[Row, ...]:
        """All rows, from the top."""
        return tuple(sorted((*self.a, *self.b, *self.shared), key=lambda row: row.top_px))

    @property
    def height_px(self) -> int:
        """Pixels that all rows need."""
        return max((row.bottom_px for row in self.all), default=0) + 6


def rows_about(content: WalkContent, one: Asked | None, *, sound: bool, text_px: int) -> BothRows:
    """The rows that show what is asked about. text_px: height of a line of text."""
    if one is None:
        return BothRows()
    stack = _Stack()
    question = one if isinstance(one, Question) else None
    marks = stack.add(Shows.DIFFERENCES, text_px + 2, tr("Questions") if question else content.marks_name)
    tracks, curve_px = telling_first(content.tracks, content.scheme, one), 2 * text_px + 10
    shared = [marks]
    if question and tracks and tracks[0].signal.id == question.feature:  # always in sight
        shared.append(_curve(stack, content, one, tracks[0], 2 * curve_px))
        tracks = tracks[1:]
    sides = [tuple(_side_rows(stack, content, side, one, text_px)) for side in content.sides]
    if sound:
        shared.append(stack.add(Shows.WAVE, _WAVE_PX, tr("Sound")))
    shared += [_curve(stack, content, one, track, curve_px) for track in tracks]
    return BothRows(sides[0], sides[1] if len(sides) > 1 else (), tuple(shared))


def telling_first(tracks: Iterable[FeatureTrack], scheme: Scheme, one: Asked) -> Sequence[FeatureTrack]:
    """The curves: first what a question rests on, then those that the scheme names as evidence for the codes in
    question; empty ones last."""
    asked = one.feature if isinstance(one, Question) else ""
    named = {rule.feature for rule in rules_asked(one, scheme)}

    def place(track: FeatureTrack) -> tuple[bool, bool, bool]:
        name = track.signal.id
        return name != asked, not track.valid.any(), name not in named

    return sorted(tracks, key=place)


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
        level: float | None = None,
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
        return Row(shows, top_px, height_px, label, tier, track, lanes, level=level)


def _side_rows(stack: _Stack, content: WalkContent, side: Side, one: Asked, text_px: int) -> list[Row]:
    """One tier: a row with the coder's name, or where codes may overlap a lane for each; several: each by name."""
    tiers = tiers_asked(one, content.scheme)
    if len(tiers) == 1 and not parted(tiers[0]):
        return [stack.add(Shows.TIER, text_px + 10, side.title, tiers[0])]
    rows = [stack.add(Shows.HEADING, text_px + 2, side.title)]
    for tier in tiers:
        if parted(tier):
            shown = _codes_near(content, tier, one)
            rows.append(stack.add(Shows.TIER, len(shown) * (text_px + 2), tier.label, tier, codes=shown))
        else:
            rows.append(stack.add(Shows.TIER, text_px + 10, tier.label, tier))
    return rows


def _curve(stack: _Stack, content: WalkContent, one: Asked, track: FeatureTrack, height_px: int) -> Row:
    """A curve with the level at which the rule of a code in question decides, if there is one."""
    codes = [one.code] if isinstance(one, Question) else [code.id for _, code in codes_asked(one, content.scheme)]
    levels = (content.levels.get((one.tier, code, track.signal.id)) for code in codes)
    level = next((level for level in levels if level is not None), None)
    return stack.add(Shows.TRACK, height_px, signal_name(track.signal), track=track, level=level)


def _codes_near(content: WalkContent, tier: Tier, one: Asked) -> tuple[str, ...]:
    """Of codes that may hold at the same time: those in question, and those that somebody has near the place."""
    around = Span(one.span.start_us - _AROUND_US, one.span.end_us + _AROUND_US)
    asked = {code.id for _, code in codes_asked(one, content.scheme)}
    return tuple(code.id for code in tier.codes if code.id in asked or _near(content, tier, code.id, around))


def _near(content: WalkContent, tier: Tier, code: str, around: Span) -> bool:
    return any(list(near(side.lanes.row(tier, code), around)) for side in content.sides)
