"""Brows and lashes: thin tapered blades that ride on the skin. Numpy only."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from studio.stage.body import Human
from studio.stage.bones import unit
from studio.stage.data import BODY, Floats, Ints


@dataclass(frozen=True)
class Bristles:
    """Blades of four points; each hangs on skin points `anchors` (b, a) with `shares` (b, a) and keeps its `form`
    (b, 4, 3) about the anchor, turned with the head. Without a form, the anchors are the four points (lashes)."""

    anchors: Ints
    shares: Floats
    form: Floats

    @property
    def count(self) -> int:
        """Number of points."""
        return 4 * len(self.form)

    @property
    def quads(self) -> Ints:
        """(b, 4)."""
        return np.arange(self.count, dtype=np.int64).reshape(-1, 4)

    def points(self, verts: Floats, head: Floats) -> Floats:
        """(4 b, 3) on posed skin; head: (3, 3) turn of the head."""
        middle = np.einsum("ba,bai->bi", self.shares, verts[self.anchors])
        return np.asarray((middle[:, None] + self.form @ head.T).reshape(-1, 3))


def _blade(root: Floats, tip: Floats, face: Floats, width: float) -> Floats:
    """(b, 4, 3) from roots to tips (b, 3), lying flat to the normals `face` (b, 3)."""
    aside = unit(np.cross(tip - root, face)) * width / 2
    return np.stack([root - aside, root + aside, tip + aside * 0.25, tip - aside * 0.25], 1)


def brows(human: Human, seed: int) -> Bristles:
    """Both brows: thicker in a grown man, thin and short in an infant."""
    rng = np.random.default_rng(seed)
    s = human.face_scale
    count = 190 if human.grown else 150
    spread = 0.0021 if human.grown else 0.0014
    t = np.sort(rng.random(count))
    along = (-0.021 + 0.043 * t) * s
    rise = 0.0215 + 0.0065 * np.sin(np.pi * np.minimum(1, t * 0.95) ** 1.2) - 0.004 * t**3
    lift = (rise * (1.0 if human.grown else 1.10) + rng.normal(0, 1, count) * spread * (1 - 0.75 * t)) * s
    angle = np.radians(62 - 78 * t + 8 * rng.standard_normal(count))
    long = (0.0080 - 0.002 * t) * s * (0.7 + 0.5 * rng.random(count))
    front = np.flatnonzero((human.normals[:BODY, 1] < -0.1) & (human.share("head")[:BODY] > 0.5))
    flat = cKDTree(human.rest[front][:, [0, 2]])
    parts = []
    for side, sign in (("L", 1.0), ("R", -1.0)):
        eye = human.eye[side].centre
        spot = np.stack([eye[0] + sign * along, eye[2] + lift], 1)
        far, near = flat.query(spot, k=4)
        shares = 1 / (np.asarray(far) + 1e-5) ** 2
        shares /= shares.sum(1, keepdims=True)
        anchors = front[near]
        normal = unit(np.einsum("ba,bai->bi", shares, human.normals[anchors]))
        base = np.einsum("ba,bai->bi", shares, human.rest[anchors])
        root = np.stack([spot[:, 0], base[:, 1], spot[:, 1]], 1)
        way = np.stack([sign * np.cos(angle), np.zeros(count), np.sin(angle)], 1)
        way = unit(way - normal * np.einsum("bi,bi->b", way, normal)[:, None])
        root = root + normal * 0.0007 * s
        tip = root + way * long[:, None] + normal * 0.0006 * s
        parts.append((anchors, shares, _blade(root, tip, normal, 0.0006 * s) - base[:, None]))
    return Bristles(*(np.concatenate(p) for p in zip(*parts, strict=True)))


def lashes(human: Human) -> Bristles:
    """Upper lashes from the data's lash strips: each blade rides on its strip's four points."""
    s = human.face_scale
    anchors, shares, forms = [], [], []
    for side in "lr":
        eye = human.eye[side.upper()].centre
        quads = human.groups[f"helper-{side}-eyelashes-2"].corners
        points = human.rest[quads]
        order = np.argsort(np.linalg.norm(points - eye, axis=2), axis=1)
        inner, outer = (np.take_along_axis(quads, order[:, cut], 1) for cut in (slice(0, 2), slice(2, 4)))
        for t in (0.2, 0.5, 0.8):
            root = human.rest[inner[:, 0]] * (1 - t) + human.rest[inner[:, 1]] * t
            # the strip's outer points, paired with the inner ones that are nearer to them
            cross = np.linalg.norm(human.rest[inner[:, 0]] - human.rest[outer[:, 0]], axis=1) > np.linalg.norm(
                human.rest[inner[:, 0]] - human.rest[outer[:, 1]], axis=1
            )
            first = np.where(cross, outer[:, 1], outer[:, 0])
            second = np.where(cross, outer[:, 0], outer[:, 1])
            end = human.rest[first] * (1 - t) + human.rest[second] * t
            tip = root + (end - root) * 0.75
            anchors.append(inner)
            shares.append(np.tile([1 - t, t], (len(inner), 1)))
            forms.append(_blade(root, tip, unit(root - eye), 0.0008 * s) - root[:, None])
    return Bristles(np.concatenate(anchors), np.concatenate(shares), np.concatenate(forms))
