"""Toys and furniture as meshes. Origins of toys are the middles of their boxes (plan.TOY_SIZES)."""

import math
from collections.abc import Sequence

import bpy
import numpy as np

from studio.stage import looks, meshes, plan
from studio.stage.data import Floats, Ints


def turned(profile: Sequence[tuple[float, float]], around: int = 40) -> tuple[Floats, Ints]:
    """A body of revolution about z from (radius, height) pairs, top to bottom: points and quads."""
    turn = np.arange(around) * 2 * math.pi / around
    r, z = np.array(profile).T
    points = np.stack([r[:, None] * np.cos(turn), r[:, None] * np.sin(turn), np.repeat(z[:, None], around, 1)], -1)
    ring, after = np.arange(around), (np.arange(around) + 1) % around
    quads = [
        np.stack([k * around + ring, (k + 1) * around + ring, (k + 1) * around + after, k * around + after], -1)
        for k in range(len(r) - 1)
    ]
    return points.reshape(-1, 3), np.concatenate(quads)


def box(size: Sequence[float], middle: Sequence[float] = (0, 0, 0), edge: float = 0.0) -> tuple[Floats, Ints]:
    """A box with chamfered edges as points and quads."""
    half = np.array(size, float) / 2
    inner = half - edge
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)
    points = [corners * [half[0], inner[1], inner[2]], corners * [inner[0], half[1], inner[2]]]
    points.append(corners * [inner[0], inner[1], half[2]])
    sides = [((0, 1, 3, 2), (4, 6, 7, 5)), ((0, 4, 5, 1), (2, 3, 7, 6)), ((0, 2, 6, 4), (1, 5, 7, 3))]
    quads = [[8 * axis + i for i in quad] for axis, pair in enumerate(sides) for quad in pair]
    if edge:
        for i in range(8):
            for axis in range(3):
                j = i ^ (4 >> axis)
                if i < j:
                    a, b = (k for k in range(3) if k != axis)
                    quads.append([8 * a + i, 8 * a + j, 8 * b + j, 8 * b + i])
            quads.append([i, 8 + i, 16 + i, 16 + i])
    return np.concatenate(points) + np.array(middle), np.array(quads)


def _round(radius: float, rings: int = 24) -> list[tuple[float, float]]:
    angles = np.linspace(0, math.pi, rings + 1)
    return [(radius * math.sin(a), radius * math.cos(a)) for a in angles]


def _painted(name: str, parts: Sequence[tuple[tuple[Floats, Ints], str]], roughness: float, smooth: bool = True,
             **inputs: object) -> bpy.types.Object:  # fmt: skip
    """One object of several shapes, each in its colour."""
    starts = np.cumsum([0] + [len(shape[0]) for shape, _ in parts])
    points = np.concatenate([shape[0] for shape, _ in parts])
    quads = np.concatenate([shape[1] + start for (shape, _), start in zip(parts, starts, strict=False)])
    paint = np.concatenate([np.tile(looks.linear(colour), (len(shape[0]), 1)) for shape, colour in parts])
    return meshes.mesh(name, points, quads, [looks.painted(name, roughness, **inputs)], paint=paint, smooth=smooth)


def ball() -> bpy.types.Object:
    """Red with a cream band."""
    points, quads = turned(_round(0.042, 30), 48)
    paint = np.where(np.abs(points[:, 2:]) < 0.0125, looks.linear("#f3ead6"), looks.linear("#d0392f"))
    shell = looks.painted("ball", 0.3, Specular_IOR_Level=0.5)
    return meshes.mesh("ball", points, quads, [shell], paint=paint)


def cup() -> bpy.types.Object:
    """A child's beaker with a thick rim, open at the top."""
    h = plan.TOY_SIZES["cup"][2] / 2
    outside = [(0.0, -h), (0.024, -h), (0.027, -h + 0.004), (0.0345, h - 0.003), (0.035, h - 0.001), (0.0335, h)]
    inside = [(0.032, h - 0.002), (0.025, -h + 0.008), (0.0, -h + 0.006)]
    return _painted("cup", [(turned([*outside, *inside][::-1]), "#3f86c6")], 0.35)


def block() -> bpy.types.Object:
    """A wooden block with a coloured face on each side."""
    size = plan.TOY_SIZES["block"]
    return _painted("block", [(box(size.tolist(), edge=0.003), "#e3a431")], 0.5, smooth=False)


def rattle() -> bpy.types.Object:
    """A grip with a ball on each end, lying along x."""
    grip = turned([(0.0, 0.064), (0.006, 0.06), (0.006, -0.06), (0.0, -0.064)], 20)
    ends = [turned(_round(0.022, 16), 24), turned(_round(0.016, 16), 24)]
    shapes = [(grip, "#f1e6c8"), ((ends[0][0] + [0, 0, 0.045], ends[0][1]), "#e0574f")]
    shapes.append(((ends[1][0] + [0, 0, -0.048], ends[1][1]), "#48a58f"))
    lying = [((points[:, [2, 1, 0]] * [1, 1, -1], quads), colour) for (points, quads), colour in shapes]
    return _painted("rattle", lying, 0.35)


def car() -> bpy.types.Object:
    """A wooden toy car that drives along x."""
    body = box((0.105, 0.044, 0.020), (0, 0, -0.004), 0.005)
    roof = box((0.055, 0.040, 0.018), (-0.006, 0, 0.014), 0.006)
    parts = [(body, "#3d9a62"), (roof, "#f0e3c4")]
    for x in (-0.030, 0.030):
        for y in (-0.024, 0.024):
            points, quads = turned([(0, 0.004), (0.012, 0.004), (0.012, -0.004), (0, -0.004)], 20)
            parts.append(((points[:, [0, 2, 1]] + [x, y, -0.012], quads[:, ::-1]), "#3a3330"))
    return _painted("car", parts, 0.45, smooth=False)


TOYS = {"ball": ball, "cup": cup, "block": block, "rattle": rattle, "car": car}


def table() -> bpy.types.Object:
    """The low round table: a top with a rounded edge on one foot; grain painted along x."""
    top, thick = plan.TABLE_TOP, 0.028
    radii = [(0.0, 0), (0.3, 0), (0.5, 0), (0.7, 0), (0.85, 0), (0.97, 0), (0.988, -0.002), (1.0, -0.009)]
    profile = [*radii, (1.0, -thick + 0.009), (0.985, -thick), (0.16, -thick), (0.15, -top + 0.03), (0.4, -top)]
    points, quads = turned(profile, 96)
    x, y = points[:, 0] * plan.TABLE_RADII[0], points[:, 1] * plan.TABLE_RADII[1]
    placed = np.stack([x + plan.TABLE_CENTRE[0], y + plan.TABLE_CENTRE[1], points[:, 2] + top], 1)
    return meshes.mesh("table", placed, quads, [_wood("table", "#c79a66", "#e2bf90")])


def stool(name: str, x: float, y: float, top: float, radius: float) -> bpy.types.Object:
    """A round cushioned stool with its seat at a height."""
    profile = [
        (0.0, top),
        (radius * 0.9, top),
        (radius, top - 0.012),
        (radius, top - 0.07),
        (radius * 0.86, top - 0.09),
    ]
    points, quads = turned([*profile, (radius * 0.75, 0.0)], 64)
    return meshes.mesh(name, points + np.array([x, y, 0.0]), quads, [looks.plain(name, "#7c9aa0", 0.9)])


def baby_seat(root: Floats, feet: float, size: float) -> list[bpy.types.Object]:
    """A reclined, cushioned shell on a round stool; `root` (4, 4) seats the infant, its rest figure stands
    at height `feet`; size 1 fits one of 0.67 m."""
    across, along = np.linspace(-1, 1, 13), np.linspace(0, 1, 25)
    u, t = np.meshgrid(across, along)
    # from above the head down the back, round the seat and out under the knees, as seen from the side
    y = np.interp(t, [0, 0.55, 0.7, 0.8, 1.0], [0.085, 0.095, 0.085, 0.03, -0.20])
    z = np.interp(t, [0, 0.55, 0.7, 0.8, 1.0], [0.675, 0.42, 0.325, 0.275, 0.29])
    half = np.interp(t, [0, 0.12, 0.3, 0.6, 1.0], [0.07, 0.115, 0.135, 0.15, 0.13])
    wing = u**4 * np.clip(t / 0.25, 0, 1)
    points = np.stack(
        [u * half, y - 0.075 * wing * np.clip((0.78 - t) / 0.3, 0, 1), z + 0.05 * wing * (t > 0.7)], -1
    )
    placed = (size * points.reshape(-1, 3) + [0.0, 0.0, feet]) @ root[:3, :3].T + root[:3, 3]
    rows, cols = np.meshgrid(np.arange(24), np.arange(12), indexing="ij")
    first = rows * 13 + cols
    quads = np.stack([first, first + 1, first + 14, first + 13], -1).reshape(-1, 4)
    shell = meshes.mesh("seat", placed, quads, [looks.plain("seat", "#e7dccb", 0.9)])
    thick = shell.modifiers.new("thickness", "SOLIDIFY")
    thick.thickness, thick.offset = 0.035, 0.0
    shell.modifiers.new("round", "SUBSURF").render_levels = 2
    low = placed[:, 2].min()
    middle = placed[placed[:, 2] < low + 0.08].mean(0)
    return [shell, stool("stool", float(middle[0]), float(middle[1]), float(low), 0.175)]


def _wood(name: str, dark: str, light: str, roughness: float = 0.42) -> bpy.types.Material:
    """Grain along x."""
    material = looks.plain(name, light, roughness)
    nodes, links = material.node_tree.nodes, material.node_tree.links
    where, stretch, grain, ramp = (
        nodes.new(f"ShaderNode{kind}") for kind in ("TexCoord", "Mapping", "TexNoise", "ValToRGB")
    )
    stretch.inputs["Scale"].default_value = (1.2, 16, 4)
    grain.inputs["Scale"].default_value, grain.inputs["Detail"].default_value = 2.5, 2.0
    ramp.color_ramp.elements[0].color = (*looks.linear(dark), 1)
    ramp.color_ramp.elements[1].color = (*looks.linear(light), 1)
    links.new(where.outputs["Object"], stretch.inputs[0])
    links.new(stretch.outputs[0], grain.inputs["Vector"])
    links.new(grain.outputs["Fac"], ramp.inputs[0])
    links.new(ramp.outputs[0], material.node_tree.nodes["Principled BSDF"].inputs["Base Color"])
    return material


def wood(name: str, dark: str, light: str) -> bpy.types.Material:
    """Painted grain for floors and furniture."""
    return _wood(name, dark, light)


def solid(name: str, size: Sequence[float], middle: Sequence[float], material: bpy.types.Material,
          edge: float = 0.004) -> bpy.types.Object:  # fmt: skip
    """A box in the room."""
    points, quads = box(size, middle, edge)
    return meshes.mesh(name, points, quads, [material], smooth=False)
