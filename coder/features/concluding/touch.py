"""Hands at the other's body, touch candidates, leaning in and withdrawing: from what the picture plane shows.

One camera cannot tell a hand on an arm from a hand before it: a touch is a candidate, never a fact.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter

from coder.features.concluding.figures import Figures, figures
from coder.features.concluding.heads import steadied
from coder.features.concluding.reach import hand_gap_px
from coder.features.concluding.scene import Reasons, Scene, Series, Times, other
from coder.features.geometry import Floats, hysteresis
from coder.model.persons import DYAD, Role
from coder.model.track import Why

_NEAR, _OFF = 0.1, 0.3
"""Own face heights below which a hand is at the other's body, and above which it is not any more. A tenth is under
two centimetres; wrists of the pose model are off by two or three tenths."""

_HOLD_US = 500_000  # a hand that is lost for longer may be anywhere
_STEADY_US = 150_000  # half the time over which gap and size are steadied: one frame is not a touch
_SIZE_US = 1_000_000  # faces do not change their size within seconds, their measurement does
_LEAN_US = 400_000  # half the time over which a speed is fitted
_LEAST_LEAN = 4  # looks within it


def touching(scene: Scene) -> Mapping[str, Series]:
    """`p_hand_gap_heads`, `p_hand_near` and `p_leaning` of both persons, and `touch`, by id of signal."""
    people = {role: figures(scene.people[role]) for role in DYAD}
    rows: dict[str, Series] = {}
    near = {}
    for role in DYAD:
        own, its = people[role], people[other(role)]
        gap = _gap(scene, role, own, its)
        near[role] = _near(gap, scene.times_us)
        rows[f"{role}_hand_gap_heads"], rows[f"{role}_hand_near"] = gap, near[role]
        rows[f"{role}_leaning"] = _leaning(scene, role, own, its)
    rows["touch"] = _touch(*near.values())
    return rows


def _gap(scene: Scene, role: Role, own: Figures, its: Figures) -> Series:
    """From the nearest own hand that is seen to the other's body, in own face heights; 0 where they overlap."""
    size = steadied(own.height_px, scene.times_us, _SIZE_US)
    gap = steadied(hand_gap_px(own, its) / size, scene.times_us, _STEADY_US)
    return Series.of(gap, _why(scene, role, own.embodied, its.embodied, np.isfinite(gap)))


def _why(
    scene: Scene, role: Role, own: NDArray[np.bool_], its: NDArray[np.bool_], known: NDArray[np.bool_]
) -> Reasons:
    """Why nothing is known about a hand: the first reason that holds."""
    here, there = scene.absent[role], scene.absent[other(role)]
    return np.select(
        [known, here != Why.SEEN, ~own, there != Why.SEEN, ~its],
        [np.uint8(Why.SEEN), here, np.uint8(Why.NO_BODY), np.uint8(Why.OTHER_UNSEEN), np.uint8(Why.OTHER_UNSEEN)],
        np.uint8(Why.NO_BODY),
    ).astype(np.uint8)


def _near(gap: Series, times_us: Times) -> Series:
    """0/1: a hand is at the other's body."""
    states, known = hysteresis(gap.values, gap.valid, times_us, enter=_NEAR, leave=_OFF, hold_us=_HOLD_US)
    return Series.of(states, np.where(gap.valid & ~known, Why.NOT_SAID, gap.why).astype(np.uint8))


def _touch(parent: Series, child: Series) -> Series:
    """0/1: one of the two has a hand at the other's body. That nobody has is known only of both."""
    on = (parent.valid & (parent.values == 1)) | (child.valid & (child.values == 1))
    why = np.where(on, Why.SEEN, np.where(parent.valid, child.why, parent.why))
    return Series.of(on.astype(np.float64), why.astype(np.uint8))


def _leaning(scene: Scene, role: Role, own: Figures, its: Figures) -> Series:
    """How fast the own head goes towards the other's (+) or away (−), own face heights a second.

    Towards where the other's head is: if only the other moves, this one does not lean. What lies in depth, towards
    the camera or away from it, does not show.
    """
    way = its.head_px - own.head_px
    apart = np.linalg.norm(way, axis=1)
    speed = _speed(own.head_px, scene.times_us) / steadied(own.height_px, scene.times_us, _SIZE_US)[:, None]
    towards = np.einsum("ni,ni->n", speed, way) / np.maximum(apart, 1)
    why = _why(scene, role, own.there, its.there, np.isfinite(towards))
    return Series.of(towards, np.where(why == Why.NO_BODY, Why.NOTHING_BEFORE, why).astype(np.uint8))


def _speed(places_px: Floats, times_us: Times) -> Floats:
    """(n, 2) px a second: the slope of the places `_LEAN_US` before and after, NaN where too few are known.

    A median of three first: a head that jumps for one frame is a mistake of the finder.
    """
    known = np.flatnonzero(np.isfinite(places_px[:, 0]))
    speed = np.full(places_px.shape, np.nan)
    if not len(known):
        return speed
    at_s = times_us[known] / 1e6
    places = median_filter(places_px[known], (3, 1), mode="nearest")
    starts = np.searchsorted(times_us[known], times_us[known] - _LEAN_US, "left")
    ends = np.searchsorted(times_us[known], times_us[known] + _LEAN_US, "right")
    count = ends - starts

    def within(values: Floats) -> Floats:
        sums = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
        return np.asarray(sums[ends] - sums[starts])

    mean_s = within(at_s) / count
    spread = within(at_s**2) / count - mean_s**2
    slopes = within(at_s[:, None] * places) / count[:, None] - mean_s[:, None] * within(places) / count[:, None]
    able = (count >= _LEAST_LEAN) & (spread > 1e-4)
    speed[known[able]] = slopes[able] / spread[able, None]
    return speed
