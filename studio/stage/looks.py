"""Colours and materials: skin painted point by point, eyes ring by ring, cloth, hair, and the room's paints.

Everything that can be a colour of a point is one: a picture costs a fraction of what shader textures would.
"""

import math
from collections.abc import Mapping
from functools import cache

import bpy
import numpy as np

from studio.stage import data
from studio.stage.body import SIDES, Human
from studio.stage.data import BODY, Floats

SKINS: Mapping[str, tuple[str, str]] = {
    "light": ("#e2b194", "#c4736a"),
    "olive": ("#cf9c76", "#b0685a"),
    "brown": ("#a06c4a", "#8d4c42"),
    "dark": ("#6b4430", "#66352f"),
}
"""Skin -> (tone, lips)."""


def linear(colour: str) -> Floats:
    """ "#rrggbb" as linear red, green, blue (3,)."""
    value = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def _material(name: str, **inputs: object) -> tuple[bpy.types.Material, bpy.types.Node]:
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    for key, value in inputs.items():
        shader.inputs[key.replace("_", " ")].default_value = value
    return material, shader


def plain(name: str, colour: str, roughness: float = 0.6, **inputs: object) -> bpy.types.Material:
    """One colour all over."""
    return _material(name, Base_Color=(*linear(colour), 1.0), Roughness=roughness, **inputs)[0]


def painted(name: str, roughness: float, **inputs: object) -> bpy.types.Material:
    """The colour of each point: the mesh's attribute "paint"."""
    material, shader = _material(name, Roughness=roughness, **inputs)
    material["ambient"] = True
    paint = material.node_tree.nodes.new("ShaderNodeAttribute")
    paint.attribute_name = "paint"
    material.node_tree.links.new(paint.outputs["Color"], shader.inputs["Base Color"])
    material.node_tree.links.new(paint.outputs["Color"], shader.inputs["Emission Color"])
    return material


def set_ambient(strength: float) -> None:
    """Let painted surfaces shine a little by themselves: the light that would come back from table and walls."""
    for material in bpy.data.materials:
        if material.get("ambient"):
            shader = material.node_tree.nodes["Principled BSDF"]
            shader.inputs["Emission Strength"].default_value = strength


def striped(name: str, first: str, second: str, roughness: float) -> bpy.types.Material:
    """Bands of two colours, sharp at any size: the paint's fourth number counts the bands."""
    material, shader = _material(name, Roughness=roughness, Specular_IOR_Level=0.15)
    nodes, links = material.node_tree.nodes, material.node_tree.links
    paint, part, which, mix = (nodes.new(f"ShaderNode{kind}") for kind in ("Attribute", "Math", "Math", "Mix"))
    paint.attribute_name = "paint"
    part.operation, which.operation, mix.data_type = "FRACT", "GREATER_THAN", "RGBA"
    which.inputs[1].default_value = 0.58
    mix.inputs[6].default_value, mix.inputs[7].default_value = (*linear(first), 1.0), (*linear(second), 1.0)
    links.new(paint.outputs["Alpha"], part.inputs[0])
    links.new(part.outputs[0], which.inputs[0])
    links.new(which.outputs[0], mix.inputs[0])
    links.new(mix.outputs[2], shader.inputs["Base Color"])
    links.new(mix.outputs[2], shader.inputs["Emission Color"])
    material["ambient"] = True
    return material


def hair(name: str, colour: str, skull: Floats) -> bpy.types.Material:
    """Strands, each a little lighter or darker, lit as the round head (middle `skull`) that they cover.

    Lit by their own tiny curvature, strands narrower than a pixel would be nothing but noise.
    """
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    nodes, links = material.node_tree.nodes, material.node_tree.links
    nodes.clear()
    info, value = nodes.new("ShaderNodeHairInfo"), nodes.new("ShaderNodeMapRange")
    shade, shader, out = (
        nodes.new("ShaderNodeHueSaturation"),
        nodes.new("ShaderNodeBsdfPrincipled"),
        nodes.new("ShaderNodeOutputMaterial"),
    )
    value.inputs["To Min"].default_value, value.inputs["To Max"].default_value = 0.9, 1.12
    shade.inputs["Color"].default_value = (*linear(colour), 1.0)
    shader.inputs["Roughness"].default_value = 0.6
    shader.inputs["Specular IOR Level"].default_value = 0.15
    where, away, turned = (
        nodes.new(f"ShaderNode{kind}") for kind in ("TexCoord", "VectorMath", "VectorTransform")
    )
    away.operation, away.inputs[1].default_value = "SUBTRACT", skull
    turned.vector_type, turned.convert_from, turned.convert_to = "NORMAL", "OBJECT", "WORLD"
    links.new(where.outputs["Object"], away.inputs[0])
    links.new(away.outputs[0], turned.inputs[0])
    links.new(turned.outputs[0], shader.inputs["Normal"])
    links.new(info.outputs["Random"], value.inputs[0])
    links.new(value.outputs[0], shade.inputs["Value"])
    links.new(shade.outputs[0], shader.inputs["Base Color"])
    links.new(shader.outputs[0], out.inputs[0])
    return material


def glowing(name: str, colour: str, strength: float) -> bpy.types.Material:
    """A surface that shines by itself: a lamp, the day behind a window."""
    return _material(
        name, Base_Color=(0, 0, 0, 1), Emission_Color=(*linear(colour), 1.0), Emission_Strength=strength
    )[0]


# ---------------------------------------------------------------------- skin


@cache
def _mask(picture: str) -> Floats:
    """(h, w) brightness of one of the data's mask pictures, first row at the bottom."""
    image = bpy.data.images.load(str(data.root() / "mpfb2/textures" / picture))
    image.colorspace_settings.name = "Non-Color"
    pixels = np.empty(len(image.pixels), np.float32)
    image.pixels.foreach_get(pixels)
    w, h = image.size
    bpy.data.images.remove(image)
    return pixels.reshape(h, w, -1)[..., 0].astype(float)


def _masked(human: Human, picture: str) -> Floats:
    """(n,) the mask at each skin point."""
    body = human.groups["body"]
    uv = np.zeros((human.n, 2))
    uv[body.corners.ravel()] = human.uv[body.texture.ravel()]
    mask = _mask(picture)
    h, w = mask.shape
    rows = np.clip((uv[:, 1] * h).astype(int), 0, h - 1)
    cols = np.clip((uv[:, 0] * w).astype(int), 0, w - 1)
    found = mask[rows, cols]
    found[BODY:] = 0
    return np.asarray(found)


def _moved_by(human: Human, *names: str) -> Floats:
    """(n,) 0..1: how far shape targets move each point – a soft mask of cheeks, nose and so on."""
    mask = np.zeros(human.n)
    for name in names:
        for side in ("l", "r") if "{}" in name else ("",):
            ids, shifts = data.target(name.format(side))
            size = np.linalg.norm(shifts, axis=1)
            mask[ids] = np.maximum(mask[ids], size / size.max())
    return mask


def _mottling(points: Floats, scale: float) -> Floats:
    """(n,) smooth noise around 0 in about -1..1."""
    rng = np.random.default_rng(7)
    waves = rng.normal(0, scale, (10, 3))
    return np.asarray(np.sin(points @ waves.T + rng.uniform(0, 6.28, 10)).sum(1) / 4)


def skin_paint(human: Human, skin: str, scalp: Floats, hair_colour: str, beard: float = 0.0) -> Floats:
    """(n, 3) colour of each skin point. scalp (n,): how far hair colours the skin; beard 0..1: stubble."""
    tone_name, lips_name = SKINS[skin]
    tone, lips, strands = linear(tone_name), linear(lips_name), linear(hair_colour)
    red, dark = tone * [1.0, 0.66, 0.60], tone * [0.80, 0.70, 0.66]
    blush = 0.8 * _moved_by(human, "cheek/{}-cheek-volume-incr") + 0.5 * _moved_by(human, "nose/nose-point-up")
    blush += 0.5 * _moved_by(human, "ears/{}-ear-scale-incr") + 0.2 * _moved_by(human, "chin/chin-prominent-incr")
    layers = [
        (0.35 + 0.25 * _mottling(human.rest, 60), tone * [1.06, 1.08, 1.10]),
        (np.clip(blush, 0, 1) * 0.5, red),
        (0.45 * _moved_by(human, "eyes/{}-eye-bag-incr"), dark),
        (0.55 * _lid_rim(human), dark * 0.45),
        (0.35 * _knuckles(human), red * 0.9),
        (0.55 * beard * _beard(human), 0.5 * strands + 0.25 * tone),
        (0.92 * scalp, 0.75 * strands + 0.06 * tone),
        (0.85 * _masked(human, "mpfb_lips.jpg"), lips),
        (0.35 * _masked(human, "mpfb_fingernails.jpg"), tone * [1.05, 0.95, 0.95]),
        (_masked(human, "mpfb_inside-mouth.jpg"), np.array([0.20, 0.035, 0.03])),
    ]
    paint = np.tile(tone, (human.n, 1))
    for share, colour in layers:
        paint += np.clip(share, 0, 1)[:, None] * (colour - paint)
    return np.asarray(np.clip(paint, 0, 1))


def _lid_rim(human: Human) -> Floats:
    """The rims of the lids, a touch darker: the lashes' shade."""
    rim = np.zeros(human.n)
    for side in SIDES:
        eye = human.eye[side]
        away = np.linalg.norm(human.rest - eye.centre, axis=1) / eye.radius
        rim = np.maximum(rim, np.clip((1.16 - away) / 0.10, 0, 1))
    return rim


def _knuckles(human: Human) -> Floats:
    near = np.zeros(human.n)
    for side in "LR":
        for finger in range(2, 6):
            joint = human.head[f"finger{finger}-1.{side}"]
            size = 0.011 * human.height_m / 1.66
            near = np.maximum(near, np.exp(-((np.linalg.norm(human.rest - joint, axis=1) / size) ** 2)))
    return near


def _beard(human: Human) -> Floats:
    """Jaw, chin and upper lip, fading towards the cheeks."""
    apart = human.eyes_apart
    eyes = (human.eye["L"].centre + human.eye["R"].centre) / 2
    x, y, z = ((human.rest[:, k] - eyes[k]) / apart for k in range(3))
    line = -0.98 + 0.42 * np.clip(np.abs(x) - 0.42, 0, 1.0)
    below = np.clip((line - z) / 0.16, 0, 1)
    above_neck = np.clip((z + 2.25 + 0.3 * np.clip(y, 0, 2)) / 0.3, 0, 1)
    return np.asarray(below * above_neck * np.clip((2.0 - y) / 0.4, 0, 1) * (human.share("head") > 0.3))


# ---------------------------------------------------------------------- eyes


def eye_rings(human: Human, colour: str) -> tuple[Floats, Floats]:
    """An eye's rings from the pupil's middle backwards: angles (k,) in radians and colours (k, 3).

    A ring on each edge keeps pupil and iris crisp at any size.
    """
    iris = linear(colour)
    half = math.asin(human.iris_radius / human.eye["L"].radius)
    black, white, rim = np.full(3, 0.003), linear("#d9d2ca"), iris * 0.22
    stops = [
        (0.0, black), (0.36, black), (0.40, iris * 0.9), (0.62, np.minimum(iris * 1.7, 1)), (0.84, iris * 1.1),
        (0.93, rim), (1.0, rim), (1.07, white * 0.86), (1.2, white), (1.6, white),
    ]  # fmt: skip
    angles = [a * half for a, _ in stops]
    angles += list(np.linspace(angles[-1], math.pi, 9)[1:])
    colours = [c for _, c in stops] + [white * [1.0, 0.93, 0.90]] * 8
    return np.array(angles), np.array(colours)
