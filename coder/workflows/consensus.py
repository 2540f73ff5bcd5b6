"""A consensus: a third pass of what two coders agree on and what was settled; both originals stay as they are."""

from coder.model.coding import PassHeader
from coder.store import StudyStore


def make_consensus(store: StudyStore, pass_a_id: str, pass_b_id: str, coder_id: str) -> PassHeader:
    """Make the consensus of two submitted passes, as an open pass of `coder_id` made from both.

    It holds what both agree on and what was settled for one of them; the moments that are left open, or were
    settled otherwise, are empty, and its journal says how many. Raises CodingError if it was made already, not
    both passes are submitted, or nothing of what they differ in is settled.
    """
    raise NotImplementedError
