"""Where a film lies on its session's clock: set, proposed from the sound, proposed from marks."""

from collections.abc import Sequence

from coder.media import Proposal
from coder.model.study import Media
from coder.store import StudyStore
from coder.workflows.steps import Steps


def set_timing(store: StudyStore, media_id: str, offset_us: int, skew_ppm: int) -> Media:
    """Keep when a film begins on the session's clock and how fast its clock runs.

    Raises CoderError for the session's first film, which is the clock, for a film that would lie wholly outside
    the session, and for a skew that no camera has.
    """
    raise NotImplementedError


def sound_proposal_steps(store: StudyStore, media_id: str) -> Steps[Proposal]:
    """Timing of a film found by comparing its sound with that of the session's first film; changes nothing.

    Raises MediaError if one of the two cannot be read or has no sound, CoderError for the first film itself.
    """
    raise NotImplementedError
    yield


def marks_proposal(reference: Media, other: Media, marks: Sequence[tuple[int, int]]) -> Proposal:
    """Timing of a film from moments that a person marked in both; changes nothing.

    marks: (session time, the other film's own time), microseconds. One mark gives the offset, two or more the skew
    as well. Raises CoderError without a mark.
    """
    raise NotImplementedError
