"""One person's head over a whole film, as arrays: where it is seen, how large, and where it points."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coder.features.concluding.scene import Times
from coder.features.geometry import Camera, Floats, turns_to
from coder.features.sighting import Sighting

IRIS_TURN_DEG = 50.0
"""Of a head turned farther from the line of sight the mesh's irises are too foreshortened to be measured by."""

UPRIGHT = 0.7
"""Cosine of a head's tilt in the picture; one that is tilted more lies."""

IRIS_PX = 5.0
"""Of a smaller iris the mesh tells where irises usually are, not where this one is."""

_SHARP_PX = 60.0  # of a smaller face directions are less sure
_MESH_DEG, _SURE_DEG, _VAGUE_DEG, _PROFILE_DEG = 5.0, 15.0, 30.0, 6.0  # see `Heads.error_deg`
_SURE_SCORE = 0.6  # of a face without a mesh whose six points say well where it points
_COARSE_SIZE = 0.9  # of a face in the mesh's size, where hardly any is seen both ways to compare
_ASIDE_DEG, _PROFILE_FROM_DEG = 25.0, 80.0  # see `_in_profile`; the mesh reaches to about 75°
_POINTED = 0.45  # score of a face without a mesh from which on its six points say where it points
_CALIBRATING = 20  # faces seen both ways that weigh as much as that
_STEADY_US = 1_000_000  # half the time over which the size of a face is steadied: leaning in takes longer


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """n looks at one person; whatever was not seen is NaN.

    there: (n,) bool, the face was seen. meshed: (n,) bool, by its mesh, as most of the time around. pointed: (n,)
    bool, well enough to say where it points. score: (n,) of the detector. turn: (n, 3, 3), as `Head.rotation`,
    against the line of sight. axes: the same against the camera's axes; axes[:, :, 2] is where the head points.
    centre_px: (n, 2). px_per_cm: (n,) size on the canonical face, steadied over two seconds. width_px, iris_px,
    eyes_open: (n,). iris: (n, 2) in eye widths, right and up.
    """

    there: NDArray[np.bool_]
    meshed: NDArray[np.bool_]
    pointed: NDArray[np.bool_]
    score: Floats
    turn: Floats
    axes: Floats
    centre_px: Floats
    px_per_cm: Floats
    width_px: Floats
    iris_px: Floats
    iris: Floats
    eyes_open: Floats

    @property
    def forward(self) -> Floats:
        """(n, 3) unit directions in the camera's axes."""
        return self.axes[:, :, 2]

    @property
    def turned_deg(self) -> Floats:
        """(n,) how far the head is turned from the line of sight, whichever way."""
        return np.asarray(np.degrees(np.arccos(np.clip(self.turn[:, 2, 2], -1, 1))))

    @property
    def side_deg(self) -> Floats:
        """(n,) how far the head is turned to the right of the line of sight."""
        return np.asarray(np.degrees(np.arctan2(self.turn[:, 0, 2], self.turn[:, 2, 2])))

    @property
    def error_deg(self) -> Floats:
        """(n,) how far off the direction may be (one standard deviation): turned, small, without a mesh, more."""
        turned = _PROFILE_DEG * (self.turned_deg / 60) ** 2
        base = np.where(self.meshed, _MESH_DEG, np.where(self.score >= _SURE_SCORE, _SURE_DEG, _VAGUE_DEG))
        return np.asarray(np.hypot(base, turned) * np.sqrt(np.maximum(1, _SHARP_PX / self.width_px)))


def heads_of(sightings: Sequence[Sighting | None], times_us: Times, camera: Camera) -> Heads:
    """The heads of one person's sightings. times_us: (n,) rising."""
    n = len(sightings)
    turn, centre, iris = np.full((n, 3, 3), np.nan), np.full((n, 2), np.nan), np.full((n, 2), np.nan)
    sizes, coarse, width, iris_px, opened, score = (np.full(n, np.nan) for _ in range(6))
    meshed, pointed = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    for i, seen in enumerate(sightings):
        if seen is None or seen.face is None:
            continue
        face = seen.face
        turn[i], centre[i], sizes[i] = face.head.rotation, face.head.centre_px, face.head.px_per_cm
        meshed[i], width[i] = face.meshed, face.width_px
        score[i] = seen.score
        pointed[i] = face.meshed or (seen.score >= _POINTED and not seen.followed)
        if face.coarse is not None:
            coarse[i] = face.coarse.px_per_cm
        if face.iris is not None:
            iris[i] = face.iris
        iris_px[i] = np.nan if seen.iris_px is None else seen.iris_px
        opened[i] = np.nan if seen.eyes_open is None else seen.eyes_open
    # a mesh that comes and goes is laid on half a face: its size and its turn are no better than six points
    there = np.isfinite(width)
    lasting = steadied(np.where(there, meshed, np.nan), times_us, _STEADY_US)
    score[meshed & ~(lasting == 1)] = 0
    meshed &= lasting == 1
    turn = _in_profile(turn, ~meshed & (score < _SURE_SCORE))
    px_per_cm = steadied(_mesh_sized(sizes, coarse, meshed), times_us, _STEADY_US)
    axes = turns_to(camera.rays(centre)) @ turn
    return Heads(there, meshed, pointed, score, turn, axes, centre, px_per_cm, width, iris_px, iris, opened)


def steadied(values: Floats, times_us: Times, reach_us: int) -> Floats:
    """The running median over the known values up to `reach_us` before and after; NaN stays where it is."""
    known = np.flatnonzero(np.isfinite(values))
    out = np.full(len(values), np.nan)
    starts = np.searchsorted(times_us[known], times_us[known] - reach_us, "left")
    ends = np.searchsorted(times_us[known], times_us[known] + reach_us, "right")
    row = values[known]
    if not len(row):
        return out
    counts = ends - starts
    at = starts[:, None] + np.arange(int(counts.max()))
    window = np.sort(np.where(at < ends[:, None], row[np.minimum(at, len(row) - 1)], np.inf), axis=1)
    middle = [
        np.take_along_axis(window, which[:, None], axis=1)[:, 0] for which in ((counts - 1) // 2, counts // 2)
    ]
    out[known] = (middle[0] + middle[1]) / 2
    return out


def _mesh_sized(sizes: Floats, coarse: Floats, meshed: NDArray[np.bool_]) -> Floats:
    """Sizes of faces without a mesh, brought to what the mesh gives for the same person."""
    both = meshed & np.isfinite(coarse)
    seen = np.log(np.median(sizes[both] / coarse[both])) if both.any() else 0.0
    trust = both.sum() / (both.sum() + _CALIBRATING)
    ratio = np.exp(trust * seen + (1 - trust) * np.log(_COARSE_SIZE))
    return np.where(meshed, sizes, sizes * ratio)


def _in_profile(turn: Floats, doubtful: NDArray[np.bool_]) -> Floats:
    """The turns, of which doubtful ones that are to the side at all become profiles.

    No mesh could be laid on them, and six points, some of which nobody can see, tell too small a turn.
    """
    side = np.degrees(np.arctan2(turn[:, 0, 2], turn[:, 2, 2]))
    more = np.radians(np.sign(side) * np.maximum(_PROFILE_FROM_DEG - np.abs(side), 0))
    more[~(doubtful & (np.abs(side) >= _ASIDE_DEG))] = 0
    cos, sin, none, one = np.cos(more), np.sin(more), np.zeros(len(more)), np.ones(len(more))
    rows = ((cos, none, sin), (none, one, none), (-sin, none, cos))
    return np.asarray(np.stack([np.stack(row, axis=-1) for row in rows], axis=-2) @ turn)
