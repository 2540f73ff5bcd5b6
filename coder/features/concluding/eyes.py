"""Where somebody looks: the head's direction, the eyes' in it, and how far off that may be.

The eye is taken as a ball between the corners of the lids. Seen from the side its iris moves less across the
picture for the same turn, so what the iris says is weighed against what eyes usually do: they seldom leave the
middle of their range by more than 20° (Stahl 1999). Where the trunk is seen, more is known: of a turn to something
at the side the head makes about two thirds and the eyes the rest. A head in profile or far away leaves that alone,
with its uncertainty.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.heads import UPRIGHT, Heads
from coder.features.geometry import Floats

EYE_WIDTH_CM = 2.65
"""Between the corners of an eye, on the canonical face."""

_IRIS_CM, _CORNERS_CM = 1.0, 0.8  # before the eyeball's middle: the iris, and the middle of the lids' corners
_CORNERS_SD_CM = 0.3  # 0.65 in life, 1.0 in the mesh, which lays both on one plane: of a profile it hides the iris
_CHILD_EYE = 0.9  # a child's eyeball against an adult's, from one year on
_DOWN_DEG, _USUAL_SD_DEG = -5.0, (18.0, 14.0)  # eyes in the head if nothing shows them: a little down; spreads
_EYES_SHARE, _AHEAD_DEG = 0.5, 25.0  # of the head's turn on the trunk; and no more than that
_RANGE_DEG = 45.0
_IRIS_ERROR, _IRIS_ERROR_PX = 0.05, 0.7  # of an iris between the corners: shares of the eye's width, and pixels
_LID_ERROR = 0.12  # up and down lids follow and cover the iris, so it says much less
_OPEN = 0.12  # lids less open, against the eye's width, hide the iris
_STEP_DEG = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """n directions of sight, NaN without a face.

    ways: (n, 3) unit vectors in the camera's axes. spread_deg: (n, 2) how far off they may be to the side and up
    or down, one standard deviation. closed: (n,) bool, the lids are down.
    """

    ways: Floats
    spread_deg: Floats
    closed: NDArray[np.bool_]

    @property
    def error_deg(self) -> Floats:
        """(n,) how far off the directions may be, whichever way: the mean of both spreads."""
        return np.asarray(np.sqrt((self.spread_deg**2).mean(axis=1)))


def sight(head: Heads, face_scale: float, trunk_deg: Floats) -> Sight:
    """Head and eyes together. face_scale: of the face against an adult's. trunk_deg: (n,) as `trunk` tells it."""
    closed = head.eyes_open < _OPEN
    eyeball = 1.0 if face_scale == 1.0 else _CHILD_EYE / face_scale
    # from the head's own axes, so that a head that lies or is tilted is read along its own eyes
    side = -np.arctan2(head.turn[:, 2, 0], head.turn[:, 2, 2])
    raised = -np.arcsin(np.clip(head.turn[:, 2, 1], -1, 1))
    width_px = EYE_WIDTH_CM * head.px_per_cm * np.maximum(np.cos(side), 0.05)
    error = np.hypot(_IRIS_ERROR, _IRIS_ERROR_PX / width_px)
    iris = np.where((closed | ~head.meshed)[:, None], np.nan, head.iris)
    ahead = np.clip(_EYES_SHARE * (head.side_deg - trunk_deg), -_AHEAD_DEG, _AHEAD_DEG)
    ahead = np.nan_to_num(ahead)  # without a trunk: straight ahead in the head
    yaw, yaw_sd = _eye(iris[:, 0], error, side, side, eyeball, ahead, _USUAL_SD_DEG[0])
    lifted = np.degrees(np.arcsin(np.clip(head.forward[:, 1], -1, 1)))
    lifted = np.where(head.turn[:, 1, 1] >= UPRIGHT, _EYES_SHARE * lifted, _DOWN_DEG)  # trunks are mostly upright
    below = np.clip(np.nan_to_num(lifted), -_AHEAD_DEG, _AHEAD_DEG)
    pitch, pitch_sd = _eye(iris[:, 1], np.hypot(error, _LID_ERROR), raised, side, eyeball, below, _USUAL_SD_DEG[1])
    own = np.stack([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)], axis=1)
    ways = np.einsum("nij,nj->ni", head.axes, own)
    spread = np.hypot(np.column_stack([yaw_sd, pitch_sd]), head.error_deg[:, None])
    return Sight(ways, spread, closed)


def _eye(
    offset: Floats, error: Floats, head: Floats, side: Floats, eyeball: float, usual_deg: Floats, sd_deg: float
) -> tuple[Floats, Floats]:
    """The eye's turn in the head (n,) radians, and its standard deviation in degrees.

    offset: of the iris between the corners, in eye widths, NaN where not seen; error: of that. head: the head's
    turn against the line of sight about the same axis; side: its turn to the side, which narrows the eye.
    usual_deg, sd_deg: where the eye is to be expected before it is seen.
    """
    turns = np.radians(np.arange(-_RANGE_DEG, _RANGE_DEG + 1, _STEP_DEG))
    logs = -(((np.degrees(turns) - usual_deg[:, None]) / sd_deg) ** 2) / 2
    across = _IRIS_CM * np.sin(head[:, None] + turns) - _CORNERS_CM * np.sin(head[:, None])
    expected = eyeball * across / (EYE_WIDTH_CM * np.maximum(np.cos(side), 0.05))[:, None]
    vague = eyeball * _CORNERS_SD_CM * np.sin(head) / (EYE_WIDTH_CM * np.maximum(np.cos(side), 0.05))
    told = -((offset[:, None] - expected) ** 2) / (2 * (error**2 + vague**2)[:, None])
    logs = logs + np.where(np.isfinite(told), told, 0.0)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ turns
    spread = np.sqrt(np.maximum(weights @ turns**2 - mean**2, 0))
    return mean, np.degrees(spread)
