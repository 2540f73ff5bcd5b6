"""How far one person's hands are from the other's body in the picture plane."""

import numpy as np

from coder.features.concluding.figures import Figures
from coder.features.geometry import Floats

_SURE_HAND, _SURE = 0.8, 0.5
"""Of hands and forearms, and of the other joints: where two people meet the pose model guesses hands that are
hidden, and says so by being less sure of them. A guess is neither a hand nor an arm to touch."""

_FINGERS = 0.8  # fingertips lie so much farther than the knuckle of the index does from the wrist
_ARM, _LEG, _TRUNK, _HEAD = 0.22, 0.35, 0.25, 0.62  # half the thickness of each, in face heights; hair included
_SIDES = ("left", "right")


def hand_gap_px(own: Figures, other: Figures) -> Floats:
    """(n,) from the nearest hand that is seen to the other's body, px; 0 where they overlap, NaN where no hand of
    the one or nothing of the other is seen."""
    gaps = [_to_body(hand, other) for side in _SIDES for hand in _hand(own, side)]
    return np.asarray(np.fmin.reduce(gaps))


def _hand(figure: Figures, side: str) -> tuple[Floats, ...]:
    """Wrist, knuckle and fingertip, (n, 2) each, NaN where the hand is not surely seen."""
    wrist, index = figure.joint(f"{side}_wrist"), figure.joint(f"{side}_index")
    seen = (figure.surely(f"{side}_wrist") >= _SURE_HAND)[:, None]
    return tuple(np.where(seen, point, np.nan) for point in (wrist, index, index + _FINGERS * (index - wrist)))


def _to_body(point: Floats, other: Figures) -> Floats:
    """(n,) from a point (n, 2) to the outline of a person, px; 0 within."""
    size = other.height_px
    gaps = [np.linalg.norm(point - other.head_px, axis=1) - _HEAD * size]
    for side in _SIDES:
        for a, b, thick, sure in (
            ("shoulder", "elbow", _ARM, _SURE),
            ("elbow", "wrist", _ARM, _SURE_HAND),
            ("wrist", "index", _ARM, _SURE_HAND),
            ("hip", "knee", _LEG, _SURE),
        ):
            one, two = f"{side}_{a}", f"{side}_{b}"
            gap = _to_line(point, other.joint(one), other.joint(two)) - thick * size
            gaps.append(np.where(other.surely(one, two) >= sure, gap, np.nan))
    gaps.append(
        np.where(other.surely("left_shoulder", "right_shoulder") >= _SURE, _to_trunk(point, other), np.nan)
    )
    return np.asarray(np.maximum(np.fmin.reduce(gaps), 0))


def _to_line(point: Floats, start: Floats, end: Floats) -> Floats:
    """(n,) from points to the nearest place between two others."""
    along = end - start
    length = np.maximum(np.einsum("ni,ni->n", along, along), 1e-9)
    share = np.clip(np.einsum("ni,ni->n", point - start, along) / length, 0, 1)
    return np.asarray(np.linalg.norm(point - start - share[:, None] * along, axis=1))


def _to_trunk(point: Floats, other: Figures) -> Floats:
    """(n,) to the four-cornered trunk between shoulders and hips, wherever the hips are guessed to be."""
    corners = [other.joint(name) for name in ("left_shoulder", "right_shoulder", "right_hip", "left_hip")]
    edges = [(corners[i], corners[(i + 1) % 4]) for i in range(4)]
    gap = np.min([_to_line(point, start, end) for start, end in edges], axis=0)
    sides = np.array([_side(point, start, end) for start, end in edges])
    within = (sides >= 0).all(axis=0) | (sides <= 0).all(axis=0)
    return np.where(within, 0.0, gap) - _TRUNK * other.height_px


def _side(point: Floats, start: Floats, end: Floats) -> Floats:
    along, off = end - start, point - start
    return np.asarray(along[:, 0] * off[:, 1] - along[:, 1] * off[:, 0])
