"""Where the eyes look and how head and eyes share the turn, as plain functions of time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from studio.acts import Act
from studio.stage.motion import Vector, ease, unit

# a saccade takes about 20 ms and 2.2 ms a degree; the head follows some 50 ms later and needs longer
SACCADE_S, SACCADE_S_PER_DEGREE = 0.03, 0.0022
HEAD_LATER_S, HEAD_S, HEAD_S_PER_DEGREE = 0.05, 0.24, 0.0055
EYE_LIMIT_DEG = 30.0
BLINK_S = 0.24
BLINK_EVERY_S = (3.2, 6.5)
QUIET_AFTER_SHIFT_S = 0.35


@dataclass(frozen=True)
class Shift:
    """From `start_s` on the person looks at `target`; closed: with shut eyes, the gaze stays where it was."""

    start_s: float
    target: str
    closed: bool = False


def shifts(acts: Sequence[Act], who: str, first: str) -> list[Shift]:
    """The person's looks in order; `first` is where the clip finds the eyes."""
    looks: list[Shift] = [Shift(-10.0, first)]
    for act in acts:
        if act.who != who or act.verb not in ("look", "close_eyes"):
            continue
        start_s = act.start_us / 1e6
        if act.verb == "close_eyes":
            looks.append(Shift(start_s, looks[-1].target, closed=True))
        elif act.target is not None:
            looks.append(Shift(start_s if start_s > 0 else -10.0, act.target))
    return looks


def blinks(looks: Sequence[Shift], seconds: float, seed: str) -> list[float]:
    """Starts of blinks, a few seconds apart, none during a shift of gaze or right after it.

    A blink that would begin too near a shift waits for it; the eyes of the sample films thus show every shift.
    """
    random = Random(seed)
    starts: list[float] = []
    at_s = random.uniform(1.0, 3.0)
    while at_s < seconds - BLINK_S:
        near = [s.start_s for s in looks if s.start_s - BLINK_S - 0.05 < at_s < s.start_s + QUIET_AFTER_SHIFT_S]
        if near:
            at_s = max(near) + QUIET_AFTER_SHIFT_S
            continue
        starts.append(at_s)
        at_s += random.uniform(*BLINK_EVERY_S)
    return starts


def lids(looks: Sequence[Shift], starts: Sequence[float], at_s: float) -> float:
    """0 open … 1 closed, by blinks and by closing the eyes; a few steps only, so that pictures can be reused."""
    closed = 0.0
    for look in looks:
        share = ease((at_s - look.start_s) / 0.2)
        closed += share * ((1.0 if look.closed else 0.0) - closed)
    for start in starts:
        x = (at_s - start) / BLINK_S
        if 0.0 < x < 1.0:
            closed = max(closed, min(1.0, 1.6 * float(np.sin(np.pi * x))))
    return round(closed * 4) / 4


def gaze_direction(looks: Sequence[Shift], aim: Callable[[str], Vector], eye: Vector, at_s: float) -> Vector:
    """The direction of the eyes (unit, world): each saccade blends from the look before it to the next."""
    return _blended(looks, aim, eye, at_s, SACCADE_S, SACCADE_S_PER_DEGREE, 0.0)


def head_direction(looks: Sequence[Shift], aim: Callable[[str], Vector], eye: Vector, at_s: float) -> Vector:
    """The direction that the head follows, later and slower than the eyes."""
    return _blended(looks, aim, eye, at_s, HEAD_S, HEAD_S_PER_DEGREE, HEAD_LATER_S)


def _blended(
    looks: Sequence[Shift],
    aim: Callable[[str], Vector],
    eye: Vector,
    at_s: float,
    fixed_s: float,
    per_degree_s: float,
    later_s: float,
) -> Vector:
    begun = [look for look in looks if look.start_s + later_s <= at_s]
    # what lies two seconds back has long been reached
    recent = [i for i, look in enumerate(begun) if look.start_s > at_s - 2.0]
    start = max(0, recent[0] - 1) if recent else len(begun) - 1
    direction = unit(aim(begun[start].target) - eye)
    for look in begun[start + 1 :]:
        goal = unit(aim(look.target) - eye)
        degrees = float(np.degrees(np.arccos(np.clip(direction @ goal, -1.0, 1.0))))
        # rounded: the goal moves a little while the eyes are under way, the time they take must not
        seconds = fixed_s + per_degree_s * max(4.0, 8.0 * round(degrees / 8.0))
        share = ease((at_s - look.start_s - later_s) / seconds)
        direction = goal if share == 1.0 else unit(direction + share * (goal - direction))
    return direction


def head_share(degrees: float, share: float) -> float:
    """How much of a turn of `degrees` the head takes: a fixed share, more where the eyes reach their limit."""
    size = abs(degrees)
    return share if size * (1.0 - share) <= EYE_LIMIT_DEG else 1.0 - EYE_LIMIT_DEG / size
