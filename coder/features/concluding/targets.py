"""What lies where somebody looks: the other's face, hands or body, the region of an object, or something else.

Each is a place in space with a size; the gaze is a direction with an uncertainty. The chance of each follows from
how well it fits, weighed by how often people look there at all. Toys are not recognised: objects are taken to be
where hands are, on the lap or the table between the two, and before oneself below the eyes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder.features.concluding.eyes import Sight
from coder.features.concluding.heads import Heads
from coder.features.concluding.placing import Placed, eyes_of
from coder.features.geometry import Floats
from coder.features.sighting import JOINTS, Sighting

ELSEWHERE, FACE, BODY, OBJECT = range(4)

PRIOR = (0.2, 0.3, 0.1, 0.4)
"""How often people at play look elsewhere, at the other's face, hands or body, and at objects; round figures."""

_ANYWHERE = 1 / 20_626  # per square degree: half of all directions, none of them likelier
_FACE_CM, _BODY_CM, _HAND_CM, _TABLE_CM = 9.0, 12.0, 8.0, 15.0  # half the size of each
_HAND_DEPTH_CM = 15.0  # hands are not as far from the camera as the head they belong to
_BELOW_CM = 30.0  # the middle of the trunk below the eyes, and of lap or table below both pairs of eyes
_SURE = 0.5  # of a joint
_DOWN_DEG, _DOWN_SD_DEG, _DOWN_WEIGHT = -45.0, 15.0, 0.5  # what is handled lies at arm's length below the eyes
_HANDS = tuple(JOINTS.index(name) for name in ("left_wrist", "left_index", "right_wrist", "right_index"))


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Something to look at. at_cm: (n, 3) from the eyes, NaN where it is not there. size_cm: (n,) half its size
    and what is unsure of its place. weight: against others of its kind."""

    kind: int
    at_cm: Floats
    size_cm: Floats
    weight: float


def chances(
    sight: Sight, own: Heads, placed: Placed, way_cm: Floats, hands: Mapping[str, Floats], face_scale: float
) -> Floats:
    """(n, 4): the chance of each kind of target in each look; NaN where gaze or the other's face is unknown.

    way_cm: (n, 3) from the own eyes to the other's. hands: "own" and "other", (n, hands, 2) px, as `hands_px`
    gives them. face_scale: size of the other's face against an adult's.
    """
    fits, weights = np.zeros((len(way_cm), 4)), np.zeros((len(way_cm), 4))
    for place in _places(own, placed, way_cm, hands, face_scale):
        fit = _density(sight, place)
        there = np.isfinite(fit)
        fits[:, place.kind] += np.where(there, place.weight * fit, 0)
        weights[:, place.kind] += np.where(there, place.weight, 0)
    fits[:, OBJECT] += _DOWN_WEIGHT * _down(sight)
    weights[:, OBJECT] += _DOWN_WEIGHT
    likely = np.divide(fits, weights, out=np.zeros_like(fits), where=weights > 0)
    likely[:, ELSEWHERE] = _ANYWHERE
    posterior = likely * PRIOR
    known = np.isfinite(sight.error_deg) & np.isfinite(way_cm[:, 0])
    return np.where(known[:, None], posterior / posterior.sum(axis=1, keepdims=True), np.nan)


def hands_px(sightings: Sequence[Sighting | None]) -> Floats:
    """(n, 4, 2): wrists and fingertips in px, NaN where they are not surely seen."""
    found = np.full((len(sightings), len(_HANDS), 2), np.nan)
    for i, seen in enumerate(sightings):
        if seen is not None and seen.body is not None:
            sure = seen.body.seen[list(_HANDS)] >= _SURE
            found[i] = np.where(sure[:, None], seen.body.points_px[list(_HANDS)], np.nan)
    return found


def _places(
    own: Heads, placed: Placed, way_cm: Floats, hands: Mapping[str, Floats], face_scale: float
) -> Iterator[_Place]:
    """Everything there is to look at, elsewhere left out."""
    eyes_px, none = eyes_of(own)[:, :2], np.zeros(len(way_cm))
    apart = np.linalg.norm(way_cm, axis=1)
    unsure = placed.depth_sd_cm * np.linalg.norm(way_cm[:, :2], axis=1) / apart / np.sqrt(2)
    yield _Place(FACE, way_cm, np.hypot(_FACE_CM * face_scale, unsure), 1.0)
    trunk = way_cm - (0, _BELOW_CM * face_scale, 0)
    yield _Place(BODY, trunk, np.hypot(_BODY_CM, unsure), 0.5)
    table = way_cm / 2 - (0, _BELOW_CM, 0)
    yield _Place(OBJECT, table, np.hypot(_TABLE_CM, unsure / 2), 1.0)
    for whose, depth, spread in (("own", none, none), ("other", way_cm[:, 2], unsure)):
        for at in range(len(_HANDS)):
            across = (hands[whose][:, at] - eyes_px) * (1, -1) / placed.px_per_cm[:, None]
            place = np.column_stack([across, depth])
            size = np.sqrt(_HAND_CM**2 + spread**2 + _HAND_DEPTH_CM**2 / 2)
            yield _Place(OBJECT, place, size, 0.5)
            if whose == "other":
                yield _Place(BODY, place, size, 0.25)


def _down(sight: Sight) -> Floats:
    """(n,) how likely this direction is for somebody who looks at what is before them, whichever way they turn."""
    pitch_deg = np.degrees(np.arcsin(np.clip(sight.ways[:, 1], -1, 1)))
    spread = np.hypot(sight.error_deg, _DOWN_SD_DEG)
    steep = np.exp(-((pitch_deg - _DOWN_DEG) ** 2) / (2 * spread**2)) / (np.sqrt(2 * np.pi) * spread)
    return np.asarray(steep / (180 * np.cos(np.radians(_DOWN_DEG))))


def _density(sight: Sight, place: _Place) -> Floats:
    """(n,) how likely this direction is, per square degree, for somebody who looks there."""
    away = np.linalg.norm(place.at_cm, axis=1)
    cosine = np.einsum("ni,ni->n", sight.ways, place.at_cm) / away
    off_deg = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    spread = np.hypot(sight.error_deg, np.degrees(np.arctan2(place.size_cm, away)))
    return np.asarray(np.exp(-(off_deg**2) / (2 * spread**2)) / (2 * np.pi * spread**2))
