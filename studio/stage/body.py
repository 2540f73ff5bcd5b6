"""A figure's body in numpy: shape by age and sex, bones, sparse skinning, face units, eyes. No Blender here."""

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from studio.stage import data
from studio.stage.bones import aim, aim_turn, unit
from studio.stage.data import BODY, Floats, Ints
from studio.stage.pose import Pose

ADULT_EYES_APART = 0.0585
"""Metres between the eyes of the adult that the face units were made for."""

IRIS = {"adult": 0.00585, "child": 0.0056}
"""Radius of the iris in metres: it hardly grows after birth."""

_AGES = {"baby": 0.0, "child": 0.1875, "young": 0.5, "old": 1.0}
_LID_FOLLOW_DEG = 35.0
SIDES = {"L": "Left", "R": "Right"}


@dataclass(frozen=True)
class Eye:
    """An eye of the rest figure: centre (3,), radius, both in metres."""

    centre: Floats
    radius: float


@dataclass(frozen=True)
class EyeNow:
    """An eye in a pose: centre (3,) and iris midpoint (3,) in the room, turn (3, 3) of the ball, yaw and pitch in
    the head in degrees (yaw + to the own left, pitch + down)."""

    centre: Floats
    iris: Floats
    turn: Floats
    yaw: float
    pitch: float


@dataclass(frozen=True)
class Posed:
    """A figure in a pose: verts (n, 3) in the room, bones (n_bones, 4, 4), eyes by side."""

    verts: Floats
    bones: Floats
    eyes: dict[str, EyeNow]

    @property
    def eyes_middle(self) -> Floats:
        """The point between the eyeballs' centres."""
        return np.asarray((self.eyes["L"].centre + self.eyes["R"].centre) / 2)


class Human:
    """A body. Shape numbers run 0..1 (gender 0 female, 1 male; age 0 baby, 0.1875 child, 0.5 young adult).

    height_m, if given, scales the whole figure to a standing height. details: target path -> strength.
    Rest figure: facing -y, own left at +x, the origin inside the trunk.
    """

    def __init__(
        self,
        age: float = 0.5,
        gender: float = 0.0,
        weight: float = 0.5,
        muscle: float = 0.5,
        height: float = 0.5,
        proportions: float = 0.5,
        race: Mapping[str, float] | None = None,
        details: Mapping[str, float] | None = None,
        height_m: float | None = None,
    ) -> None:
        mesh = data.base_mesh()
        self.groups = mesh.groups
        self.uv = mesh.uv
        shape = mesh.points.copy()
        for name, strength in _macro(age, gender, weight, muscle, height, proportions, race or {"caucasian": 1.0}):
            ids, shifts = data.target(name)
            shape[ids] += strength * shifts
        for name, strength in (details or {}).items():
            ids, shifts = data.target(name)
            if not len(ids):
                raise ValueError(f"the data have no shape target {name!r}")
            shape[ids] += strength * shifts
        scale = height_m / float(np.ptp(shape[:BODY, 2])) if height_m else 1.0
        self.rest: Floats = shape * scale
        self.n = len(self.rest)
        self.height_m = float(np.ptp(self.rest[:BODY, 2]))
        self._set_bones()
        self.eye = {side: self._eye_of(side) for side in "LR"}
        self.eyes_apart = float(self.eye["L"].centre[0] - self.eye["R"].centre[0])
        self.face_scale = self.eyes_apart / ADULT_EYES_APART
        self.grown = self.height_m > 1.3
        self._closing = {side: self._lids_to_close(side) for side in "LR"}

    def _set_bones(self) -> None:
        rig = data.rig()
        self.parent: dict[str, str] = {bone: entry["parent"] for bone, entry in rig.items()}
        self.order: list[str] = []
        waiting = list(rig)
        while waiting:
            ready = [b for b in waiting if not self.parent[b] or self.parent[b] in self.order]
            self.order += ready
            waiting = [b for b in waiting if b not in ready]
        self.bi = {bone: i for i, bone in enumerate(self.order)}
        self.head = {bone: self._joint(entry["head"]) for bone, entry in rig.items()}
        self.tail = {bone: self._joint(entry["tail"]) for bone, entry in rig.items()}
        self._heads = np.array([self.head[b] for b in self.order])
        rows, cols, values = [], [], []
        for bone, weights in data.rig_weights().items():
            for vertex, weight in weights:
                rows.append(int(vertex))
                cols.append(self.bi[bone])
                values.append(weight)
        weights_ = csr_matrix((values, (rows, cols)), shape=(self.n, len(self.order)))
        sums = np.asarray(weights_.sum(1)).ravel()
        self.weights: csr_matrix = csr_matrix(weights_.multiply((1 / np.where(sums > 0, sums, 1))[:, None]))

    def _joint(self, place: dict[str, object]) -> Floats:
        strategy = place["strategy"]
        if strategy == "CUBE":
            ids = [i for a, b in data.vertex_groups()[str(place["cube_name"])] for i in range(a, b + 1)]
        elif strategy == "VERTEX":
            ids = [int(str(place["vertex_index"]))]
        else:
            ids = list(place["vertex_indices"])  # type: ignore[call-overload]  # JSON: the rig's list of ids
        return np.asarray(self.rest[ids].mean(0))

    def _eye_of(self, side: str) -> Eye:
        ids = np.unique(self.groups[f"helper-{side.lower()}-eye"].corners)
        points = self.rest[ids]
        centre = (points.min(0) + points.max(0)) / 2
        return Eye(centre, float(np.linalg.norm(points - centre, axis=1).mean()))

    # ------------------------------------------------------------------ bones and skin

    def pose_bones(self, rot: Mapping[str, Floats], root: Floats) -> Floats:
        """(n_bones, 4, 4): where each bone takes the rest figure."""
        placed = np.empty((len(self.order), 4, 4))
        for i, bone in enumerate(self.order):
            parent = self.parent[bone]
            above = placed[self.bi[parent]] if parent else root
            placed[i] = above @ _turn_at(self._heads[i], rot[bone]) if bone in rot else above
        return placed

    def bone_frame(self, bone: str, rot: Mapping[str, Floats], root: Floats) -> Floats:
        """(4, 4) of one bone, its ancestors only."""
        chain = []
        name = bone
        while name:
            if name in rot:
                chain.append(_turn_at(self.head[name], rot[name]))
            name = self.parent[name]
        frame = np.asarray(root)
        for turn in reversed(chain):
            frame = frame @ turn
        return frame

    def pose(self, rot: Mapping[str, Floats], units: Mapping[str, float], root: Floats) -> tuple[Floats, Floats]:
        """Vertices (n, 3) and bones (n_bones, 4, 4) in the room."""
        bones = self.pose_bones(rot, root)
        return self.skin(bones, units), bones

    def skin(self, bones: Floats, units: Mapping[str, float]) -> Floats:
        """Vertices (n, 3) under placed bones, face units applied first."""
        shape = self.rest
        if any(units.values()):
            shape = shape.copy()
            for name, strength in units.items():
                if strength:
                    ids, shifts = data.face_units()[name]
                    shape[ids] += (strength * self.face_scale) * shifts
        blend = (self.weights @ bones[:, :3].reshape(-1, 12)).reshape(-1, 3, 4)
        return np.asarray(np.einsum("vij,vj->vi", blend[:, :, :3], shape) + blend[:, :, 3])

    # ------------------------------------------------------------------ a whole pose

    def posed(self, pose: Pose) -> Posed:
        """Skin and eyes in a pose; the lids follow the eyes and close by `pose.lids`."""
        bones = self.pose_bones(pose.rot, pose.root)
        head = bones[self.bi["head"]]
        eyes = {side: self._eye_now(side, head, pose.look_at) for side in SIDES}
        units = dict(pose.units)
        for side, word in SIDES.items():
            pitch = eyes[side].pitch
            follow = ("eyeLookDown" if pitch > 0 else "eyeLookUp") + word
            blink = f"eyeBlink{word}"
            open_share = 1.0 - pose.lids
            units[follow] = units.get(follow, 0.0) + open_share * min(1.0, abs(pitch) / _LID_FOLLOW_DEG)
            units[blink] = units.get(blink, 0.0) * open_share + self._closing[side] * pose.lids
        return Posed(self.skin(bones, units), bones, eyes)

    def _eye_now(self, side: str, head: Floats, look_at: Floats) -> EyeNow:
        eye = self.eye[side]
        centre = head[:3, :3] @ eye.centre + head[:3, 3]
        yaw, pitch = aim(head[:3, :3].T @ (np.asarray(look_at) - centre))
        turn = head[:3, :3] @ aim_turn(yaw, pitch)
        depth = math.sqrt(max(0.0, eye.radius**2 - self.iris_radius**2))
        return EyeNow(centre, centre + turn @ np.array([0.0, -depth, 0.0]), turn, yaw, pitch)

    def _lids_to_close(self, side: str) -> float:
        """Strength of eyeBlink at which the lids just meet: figures with bigger eyes need more than one."""
        ids, shifts = data.face_units()[f"eyeBlink{SIDES[side]}"]
        eye = self.eye[side]
        near = (np.abs(self.rest[ids, 0] - eye.centre[0]) < 0.35 * eye.radius) & (ids < BODY)
        rim = near & (np.linalg.norm(self.rest[ids] - eye.centre, axis=1) < 1.12 * eye.radius)
        heights, falls = self.rest[ids, 2], shifts[:, 2] * self.face_scale
        upper, lower = rim & (heights > eye.centre[2]), rim & (heights < eye.centre[2])
        if not upper.any() or not lower.any():
            return 1.0
        top, bottom = np.argmin(np.where(upper, heights, np.inf)), np.argmax(np.where(lower, heights, -np.inf))
        travel = float(falls[bottom] - falls[top])
        return float(np.clip((heights[top] - heights[bottom]) / travel, 0.8, 1.4)) if travel > 1e-5 else 1.0

    # ------------------------------------------------------------------ parts

    @property
    def iris_radius(self) -> float:
        """Metres."""
        return IRIS["adult" if self.grown else "child"]

    def share(self, *bones: str) -> Floats:
        """(n,) how much of each vertex moves with these bones and all below them."""
        below = set(bones)
        for bone in self.order:
            if self.parent[bone] in below:
                below.add(bone)
        columns = [self.bi[b] for b in sorted(below)]
        return np.asarray(self.weights[:, columns].sum(1), np.float64).ravel()

    def _skin_ids(self, mask: NDArray[np.bool_]) -> Ints:
        return np.asarray(np.flatnonzero(mask[:BODY]), np.int64)

    @cached_property
    def hand_ids(self) -> dict[str, Ints]:
        """Skin vertices of each hand."""
        return {side: self._skin_ids(self.share(f"wrist.{side}") > 0.5) for side in "LR"}

    @cached_property
    def torso_ids(self) -> Ints:
        """Skin vertices of the trunk, arms, legs, neck and head left out."""
        limbs = self.share("upperarm01.L", "upperarm01.R", "upperleg01.L", "upperleg01.R", "neck01")
        return self._skin_ids((self.share("spine05") > 0.5) & (limbs < 0.3))

    @cached_property
    def normals(self) -> Floats:
        """(n, 3) outward normals of the rest figure's skin; zero off the skin."""
        quads = self.groups["body"].corners
        points = self.rest[quads]
        across = np.cross(points[:, 2] - points[:, 0], points[:, 3] - points[:, 1])
        sums = np.zeros_like(self.rest)
        for k in range(4):
            np.add.at(sums, quads[:, k], across)
        return unit(sums)

    @cached_property
    def face_ids(self) -> Ints:
        """About 150 skin vertices spread over the face from chin to forehead: the face's box and visibility."""
        middle = (self.eye["L"].centre + self.eye["R"].centre) / 2
        apart = self.eyes_apart
        x, y, z = (self.rest[:, k] - middle[k] for k in range(3))
        faces_front = self.normals[:, 1] < -0.15
        inside = (np.abs(x) < 1.12 * apart) & (z < 0.95 * apart) & (z > -2.2 * apart) & (y < 0.75 * apart)
        on_head = self.share("head") > 0.6
        ids = self._skin_ids(on_head & faces_front & inside)
        return _spread(self.rest, ids, 150)


def _turn_at(point: Floats, turn: Floats) -> Floats:
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[:3, 3] = point - turn @ point
    return matrix


def _spread(points: Floats, ids: Ints, count: int) -> Ints:
    """`count` of the ids far from each other (farthest point first): even cover, the same on every run."""
    chosen = [0]
    nearest = np.linalg.norm(points[ids] - points[ids[0]], axis=1)
    for _ in range(min(count, len(ids)) - 1):
        chosen.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, np.linalg.norm(points[ids] - points[ids[chosen[-1]]], axis=1))
    return np.asarray(ids[np.sort(chosen)], np.int64)


def _between(x: float, anchors: Mapping[str, float]) -> dict[str, float]:
    """Shares of the two anchors around x."""
    names, places = list(anchors), list(anchors.values())
    at = float(np.interp(x, places, range(len(places))))
    low = min(int(at), len(names) - 2)
    high = at - low
    return {n: w for n, w in ((names[low], 1 - high), (names[low + 1], high)) if w > 1e-6}


def _macro(
    age: float, gender: float, weight: float, muscle: float, height: float, proportions: float,
    race: Mapping[str, float],
) -> list[tuple[str, float]]:  # fmt: skip  # one row of shape numbers reads best
    """The data's macro targets with their strengths: products of every attribute's shares."""
    sexes, ages = _between(gender, {"female": 0, "male": 1}), _between(age, _AGES)
    muscles = _between(muscle, {"minmuscle": 0, "averagemuscle": 0.5, "maxmuscle": 1})
    builds = _between(weight, {"minweight": 0, "averageweight": 0.5, "maxweight": 1})
    heights = {"minheight": max(0.0, 1 - 2 * height), "maxheight": max(0.0, 2 * height - 1)}
    forms = {
        "uncommonproportions": max(0.0, 1 - 2 * proportions),
        "idealproportions": max(0.0, 2 * proportions - 1),
    }
    found = [
        (f"macrodetails/{r}-{s}-{a}", race[r] * sexes[s] * ages[a])
        for r, s, a in itertools.product(race, sexes, ages)
    ]
    for s, a, m, b in itertools.product(sexes, ages, muscles, builds):
        strength = sexes[s] * ages[a] * muscles[m] * builds[b]
        found.append((f"macrodetails/universal-{s}-{a}-{m}-{b}", strength))
        found += [(f"macrodetails/height/{s}-{a}-{m}-{b}-{h}", strength * w) for h, w in heights.items()]
        found += [(f"macrodetails/proportions/{s}-{a}-{m}-{b}-{f}", strength * w) for f, w in forms.items()]
        found.append((f"breast/{s}-{a}-{m}-{b}-averagecup-averagefirmness", strength))
    return [(name, strength) for name, strength in found if strength > 1e-6]
