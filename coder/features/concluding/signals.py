"""All signals of parent and child: what they are called, and what is concluded for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan, degrees, radians, tan

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.deciding import both
from coder.features.concluding.gaze import gaze
from coder.features.concluding.heads import Heads, heads_of
from coder.features.concluding.movement import moving
from coder.features.concluding.placing import placed
from coder.features.concluding.proximity import proximity
from coder.features.concluding.scene import Reasons, Scene, Series
from coder.features.concluding.settings import ConcludingSettings
from coder.features.concluding.touch import touching
from coder.features.concluding.who import Identified
from coder.features.geometry import Camera, Floats
from coder.features.sighting import Look
from coder.model.persons import DYAD, Role
from coder.model.track import Signal, Why

_DARK, _BLURRED = 20.0, 5.0  # mean grey level, variance of the Laplacian: of a picture in which little can be seen

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


def concluded(looks: Sequence[Look], identified: Identified, settings: ConcludingSettings) -> Concluded:
    """What can be said of parent and child in these looks, which are in order of time.

    Whatever cannot be said is not valid and has its reason; who is unsure (`who.SURE`) is nobody.
    """
    scene = scene_of(looks, identified, settings)
    heads = {role: heads_of(scene.people[role], scene.times_us, scene.camera) for role in DYAD}
    place = placed(heads[Role.PARENT], heads[Role.CHILD], scene.camera, settings.child_face_scale)
    missing = {role: _missing(scene, heads[role], role) for role in DYAD}
    parent, child = missing[Role.PARENT], missing[Role.CHILD]
    either = np.where(parent == Why.SEEN, child, parent).astype(np.uint8)
    named = {
        **_seen(scene, heads),
        **gaze(scene, heads, missing, place, settings),
        **proximity(heads[Role.PARENT], heads[Role.CHILD], place, either),
        **touching(scene),
        **moving(scene),
    }
    rows = [named[signal.id] for signal in SIGNALS]
    why = np.stack([row.why for row in rows])
    return Concluded(
        signals=SIGNALS,
        indices=np.array([look.index for look in looks], np.int64),
        at_us=scene.times_us,
        values=np.stack([row.values for row in rows]),
        valid=np.asarray(why == Why.SEEN),
        why=why,
    )


def scene_of(looks: Sequence[Look], identified: Identified, settings: ConcludingSettings) -> Scene:
    """Parent and child of these looks."""
    doubted = identified.doubted()
    people, absent = {}, {}
    for role in DYAD:
        at = identified.index(role).tolist()
        people[role] = tuple(look.sightings[i] if i >= 0 else None for look, i in zip(looks, at, strict=True))
        gone = np.array(at, np.int64) < 0
        absent[role] = np.where(gone, np.where(doubted, Why.IDENTITY, Why.NO_FACE), Why.SEEN).astype(np.uint8)
    return Scene(
        looks=looks,
        times_us=np.array([look.at_us for look in looks], np.int64),
        people=people,
        absent=absent,
        confidence=identified.sureness(),
        camera=_camera(looks, settings.horizontal_fov_deg),
    )


def _camera(looks: Sequence[Look], fov_deg: float) -> Camera:
    """The angle is that of the longer side, which is how lenses are alike, however a phone is held."""
    width, height = (looks[0].width_px, looks[0].height_px) if looks else (1, 1)
    focal_px = max(width, height) / 2 / tan(radians(fov_deg) / 2)
    return Camera(width, height, degrees(2 * atan(width / 2 / focal_px)))


def _missing(scene: Scene, head: Heads, role: Role) -> Reasons:
    """Why a person's face was not seen, SEEN where it was; of a dark or blurred picture that is the reason."""
    why = scene.absent[role].copy()
    why[(why == Why.SEEN) & ~head.there] = Why.NO_FACE
    dark = np.array([look.light < _DARK for look in scene.looks], np.bool_)
    blurred = np.array([look.sharpness < _BLURRED for look in scene.looks], np.bool_)
    why[(why == Why.NO_FACE) & blurred] = Why.BLURRED
    why[(why == Why.NO_FACE) & dark] = Why.DARK
    return why


def _seen(scene: Scene, heads: Mapping[Role, Heads]) -> dict[str, Series]:
    """What a look shows by itself. Nobody was found is 0; somebody was, but who is unsure, is not known."""
    found: dict[str, Series] = {}
    for role in DYAD:
        there, absent = heads[role].there, scene.absent[role]
        unsure = np.where(absent == Why.IDENTITY, Why.IDENTITY, Why.SEEN).astype(np.uint8)
        found[f"{role.value}_found"] = Series.of(there.astype(np.float64), unsure)
        found[f"{role.value}_face_px"] = Series.of(heads[role].width_px, _missing(scene, heads[role], role))
    found["both_found"] = both(found["parent_found"], found["child_found"])
    sure = scene.confidence
    found["identity_confidence"] = Series.of(
        sure, np.where(np.isfinite(sure), Why.SEEN, Why.NO_FACE).astype(np.uint8)
    )
    found["picture_light"] = Series.of(np.array([look.light for look in scene.looks], np.float64), Why.SEEN)
    return found
