"""Where somebody looks: the head's direction, the eyes' in it, and how far off that may be.

The eye is taken as a ball between the corners of the lids. Seen from the side its iris moves less across the
picture for the same turn, so what the iris says is weighed against what eyes usually do: they seldom leave the
middle of their range by more than 20° (Stahl 1999). A head in profile or far away leaves that alone, with its
uncertainty.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.heads import Heads
from coder.features.geometry import Floats

EYE_WIDTH_CM = 2.65
"""Between the corners of an eye, on the canonical face."""

_IRIS_CM, _CORNERS_CM = 1.0, 0.65  # before the eyeball's middle: the iris, and the middle of the lids' corners
_CHILD_EYE = 0.9  # a child's eyeball against an adult's, from one year on
_USUAL_DEG, _USUAL_SD_DEG = (0.0, -5.0), (18.0, 14.0)  # eyes in the head, right and up, if nothing shows them
_RANGE_DEG = 45.0
_IRIS_ERROR, _IRIS_ERROR_PX = 0.05, 0.7  # of an iris between the corners: shares of the eye's width, and pixels
_LID_ERROR = 0.12  # up and down lids follow and cover the iris, so it says much less
_OPEN = 0.12  # lids less open, against the eye's width, hide the iris
_STEP_DEG = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """n directions of sight, NaN without a face.

    ways: (n, 3) unit vectors in the camera's axes. error_deg: (n,) how far off they may be, one standard deviation
    to any side. closed: (n,) bool, the lids are down.
    """

    ways: Floats
    error_deg: Floats
    closed: NDArray[np.bool_]


def sight(head: Heads, face_scale: float) -> Sight:
    """Head and eyes together. face_scale: size of the face against an adult's."""
    closed = head.eyes_open < _OPEN
    eyeball = 1.0 if face_scale == 1.0 else _CHILD_EYE / face_scale
    right, up = head.turn[:, 0, 2], head.turn[:, 1, 2]
    side = np.arctan2(right, head.turn[:, 2, 2])
    raised = np.arcsin(np.clip(up, -1, 1))
    width_px = EYE_WIDTH_CM * head.px_per_cm * np.maximum(np.cos(side), 0.05)
    error = np.hypot(_IRIS_ERROR, _IRIS_ERROR_PX / width_px)
    iris = np.where((closed | ~head.meshed)[:, None], np.nan, head.iris)
    yaw, yaw_sd = _eye(iris[:, 0], error, side, eyeball, _USUAL_DEG[0], _USUAL_SD_DEG[0], side)
    pitch, pitch_sd = _eye(
        iris[:, 1], np.hypot(error, _LID_ERROR), raised, eyeball, _USUAL_DEG[1], _USUAL_SD_DEG[1], side
    )
    own = np.stack([np.sin(yaw) * np.cos(pitch), np.sin(pitch), np.cos(yaw) * np.cos(pitch)], axis=1)
    ways = np.einsum("nij,nj->ni", head.axes, own)
    eyes_sd = np.sqrt((yaw_sd**2 + pitch_sd**2) / 2)
    return Sight(ways, np.hypot(eyes_sd, head.error_deg), closed)


def _eye(
    offset: Floats, error: Floats, head: Floats, eyeball: float, usual_deg: float, sd_deg: float, side: Floats
) -> tuple[Floats, Floats]:
    """The eye's turn in the head (n,) radians, and its standard deviation in degrees.

    offset: of the iris between the corners, in eye widths, NaN where not seen; error: of that. head: the head's
    turn against the line of sight about the same axis; side: its turn to the side, which narrows the eye.
    """
    turns = np.radians(np.arange(-_RANGE_DEG, _RANGE_DEG + 1, _STEP_DEG))
    logs = np.broadcast_to(-((np.degrees(turns) - usual_deg) ** 2) / (2 * sd_deg**2), (len(offset), len(turns)))
    across = _IRIS_CM * np.sin(head[:, None] + turns) - _CORNERS_CM * np.sin(head[:, None])
    expected = eyeball * across / (EYE_WIDTH_CM * np.maximum(np.cos(side), 0.05))[:, None]
    told = -((offset[:, None] - expected) ** 2) / (2 * error[:, None] ** 2)
    logs = logs + np.where(np.isfinite(told), told, 0.0)
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights @ turns
    spread = np.sqrt(np.maximum(weights @ turns**2 - mean**2, 0))
    return mean, np.degrees(spread)
