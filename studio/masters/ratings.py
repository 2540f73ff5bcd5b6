"""Master codes of “Segment Ratings”: the author's own judgement, the whole clip being one segment."""

from coder.model.scheme import NOT_RATED, RATING
from studio.masters.material import Coded, Material


def ratings(material: Material) -> list[Coded]:
    """One event an item, with its rating and the reason as the note."""
    return [
        Coded(
            "segment",
            one.item,
            material.frames.window,
            ((RATING, NOT_RATED if one.value is None else str(one.value)),),
            one.reason,
        )
        for one in material.ratings
    ]
