"""Which sessions show the same moments: told by the films' content, so a second session of a film is known."""

from coder.model.study import Media, Session
from coder.model.time import Span


def shares_film(one: Session, other: Session) -> bool:
    """True if the coded windows of two sessions share time of the same film."""
    return any(
        mine.fingerprint == theirs.fingerprint and _in_file(one, mine).overlaps(_in_file(other, theirs))
        for mine in one.media
        for theirs in other.media
    )


def _in_file(session: Session, media: Media) -> Span:
    window = session.window
    return Span(media.to_file_us(window.start_us), media.to_file_us(window.end_us))
