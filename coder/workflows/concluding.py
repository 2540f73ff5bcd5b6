"""From what was seen to signals of parent and child: quick, and done again whenever a person says who is who."""

from collections.abc import Mapping

from coder.store import StudyStore, TrackRecord

SEEN, CONCLUDED = "people", "dyad"
"""The names of the tracks of what was seen, and of what is concluded from it."""


def conclude(store: StudyStore, media_id: str, settings: Mapping[str, str] | None = None) -> TrackRecord:
    """Conclude from the newest track of what was seen in a film; the result takes the place of an older one.

    settings: of concluding, as text; None for those of the last time. Raises FeatureError for a setting that does
    not exist and where nothing was seen yet, StoreError if the track is damaged or the disk refuses.
    """
    raise NotImplementedError
