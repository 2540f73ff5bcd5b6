"""From probabilities to stretches of voice: hysteresis, and what is too short to be a voice or a pause."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def voiced(
    probability: NDArray[np.float64], *, enter: float, leave: float, shortest_voice: int, shortest_pause: int
) -> Mask:
    """Where there is a voice, shape (n,).

    It begins at a probability of `enter` and ends below `leave`. Pauses of less than `shortest_pause` values
    belong to the voice, then stretches of less than `shortest_voice` are none. What the end cuts off is taken to
    last, voice and pause alike.
    """
    found = _between(probability >= enter, probability >= leave)
    for start, stop in _runs(~found):
        if start > 0 and stop < len(found) and stop - start < shortest_pause:
            found[start:stop] = True
    for start, stop in _runs(found):
        if stop < len(found) and stop - start < shortest_voice:
            found[start:stop] = False
    return found


def lasting(mask: Mask, shortest: int) -> Mask:
    """Only runs of at least `shortest` values, and those that the end cuts off; shape of `mask`."""
    found = mask.copy()
    for start, stop in _runs(mask):
        if stop < len(mask) and stop - start < shortest:
            found[start:stop] = False
    return found


def _between(enters: Mask, stays: Mask) -> Mask:
    """True from where it enters until it does not stay; False before that."""
    changes = np.where(enters, 1, np.where(stays, -1, 0))  # -1: as before
    last = np.maximum.accumulate(np.where(changes >= 0, np.arange(len(changes)), -1))
    return np.asarray((last >= 0) & (changes[np.maximum(last, 0)] == 1), np.bool_)


def _runs(mask: Mask) -> Iterator[tuple[int, int]]:
    """Start and stop of each run of True, in order; of the mask as it is now."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    yield from ((int(start), int(stop)) for start, stop in edges.reshape(-1, 2))
