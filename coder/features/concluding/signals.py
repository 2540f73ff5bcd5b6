"""All signals of parent and child: what they are called, and what is concluded for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.scene import Reasons
from coder.features.concluding.settings import ConcludingSettings
from coder.features.geometry import Floats
from coder.features.sighting import Look
from coder.model.track import Signal

if TYPE_CHECKING:
    from coder.features.concluding.who import Identified

PERSONS = ("parent", "child")


def _of_person(who: str) -> tuple[Signal, ...]:
    person = who.title()
    return (
        Signal(f"{who}_found", f"{person}: face found", "0/1", 0, 1),
        Signal(f"{who}_face_px", f"{person}: width of the face", "px", 0, 400),
        Signal(f"{who}_yaw_deg", f"{person}: head to image right", "deg", -90, 90),
        Signal(f"{who}_pitch_deg", f"{person}: head up", "deg", -60, 60),
        Signal(f"{who}_off_other_deg", f"{person}: head away from the other’s", "deg", 0, 180),
        Signal(f"{who}_toward", f"{person}: head turned to the other", "0/1", 0, 1),
        Signal(f"{who}_gaze_yaw_deg", f"{person}: gaze to image right", "deg", -120, 120),
        Signal(f"{who}_gaze_pitch_deg", f"{person}: gaze up", "deg", -90, 90),
        Signal(f"{who}_gaze_error_deg", f"{person}: uncertainty of the gaze", "deg", 0, 60),
        Signal(f"{who}_gaze_off_face_deg", f"{person}: gaze away from the other’s face", "deg", 0, 180),
        Signal(f"{who}_looks_face", f"{person}: looks at the other’s face", "0/1", 0, 1),
        Signal(f"{who}_target", f"{person}: gaze target", "kind", 0, 3),
        Signal(f"{who}_motion", f"{person}: movement", "z", -2, 6),
        Signal(f"{who}_hand_gap_heads", f"{person}: hands to the other’s body", "head heights", 0, 4),
        Signal(f"{who}_hand_near", f"{person}: a hand at the other’s body", "0/1", 0, 1),
        Signal(f"{who}_leaning", f"{person}: leaning towards the other", "head heights/s", -2, 2),
    )


SIGNALS: tuple[Signal, ...] = (
    *(signal for who in PERSONS for signal in _of_person(who)),
    Signal("both_found", "Both faces found", "0/1", 0, 1),
    Signal("mutual_toward", "Heads turned to each other", "0/1", 0, 1),
    Signal("mutual_face", "Both look at the other’s face", "0/1", 0, 1),
    Signal("head_distance_heads", "Distance of heads", "head heights", 0, 6),
    Signal("head_distance_mm", "Distance of heads", "mm", 0, 1500),
    Signal("head_distance_error_mm", "Distance of heads: uncertainty", "mm", 0, 500),
    Signal("touch", "Touch (candidate)", "0/1", 0, 1),
    Signal("motion_synchrony", "Synchrony of movement", "r", -1, 1),
    Signal("identity_confidence", "Who is who: confidence", "0 … 1", 0, 1),
    Signal("picture_light", "Light of the picture", "grey level", 0, 255),
    Signal("camera_px", "Movement of the camera", "px", 0, 20),
)
"""target: 0 elsewhere, 1 the other's face, 2 the other's hands or body, 3 an object's region."""


@dataclass(frozen=True, slots=True, eq=False)
class Concluded:
    """All signals over a film: (signals, n) each, in the order of `signals`; `indices`, `at_us`: (n,) int64.

    why: a `coder.model.track.Why` for each value, SEEN exactly where `valid`. A value that is not valid is 0 and
    means nothing.
    """

    signals: tuple[Signal, ...]
    indices: NDArray[np.int64]
    at_us: NDArray[np.int64]
    values: Floats
    valid: NDArray[np.bool_]
    why: Reasons


def concluded(looks: Sequence[Look], identified: "Identified", settings: ConcludingSettings) -> Concluded:
    """What can be said of parent and child in these looks, which are in order of time.

    Whatever cannot be said is not valid and has its reason; who is unsure (`who.SURE`) is nobody.
    """
    raise NotImplementedError
