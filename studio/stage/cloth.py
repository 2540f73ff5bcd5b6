"""Clothes cut from the data's CC0 "tights": shirt and trousers as quads over the body, and the skin they hide."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from studio.stage.body import Human
from studio.stage.bones import unit
from studio.stage.data import Floats, Ints
from studio.stage.smooth import edges_of

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Garment:
    """Cloth over the body: `ids` the body's points it is cut from, `quads` over positions 0..k-1 (k = len(away)),
    `source` (k,) positions in ids, `away` (k,) metres along the normal."""

    ids: Ints
    quads: Ints
    source: Ints
    away: Floats
    _even: csr_matrix
    _sum: csr_matrix
    _cut: Ints

    def drape(self, verts: Floats) -> Floats:
        """(k, 3) points of the cloth on a posed body."""
        points = self._even @ verts[self.ids]
        corners = points[self._cut]
        across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        normals = unit(self._sum @ across)
        return np.asarray(points[self.source] + normals[self.source] * self.away[:, None])


def shirt(human: Human, sleeve: float) -> Garment:
    """A shirt with a round neck; sleeve: 0.5 ends mid upper arm, 1 at the elbow, 2 at the wrist."""
    return _garment(
        human, lambda c: _on_trunk(human, c) & _below_neck(human, c) & (_along_arm(human, c) < sleeve), 0.007
    )


def trousers(human: Human) -> Garment:
    """Trousers to the ankle."""
    waist = _hip(human) + 0.05 * human.height_m
    reach = abs(human.head["upperarm01.L"][0]) * 1.15
    return _garment(
        human, lambda c: (c[:, 2] < waist) & (np.abs(c[:, 0]) < reach) & (_along_arm(human, c) < 0.2), 0.004
    )


def skin_shown(human: Human, sleeve: float) -> Ints:
    """The body's quads that no cloth covers (a margin under each hem stays)."""
    quads = human.groups["body"].corners
    centres = human.rest[quads].mean(1)
    on_arm = human.share("upperarm01.L", "upperarm01.R")[quads].mean(1) > 0.5
    arm = np.where(on_arm, _along_arm(human, centres), -1.0)
    head = human.share("neck01")[quads].mean(1) > 0.05
    high = centres[:, 2] > _neckline(human, centres) - 0.022 * human.height_m / 1.66
    shown: Ints = quads[(arm > sleeve - 0.12) | head | (high & (arm < 0.05))]
    return shown


def _hip(human: Human) -> float:
    return float(human.head["root"][2]) - 0.085 * human.height_m


def _on_trunk(human: Human, centres: Floats) -> Mask:
    return np.asarray((centres[:, 2] > _hip(human)) | (_along_arm(human, centres) > 0.02))


def _neckline(human: Human, centres: Floats) -> Floats:
    """Height of the round neck at each point: lower in front."""
    base = human.head["neck01"]
    size = human.height_m if human.grown else human.height_m * 1.25
    front = np.clip((base[1] - centres[:, 1]) / (0.06 * size), -1, 1)
    return np.asarray(base[2] + size * (0.016 - 0.012 * front))


def _below_neck(human: Human, centres: Floats) -> Mask:
    return np.asarray(centres[:, 2] < _neckline(human, centres))


def _along_arm(human: Human, centres: Floats) -> Floats:
    """How far down the arm: 0 shoulder, 1 elbow, 2 wrist; below 0 on the trunk."""
    s, e, w = (human.head[f"{b}.L"] for b in ("upperarm01", "lowerarm01", "wrist"))
    points = centres * [1, 1, 1]
    points[:, 0] = np.abs(points[:, 0])
    upper = (points - s) @ (e - s) / float((e - s) @ (e - s))
    fore = (points - e) @ (w - e) / float((w - e) @ (w - e))
    beside = points[:, 0] > s[0] * 0.98
    return np.where(beside, np.where(upper < 1, upper, 1 + np.maximum(fore, 0)), -1.0)


def _garment(human: Human, keep: Callable[[Floats], Mask], away: float) -> Garment:
    quads = human.groups["helper-tights"].corners
    quads = quads[keep(human.rest[quads].mean(1))]
    ids, local = np.unique(quads, return_inverse=True)
    cut = local.reshape(-1, 4)
    k = len(ids)
    edges, number, faces_on = edges_of(cut)
    rim = np.flatnonzero(faces_on == 1)
    inner = np.unique(edges[rim])
    hem = np.full(k, -1)
    hem[inner] = k + np.arange(len(inner))
    # a strip turned in at every opening, so that the cloth has a thickness there
    strip = []
    for quad, sides in zip(cut, number, strict=True):
        for j, side in enumerate(sides):
            if faces_on[side] == 1:
                a, b = quad[j], quad[(j + 1) % 4]
                strip.append([b, a, hem[a], hem[b]])
    rest = human.rest[ids]
    ripple = np.sin(rest @ [41.0, 23.0, 31.0]) * np.sin(rest @ [-17.0, 37.0, 13.0] + 1.0)
    size = max(0.75, human.height_m / 1.66)
    outside = size * (away + 0.0022 * ripple)
    source = np.concatenate([np.arange(k), inner])
    spread = csr_matrix((np.ones(cut.size), (cut.ravel(), np.repeat(np.arange(len(cut)), 4))), shape=(k, len(cut)))
    return Garment(
        ids=ids,
        quads=np.concatenate([cut, np.array(strip, np.int64).reshape(-1, 4)]),
        source=source,
        away=np.concatenate([outside, np.full(len(inner), -0.001)]),
        _even=_even_rim(edges[rim], k),
        _sum=spread,
        _cut=cut,
    )


def _even_rim(rim: Ints, k: int) -> csr_matrix:
    """(k, k) that draws the steps of a cut along quads into a smooth hem."""
    ones = np.ones(len(rim))
    beside = csr_matrix((ones, (rim[:, 0], rim[:, 1])), shape=(k, k))
    beside = beside + beside.T
    count = np.asarray(beside.sum(1)).ravel()
    on_rim = count > 0
    step = diags(np.where(on_rim, 0.5, 1.0)) + diags(np.where(on_rim, 0.5 / np.maximum(count, 1), 0.0)) @ beside
    even = csr_matrix(step)
    for _ in range(4):
        even = even @ even
    return even
