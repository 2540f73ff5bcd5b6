"""Hands at the other's body, touch candidates, leaning in and withdrawing: from what the picture plane shows.

One camera cannot tell a hand on an arm from a hand before it: a touch is a candidate, never a fact.
"""

from collections.abc import Mapping

from coder.features.concluding.scene import Scene, Series


def touching(scene: Scene) -> Mapping[str, Series]:
    """`p_hand_gap_heads`, `p_hand_near` and `p_leaning` of both persons, and `touch`, by id of signal."""
    raise NotImplementedError
