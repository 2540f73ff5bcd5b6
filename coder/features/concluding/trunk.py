"""How the trunk is turned: by how narrow the shoulders look."""

import numpy as np

from coder.features.concluding.figures import Figures
from coder.features.concluding.heads import UPRIGHT, Heads, steadied
from coder.features.concluding.scene import Times
from coder.features.geometry import Floats

_BREADTH = {True: 2.1, False: 1.7}  # of the shoulders in face heights: an adult's, a young child's
_STEADY_US, _USUAL_US = 500_000, 10_000_000
_SURE = 0.5  # of a shoulder


def trunk_deg(figure: Figures, head: Heads, times_us: Times, *, adult: bool) -> Floats:
    """(n,) how far the trunk is turned to the right of the line of sight, NaN where the shoulders are not seen.

    The breadth does not tell to which side. It is the side to which the head has mostly been turned in the twenty
    seconds around: for longer than that nobody keeps the head against the trunk.
    """
    breadth = np.linalg.norm(figure.joint("left_shoulder") - figure.joint("right_shoulder"), axis=1)
    breadth = np.where(figure.surely("left_shoulder", "right_shoulder") >= _SURE, breadth, np.nan)
    share = steadied(breadth / figure.height_px, times_us, _STEADY_US) / _BREADTH[adult]
    usual = steadied(head.side_deg, times_us, _USUAL_US)
    turned = np.sign(usual) * np.degrees(np.arccos(np.clip(share, 0, 1)))
    return np.where(head.turn[:, 1, 1] >= UPRIGHT, turned, np.nan)  # lying, a turn to the side is something else
