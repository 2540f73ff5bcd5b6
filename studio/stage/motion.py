"""Movement as plain functions of time: any moment can be asked for alone, so frames can be made in any order.

A movement ends exactly at its goal, not near it: a held pose is the same pose to the last digit, and its picture
need not be rendered again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
UP = np.array([0.0, 0.0, 1.0])


def ease(x: float) -> float:
    """0 at 0, 1 at 1, with the smooth start and stop of a human movement (minimum jerk)."""
    x = min(max(x, 0.0), 1.0)
    return x * x * x * (10.0 + x * (6.0 * x - 15.0))


def level(at_s: float, start_s: float, end_s: float, rise_s: float, fall_s: float | None = None) -> float:
    """Up to 1 from `start_s` within `rise_s`, down to 0 again by `end_s`."""
    fall_s = rise_s if fall_s is None else fall_s
    return min(ease((at_s - start_s) / rise_s), 1.0 - ease((at_s - end_s + fall_s) / fall_s))


def swing(at_s: float, start_s: float, end_s: float, period_s: float) -> float:
    """A repeated movement from 0 to 1 and back, whole periods only, as many as fit between start and end."""
    count = int((end_s - start_s) / period_s + 1e-6)
    phase = (at_s - start_s) / period_s
    return 0.5 - 0.5 * float(np.cos(2 * np.pi * phase)) if 0 < phase < count else 0.0


def unit(vector: Vector) -> Vector:
    """The vector with length 1."""
    return vector / (float(np.linalg.norm(vector)) + 1e-12)


@dataclass(frozen=True)
class Goal:
    """Where a hand goes: from `start_s` on, within `seconds`, to `point(t)` with its palm facing `palm(t)`.

    curl: 0 flat hand … 1 fist. lift: height of the arc on the way, in metres. index: 1 if only the index finger
    is stretched out.
    """

    start_s: float
    seconds: float
    point: Callable[[float], Vector]
    palm: Callable[[float], Vector]
    curl: float = 0.35
    lift: float = 0.0
    index: float = 0.0


@dataclass(frozen=True)
class HandAim:
    """What a hand aims at in one moment; see Goal."""

    point: Vector
    palm: Vector
    curl: float
    index: float


def follow(goals: list[Goal], at_s: float) -> HandAim:
    """The aim after all goals begun so far, each blended over the one before it; the first is the hand at rest."""
    first = goals[0]
    point, palm, curl, index = first.point(at_s), first.palm(at_s), first.curl, first.index
    for goal in goals[1:]:
        share = ease((at_s - goal.start_s) / goal.seconds)
        if share <= 0.0:
            continue
        arc = goal.lift * float(np.sin(np.pi * share))
        point = point + share * (goal.point(at_s) - point) + arc * UP
        palm = unit(palm + share * (goal.palm(at_s) - palm))
        curl += share * (goal.curl - curl)
        index += share * (goal.index - index)
    return HandAim(point, palm, curl, index)
