"""Where two heads are in space, as far as one camera can tell, and how unsure that is.

What lies across the picture is measured well. Depth rests on the sizes that the two faces have in life, which
nobody told; so it is drawn towards zero, and what is left unsure is kept.
"""

from dataclasses import dataclass

import numpy as np

from coder.features.concluding.heads import IRIS_PX, Heads
from coder.features.geometry import Camera, Floats

EYES_CM: Floats = np.array((0.0, 2.62, 3.46))
"""Midpoint between the eyes on the canonical face."""

ADULT_SD = 0.07
"""Adults' faces differ in height by about this share (anthropometry: 6 to 7 %)."""

_CHILD_SD = 0.15  # ages from birth to five, if only that is known: the face grows from 0.6 to 0.85 of an adult's
_IRIS_SD = 0.12  # of the ratio of two irises as the mesh measures them; in life irises are alike from two years on
_TURNED_DEG = 60.0  # of a head turned farther the iris is too foreshortened to be measured
_IRISES = 20  # looks at each one's irises before they are compared
_MESH_SD, _COARSE_SD = 0.05, 0.2  # how well mesh and six points fit the size of one face
_CANON_SD = 0.15  # measured on photos, face and iris as rulers differ by 29 %: either may be wrong by half of it
_SPREAD = 0.75  # if people stood at any angle to the camera it would be 1; they are rather filmed from the side


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """From the parent's eyes to the child's in n looks, NaN where a face is missing.

    across_cm: (n, 2) right and up. depth_cm: (n,) towards the camera +, drawn towards zero. depth_sd_cm: (n,) what
    is unsure of it. size_sd: (n,) share by which all lengths may be wrong. child_scale: the child's face against
    an adult's. px_per_cm: (n,) of real length, at the two's mean distance from the camera.
    """

    across_cm: Floats
    depth_cm: Floats
    depth_sd_cm: Floats
    size_sd: Floats
    child_scale: float
    px_per_cm: Floats

    @property
    def way_cm(self) -> Floats:
        """(n, 3) from the parent's eyes to the child's."""
        return np.column_stack([self.across_cm, self.depth_cm])


def placed(parent: Heads, child: Heads, camera: Camera, told_scale: float) -> Placed:
    """told_scale: size of the child's face against an adult's where the irises do not tell it better."""
    scale, scale_sd = child_scale(parent, child, told_scale)
    fits = [np.where(head.meshed, _MESH_SD, _COARSE_SD) for head in (parent, child)]
    weights = np.stack([1 / (ADULT_SD**2 + fits[0] ** 2), 1 / (scale_sd**2 + fits[1] ** 2)])
    logs = np.stack([np.log(parent.px_per_cm), np.log(child.px_per_cm / scale)])
    px_per_cm = np.exp((weights * logs).sum(axis=0) / weights.sum(axis=0))
    eyes = [eyes_of(head) for head in (parent, child)]
    across = (eyes[1][:, :2] - eyes[0][:, :2]) * (1, -1) / px_per_cm[:, None]
    away = camera.focal_px / parent.px_per_cm, camera.focal_px * scale / child.px_per_cm
    depth = (away[0] - eyes[0][:, 2]) - (away[1] - scale * eyes[1][:, 2])
    error = (away[0] + away[1]) / 2 * np.sqrt(scale_sd**2 + fits[0] ** 2 + fits[1] ** 2)
    spread = _SPREAD * np.linalg.norm(across, axis=1)
    kept = spread**2 / (spread**2 + error**2)
    size_sd = np.hypot(_CANON_SD, weights.sum(axis=0) ** -0.5)
    return Placed(across, depth * kept, error * np.sqrt(kept), size_sd, scale, px_per_cm)


def child_scale(parent: Heads, child: Heads, told: float) -> tuple[float, float]:
    """How large the child's face is against the parent's, and how unsure its logarithm is.

    A child's eyes are nearly as large as an adult's and so look larger in its face: the irises, compared with the
    faces they stand in, tell how much smaller the face is, at any distance and with any lens.
    """
    shares = []
    for head in (parent, child):
        fit = (head.turned_deg < _TURNED_DEG) & (head.iris_px >= IRIS_PX)
        shares.append(head.iris_px[fit] / head.px_per_cm[fit])
    if min(len(share) for share in shares) < _IRISES:
        return told, _CHILD_SD
    seen = float(np.log(np.median(shares[0]) / np.median(shares[1])))
    trust = np.array([1 / _CHILD_SD**2, 1 / _IRIS_SD**2])
    scale = np.exp(trust @ (np.log(told), seen) / trust.sum())
    return float(scale), float(trust.sum() ** -0.5)


def eyes_of(head: Heads) -> Floats:
    """(n, 3): the midpoint between the eyes, px right and down, and how much nearer than the head's middle, cm."""
    ahead = head.axes @ EYES_CM
    pixels = head.centre_px + head.px_per_cm[:, None] * ahead[:, :2] * (1, -1)
    return np.column_stack([pixels, ahead[:, 2]])
