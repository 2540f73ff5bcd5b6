"""What the bench is given: everything about one pass of one session."""

from dataclasses import dataclass
from pathlib import Path

from coder.annotate.desk import Desk
from coder.model.scheme import Scheme
from coder.model.study import Media, Session
from coder.model.time import Span
from coder.model.track import FeatureTrack


@dataclass(frozen=True, kw_only=True)
class BenchContent:
    """One pass, ready to be coded or looked at.

    film: where the file of `media` lies on this machine. tracks: measured signals, times on the session clock.
    readonly: look, do not code; a submitted pass is read-only anyway. remark: told at the beginning.
    """

    desk: Desk
    scheme: Scheme
    session: Session
    media: Media
    film: Path
    tracks: tuple[FeatureTrack, ...] = ()
    readonly: bool = False
    remark: str = ""

    @property
    def locked(self) -> bool:
        """True if no stroke is taken."""
        return self.readonly or self.desk.locked

    @property
    def bounds(self) -> Span:
        """What the timeline spans: the film and the coded window."""
        window, media = self.desk.coding.window, self.media
        film_end_us = media.to_session_us(media.duration_us)
        return Span(min(window.start_us, media.offset_us), max(window.end_us, film_end_us))


@dataclass(frozen=True, slots=True)
class Painted:
    """The frame that was painted last. index: frame number in the film, from 0; at_us: its session time."""

    index: int
    at_us: int
