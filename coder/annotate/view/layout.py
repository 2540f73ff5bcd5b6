"""Where the rows of the timeline lie: plain arithmetic, without Qt."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coder.annotate.view.signal_names import signal_name
from coder.language import later, tr
from coder.model.scheme import Derived, Scheme, Stream, Tier, TierKind
from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack

RULER_PX = 32
LABELS_PX = 160

_GAP_PX, _WAVE_PX = 3, 32
_TEXT_PX = 16  # the line height of body text, unless told otherwise

STREAM_NAMES = {
    Stream.CHILD: later("Child"),
    Stream.PARENT: later("Parent"),
    Stream.DYAD: later("Child and parent"),
    Stream.SESSION: later("Session"),
}


@dataclass(frozen=True, slots=True)
class Lane:
    """A strip of a tier's row. code: the only code it shows (tiers whose states may overlap); None for all."""

    top_px: int
    height_px: int
    code: str | None = None


class Shows(StrEnum):
    """What a row of the timeline shows."""

    HEADING = "heading"
    DIFFERENCES = "differences"
    TIER = "tier"
    DERIVED = "derived"
    WAVE = "wave"
    SPECTRUM = "spectrum"
    EPISODES = "episodes"
    TRACK = "track"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline. tier, lanes: only of a tier. track: only of a curve. derived: id of a state.

    level: of a curve, the value at which a rule decides, drawn as a line across it. spans: of episodes.
    """

    shows: Shows
    top_px: int
    height_px: int
    label: str
    tier: Tier | None = None
    track: FeatureTrack | None = None
    lanes: tuple[Lane, ...] = ()
    derived: str = ""
    level: float | None = None
    spans: tuple[Span, ...] = ()

    @property
    def bottom_px(self) -> int:
        """Where the row ends."""
        return self.top_px + self.height_px


@dataclass(frozen=True, slots=True)
class SoundRows:
    """Which rows the sound has."""

    wave: bool = True
    spectrum: bool = False

    def next(self) -> "SoundRows":
        """Waveform, then spectrogram, then both, and round again."""
        if self.wave and self.spectrum:
            return SoundRows(wave=True)
        return SoundRows(wave=self.spectrum, spectrum=True)


NO_SOUND = SoundRows(wave=False)


def timeline_tiers(scheme: Scheme) -> tuple[Tier, ...]:
    """The tiers that are coded as the film runs, by stream, else in the order of the scheme."""
    return tuple(tier for tier in row_tiers(scheme) if tier.kind is not TierKind.RATING)


def row_tiers(scheme: Scheme) -> tuple[Tier, ...]:
    """All tiers in the order of their rows: by stream, else in the order of the scheme."""
    return tuple(tier for stream in Stream for tier in scheme.tiers if tier.stream is stream)


def rated_tiers(scheme: Scheme) -> tuple[Tier, ...]:
    """The tiers whose items are rated for whole segments."""
    return tuple(tier for tier in scheme.tiers if tier.kind is TierKind.RATING)


def parted(tier: Tier) -> bool:
    """True if the codes of a tier may hold at the same time, so that each has a lane of its own."""
    return tier.kind in (TierKind.STATE, TierKind.INTERVAL) and not tier.exclusive


def rows(
    scheme: Scheme,
    tracks: Sequence[FeatureTrack],
    *,
    episodes: Sequence[Sequence[Episode]] = (),
    sound: SoundRows = NO_SOUND,
    differences: bool = False,
    derived: Sequence[Derived] = (),
    hidden: Container[str] = (),
    text_px: int = _TEXT_PX,
) -> tuple[Row, ...]:
    """All rows from the top (0) downwards.

    Disagreements, tiers by stream, derived states, sound, measured episodes, measured curves.
    hidden: ids of tiers that have no row. text_px: height of a line of text, which the rows must hold.
    """
    made: list[Row] = []

    def add(shows: Shows, height_px: int, label: str, **more: Any) -> None:
        top_px = made[-1].bottom_px + _GAP_PX if made else 0
        made.append(Row(shows, top_px, height_px, label, **more))

    if differences:
        add(Shows.DIFFERENCES, text_px + 2, tr("Disagreements"))
    stream = None
    for tier in row_tiers(scheme):
        if tier.id in hidden:
            continue
        if tier.stream is not stream:
            stream = tier.stream
            add(Shows.HEADING, text_px + 2, tr(STREAM_NAMES[stream]))
        made.append(_tier_row(tier, made[-1].bottom_px + _GAP_PX, text_px))
    if derived:
        add(Shows.HEADING, text_px + 2, tr("Computed"))
    for state in derived:
        add(Shows.DERIVED, text_px, state.label, derived=state.id)
    if sound.wave or sound.spectrum or episodes or tracks:
        add(Shows.HEADING, text_px + 2, tr("Measured"))
    if sound.wave:
        add(Shows.WAVE, _WAVE_PX, tr("Sound"))
    if sound.spectrum:
        add(Shows.SPECTRUM, 2 * _WAVE_PX, tr("Spectrogram"))
    for row in episodes:
        add(Shows.EPISODES, text_px, signal_name(row[0].signal), spans=tuple(one.span for one in row))
    for track in tracks:
        add(Shows.TRACK, 2 * text_px + 12, signal_name(track.signal), track=track)
    return tuple(made)


def _tier_row(tier: Tier, top_px: int, text_px: int) -> Row:
    if parted(tier):
        each = text_px + 2
        lanes = tuple(Lane(top_px + n * each, each - 2, code.id) for n, code in enumerate(tier.codes))
        return Row(Shows.TIER, top_px, len(tier.codes) * each, tier.label, tier, lanes=lanes)
    height_px = text_px + 10
    return Row(Shows.TIER, top_px, height_px, tier.label, tier, lanes=(Lane(top_px, height_px),))
