"""Movement within a session, and how two people's movement goes together over time."""

from collections.abc import Mapping

import numpy as np

from coder.features.concluding.scene import Reasons, Scene, Series, Times
from coder.features.geometry import Floats
from coder.model.persons import DYAD, Role
from coder.model.track import Why

_FLOOR = 0.25  # grey levels that no picture is without; it keeps a still person's logarithm from running away
_LEAST_SPREAD = 0.1  # of the logarithm: who never moves is not taken to move when the pixels tremble
_ENOUGH = 20  # values a session needs before one can be called high
_WILD_PX = 0.1  # of the picture's longer side: a camera that moved farther leaves nothing to compare
_WILD_LIGHT = 40.0  # grey levels

_STEP_US = 100_000
_WINDOW_US = 10_000_000
_LAG_US = 1_000_000
_SHIFTS = 20  # shifted times that say what chance gives
_LEAST_SHIFT_US = 10_000_000
_FULL = 0.5  # share of a window's pairs that must be known
_FLAT = 1e-6


def moving(scene: Scene) -> Mapping[str, Series]:
    """`p_motion` of both persons, `motion_synchrony` and `camera_px`, by id of signal."""
    motion = {role: _motion(scene, role) for role in DYAD}
    return {
        **{f"{role}_motion": row for role, row in motion.items()},
        "motion_synchrony": _synchrony(motion[Role.PARENT], motion[Role.CHILD], scene.times_us),
        "camera_px": _camera(scene),
    }


def _camera(scene: Scene) -> Series:
    """How far the picture moved as a whole since the look before."""
    moved = np.array([np.nan if look.camera_px is None else look.camera_px for look in scene.looks], np.float64)
    return Series.of(moved, np.where(np.isfinite(moved), Why.SEEN, Why.NOTHING_BEFORE).astype(np.uint8))


def _motion(scene: Scene, role: Role) -> Series:
    """Robust z of one person's movement: the distance of its logarithm from the median, in spreads (1.4826 MAD).

    The logarithm, since movement is a matter of times as much; against the person's own session, since grey levels
    depend on clothes, light and distance.
    """
    seen = [np.nan if one is None or one.motion is None else one.motion for one in scene.people[role]]
    level = np.log(np.array(seen, np.float64) + _FLOOR)
    why = _why(scene, role, level)
    known = why == Why.SEEN
    if known.sum() < _ENOUGH:
        return Series.of(np.zeros(len(scene)), np.where(known, Why.NOT_SAID, why).astype(np.uint8))
    middle = np.median(level[known])
    spread = max(1.4826 * float(np.median(np.abs(level[known] - middle))), _LEAST_SPREAD)
    return Series.of((level - middle) / spread, why)


def _why(scene: Scene, role: Role, level: Floats) -> Reasons:
    looks = scene.looks
    first = np.array([look.camera_px is None for look in looks], np.bool_)
    wild = np.array(
        [(look.camera_px or 0) > _WILD_PX * max(look.width_px, look.height_px) for look in looks], np.bool_
    )
    bright = np.array([abs(look.light_change or 0) > _WILD_LIGHT for look in looks], np.bool_)
    absent = scene.absent[role]
    return np.select(
        [absent != Why.SEEN, first, wild, bright, np.isfinite(level)],
        [absent, *(np.uint8(why) for why in (Why.NOTHING_BEFORE, Why.CAMERA_MOVED, Why.LIGHT_CHANGED, Why.SEEN))],
        np.uint8(Why.NO_BODY),
    ).astype(np.uint8)


def _synchrony(parent: Series, child: Series, times_us: Times) -> Series:
    """Windowed cross-correlation over time, above chance: 0 is what shifted times give, at most 1.

    In ten seconds around each moment both movements are correlated at every lag up to one second (Boker, Rotondo,
    Xu & King 2002), and the highest correlation is kept. The highest of many is high by chance, so what the same
    series give on average when one is shifted in time is taken off. `coder.analysis.synchrony` tests a session.
    """
    nothing = np.zeros(len(times_us))
    why = np.where(parent.valid, child.why, parent.why).astype(np.uint8)
    why[why == Why.SEEN] = Why.NOT_SAID
    if len(times_us) < 2 or times_us[-1] - times_us[0] < 2 * _LEAST_SHIFT_US:
        return Series.of(nothing, why)
    step_us = max(_STEP_US, int(np.median(np.diff(times_us))))
    at = (times_us - times_us[0]) // step_us
    a, b = (_gridded(row, at) for row in (parent, child))
    half, lag, least = _WINDOW_US // step_us // 2, _LAG_US // step_us, _LEAST_SHIFT_US // step_us
    shifts = np.unique(np.linspace(least, len(a) - least, _SHIFTS).astype(np.int64))
    chance = [_known_mean(_best(a, np.roll(b, shift), half, lag)) for shift in shifts]
    best = _best(a, b, half, lag) - _known_mean(np.array(chance))
    found = best[at]
    return Series.of(found, np.where(np.isfinite(found), np.uint8(Why.SEEN), why).astype(np.uint8))


def _gridded(row: Series, at: Times) -> Floats:
    """The mean of the valid values in each step, NaN where there is none."""
    steps, kept = int(at[-1]) + 1, row.valid
    count = np.bincount(at[kept], minlength=steps)
    total = np.bincount(at[kept], weights=row.values[kept], minlength=steps)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _best(a: Floats, b: Floats, half: int, lag: int) -> Floats:
    """(n,) the highest correlation at any lag in the window around each step."""
    return np.asarray(np.fmax.reduce([_rolling(a, _later(b, by), half) for by in range(-lag, lag + 1)]))


def _later(values: Floats, by: int) -> Floats:
    """What stands `by` steps later (earlier, if negative); NaN beyond the ends."""
    moved = np.roll(values, -by)
    if by:
        moved[slice(-by, None) if by > 0 else slice(0, -by)] = np.nan
    return moved


def _rolling(a: Floats, b: Floats, half: int) -> Floats:
    """(n,) correlation of the known pairs `half` steps before and after each step, NaN where too few are known."""
    known = np.isfinite(a) & np.isfinite(b)
    x, y = np.where(known, a, 0.0), np.where(known, b, 0.0)
    sums = np.zeros((6, len(a) + 1))
    np.cumsum([known, x, y, x * x, y * y, x * y], axis=1, out=sums[:, 1:])
    steps = np.arange(len(a))
    start, end = np.maximum(steps - half, 0), np.minimum(steps + half + 1, len(a))
    n, sx, sy, sxx, syy, sxy = sums[:, end] - sums[:, start]
    n_or_1 = np.maximum(n, 1)
    var_x, var_y = sxx / n_or_1 - (sx / n_or_1) ** 2, syy / n_or_1 - (sy / n_or_1) ** 2
    able = (n >= _FULL * (2 * half + 1)) & (var_x > _FLAT) & (var_y > _FLAT)
    spread = np.sqrt(np.where(able, var_x * var_y, 1.0))
    return np.where(able, np.clip((sxy / n_or_1 - sx * sy / n_or_1**2) / spread, -1, 1), np.nan)


def _known_mean(values: Floats) -> float:
    """Mean of what is known, 0 if nothing is."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else 0.0
