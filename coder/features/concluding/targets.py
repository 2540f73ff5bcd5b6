"""What lies where somebody looks: the other's face, hands or body, the region of an object, or something else.

Each is a place in space with a size; the gaze is a direction with an uncertainty. The chance of each follows from
how well it fits, weighed by how often people look there at all. Toys are not recognised: objects are taken to be
where hands are, on the lap or the table between the two, and before oneself below the eyes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from coder.features.concluding.eyes import Sight
from coder.features.concluding.figures import Figures
from coder.features.concluding.heads import Heads
from coder.features.concluding.placing import Placed, eyes_of
from coder.features.geometry import Floats
from coder.features.sighting import JOINTS

ELSEWHERE, FACE, BODY, OBJECT = range(4)

PRIOR = (0.2, 0.3, 0.1, 0.4)
"""How often people at play look elsewhere, at the other's face, hands or body, and at objects; round figures."""

_ANYWHERE = 1 / 20_626  # per square degree: half of all directions, none of them likelier
_FACE_CM, _BODY_CM, _HAND_CM, _TABLE_CM = 9.0, 12.0, 8.0, 15.0  # half the size of each
_HAND_DEPTH_CM = 15.0  # hands are not as far from the camera as the head they belong to
_BELOW_CM = 30.0  # the middle of the trunk below the eyes, and of lap or table below both pairs of eyes
_SURE = 0.5  # of a joint
_DOWN_DEG, _DOWN_SD_DEG, _DOWN_WEIGHT = -45.0, 15.0, 0.5  # what is handled lies at arm's length below the eyes
_HANDS = [JOINTS.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("wrist", "index")]


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """Something to look at. at_cm: (n, 3) from the eyes, NaN where it is not there. size_cm: half its size and
    what is unsure of its place, (n,) to the side, and up or down. weight: against others of its kind."""

    kind: int
    at_cm: Floats
    size_cm: tuple[Floats, Floats]
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
    known = np.isfinite(sight.spread_deg[:, 0]) & np.isfinite(way_cm[:, 0])
    return np.where(known[:, None], posterior / posterior.sum(axis=1, keepdims=True), np.nan)


def hands_px(figure: Figures) -> Floats:
    """(n, 4, 2): wrists and fingertips in px, NaN where they are not surely seen."""
    sure = figure.seen[:, _HANDS] >= _SURE
    return np.where(sure[:, :, None], figure.joints_px[:, _HANDS], np.nan)


def _places(
    own: Heads, placed: Placed, way_cm: Floats, hands: Mapping[str, Floats], face_scale: float
) -> Iterator[_Place]:
    """Everything there is to look at, elsewhere left out."""
    eyes_px, none = eyes_of(own)[:, :2], np.zeros(len(way_cm))
    apart = np.linalg.norm(way_cm, axis=1)
    # what is unsure of the depth moves a place to the side, as seen from the own eyes, and hardly up or down
    unsure = placed.depth_sd_cm * np.linalg.norm(way_cm[:, :2], axis=1) / apart

    def place(kind: int, at_cm: Floats, half_cm: float, unsure_cm: Floats, weight: float) -> _Place:
        return _Place(kind, at_cm, (np.hypot(half_cm, unsure_cm), none + half_cm), weight)

    yield place(FACE, way_cm, _FACE_CM * face_scale, unsure, 1.0)
    yield place(BODY, way_cm - (0, _BELOW_CM * face_scale, 0), _BODY_CM, unsure, 0.5)
    yield place(OBJECT, way_cm / 2 - (0, _BELOW_CM, 0), _TABLE_CM, unsure / 2, 1.0)
    for whose, depth, spread in (("own", none, none), ("other", way_cm[:, 2], unsure)):
        for at in range(len(_HANDS)):
            across = (hands[whose][:, at] - eyes_px) * (1, -1) / placed.px_per_cm[:, None]
            hand = np.column_stack([across, depth])
            yield place(OBJECT, hand, _HAND_CM, np.hypot(spread, _HAND_DEPTH_CM), 0.5)
            if whose == "other":
                yield place(BODY, hand, _HAND_CM, np.hypot(spread, _HAND_DEPTH_CM), 0.25)


def _down(sight: Sight) -> Floats:
    """(n,) how likely this direction is for somebody who looks at what is before them, whichever way they turn."""
    pitch_deg = np.degrees(np.arcsin(np.clip(sight.ways[:, 1], -1, 1)))
    spread = np.hypot(sight.spread_deg[:, 1], _DOWN_SD_DEG)
    steep = np.exp(-((pitch_deg - _DOWN_DEG) ** 2) / (2 * spread**2)) / (np.sqrt(2 * np.pi) * spread)
    return np.asarray(steep / (180 * np.cos(np.radians(_DOWN_DEG))))


def _density(sight: Sight, place: _Place) -> Floats:
    """(n,) how likely this direction is, per square degree, for somebody who looks there."""
    away = np.linalg.norm(place.at_cm, axis=1)
    ahead = place.at_cm / away[:, None]
    aside = np.column_stack([ahead[:, 2], np.zeros(len(away)), -ahead[:, 0]])
    aside /= np.maximum(np.linalg.norm(aside, axis=1, keepdims=True), 1e-9)  # none of a place right above
    above = np.cross(ahead, aside)
    likely = np.ones(len(away))
    straight = np.einsum("ni,ni->n", sight.ways, ahead)
    for axis, size_cm, spread_deg in zip((aside, above), place.size_cm, sight.spread_deg.T, strict=True):
        off = np.degrees(np.arctan2(np.einsum("ni,ni->n", sight.ways, axis), straight))
        spread = np.hypot(spread_deg, np.degrees(np.arctan2(size_cm, away)))
        likely *= np.exp(-(off**2) / (2 * spread**2)) / (np.sqrt(2 * np.pi) * spread)
    return likely
