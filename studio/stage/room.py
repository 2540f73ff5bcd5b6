"""The room and everyone in it: walls, furniture, lights, cameras; `Stage.show` sets a frame."""

import math
from collections.abc import Mapping, Sequence

import bpy
import numpy as np
from mathutils import Vector

from studio.scenario import Scenario
from studio.stage import looks, meshes, plan, props
from studio.stage.data import BODY, Floats
from studio.stage.figure import Figure
from studio.stage.figures import human_of
from studio.stage.pose import Frame

Lamp = tuple[str, Sequence[float], float, float, Sequence[float]]

_LAMPS: Mapping[str, tuple[Lamp, ...]] = {
    "day": (
        ("window", (-1.7, -1.5, 2.2), 1.3, 62.0, (1.0, 0.96, 0.90)),
        ("fill", (1.9, -1.5, 1.7), 1.6, 26.0, (0.90, 0.95, 1.0)),
        ("ceiling", (0.0, 0.3, 2.5), 1.5, 26.0, (1.0, 0.98, 0.95)),
    ),
    "dim": (
        ("window", (-1.7, -1.5, 2.2), 1.3, 5.0, (0.62, 0.74, 1.0)),
        ("fill", (1.9, -1.5, 1.7), 1.6, 2.0, (0.70, 0.80, 1.0)),
        ("ceiling", (0.9, 0.5, 1.9), 0.35, 9.0, (1.0, 0.66, 0.36)),
    ),
}
"""Light -> lamps: name, place, size, watts, colour; each looks at the faces."""

_SKY = {"day": ((0.92, 0.96, 1.0), 0.42), "dim": ((0.60, 0.72, 1.0), 0.055)}

_AMBIENT = {"day": 0.085, "dim": 0.012}
"""Share of its own colour that a figure shines with, for the light that table and walls give back."""

_PANE = {"day": 1.1, "dim": 0.05}
"""How brightly the window's pane shines."""


class Stage:
    """The scene of a scenario: `back` is the still room, `set` what people touch, `movers` they and the toys."""

    def __init__(self, scenario: Scenario) -> None:
        bpy.ops.wm.read_factory_settings(use_empty=True)
        self.scenario = scenario
        self.figures = {
            who: Figure(scenario.person(who), human_of(scenario.person(who))) for who in ("parent", "child")
        }
        seats = plan.seats(scenario.room.seating, self.figures["child"].human)
        self.back = _room()
        if scenario.room.seating == "seat":
            child = self.figures["child"].human
            self.set = props.baby_seat(
                seats["child"].root(child), float(child.rest[:BODY, 2].min()), child.height_m / 0.67
            )
        else:
            self.set = [
                props.table(),
                *(self._stool(who, seat.root(self.figures[who].human)) for who, seat in seats.items()),
            ]
        self.toys = {toy: props.TOYS[toy]() for toy in scenario.room.toys}
        self.movers = [*self.toys.values(), *(item for figure in self.figures.values() for item in figure.objects)]
        self._placed: Mapping[str, Floats] = {}
        self._lamps = {name: _lamp(name) for name, *_ in _LAMPS["day"]}
        self._camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        bpy.context.scene.collection.objects.link(self._camera)
        bpy.context.scene.camera = self._camera
        bpy.context.scene.world = bpy.data.worlds.new("sky")
        bpy.context.scene.world.use_nodes = True
        self.light("day")

    def _stool(self, who: str, root: Floats) -> bpy.types.Object:
        """What a figure sits on."""
        human = self.figures[who].human
        hip = root[:3, :3] @ human.head["root"] + root[:3, 3]
        size = human.height_m / 1.66
        return props.stool(
            f"{who} stool", float(hip[0]), float(hip[1]), float(hip[2]) - 0.10 * size, 0.2 * size**0.5
        )

    def show(self, frame: Frame) -> None:
        """Put everyone and everything where the frame says."""
        self.figures["parent"].show(frame.parent)
        self.figures["child"].show(frame.child)
        self._placed = frame.props
        for toy, placed in frame.props.items():
            meshes.place(self.toys[toy], placed)

    def light(self, name: str) -> None:
        """Set the lamps and the sky: day or dim."""
        for lamp, place, size, watts, colour in _LAMPS[name]:
            item = self._lamps[lamp]
            item.location = place
            item.rotation_euler = (Vector((0, -0.05, 0.95)) - Vector(place)).to_track_quat("-Z", "Y").to_euler()
            item.data.size, item.data.energy, item.data.color = size, watts, colour
        colour, strength = _SKY[name]
        pane = bpy.data.materials["pane"].node_tree.nodes["Principled BSDF"]
        pane.inputs["Emission Strength"].default_value = _PANE[name]
        looks.set_ambient(_AMBIENT[name])
        sky = bpy.context.scene.world.node_tree.nodes["Background"]
        sky.inputs[0].default_value, sky.inputs[1].default_value = (*colour, 1), strength

    def hide_room(self, hidden: bool = True) -> None:
        """Leave the still room out of the next pictures, or not."""
        for item in self.back:
            item.hide_render = hidden

    def hide_movers(self, hidden: bool) -> None:
        """Leave figures and toys out of the next pictures, or not."""
        for item in self.movers:
            item.hide_render = hidden

    def around_toys(self) -> Floats:
        """(n, 3) corners of the toys' boxes in the room."""
        signs = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
        corners = [np.zeros((0, 3))]
        for toy, placed in self._placed.items():
            corners.append((signs * plan.TOY_SIZES[toy]) @ placed[:3, :3].T + placed[:3, 3])
        return np.concatenate(corners)

    def look_through(self, camera: plan.Camera) -> None:
        """Use a camera of the plan and its picture size."""
        lens = self._camera.data
        lens.sensor_fit, lens.sensor_width, lens.lens = "HORIZONTAL", plan.SENSOR_MM, camera.lens
        lens.clip_start = 0.05
        meshes.place(self._camera, camera.matrix)
        render = bpy.context.scene.render
        render.resolution_x, render.resolution_y = camera.width, camera.height
        render.resolution_percentage = 100


def _lamp(name: str) -> bpy.types.Object:
    item = bpy.data.objects.new(name, bpy.data.lights.new(name, "AREA"))
    bpy.context.scene.collection.objects.link(item)
    return item


def _sheet(name: str, corners: Sequence[Sequence[float]], material: bpy.types.Material) -> bpy.types.Object:
    return meshes.mesh(name, np.array(corners, float), np.array([[0, 1, 2, 3]]), [material], smooth=False)


def _room() -> list[bpy.types.Object]:
    """Walls, floor, skirting, window, picture, shelf with books and toys, plant, rug."""
    y, x, up = plan.WALL_Y, 2.3, 2.6
    wall, side = looks.plain("wall", "#d9d6c9", 0.95), looks.plain("side wall", "#c9d3cd", 0.95)
    white = looks.plain("white", "#f1eee6", 0.5)
    items = [
        _sheet("wall", [(-x, y, 0), (x, y, 0), (x, y, up), (-x, y, up)], wall),
        _sheet("left wall", [(-x, -3, 0), (-x, y, 0), (-x, y, up), (-x, -3, up)], side),
        _sheet("right wall", [(x, y, 0), (x, -3, 0), (x, -3, up), (x, y, up)], side),
        _sheet(
            "floor", [(-x, -3, 0), (x, -3, 0), (x, y, 0), (-x, y, 0)], props.wood("floor", "#8d6a48", "#b08a62")
        ),
        props.solid("skirting", (2 * x, 0.02, 0.10), (0, y - 0.01, 0.05), white),
        props.solid("rug", (2.6, 1.8, 0.012), (0, -0.1, 0.006), looks.plain("rug", "#8ba3a8", 1.0)),
    ]
    items += _shelf(y) + _picture(y) + _window(y) + [_plant(np.array([-0.62, y - 0.18, 0.62]))]
    return items


def _shelf(wall: float) -> list[bpy.types.Object]:
    """A low shelf along the wall with books and boxes."""
    wood = props.wood("shelf", "#d6b88c", "#ead3ad")
    depth, height = 0.30, 0.62
    items = [props.solid("shelf top", (2.5, depth, 0.03), (0, wall - depth / 2, height - 0.015), wood)]
    items.append(
        props.solid("shelf board", (2.45, depth - 0.03, 0.025), (0, wall - depth / 2 + 0.015, 0.32), wood)
    )
    for k in range(5):
        place = (-1.235 + k * 0.6175, wall - depth / 2 + 0.006, height / 2 - 0.016)
        items.append(props.solid(f"shelf side {k}", (0.025, depth - 0.012, height - 0.032), place, wood))
    inks = ("#b9574c", "#d6a24a", "#5b8a8f", "#3f5d7d", "#7f9a63", "#c98a76", "#e5d9bd", "#6c5b7b")
    rng = np.random.default_rng(4)
    at = -1.20
    while at < 1.2:
        thick, tall = float(rng.uniform(0.018, 0.045)), float(rng.uniform(0.17, 0.235))
        ink = looks.plain(f"book {at:.2f}", inks[int(rng.integers(len(inks)))], 0.7)
        if rng.random() < 0.72 and abs((at + 1.235) % 0.6175 - 0.3) < 0.27:
            place = (at + thick / 2, wall - 0.16, 0.3325 + tall / 2)
            items.append(props.solid(f"book {at:.2f}", (thick * 0.94, 0.17, tall), place, ink, 0.002))
        at += thick
    basket = looks.plain("basket", "#b79468", 0.95)
    items += [
        props.solid(f"basket {k}", (0.42, 0.24, 0.2), (k, wall - 0.14, 0.11), basket, 0.02) for k in (-0.93, 0.3)
    ]
    stack = [("#d0655a", 0.0), ("#e6b450", 0.062), ("#5f97b5", 0.124)]
    for ink, rise in stack:
        block = looks.plain(f"cube {ink}", ink, 0.6)
        place = (0.78 + rise * 0.1, wall - 0.15, height + 0.03 + rise)
        items.append(props.solid(f"cube {ink}", (0.06, 0.06, 0.06), place, block))
    return items


def _picture(wall: float) -> list[bpy.types.Object]:
    """A framed print: hills and a sun."""
    frame = looks.plain("frame", "#9b7650", 0.6)
    items = [props.solid("frame", (0.36, 0.025, 0.28), (0.12, wall - 0.0125, 1.16), frame)]
    shapes = [
        ("paper", "#f3ead2", [(-0.16, -0.12), (0.16, -0.12), (0.16, 0.12), (-0.16, 0.12)]),
        ("hill far", "#8fb0a3", [(-0.16, -0.12), (0.16, -0.12), (0.16, -0.02), (-0.16, 0.03)]),
        ("hill near", "#5d8577", [(-0.16, -0.12), (0.16, -0.12), (0.16, -0.01), (-0.16, -0.08)]),
    ]
    for k, (name, ink, corners) in enumerate(shapes):
        places = [(0.12 + a, wall - 0.027 - 0.001 * k, 1.16 + b) for a, b in corners]
        items.append(_sheet(name, places, looks.plain(name, ink, 0.8)))
    turn = np.linspace(0, 2 * math.pi, 4, endpoint=False) + math.pi / 4
    ring = [(0.20 + 0.03 * math.cos(a), wall - 0.031, 1.22 + 0.03 * math.sin(a)) for a in turn]
    return [*items, _sheet("sun", ring, looks.plain("sun", "#e2a23f", 0.8))]


def _window(wall: float) -> list[bpy.types.Object]:
    """A window at the left with a pale day behind it and a curtain."""
    white = looks.plain("window frame", "#f4f1ea", 0.4)
    left, right, low, high = -1.75, -0.82, 0.92, 2.0
    middle, width = (left + right) / 2, right - left
    pane = [
        (left, wall - 0.004, low),
        (right, wall - 0.004, low),
        (right, wall - 0.004, high),
        (left, wall - 0.004, high),
    ]
    items = [_sheet("pane", pane, looks.glowing("pane", "#dbe9f2", 1.1))]
    for name, size, place in (
        ("sill", (width + 0.12, 0.10, 0.03), (middle, wall - 0.05, low - 0.015)),
        ("head", (width + 0.08, 0.04, 0.05), (middle, wall - 0.02, high)),
        ("bar", (0.035, 0.03, high - low), (middle, wall - 0.015, (low + high) / 2)),
        ("left post", (0.05, 0.04, high - low), (left, wall - 0.02, (low + high) / 2)),
        ("right post", (0.05, 0.04, high - low), (right, wall - 0.02, (low + high) / 2)),
    ):
        items.append(props.solid(name, size, place, white))
    folds = np.linspace(0, 1, 60)
    line = np.stack([right - 0.02 + 0.26 * folds, wall - 0.07 + 0.022 * np.sin(folds * 40)], 1)
    points = np.concatenate([np.column_stack([line, np.full(60, z)]) for z in (0.70, 2.1)])
    quads = np.array([[i, i + 1, i + 61, i + 60] for i in range(59)])
    return [*items, meshes.mesh("curtain", points, quads, [looks.plain("curtain", "#cfae7d", 0.95)])]


def _plant(foot: Floats) -> bpy.types.Object:
    """A pot with bent leaves."""
    pot = props.turned([(0.0, 0.10), (0.048, 0.10), (0.055, 0.11), (0.058, 0.10), (0.042, 0.0), (0.0, 0.0)], 28)
    rng = np.random.default_rng(3)
    points, quads = [pot[0]], [pot[1]]
    paint = [np.tile(looks.linear("#c77f5a"), (len(pot[0]), 1))]
    for k in range(26):
        turn, rise = 2.4 * k, rng.uniform(0.10, 0.30)
        out, wide = rng.uniform(0.05, 0.17), rng.uniform(0.012, 0.024)
        t = np.linspace(0, 1, 7)[:, None]
        way = np.array([math.cos(turn), math.sin(turn), 0.0])
        spine = np.array([0, 0, 0.10]) + way * out * t**1.5 + np.array([0, 0, 1]) * rise * (1.35 * t - 0.55 * t**2)
        aside = np.array([-way[1], way[0], 0.0]) * wide * np.sin(np.pi * np.clip(t * 0.96 + 0.04, 0, 1))
        start = sum(len(p) for p in points)
        points.append(np.concatenate([spine - aside, spine + aside]))
        quads.append(start + np.array([[i, i + 1, i + 8, i + 7] for i in range(6)]))
        paint.append(np.tile(looks.linear("#5f8f52") * rng.uniform(0.6, 1.25), (14, 1)))
    leaf = looks.painted("plant", 0.6)
    return meshes.mesh(
        "plant", np.concatenate(points) + foot, np.concatenate(quads), [leaf], paint=np.concatenate(paint)
    )
