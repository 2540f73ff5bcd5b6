"""How near the heads are: in head heights, and in mm with an uncertainty.

In mm it is the way from eyes to eyes. Its uncertainty has two parts: the true sizes of the faces, and how far one
person sits behind the other, which one camera sees only by those sizes.
"""

from collections.abc import Mapping

import numpy as np

from coder.features.concluding.heads import Heads
from coder.features.concluding.placing import Placed
from coder.features.concluding.scene import Reasons, Series
from coder.features.geometry import FACE_HEIGHT_CM, Floats

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(7)
_CM = 10.0  # mm


def proximity(parent: Heads, child: Heads, placed: Placed, why: Reasons) -> Mapping[str, Series]:
    """The distance of the heads, by id of signal. why: (n,) why it cannot be known, SEEN where both faces are."""
    gap_px = np.linalg.norm(parent.centre_px - child.centre_px, axis=1)
    height_px = FACE_HEIGHT_CM * (parent.px_per_cm + child.px_per_cm) / 2
    distance, error = distance_cm(placed)
    return {
        "head_distance_heads": Series.of(gap_px / height_px, why),
        "head_distance_mm": Series.of(_CM * distance, why),
        "head_distance_error_mm": Series.of(_CM * error, why),
    }


def distance_cm(placed: Placed) -> tuple[Floats, Floats]:
    """(n,) the expected distance, and one standard deviation of it."""
    across = np.linalg.norm(placed.across_cm, axis=1)
    depths = placed.depth_cm[:, None] + placed.depth_sd_cm[:, None] * _NODES
    ways = np.hypot(across[:, None], depths)
    weights = _WEIGHTS / _WEIGHTS.sum()
    mean = ways @ weights
    spread = np.maximum(ways**2 @ weights - mean**2, 0)
    return mean, np.sqrt(spread + (placed.size_sd * mean) ** 2)
