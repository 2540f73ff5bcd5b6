"""What the bench is given: everything about one pass of one session."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coder.annotate.desk import Desk
from coder.annotate.keymap import KeyChoices, Keymap
from coder.model.coding import CodingPass, Viewing
from coder.model.disagreement import Disagreement
from coder.model.persons import SeenPerson
from coder.model.scheme import Derived, Scheme
from coder.model.study import Media, Session
from coder.model.time import Span
from coder.model.track import Episode, FeatureTrack

FindPersons = Callable[[Media, int], Sequence[SeenPerson]]
"""Who is seen in a frame of a film, by its file time."""


@dataclass(frozen=True, slots=True)
class Camera:
    """One film of the session. film: where the file of `media` lies on this machine.

    proxy: its small copy for dragging, whose frame i is frame i of the film; None if there is none.
    """

    media: Media
    film: Path
    proxy: Path | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was in a pass: the frame on the screen, what the timeline showed, the tiers that were coded.

    us_per_px: as if the timeline were 1,000 px wide, so that another window shows the same stretch. tiers: ids of
    the tiers in play; empty for all. hidden: the other tiers are hidden, not shown faintly.
    """

    at_us: int
    start_us: float = 0.0
    us_per_px: float = 0.0
    tiers: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What a person has chosen for the bench on this machine.

    stride: frames of a stride. replay_us: how far back "play the last seconds again" goes. step_sound: each step
    is heard. muted: no sound at all. brightness: 0 as filmed, each step up brightens dim films. persons: what is
    drawn over the pictures where faces were measured: 0 nothing, 1 who is who, 2 also where they look.
    """

    stride: int = 5
    replay_us: int = 5_000_000
    step_sound: bool = False
    muted: bool = False
    brightness: int = 0
    persons: int = 1


@dataclass(frozen=True, kw_only=True)
class BenchContent:
    """One pass, ready to be coded or looked at.

    cameras: one to four films, the first in front; times of all are on the session clock. tracks: measured
    signals; episodes: where some of them are on, one row a signal. persons: who is seen in the pictures; None
    where nobody was measured, or the coder must be blind to it. differences: where this pass and another differ,
    in order of time; empty while the coder must be blind to them. readonly: look, do not code; a submitted pass is
    read-only anyway. remark: told at the beginning.
    reaction_us: how much earlier a stroke is put while the film plays. keys: keys that were changed. place: where
    to begin. keep_place, keep_options: told when these change. viewings: what the coder has watched so far;
    keep_viewing: told when another stretch has been watched to its end; may raise CoderError. derived: the states
    that follow from the codes and have a row of their own; derive: by id, where they are in a pass. cache: folder
    for what can be computed again; None for nowhere.
    """

    desk: Desk
    scheme: Scheme
    session: Session
    cameras: tuple[Camera, ...]
    tracks: tuple[FeatureTrack, ...] = ()
    episodes: tuple[tuple[Episode, ...], ...] = ()
    persons: FindPersons | None = None
    differences: tuple[Disagreement, ...] = ()
    readonly: bool = False
    remark: str = ""
    reaction_us: int = 0
    keys: KeyChoices = field(default_factory=KeyChoices)
    options: Options = field(default_factory=Options)
    place: Place | None = None
    viewings: tuple[Viewing, ...] = ()
    derived: tuple[Derived, ...] = ()
    derive: Callable[[CodingPass], Mapping[str, Sequence[Span]]] = lambda _: {}
    cache: Path | None = None
    keep_place: Callable[[Place], None] = lambda _: None
    keep_options: Callable[[Options], None] = lambda _: None
    keep_viewing: Callable[[Span], None] = lambda _: None

    @cached_property
    def keymap(self) -> Keymap:
        """The keys in force: what every label and every key press goes by."""
        return Keymap(self.scheme, self.keys)

    @property
    def media(self) -> Media:
        """The film in front at the beginning; its frames are those that are counted."""
        return self.cameras[0].media

    @property
    def film(self) -> Path:
        """Where that film lies."""
        return self.cameras[0].film

    @property
    def locked(self) -> bool:
        """True if no stroke is taken."""
        return self.readonly or self.desk.locked

    @property
    def bounds(self) -> Span:
        """What the timeline spans: the films and the coded window."""
        window, films = self.desk.coding.window, [camera.media for camera in self.cameras]
        starts = [media.offset_us for media in films]
        ends = [media.to_session_us(media.duration_us) for media in films]
        return Span(min(window.start_us, *starts), max(window.end_us, *ends))


@dataclass(frozen=True, slots=True)
class Painted:
    """The frame that was painted last. index: frame number in the film, from 0; at_us: its session time."""

    index: int
    at_us: int
