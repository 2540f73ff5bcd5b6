"""Hair as strands over a head: (strands, points, 3) in the axes of the rest figure. Numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from studio.stage.body import Human
from studio.stage.bones import unit
from studio.stage.data import BODY, Floats

_AZIMUTHS = (0, 25, 45, 62, 80, 100, 118, 140, 180)
"""Degrees round the head from the front, both sides alike."""

_LINES: Mapping[str, tuple[float, ...]] = {
    "woman": (29, 27, 19, 0, -18, -25, -36, -46, -50),
    "man": (31, 29, 25, 3, -12, -22, -36, -46, -50),
    "child": (33, 31, 24, 6, -10, -16, -28, -40, -44),
    "infant": (40, 38, 31, 14, -2, -8, -18, -30, -34),
}
"""Height of the hairline over each azimuth, degrees as seen from the skull's middle."""


@dataclass(frozen=True)
class Style:
    """count of strands; radius and length in metres on an adult head; lift raises them off the scalp; curl winds
    them; hang_depth: how far below the eyes
    hanging hair reaches; bun: tied at the back."""

    count: int
    radius: float
    length: float
    lift: float = 0.7
    curl: float = 0.0
    hang_depth: float = 0.0
    bun: bool = False


STYLES: Mapping[str, Style] = {
    "short": Style(6500, 0.00042, 0.032),
    "curly": Style(5000, 0.00052, 0.075, lift=1.6, curl=1.0),
    "bob": Style(6000, 0.00055, 0.0, hang_depth=0.090),
    "long": Style(6500, 0.00055, 0.0, hang_depth=0.145),
    "bun": Style(6000, 0.00048, 0.20, bun=True),
    "tuft": Style(3500, 0.00026, 0.020, lift=0.5),
}


class Scalp:
    """The skull under the hair: distance from its middle by direction, and where the hairline runs."""

    def __init__(self, human: Human, line: str) -> None:
        self.scale = human.face_scale
        eyes = (human.eye["L"].centre + human.eye["R"].centre) / 2
        skin = human.rest[:BODY]
        on_head = human.share("head")[:BODY] > 0.6
        top = float(skin[:, 2].max())
        ears = (on_head & (np.abs(skin[:, 0]) > 0.92 * np.abs(skin[on_head, 0]).max())).nonzero()[0]
        self.centre = np.array([0.0, skin[ears, 1].mean(), eyes[2] + 0.30 * (top - eyes[2])])
        self.eyes = eyes
        outward = skin - self.centre
        bare = on_head & (
            np.einsum("vi,vi->v", outward, human.normals[:BODY]) > 0.45 * np.linalg.norm(outward, axis=1)
        )
        bare[ears] = False
        self._tree = cKDTree(unit(outward[bare]))
        self._reach = np.linalg.norm(outward[bare], axis=1)
        self._line = _LINES[line]
        self.ears = ears

    def above_line(self, directions: Floats) -> Floats:
        """Degrees above the hairline of directions (n, 3) from the middle."""
        d = unit(directions)
        azimuth = np.degrees(np.abs(np.arctan2(d[:, 0], -d[:, 1])))
        return np.asarray(
            np.degrees(np.arcsin(np.clip(d[:, 2], -1, 1))) - np.interp(azimuth, _AZIMUTHS, self._line)
        )

    def radius(self, directions: Floats) -> Floats:
        """(n,) metres from the middle to the skin."""
        far, near = self._tree.query(unit(directions), k=4)
        weight = 1 / (np.asarray(far) + 1e-4) ** 2
        return np.asarray((self._reach[near] * weight).sum(1) / weight.sum(1))

    def cover(self, points: Floats, near: Floats) -> Floats:
        """(n,) 0..1, how much of the hair's colour the skin under it takes; `near` (n,) share of the head."""
        shade = np.clip(self.above_line(points - self.centre) / 7, 0, 1) * (near > 0.5)
        shade[self.ears] = 0
        return np.asarray(shade)

    def roots(self, count: int, rng: np.random.Generator) -> Floats:
        """(count, 3) directions spread evenly over the haired part."""
        found = np.zeros((0, 3))
        while len(found) < count:
            d = unit(rng.standard_normal((4 * count, 3)))
            edge = self.above_line(d) + rng.normal(0, 1.6, len(d))
            found = np.concatenate([found, d[edge > 0]])
        return found[:count]


def strands(scalp: Scalp, style: Style, seed: int) -> Floats:
    """The strands of a style, (count, points, 3)."""
    rng = np.random.default_rng(seed)
    roots = scalp.roots(style.count, rng)
    if style.bun:
        return _tied(scalp, roots, rng)
    if style.hang_depth:
        return _hanging(scalp, style, roots, rng)
    return _falling(scalp, style, roots, rng)


def _on(scalp: Scalp, directions: Floats, above: Floats | float) -> Floats:
    d = unit(directions)
    return np.asarray(scalp.centre + d * (scalp.radius(d) + above)[:, None])


def _tied(scalp: Scalp, roots: Floats, rng: np.random.Generator) -> Floats:
    """Combed back into a bun: strands along the skull, then the bun's windings."""
    points, s = 9, scalp.scale
    back = unit(np.array([0.0, 1.0, 0.42]))
    size = 0.031 * s
    middle = _on(scalp, back[None], size * 0.75)[0]
    combed = np.empty((len(roots), points, 3))
    loose = 0.002 * s * rng.random(len(roots))
    for k, t in enumerate(np.linspace(0, 1, points)):
        along = unit((1 - t) * roots + t * back)
        combed[:, k] = _on(scalp, along, 0.001 * s + 0.011 * s * np.sin(np.pi * t) ** 0.8 + loose)
    combed[:, -1] = middle + 0.6 * size * unit(rng.standard_normal((len(roots), 3)))
    count = len(roots) // 4
    a = unit(rng.standard_normal((count, 3)))
    b = unit(np.cross(a, unit(back + 0.5 * rng.standard_normal((count, 3)))))
    phase, away = 2 * np.pi * rng.random((count, 1)), size * (0.82 + 0.2 * rng.random((count, 1)))
    wound = np.empty((count, points, 3))
    for k, t in enumerate(np.linspace(0, 2.2, points)):
        wound[:, k] = middle + away * (a * np.cos(phase + t) + b * np.sin(phase + t))
    return np.concatenate([combed, wound])


def _hanging(scalp: Scalp, style: Style, roots: Floats, rng: np.random.Generator) -> Floats:
    """Combed to the sides and back over the ears, then straight down: nothing hides the face at three quarters."""
    on_skull, falling, s, n = 8, 5, scalp.scale, len(roots)
    azimuth = np.degrees(np.arctan2(roots[:, 0], -roots[:, 1]))
    side = np.where(azimuth - 6 > 0, 1.0, -1.0)
    leaves = np.radians(side * (np.interp(np.abs(azimuth), (0, 60, 180), (97, 104, 178)) + rng.normal(0, 5, n)))
    drop = np.radians(rng.normal(-4, 4, n))
    leave = np.stack([np.sin(leaves) * np.cos(drop), -np.cos(leaves) * np.cos(drop), np.sin(drop)], 1)
    thick = s * (0.003 + 0.010 * rng.random(n))
    out = np.empty((n, on_skull + falling, 3))
    for k, t in enumerate(np.linspace(0, 1, on_skull)):
        along = unit((1 - t) * roots + t * leave + np.array([0, 0, 0.35 * np.sin(np.pi * t)]))
        out[:, k] = _on(scalp, along, thick * np.sin(np.pi * min(0.5, 0.08 + t)))
    edge = out[:, on_skull - 1]
    floor = scalp.eyes[2] - style.hang_depth * s + 0.012 * s * rng.random(n)
    for k, t in enumerate(np.linspace(0, 1, falling + 1)[1:]):
        point = edge + np.array([0, 0.012 * s * t, 0])
        point[:, 2] = edge[:, 2] + t * np.minimum(floor - edge[:, 2], 0)
        out[:, on_skull + k] = point + 0.0015 * s * rng.standard_normal((n, 3)) * [1, 1, 0]
    return out


def _falling(scalp: Scalp, style: Style, roots: Floats, rng: np.random.Generator) -> Floats:
    """Short hair: from the crown outwards along the skull."""
    points, s, n = (12 if style.curl else 6), scalp.scale, len(roots)
    crown = unit(np.array([0.10, 0.45, 1.0]))
    flow = unit(roots - crown + 0.24 * rng.standard_normal((n, 3)))
    length = style.length * s * (0.65 + 0.5 * rng.random((n, 1)))
    lift = style.lift * s
    here = _on(scalp, roots, 0.0)
    out = np.empty((n, points, 3))
    thickness = 0.35 * s * (0.003 + 0.009 * rng.random(n)) * (0.4 + style.lift)
    for k, t in enumerate(np.linspace(0, 1, points)):
        out[:, k] = here
        d = unit(here - scalp.centre)
        tangent = unit(flow - d * np.einsum("ni,ni->n", flow, d)[:, None])
        step = tangent + d * (0.35 - 0.75 * t) * style.lift + np.array([0, 0, -0.35 * t])
        if style.curl:
            step = step + style.curl * 1.1 * _winding(t, rng, n, k)
        here = here + unit(step) * (length / (points - 1))
        d = unit(here - scalp.centre)
        least = scalp.radius(d) + np.minimum(thickness, lift * 0.02 + 0.6 * t * thickness + 0.001 * s)
        short = np.linalg.norm(here - scalp.centre, axis=1)
        here = scalp.centre + d * np.maximum(short, least)[:, None]
    return out


def _winding(t: float, rng: np.random.Generator, n: int, step: int) -> Floats:
    """A random side step, the same on every run."""
    turn = rng.standard_normal((n, 3))
    return np.asarray(turn * (0.4 + 0.6 * t) * (1 if step % 2 else -1))
