"""A figure in Blender: one mesh of skin, mouth, clothes, brows and lashes that follows a pose; eyes; hair."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import bpy
import numpy as np

from studio.scenario import Person
from studio.stage import cloth, hair, looks, meshes
from studio.stage.body import SIDES, Human, Posed
from studio.stage.brows import Bristles, brows, lashes
from studio.stage.data import BODY, Floats, Ints
from studio.stage.pose import Pose
from studio.stage.smooth import Smoothed, catmull_clark

_TROUSERS: Mapping[str, str] = {"parent": "#343f55", "child": "#6d5a45"}
_SLEEVES: Mapping[str, float] = {"parent": 1.75, "child": 0.62}
_SKIN, _SHIRT, _TROUSER, _TEETH, _TONGUE, _BRISTLE = range(6)


@dataclass(frozen=True)
class _Layer:
    """A part of the figure's mesh: faces over its own points, their colours, and the material's slot."""

    quads: Ints
    paint: Floats
    slot: int


class Figure:
    """A person on the stage; `show` puts it into a pose."""

    def __init__(self, person: Person, human: Human) -> None:
        self.person, self.human = person, human
        name = person.role
        line = "woman" if person.sex == "female" else "man"
        if not human.grown:
            line = "infant" if person.age_years < 1.1 else "child"
        self._scalp = hair.Scalp(human, line)
        sleeve = _SLEEVES[name]
        self._skin = _Part(cloth.skin_shown(human, sleeve))
        self._shirt = cloth.shirt(human, sleeve)
        self._shirt_fine = catmull_clark(self._shirt.quads, len(self._shirt.away))
        self._trousers = cloth.trousers(human)
        self._mouth = [
            _Part(human.groups[group].corners)
            for group in ("helper-upper-teeth", "helper-lower-teeth", "helper-tongue")
        ]
        self._bristles: list[Bristles] = [brows(human, seed=len(name)), lashes(human)]
        layers = self._layers()
        rest = self._points(human.rest, np.eye(3))
        starts = np.cumsum([0] + [len(layer.paint) for layer in layers[:-1]])
        self._mesh = meshes.mesh(
            name,
            rest,
            np.concatenate([layer.quads + start for layer, start in zip(layers, starts, strict=True)]),
            self._materials(),
            np.concatenate([np.full(len(layer.quads), layer.slot) for layer in layers]),
            np.concatenate([_with_bands(layer.paint) for layer in layers]),
        )
        self._eyes = {side: self._eyeball(side) for side in SIDES}
        self._hair = self._grow()
        self.posed: Posed | None = None

    def show(self, pose: Pose) -> Posed:
        """Move mesh, eyes and hair into a pose; returns what was computed."""
        posed = self.human.posed(pose)
        head = posed.bones[self.human.bi["head"]]
        meshes.set_points(self._mesh, self._points(posed.verts, head[:3, :3]))
        for side, eye in posed.eyes.items():
            placed = np.eye(4)
            placed[:3, :3], placed[:3, 3] = eye.turn, eye.centre
            meshes.place(self._eyes[side], placed)
        if self._hair is not None:
            meshes.place(self._hair, head)
        self.posed = posed
        return posed

    @property
    def objects(self) -> list[bpy.types.Object]:
        """Everything of this figure in the scene."""
        return [self._mesh, *self._eyes.values(), *([self._hair] if self._hair is not None else [])]

    # ------------------------------------------------------------------ parts

    def _points(self, verts: Floats, head: Floats) -> Floats:
        """The mesh's points on posed body points, in the order of `_layers`."""
        return np.concatenate(
            [
                self._skin.fine.matrix @ verts[self._skin.ids],
                self._shirt_fine.matrix @ self._shirt.drape(verts),
                self._trousers.drape(verts),
                *[part.fine.matrix @ verts[part.ids] for part in self._mouth],
                *[bristles.points(verts, head) for bristles in self._bristles],
            ]
        )

    def _layers(self) -> list[_Layer]:
        human, person = self.human, self.person
        near = human.share("head")[:BODY]
        cover = np.zeros(human.n)
        thin = {"bald": 0.12, "tuft": 0.45}.get(person.hair, 1.0)
        cover[:BODY] = self._scalp.cover(human.rest[:BODY], near) * thin
        beard = 0.8 if human.grown and person.sex == "male" else 0.0
        skin = looks.skin_paint(human, person.skin, cover, person.hair_colour, beard)
        thin_brows = 0.2 if human.grown else 0.45
        dark = looks.linear(person.hair_colour) * 0.8
        dark = (1 - thin_brows) * dark + thin_brows * looks.linear(looks.SKINS[person.skin][0])
        teeth, tongue = looks.linear("#e6dfcf"), looks.linear("#b0564f")
        shirt = self._shirt_fine
        return [
            _Layer(self._skin.fine.quads, self._skin.fine.matrix @ skin[self._skin.ids], _SKIN),
            _Layer(shirt.quads, self._shirt_paint(), _SHIRT),
            _flat(self._trousers.quads, len(self._trousers.away), looks.linear(_TROUSERS[person.role]), _TROUSER),
            *[
                _flat(part.fine.quads, part.fine.matrix.shape[0], colour, slot)
                for part, colour, slot in zip(
                    self._mouth, (teeth, teeth, tongue), (_TEETH, _TEETH, _TONGUE), strict=True
                )
            ],
            *[_flat(b.quads, b.count, dark, _BRISTLE) for b in self._bristles],
        ]

    def _shirt_paint(self) -> Floats:
        """The top's colour, and its bands counted by height at rest."""
        rest = self._shirt_fine.matrix @ self.human.rest[self._shirt.ids][self._shirt.source]
        band = 0.036 if self.human.grown else 0.022
        return np.column_stack([np.tile(looks.linear(self.person.top), (len(rest), 1)), rest[:, 2] / band])

    def _materials(self) -> list[bpy.types.Material]:
        name = self.person.role
        shine = {"light": 0.30, "olive": 0.32, "brown": 0.36, "dark": 0.40}[self.person.skin]
        return [
            looks.painted(f"{name} skin", 0.52, Specular_IOR_Level=shine),
            self._top_material(f"{name} top"),
            looks.painted(f"{name} trousers", 0.9, Specular_IOR_Level=0.15),
            looks.painted(f"{name} teeth", 0.25),
            looks.painted(f"{name} tongue", 0.4),
            looks.painted(f"{name} brows", 0.6, Specular_IOR_Level=0.2),
        ]

    def _top_material(self, name: str) -> bpy.types.Material:
        if self.person.stripes is None:
            return looks.painted(name, 0.9, Specular_IOR_Level=0.15)
        return looks.striped(name, self.person.top, self.person.stripes, 0.9)

    def _eyeball(self, side: str) -> bpy.types.Object:
        """A ball of rings about -y, with the cornea's bulge."""
        angles, colours = looks.eye_rings(self.human, self.person.eyes)
        radius, around = self.human.eye[side].radius, 36
        half = math.asin(self.human.iris_radius / radius)
        bulge = radius * (1 + 0.045 * np.exp(-((angles / (1.15 * half)) ** 4)))
        turn = np.arange(around) * 2 * math.pi / around
        points = np.stack(
            [
                (bulge * np.sin(angles))[:, None] * np.cos(turn),
                np.repeat((-bulge * np.cos(angles))[:, None], around, 1),
                (bulge * np.sin(angles))[:, None] * np.sin(turn),
            ],
            -1,
        )
        ring, next_ = np.arange(around), (np.arange(around) + 1) % around
        rings = [
            np.stack(
                [k * around + ring, k * around + next_, (k + 1) * around + next_, (k + 1) * around + ring], -1
            )
            for k in range(len(angles) - 1)
        ]
        quads = np.concatenate(rings)
        wet = looks.painted(f"{self.person.role} eye {side}", 0.12, Specular_IOR_Level=0.6)
        paint = np.repeat(colours, around, 0)
        return meshes.mesh(f"{self.person.role} eye {side}", points.reshape(-1, 3), quads, [wet], paint=paint)

    def _grow(self) -> bpy.types.Object | None:
        style = hair.STYLES.get(self.person.hair)
        if style is None:
            return None
        curves = hair.strands(self._scalp, style, seed=len(self.person.role))
        size = style.radius * self._scalp.scale
        material = looks.hair(f"{self.person.role} hair", self.person.hair_colour, self._scalp.centre)
        grown = meshes.strands(f"{self.person.role} hair", curves, size, size * 0.5, material)
        # strands that shade each other would be noise at a few samples a pixel
        grown.visible_shadow = False
        return grown


class _Part:
    """Some of the body's faces, smoothed: `ids` the body points used, `fine` the smoothing over them."""

    def __init__(self, quads: Ints) -> None:
        self.ids, local = np.unique(quads, return_inverse=True)
        self.fine: Smoothed = catmull_clark(local.reshape(-1, 4), len(self.ids))


def _with_bands(paint: Floats) -> Floats:
    return paint if paint.shape[1] == 4 else np.column_stack([paint, np.ones(len(paint))])


def _flat(quads: Ints, count: int, colour: Floats, slot: int) -> _Layer:
    return _Layer(quads, np.tile(colour, (count, 1)), slot)
