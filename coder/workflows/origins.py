"""Where a pass comes from that was not coded as it stands."""

from coder.model.coding import PassHeader
from coder.store import StudyStore


def origin_words(store: StudyStore, header: PassHeader) -> str:
    """`moved from version 1.0`, or whose passes it was made from; "" for one that was simply coded. In English."""
    made_from = [store.header(pass_id) for pass_id in header.made_from]
    if not made_from:
        return ""
    if (moved := moved_from(store, header)) is not None:
        return f"moved from version {moved}"
    coders = {coder.id: coder.name for coder in store.coders()}
    return f"made from the passes of {' and '.join(coders[one.coder_id] for one in made_from)}"


def moved_from(store: StudyStore, header: PassHeader) -> str | None:
    """The version of its scheme that a pass was moved from; None if it was not."""
    if len(header.made_from) != 1:
        return None
    before = store.header(header.made_from[0])
    same = (before.coder_id, before.scheme.name) == (header.coder_id, header.scheme.name)
    return before.scheme.version if same else None
