"""From chances to yes, no and unknown over time."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.scene import Series, Times
from coder.features.geometry import Floats
from coder.model.track import Why

HOLD_US = 400_000
"""What was decided holds for so long while nothing can be decided: a blink is over by then."""


def held(choices: NDArray[np.int64], times_us: Times) -> NDArray[np.int64]:
    """(n,) what was decided, each decision held for `HOLD_US` at most; −1 where nothing is decided."""
    decided = np.flatnonzero(choices >= 0)
    if not len(decided):
        return choices
    last = decided[np.maximum(np.searchsorted(decided, np.arange(len(choices)), "right") - 1, 0)]
    near = (choices[last] >= 0) & (last <= np.arange(len(choices))) & (times_us - times_us[last] <= HOLD_US)
    return np.where(near, choices[last], -1)


def best(likely: Floats, margin: float) -> NDArray[np.int64]:
    """(n,) the likeliest kind of (n, kinds), −1 where the next is nearly as likely or nothing is known."""
    known = np.isfinite(likely[:, 0])
    ranked = np.sort(np.where(known[:, None], likely, 0), axis=1)
    clear = known & (ranked[:, -1] >= margin * ranked[:, -2])
    return np.where(clear, np.argmax(np.nan_to_num(likely), axis=1), -1)


def yes_or_no(likely: Floats, kind: int, margin: float) -> NDArray[np.int64]:
    """1 where a kind of (n, kinds) is clearly likelier than each other, 0 where another clearly is, else −1."""
    rest = np.delete(likely, kind, axis=1).max(axis=1)
    yes, no = likely[:, kind] >= margin * rest, rest >= margin * likely[:, kind]
    return np.where(yes, 1, np.where(no, 0, -1))


def both(a: Series, b: Series) -> Series:
    """Both are 1. Known to be false as soon as one is known to be 0; else as unknown as the unknown one."""
    denied = (a.valid & (a.values == 0)) | (b.valid & (b.values == 0))
    together = a.valid & b.valid & (a.values == 1) & (b.values == 1)
    why = np.where(a.valid, b.why, a.why)
    return Series.of(together.astype(np.float64), np.where(denied | together, Why.SEEN, why).astype(np.uint8))


def first_reason(n: int, reasons: Sequence[tuple[NDArray[np.bool_], Why]]) -> NDArray[np.uint8]:
    """(n,) the first reason that holds; SEEN where none does."""
    why = np.full(n, Why.SEEN, np.uint8)
    for holds, reason in reversed(reasons):
        why[holds] = reason
    return why
